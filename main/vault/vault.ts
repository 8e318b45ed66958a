/**
 * Where secrets are sealed. Each secret is encrypted with one random data key, which a key protector
 * wraps; names, scopes and times beside them can be read without it. What the records mean is the
 * business of the rooms that keep them.
 */
import type { Clock } from '../platform/clock.ts'
import type { Secret } from '../platform/secret.ts'
import type { OpenStore } from '../platform/store.ts'
import { DataKey } from './data-key.ts'
import { SecretNotFound, VaultLocked } from './errors.ts'
import type { KeyProtector } from './key-protector.ts'
import type { StoredKey, StoredRecord, VaultDocument } from './vault-document.ts'
import {
  openVaultFiles,
  setVaultAside,
  type VaultFiles,
  type VaultRecovery,
} from './vault-files.ts'
import { changedRecord, type RecordChange, showRecord, type VaultRecord } from './vault-record.ts'

export type { RecordChange, VaultRecord }

/** A record that is removed and put in one change begins without its old secrets. */
export interface VaultChange {
  readonly put?: readonly RecordChange[]
  readonly remove?: readonly string[]
}

export interface Vault {
  readonly isUnlocked: boolean
  /** Before a new vault has met its first protector: `keyring`. */
  readonly protection: 'keyring' | 'passphrase'
  /** In the order they were first put. Works while locked. */
  records(kind: string): VaultRecord[]
  /** Null when there is no such record. Works while locked. */
  record(id: string): VaultRecord | null
  /**
   * All of it or nothing, durable when the promise resolves. Changes are made in the order of the calls.
   *
   * @throws VaultLocked, VaultWriteFailed, VaultChangedOutside
   */
  save(change: VaultChange): Promise<void>
  /** @throws VaultLocked, SecretNotFound, RecordDamaged */
  secret(recordId: string, field: string): Secret
  /** Zeroes the data key. */
  lock(): void
  /**
   * @throws KeyringUnavailable, KeyringLostKey, WrongPassphrase, WeakPassphrase, VaultDamaged
   * @throws VaultLocked when it was locked or closed meanwhile
   */
  unlock(protector: KeyProtector): Promise<void>
  /** Locks it for good. */
  close(): void
}

export interface OpenedVault {
  readonly vault: Vault
  /** Said once to the user: the file was damaged, and this was opened in its place. */
  readonly recovery: VaultRecovery | null
  /** False for a vault that the first `unlock` will make. */
  readonly exists: boolean
}

/**
 * Opens the vault in `directory`, or makes a new one; the caller closes it. The folder is made 0700.
 *
 * @param options.protector null opens it locked; a new vault is then made by the first `unlock`
 * @throws VaultNewerVersion, VaultUnreadable, VaultWriteFailed, and what `Vault.unlock` throws
 */
export async function openVault(options: {
  readonly directory: string
  readonly openStore: OpenStore
  readonly protector: KeyProtector | null
  readonly clock: Clock
}): Promise<OpenedVault> {
  const files = openVaultFiles(options, options.clock)
  const vault = new FileVault(files, options.clock)
  if (options.protector !== null) await vault.unlock(options.protector)
  return { vault, recovery: files.recovery, exists: files.document !== null }
}

/**
 * Moves a vault that cannot be opened aside (it is kept), so that the next `openVault` makes a new one.
 *
 * @throws VaultWriteFailed
 */
export async function startAfresh(directory: string, clock: Clock): Promise<void> {
  setVaultAside(directory, clock)
}

class FileVault implements Vault {
  readonly #files: VaultFiles
  readonly #clock: Clock
  #key: StoredKey | null
  #records: ReadonlyMap<string, StoredRecord>
  #dataKey: DataKey | null = null
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
    return this.#dataKey !== null
  }

  get protection(): 'keyring' | 'passphrase' {
    return this.#key?.protection ?? 'keyring'
  }

  records(kind: string): VaultRecord[] {
    const found: VaultRecord[] = []
    for (const record of this.#records.values())
      if (record.kind === kind) found.push(showRecord(record))
    return found
  }

  record(id: string): VaultRecord | null {
    const record = this.#records.get(id)
    return record === undefined ? null : showRecord(record)
  }

  /** Without a pause from the look at the records to the commit, so no two changes can cross. */
  async save(change: VaultChange): Promise<void> {
    const dataKey = this.#requireDataKey()
    const records = new Map(this.#records)
    for (const id of change.remove ?? []) records.delete(id)
    for (const put of change.put ?? []) {
      records.set(put.id, changedRecord(dataKey, records.get(put.id), put))
    }
    this.#commit(records)
  }

  secret(recordId: string, field: string): Secret {
    const dataKey = this.#requireDataKey()
    const secrets = this.#records.get(recordId)?.secrets ?? {}
    const sealed = Object.hasOwn(secrets, field) ? secrets[field] : undefined
    if (sealed === undefined) throw new SecretNotFound()
    return dataKey.openSecret(recordId, field, sealed)
  }

  lock(): void {
    this.#lockCount += 1
    this.#dataKey?.zero()
    this.#dataKey = null
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
    this.#dataKey?.zero()
    this.#dataKey = dataKey
  }

  close(): void {
    this.#isClosed = true
    this.lock()
  }

  #requireDataKey(): DataKey {
    if (this.#dataKey === null) throw new VaultLocked()
    return this.#dataKey
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
  }
}
