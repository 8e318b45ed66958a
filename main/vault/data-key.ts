import { createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { KeyringLostKey } from '../platform/errors.ts'
import { Secret } from '../platform/secret.ts'
import { RecordDamaged, VaultDamaged } from './errors.ts'
import type { KeyProtector } from './key-protector.ts'
import { KEY_BYTES, open, SEAL_VERSION, seal } from './seal.ts'
import type { StoredKey } from './vault-document.ts'

/** By the version of the file that it stands in, newest first. */
const CHECK_CONTEXTS = [
  { version: 2, context: ['token-desk-vault', 'key-check', '2'] },
  { version: 1, context: ['token-desk-vault', 'key-check', '1'] },
] as const
const CHECK_TEXT = 'token-desk-vault key check'
/** Tells the MACs' keys from every other use of the data key (RFC 5869 section 3.2). */
const MAC_INFO = `token-desk-vault record-mac ${SEAL_VERSION}`
const LIST_MAC_INFO = 'token-desk-vault records-mac 2'

/** The one key that seals every secret and vouches for every record of a vault. Its owner zeroes it. */
export class DataKey {
  readonly #bytes: Buffer
  readonly #macKey: Buffer
  readonly #listMacKey: Buffer

  private constructor(bytes: Buffer) {
    this.#bytes = bytes
    this.#macKey = derived(bytes, MAC_INFO)
    this.#listMacKey = derived(bytes, LIST_MAC_INFO)
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
    const unwrapped = await protector.unwrap(stored.wrapped)
    const key = new DataKey(Buffer.from(unwrapped))
    unwrapped.fill(0)
    if (key.checkVersion(stored.check) !== null) return key
    key.zero()
    // A passphrase's wrapping is authenticated, so its key is right and the check value is not.
    if (stored.protection === 'passphrase') throw new VaultDamaged('its check value does not open')
    throw new KeyringLostKey({ cause: 'the check value does not open' })
  }

  /**
   * Opened again at once: what opens nothing must not take the place of what does.
   *
   * @throws what `KeyProtector.wrap` and `unwrap` throw
   */
  async wrap(protector: KeyProtector): Promise<StoredKey> {
    const wrapped = await protector.wrap(this.#bytes)
    const stored: StoredKey = { protection: protector.kind, wrapped, check: this.check() }
    const opened = await DataKey.unwrap(stored, protector)
    opened.zero()
    return stored
  }

  /** The check value to write. */
  check(): string {
    return seal(this.#bytes, CHECK_CONTEXTS[0].context, Buffer.from(CHECK_TEXT))
  }

  /** The version of the file that this check value was made for; null when it is another key's. */
  checkVersion(check: string): number | null {
    const found = CHECK_CONTEXTS.find(({ context }) => open(this.#bytes, context, check).ok)
    return found?.version ?? null
  }

  /** Bound to its place: moved to another record or field, it does not open. */
  sealSecret(recordId: string, field: string, secret: Secret): string {
    const plain = Buffer.from(secret.expose())
    const sealed = seal(this.#bytes, contextOf(recordId, field), plain)
    plain.fill(0)
    return sealed
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

  /** As `mac`, for the list of all records, with yet another key. */
  listMac(text: string): Buffer {
    return createHmac('sha256', this.#listMacKey).update(text).digest()
  }

  /** Overwrites the keys; nothing opens, seals or is vouched for rightly after that. */
  zero(): void {
    this.#bytes.fill(0)
    this.#macKey.fill(0)
    this.#listMacKey.fill(0)
  }
}

function derived(bytes: Buffer, info: string): Buffer {
  return Buffer.from(hkdfSync('sha256', bytes, '', info, KEY_BYTES))
}

function contextOf(recordId: string, field: string): string[] {
  return ['token-desk-vault', 'secret', `${SEAL_VERSION}`, recordId, field]
}
