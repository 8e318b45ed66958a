import { AppError } from '../errors.ts'
import type { Clock } from '../platform/clock.ts'
import { forgetLastMatch } from '../platform/forget-last-match.ts'
import type { ProcessLocks } from '../platform/process-lock.ts'
import type { Secret } from '../platform/secret.ts'
import { DataKey } from './data-key.ts'
import { RecordChanged, SecretNotFound, VaultLocked } from './errors.ts'
import type { KeyProtector } from './key-protector.ts'
import { OutsideChanges } from './outside-changes.ts'
import { RecordKeeper } from './record-keeper.ts'
import type { Vault, VaultChange } from './vault.ts'
import {
  type StoredKey,
  type StoredRecord,
  VAULT_VERSION,
  type VaultDocument,
} from './vault-document.ts'
import type { Generation, VaultFiles, VaultRecovery } from './vault-files.ts'
import type { VaultRecord } from './vault-record.ts'
import { WriteLease } from './write-lease.ts'

export interface FileVaultOptions {
  readonly clock: Clock
  readonly locks: ProcessLocks
  /**
   * Told, in the middle of a call, when a change of another process was taken over, or when another vault
   * stands in this one's place and it locked itself.
   */
  readonly onOvertaken?: () => void
}

interface CommitChange {
  readonly key?: StoredKey
  readonly records?: ReadonlyMap<string, StoredRecord>
  readonly forgets?: boolean
}

const NO_RECORDS: VaultDocument['records'] = new Map()

/** The vault over its files in one folder. `openVault` makes it. */
export class FileVault implements Vault {
  readonly #files: VaultFiles
  readonly #clock: Clock
  readonly #lease: WriteLease
  readonly #onOvertaken: () => void
  readonly #outside = new OutsideChanges()
  /** What is shown and changed; null until there is a vault. */
  #document: VaultDocument | null
  #keeper: RecordKeeper | null = null
  /** Null until it was asked for. */
  #damagedCount: number | null = null
  /** Counts locks, so that an unlock that was under way meanwhile does not undo one. */
  #lockCount = 0
  #isClosed = false

  constructor(files: VaultFiles, { clock, locks, onOvertaken = () => {} }: FileVaultOptions) {
    this.#files = files
    this.#clock = clock
    this.#lease = new WriteLease(locks)
    this.#onOvertaken = onOvertaken
    this.#document = files.document
  }

  get isUnlocked(): boolean {
    return this.#keeper !== null
  }

  get protection(): 'keyring' | 'passphrase' {
    return this.#document?.key.protection ?? 'keyring'
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
    const askedAt = this.#outside.now
    await this.#change(keeper, () => {
      const change = typeof given === 'function' ? given() : given
      this.#requireSame(keeper)
      if (typeof given !== 'function') this.#requireUnchanged(change, askedAt)
      if (isEmpty(change)) return
      const records = changedRecords(keeper, this.#records, change)
      const forgets = change.forgets ?? false
      const gone = new Set(forgets ? change.remove?.filter((id) => !records.has(id)) : [])
      if (gone.size > 0) this.#files.forgetInCopies(gone, (check) => keeper.isCheckOf(check))
      this.#commit(keeper, { records, forgets })
    })
  }

  secret(recordId: string, field: string): Secret {
    const keeper = this.#requireKeeper()
    const record = this.#records.get(recordId)
    if (record === undefined) throw new SecretNotFound()
    return keeper.secret(record, field)
  }

  reload(): void {
    const keeper = this.#requireKeeper()
    if (!this.#files.hasChanged()) return
    const found = this.#files.read()
    // What is damaged or not whole is the business of the next save, which keeps it under the lock.
    this.#adoptIfWhole(keeper, found)
  }

  async protect(protector: KeyProtector): Promise<void> {
    const keeper = this.#requireKeeper()
    const key = await keeper.wrapKey(protector)
    // Wrapping took its time: nothing is changed for a keeper that was zeroed meanwhile.
    await this.#change(keeper, () => {
      this.#files.rewrapCopies(key, (check) => keeper.isCheckOf(check))
      this.#commit(keeper, { key, forgets: true })
    })
  }

  async verify(protector: KeyProtector): Promise<void> {
    if (this.isUnlocked) this.reload()
    if (this.#document === null) throw new VaultLocked()
    const dataKey = await DataKey.unwrap(this.#document.key, protector)
    dataKey.zero()
  }

  lock(): void {
    forgetLastMatch()
    this.#lockCount += 1
    this.#keeper?.zero()
    this.#keeper = null
    this.#lease.end()
  }

  async unlock(protector: KeyProtector): Promise<VaultRecovery | null> {
    if (!this.isUnlocked) this.#readWhileLocked()
    const before = this.#lockCount
    const document = this.#document
    const dataKey = await (document === null
      ? this.#create(protector)
      : DataKey.unwrap(document.key, protector))
    if (this.#isClosed || this.#lockCount !== before) {
      dataKey.zero()
      throw new VaultLocked()
    }
    this.#keeper?.zero()
    const keeper = new RecordKeeper(dataKey)
    this.#keeper = keeper
    const recovery = await this.#putInOrder(keeper)
    this.#requireSame(keeper)
    return recovery
  }

  close(): void {
    this.#isClosed = true
    this.lock()
  }

  get #records(): VaultDocument['records'] {
    return this.#document?.records ?? NO_RECORDS
  }

  #requireKeeper(): RecordKeeper {
    if (this.#keeper === null) throw new VaultLocked()
    return this.#keeper
  }

  #requireSame(keeper: RecordKeeper): void {
    if (this.#keeper !== keeper) throw new VaultLocked()
  }

  #requireUnchanged({ put = [], remove = [] }: VaultChange, askedAt: number): void {
    const ids = [...put.map(({ id }) => id), ...remove]
    if (ids.some((id) => this.#outside.since(askedAt, id))) throw new RecordChanged()
  }

  /** Runs under the lock, on the file as it is by then. */
  #change(keeper: RecordKeeper, act: () => void): Promise<void> {
    return this.#lease.run(() => {
      this.#requireSame(keeper)
      this.#refresh(keeper)
      act()
    })
  }

  /**
   * Takes over what another process wrote. What is damaged, not whole or earlier was not written by one:
   * it is kept aside, and what this process has, or the last good generation where that is newer, goes on.
   */
  #refresh(keeper: RecordKeeper): void {
    if (!this.#files.hasChanged()) return
    const found = this.#files.read()
    if (this.#adoptIfWhole(keeper, found)) return
    const lastGood = this.#files.readLastGood()
    if (found.state === 'absent' && lastGood.state === 'absent') this.#lose(null)
    if (found.state !== 'absent') {
      this.#files.keepCopies(found.state === 'fine' ? 'suspect' : 'damaged')
    }
    const revision = this.#document?.revision ?? 0
    if (lastGood.state === 'fine' && lastGood.document.revision > revision) {
      this.#adoptIfWhole(keeper, lastGood)
    }
    this.#files.accept({ state: 'damaged', fingerprint: found.fingerprint })
  }

  #adoptIfWhole(keeper: RecordKeeper, found: Generation): boolean {
    if (found.state !== 'fine') return false
    const { document } = found
    if (!keeper.isCheckOf(document.key.check)) this.#lose(document)
    // Saves count up: an earlier file was put back by somebody, with what was removed or replaced since.
    const isEarlier = document.revision < (this.#document?.revision ?? 0)
    if (isEarlier || !keeper.isWhole(document)) return false
    this.#files.accept(found)
    this.#outside.note(this.#records, document.records)
    this.#document = document
    this.#damagedCount = null
    this.#onOvertaken()
    return true
  }

  /** There is another vault in its place, or none: this key is good for nothing any more. */
  #lose(document: VaultDocument | null): never {
    this.#document = document
    this.lock()
    this.#onOvertaken()
    throw new VaultLocked()
  }

  #readWhileLocked(): void {
    if (!this.#files.hasChanged()) return
    const found = this.#files.read()
    if (found.state !== 'fine') return
    this.#files.accept(found)
    this.#document = found.document
  }

  /** Written at once: nothing may be sealed with a key that is not safely wrapped on disk. */
  async #create(protector: KeyProtector): Promise<DataKey> {
    const dataKey = DataKey.create()
    const key = await dataKey.wrap(protector)
    const isMade = await this.#lease.run(() => {
      if (this.#isClosed) throw new VaultLocked()
      this.#readWhileLocked()
      if (this.#document !== null) return false
      this.#commit(new RecordKeeper(dataKey), { key })
      return true
    })
    if (isMade) return dataKey
    // Another process, or another unlock, made it meanwhile.
    dataKey.zero()
    if (this.#document?.key.protection !== protector.kind) throw new VaultLocked()
    return DataKey.unwrap(this.#document.key, protector)
  }

  /** Right after unlocking: says whether records are missing, and brings an older file to this version. */
  async #putInOrder(keeper: RecordKeeper): Promise<VaultRecovery | null> {
    const document = this.#document
    if (document === null) return null
    const isWhole = keeper.isWhole(document)
    if (isWhole && document.version === VAULT_VERSION) return null
    let damagedFile = this.#files.path
    try {
      await this.#change(keeper, () => {
        if (this.#document !== document) return
        if (!isWhole) damagedFile = this.#files.keepCopies('suspect')
        this.#commit(keeper, {})
      })
    } catch (thrown) {
      // What can be read must stay readable: the next save tries again, and says what is wrong.
      if (!(thrown instanceof AppError)) throw thrown
    }
    return isWhole ? null : { opened: 'incomplete', damagedFile }
  }

  /** What is not given stays as it is; only what is on disk counts. */
  #commit(keeper: RecordKeeper, change: CommitChange): void {
    const { key = this.#document?.key, records = this.#records, forgets = false } = change
    if (key === undefined) throw new VaultLocked()
    const revision = (this.#document?.revision ?? 0) + 1
    const document: VaultDocument = {
      version: VAULT_VERSION,
      savedAtMs: this.#clock.now(),
      revision,
      key: keeper.currentKey(key),
      recordsMac: keeper.recordsMac({ revision, records }),
      records,
    }
    this.#files.commit(document, { forgets })
    this.#document = document
    this.#damagedCount = null
  }
}

function changedRecords(
  keeper: RecordKeeper,
  before: VaultDocument['records'],
  change: VaultChange,
): Map<string, StoredRecord> {
  const records = new Map(before)
  for (const id of change.remove ?? []) records.delete(id)
  for (const put of change.put ?? []) {
    records.set(put.id, keeper.change(records.get(put.id), put))
  }
  return records
}

function isEmpty({ put = [], remove = [], forgets = false }: VaultChange): boolean {
  return put.length === 0 && remove.length === 0 && !forgets
}

function countDamaged(keeper: RecordKeeper, records: ReadonlyMap<string, StoredRecord>): number {
  let count = 0
  for (const record of records.values()) if (keeper.read(record) === null) count += 1
  return count
}
