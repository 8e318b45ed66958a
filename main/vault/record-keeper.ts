import { timingSafeEqual } from 'node:crypto'
import type { Secret } from '../platform/secret.ts'
import type { DataKey } from './data-key.ts'
import { RecordDamaged, SecretNotFound } from './errors.ts'
import type { KeyProtector } from './key-protector.ts'
import { SEAL_VERSION } from './seal.ts'
import {
  type StoredKey,
  type StoredRecord,
  VAULT_VERSION,
  type VaultDocument,
} from './vault-document.ts'
import { changedRecord, type RecordChange, showRecord, type VaultRecord } from './vault-record.ts'

/**
 * Vouches for the records of an unlocked vault: each carries a MAC over all that it says, so that
 * whoever can write the file but has no key can neither send a token to another host, nor swap
 * names, nor pass one secret off as another. The file carries one more MAC over the list of them, so
 * that a whole record that is removed, or put back as it was at an earlier save, is noticed. A whole
 * earlier file that is put back is noticed only by who has the vault open: nothing outside of the file
 * counts the saves.
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

  /** True for the check value of a file whose data key is this one, by whatever it is wrapped now. */
  isCheckOf(check: string): boolean {
    return this.#dataKey.checkVersion(check) !== null
  }

  /** The key as a file of this version carries it: its check value made anew where it is an older one. */
  currentKey(key: StoredKey): StoredKey {
    if (this.#dataKey.checkVersion(key.check) === VAULT_VERSION) return key
    return { ...key, check: this.#dataKey.check() }
  }

  /** Base64: vouches for the list of records at this revision. */
  recordsMac({ revision, records }: Pick<VaultDocument, 'revision' | 'records'>): string {
    return this.#dataKey.listMac(encodedList(revision, records)).toString('base64')
  }

  /**
   * False where records were removed, added or put back without the key. An older file vouches for no
   * list; one that only claims to be older has a check value that gives it away.
   */
  isWhole(document: VaultDocument): boolean {
    if (document.version < VAULT_VERSION) {
      return this.#dataKey.checkVersion(document.key.check) === document.version
    }
    return isSameText(document.recordsMac, this.recordsMac(document))
  }

  zero(): void {
    this.#dataKey.zero()
  }

  #check(record: StoredRecord): VaultRecord | null {
    const text = encodedOrNull(record)
    if (text === null) return null
    if (!isSameText(record.mac, this.#dataKey.mac(text).toString('base64'))) return null
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
  return JSON.stringify(['token-desk-vault', 'record', SEAL_VERSION, id, kind, meta, fields])
}

/** The records in their order, each by its own MAC, which stands for all that it says. */
function encodedList(revision: number, records: VaultDocument['records']): string {
  const list = [...records.values()].map(({ id, mac }) => [id, mac])
  return JSON.stringify(['token-desk-vault', 'records', VAULT_VERSION, revision, list])
}

/** Both are base64 of a MAC; the time it takes says nothing of where they differ. */
function isSameText(found: string, expected: string): boolean {
  const [a, b] = [Buffer.from(found), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
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
