import type { Clock } from '../platform/clock.ts'
import { forgetLastMatch } from '../platform/forget-last-match.ts'
import type { Secret } from '../platform/secret.ts'
import { DataKey } from './data-key.ts'
import { SecretNotFound, VaultLocked } from './errors.ts'
import type { KeyProtector } from './key-protector.ts'
import { RecordKeeper } from './record-keeper.ts'
import type { Vault, VaultChange } from './vault.ts'
import type { StoredKey, StoredRecord, VaultDocument } from './vault-document.ts'
import type { VaultFiles } from './vault-files.ts'
import type { VaultRecord } from './vault-record.ts'

/** The vault over its files in one folder. `openVault` makes it. */
export class FileVault implements Vault {
  readonly #files: VaultFiles
  readonly #clock: Clock
  #key: StoredKey | null
  #records: ReadonlyMap<string, StoredRecord>
  #keeper: RecordKeeper | null = null
  /** Null until it was asked for. */
  #damagedCount: number | null = null
  /** Counts locks, so that an unlock that was under way meanwhile does not undo one. */
  #lockCount = 0
  #isClosed = false

  constructor(files: VaultFiles, clock: Clock) {
    this.#files = files
    this.#clock = clock
    this.#key = files.document?.key ?? null
    this.#records = files.document?.records ?? new Map()
  }

  get isUnlocked(): boolean {
    return this.#keeper !== null
  }

  get protection(): 'keyring' | 'passphrase' {
    return this.#key?.protection ?? 'keyring'
  }

  get damagedCount(): number {
    const keeper = this.#requireKeeper()
    this.#damagedCount ??= countDamaged(keeper, this.#records)
    return this.#damagedCount
  }

  records(kind: string): VaultRecord[] {
    const keeper = this.#requireKeeper()
    const found: VaultRecord[] = []
    for (const record of this.#records.values()) {
      const shown = record.kind === kind ? keeper.read(record) : null
      if (shown !== null) found.push(shown)
    }
    return found
  }

  record(id: string): VaultRecord | null {
    const keeper = this.#requireKeeper()
    const record = this.#records.get(id)
    return record === undefined ? null : keeper.require(record)
  }

  /** Without a pause from the look at the records to the commit, so no two changes can cross. */
  async save(given: VaultChange | (() => VaultChange)): Promise<void> {
    const keeper = this.#requireKeeper()
    const change = typeof given === 'function' ? given() : given
    const records = new Map(this.#records)
    for (const id of change.remove ?? []) records.delete(id)
    for (const put of change.put ?? []) {
      records.set(put.id, keeper.change(records.get(put.id), put))
    }
    this.#commit(records)
  }

  secret(recordId: string, field: string): Secret {
    const keeper = this.#requireKeeper()
    const record = this.#records.get(recordId)
    if (record === undefined) throw new SecretNotFound()
    return keeper.secret(record, field)
  }

  reload(): void {
    this.#requireKeeper()
  }

  async protect(_protector: KeyProtector): Promise<void> {
    throw new Error('not built')
  }

  async verify(_protector: KeyProtector): Promise<void> {
    throw new Error('not built')
  }

  lock(): void {
    forgetLastMatch()
    this.#lockCount += 1
    this.#keeper?.zero()
    this.#keeper = null
  }

  async unlock(protector: KeyProtector): Promise<void> {
    const before = this.#lockCount
    const dataKey = await (this.#key === null
      ? this.#create(protector)
      : DataKey.unwrap(this.#key, protector))
    if (this.#isClosed || this.#lockCount !== before) {
      dataKey.zero()
      throw new VaultLocked()
    }
    this.#keeper?.zero()
    this.#keeper = new RecordKeeper(dataKey)
  }

  close(): void {
    this.#isClosed = true
    this.lock()
  }

  #requireKeeper(): RecordKeeper {
    if (this.#keeper === null) throw new VaultLocked()
    return this.#keeper
  }

  /** Written at once: nothing may be sealed with a key that is not safely wrapped on disk. */
  async #create(protector: KeyProtector): Promise<DataKey> {
    const dataKey = DataKey.create()
    const key = await dataKey.wrap(protector)
    if (this.#isClosed || this.#key !== null) throw new VaultLocked()
    this.#key = key
    try {
      this.#commit(this.#records)
    } catch (thrown) {
      this.#key = null
      throw thrown
    }
    return dataKey
  }

  #commit(records: ReadonlyMap<string, StoredRecord>): void {
    if (this.#key === null) throw new VaultLocked()
    const document: VaultDocument = { savedAtMs: this.#clock.now(), key: this.#key, records }
    this.#files.commit(document)
    this.#records = records
    this.#damagedCount = null
  }
}

function countDamaged(keeper: RecordKeeper, records: ReadonlyMap<string, StoredRecord>): number {
  let count = 0
  for (const record of records.values()) if (keeper.read(record) === null) count += 1
  return count
}
