/**
 * The operating system's keyring as safeStorage offers it. Its ciphertext is not authenticated on
 * every OS, so it only ever wraps the vault's data key.
 */
export interface Keyring {
  /** False where the system has no keyring that is safe to use; never true for a hard-coded key. */
  isAvailable(): Promise<boolean>
  /** @throws KeyringUnavailable */
  encrypt(plain: string): Promise<Uint8Array>
  /** @throws KeyringUnavailable for a keyring that is locked or gone, KeyringLostKey when it cannot open this */
  decrypt(sealed: Uint8Array): Promise<string>
  /**
   * True once it opened something that it wants to seal again: its own key was changed, or there is a
   * better one. Source: Electron safe-storage docs, `shouldReEncrypt`.
   */
  readonly wantsSealingAgain?: boolean
  /** Name for people and diagnostics, such as `gnome_libsecret` or `keychain`. */
  readonly backend: string
}
