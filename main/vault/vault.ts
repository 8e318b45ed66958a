/**
 * Where secrets are sealed. Each secret is encrypted with one random data key, which a key protector
 * wraps; names, scopes and times beside them can be read without it, but not changed. What the records
 * mean is the business of the rooms that keep them.
 */
import type { Secret } from '../platform/secret.ts'
import { FileVault, type FileVaultOptions } from './file-vault.ts'
import type { KeyProtector } from './key-protector.ts'
import {
  openVaultFiles,
  setVaultAside,
  type VaultPlace,
  type VaultRecovery,
} from './vault-files.ts'
import type { RecordChange, VaultRecord } from './vault-record.ts'

export type { RecordChange, VaultRecord }

/**
 * A record that is removed and put in one change begins without its old secrets. Only so can a damaged
 * one be replaced.
 */
export interface VaultChange {
  readonly put?: readonly RecordChange[]
  readonly remove?: readonly string[]
  /** Rewrites the last good generation and the copies that were kept, too: what was removed opens nothing any more. */
  readonly forgets?: boolean
}

export interface Vault {
  readonly isUnlocked: boolean
  /** Before a new vault has met its first protector: `keyring`. */
  readonly protection: 'keyring' | 'passphrase'
  /**
   * Records that were changed without the key: kept in the file, never handed out. The first look
   * checks all of them.
   *
   * @throws VaultLocked
   */
  readonly damagedCount: number
  /** In the order they were first put, without damaged ones. @throws VaultLocked */
  records(kind: string): VaultRecord[]
  /** Null when there is no such record. @throws VaultLocked, RecordDamaged */
  record(id: string): VaultRecord | null
  /**
   * All of it or nothing, durable when the promise resolves. Changes are made in the order of the calls,
   * each under the lock that the window and the command line share, on the file as it is by then. Where
   * nobody else holds that lock, the change is made before this returns its promise.
   *
   * @param change given as a function, it is asked for under that lock: what it reads of the vault is
   *   what will be changed. Given as a value, it is refused where another process changed one of its
   *   records meanwhile. An empty one writes nothing
   * @throws VaultLocked, LockBusy, VaultWriteFailed, RecordChanged, VaultUnreadable, VaultNewerVersion
   * @throws RecordDamaged when a damaged record is put, unless it is removed in the same change
   */
  save(change: VaultChange | (() => VaultChange)): Promise<void>
  /** Reads what another process wrote since; the next save would do so too. @throws VaultLocked */
  reload(): void
  /**
   * Protects the data key by this protector alone, in the last good generation and in the copies that
   * were kept of this vault too: what protected it until now opens nothing any more. A copy that is too
   * damaged to be read is left as it is.
   *
   * @throws VaultLocked, LockBusy, VaultWriteFailed, and what `KeyProtector.wrap` throws
   */
  protect(protector: KeyProtector): Promise<void>
  /** Whether this protector opens the vault; nothing changes. @throws what `unlock` throws */
  verify(protector: KeyProtector): Promise<void>
  /** @throws VaultLocked, SecretNotFound, RecordDamaged */
  secret(recordId: string, field: string): Secret
  /** Zeroes the data key. */
  lock(): void
  /**
   * Brings a file of an older version to this one; the original is kept.
   *
   * @returns `incomplete` where records were removed or put back without the key; a copy of the file as
   *   it was found is kept, and this is said once
   * @throws KeyringUnavailable, KeyringLostKey, WrongPassphrase, WeakPassphrase, VaultDamaged
   * @throws VaultLocked when it was locked or closed meanwhile
   */
  unlock(protector: KeyProtector): Promise<VaultRecovery | null>
  /** Locks it for good. */
  close(): void
}

export interface OpenedVault {
  readonly vault: Vault
  /** Said once to the user: the file was damaged, and this was opened of it or in its place. */
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
export async function openVault(
  options: VaultPlace & FileVaultOptions & { readonly protector: KeyProtector | null },
): Promise<OpenedVault> {
  const files = await openVaultFiles(options)
  const exists = files.document !== null
  const vault = new FileVault(files, options)
  const found = options.protector === null ? null : await vault.unlock(options.protector)
  return { vault, recovery: files.recovery ?? found, exists }
}

/**
 * Moves a vault that cannot be opened aside (it is kept), so that the next `openVault` makes a new one.
 *
 * @throws LockBusy, VaultWriteFailed
 */
export function startAfresh(
  place: Pick<VaultPlace, 'directory' | 'clock' | 'locks'>,
): Promise<void> {
  return setVaultAside(place)
}
