/** One encrypted file with all that the vault keeps, and the way back from it. */
import type { RecordActivity } from '../../activity/activity.ts'
import type {
  BackupFile,
  BackupReport,
  RestorePreview,
  RestoreReport,
} from '../../contract/views.ts'
import type { Clock } from '../../platform/clock.ts'
import type { BackupDialogs } from '../../platform/dialogs.ts'
import type { Secret } from '../../platform/secret.ts'
import type { Vault } from '../../vault/vault.ts'
import type { VaultSession } from '../../vault/vault-session.ts'

export interface BackupOptions {
  readonly session: VaultSession
  readonly vault: () => Vault
  readonly dialogs: BackupDialogs
  readonly homeDirectory: string
  readonly clock: Clock
  readonly record: RecordActivity
  /** Told after a restore: everything that is shown may be another. */
  readonly onRestored: () => void
}

export interface BackupService {
  create(passphrase: Secret): Promise<BackupReport | null>
  chooseFile(): Promise<BackupFile | null>
  open(backupId: string, passphrase: Secret): Promise<RestorePreview>
  restore(backupId: string, options: { readonly intoNewVault: boolean }): Promise<RestoreReport>
  discard(backupId: string): void
  /** Forgets what was opened; called on lock. */
  forget(): void
}

export function createBackupService(_options: BackupOptions): BackupService {
  const notBuilt = async (): Promise<never> => {
    throw new Error('not built')
  }
  return {
    create: notBuilt,
    chooseFile: notBuilt,
    open: notBuilt,
    restore: notBuilt,
    discard() {},
    forget() {},
  }
}
