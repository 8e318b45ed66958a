import { timingSafeEqual } from 'node:crypto'
import type { Secret } from '../platform/secret.ts'
import type { DataKey } from './data-key.ts'
import { RecordDamaged, SecretNotFound } from './errors.ts'
import type { KeyProtector } from './key-protector.ts'
import { type StoredKey, type StoredRecord, VAULT_VERSION } from './vault-document.ts'
import { changedRecord, type RecordChange, showRecord, type VaultRecord } from './vault-record.ts'

/**
 * Vouches for the records of an unlocked vault: each carries a MAC over all that it says, so that
 * whoever can write the file but has no key can neither send a token to another host, nor swap
 * names, nor pass one secret off as another. A whole record that is removed, or put back as it was
 * at an earlier save, is not noticed.
 *
 * Checks a record when it is first used, and once: 10,000 of them must not slow the opening.
 */
export class RecordKeeper {
  readonly #dataKey: DataKey
  /** Null for a record that nobody vouches for. */
  readonly #checked = new WeakMap<StoredRecord, VaultRecord | null>()

  /** Takes the key over, and zeroes it in the end. */
  constructor(dataKey: DataKey) {
    this.#dataKey = dataKey
  }

  /** What may be shown of the record; null where it was changed without the key. */
  read(record: StoredRecord): VaultRecord | null {
    const known = this.#checked.get(record)
    if (known !== undefined) return known
    const shown = this.#check(record)
    this.#checked.set(record, shown)
    return shown
  }

  /** As `read`. @throws RecordDamaged */
  require(record: StoredRecord): VaultRecord {
    const shown = this.read(record)
    if (shown === null) throw new RecordDamaged('its MAC does not match')
    return shown
  }

  /**
   * The record after the change, its new secrets sealed.
   *
   * @throws RecordDamaged for one that was changed without the key: it is kept for who looks into it
   */
  change(before: StoredRecord | undefined, change: RecordChange): StoredRecord {
    if (before !== undefined) this.require(before)
    const record = changedRecord(this.#dataKey, before, change)
    return { ...record, mac: this.#dataKey.mac(encoded(record)).toString('base64') }
  }

  /** @throws SecretNotFound, RecordDamaged */
  secret(record: StoredRecord, field: string): Secret {
    this.require(record)
    const sealed = Object.hasOwn(record.secrets, field) ? record.secrets[field] : undefined
    if (sealed === undefined) throw new SecretNotFound()
    return this.#dataKey.openSecret(record.id, field, sealed)
  }

  /** As `DataKey.wrap`, for a vault that has its records already. */
  wrapKey(protector: KeyProtector): Promise<StoredKey> {
    return this.#dataKey.wrap(protector)
  }

  zero(): void {
    this.#dataKey.zero()
  }

  #check(record: StoredRecord): VaultRecord | null {
    const text = encodedOrNull(record)
    if (text === null) return null
    const expected = this.#dataKey.mac(text)
    const found = Buffer.from(record.mac, 'base64')
    if (found.length !== expected.length || !timingSafeEqual(found, expected)) return null
    // From the very text that the MAC is for: a file may spell values that JSON has no text for
    // (1e999 is read as Infinity and written as null).
    const [, , , , , meta]: unknown[] = JSON.parse(text)
    return showRecord({ ...record, meta })
  }
}

/**
 * All that a record says, as one text. A JSON array of fixed length, so no two records share an
 * encoding; secrets as sorted pairs, since their order in the file means nothing.
 */
function encoded({ id, kind, meta, secrets }: Omit<StoredRecord, 'mac'>): string {
  const fields = Object.entries(secrets).sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify(['token-desk-vault', 'record', VAULT_VERSION, id, kind, meta, fields])
}

/** Null for what this code cannot have written: nested so deep that it cannot be spelled again. */
function encodedOrNull(record: StoredRecord): string | null {
  try {
    return encoded(record)
  } catch (thrown) {
    if (thrown instanceof RangeError) return null
    throw thrown
  }
}
