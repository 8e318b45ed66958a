import { createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { KeyringLostKey } from '../platform/errors.ts'
import { Secret } from '../platform/secret.ts'
import { RecordDamaged, VaultDamaged } from './errors.ts'
import type { KeyProtector } from './key-protector.ts'
import { KEY_BYTES, open, seal } from './seal.ts'
import { type StoredKey, VAULT_VERSION } from './vault-document.ts'

const CHECK_CONTEXT = ['token-desk-vault', 'key-check', `${VAULT_VERSION}`]
const CHECK_TEXT = 'token-desk-vault key check'
/** Tells the MAC's key from every other use of the data key (RFC 5869 section 3.2). */
const MAC_INFO = `token-desk-vault record-mac ${VAULT_VERSION}`

/** The one key that seals every secret and vouches for every record of a vault. Its owner zeroes it. */
export class DataKey {
  readonly #bytes: Buffer
  readonly #macKey: Buffer

  private constructor(bytes: Buffer) {
    this.#bytes = bytes
    this.#macKey = Buffer.from(hkdfSync('sha256', bytes, '', MAC_INFO, KEY_BYTES))
  }

  /** A new random key. */
  static create(): DataKey {
    return new DataKey(randomBytes(KEY_BYTES))
  }

  /**
   * @throws what `KeyProtector.unwrap` throws; KeyringLostKey or VaultDamaged when the key it gave is
   *   not the one of this vault
   */
  static async unwrap(stored: StoredKey, protector: KeyProtector): Promise<DataKey> {
    if (protector.kind !== stored.protection) {
      throw new TypeError(`protector must be of kind ${stored.protection}, got ${protector.kind}`)
    }
    const key = new DataKey(Buffer.from(await protector.unwrap(stored.wrapped)))
    const checked = open(key.#bytes, CHECK_CONTEXT, stored.check)
    if (checked.ok) return key
    key.zero()
    // A passphrase's wrapping is authenticated, so its key is right and the check value is not.
    if (stored.protection === 'passphrase') throw new VaultDamaged(checked.cause)
    throw new KeyringLostKey({ cause: checked.cause })
  }

  /**
   * Opened again at once: what opens nothing must not take the place of what does.
   *
   * @throws what `KeyProtector.wrap` and `unwrap` throw
   */
  async wrap(protector: KeyProtector): Promise<StoredKey> {
    const wrapped = await protector.wrap(this.#bytes)
    const check = seal(this.#bytes, CHECK_CONTEXT, Buffer.from(CHECK_TEXT))
    const stored: StoredKey = { protection: protector.kind, wrapped, check }
    const opened = await DataKey.unwrap(stored, protector)
    opened.zero()
    return stored
  }

  /** Bound to its place: moved to another record or field, it does not open. */
  sealSecret(recordId: string, field: string, secret: Secret): string {
    return seal(this.#bytes, contextOf(recordId, field), Buffer.from(secret.expose()))
  }

  /** @throws RecordDamaged */
  openSecret(recordId: string, field: string, sealed: string): Secret {
    const opened = open(this.#bytes, contextOf(recordId, field), sealed)
    if (!opened.ok) throw new RecordDamaged(opened.cause)
    const secret = Secret.of(opened.plain.toString())
    opened.plain.fill(0)
    return secret
  }

  /** HMAC-SHA256 with a key of its own, derived from the data key: 32 bytes. */
  mac(text: string): Buffer {
    return createHmac('sha256', this.#macKey).update(text).digest()
  }

  /** Overwrites the keys; nothing opens, seals or is vouched for rightly after that. */
  zero(): void {
    this.#bytes.fill(0)
    this.#macKey.fill(0)
  }
}

function contextOf(recordId: string, field: string): string[] {
  return ['token-desk-vault', 'secret', `${VAULT_VERSION}`, recordId, field]
}
