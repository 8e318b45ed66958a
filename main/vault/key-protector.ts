/**
 * Keeps the vault's data key: wraps it for the file and unwraps it again. The two kinds are the
 * system's keyring and a passphrase.
 */
export interface KeyProtector {
  readonly kind: 'keyring' | 'passphrase'
  /**
   * @param dataKey 32 bytes; the caller keeps and zeroes them
   * @returns JSON for the file, safe to read by anyone
   * @throws KeyringUnavailable, WeakPassphrase
   */
  wrap(dataKey: Uint8Array): Promise<unknown>
  /**
   * @param wrapped what `wrap` gave, read from a file that nobody vouches for
   * @returns the data key, for the caller to zero; its value still has to be checked, since a
   *   keyring may answer with a wrong one
   * @throws KeyringUnavailable, KeyringLostKey, WrongPassphrase, VaultDamaged
   */
  unwrap(wrapped: unknown): Promise<Uint8Array>
}
