/** One encrypted file with all that the vault keeps, and the way back from it. */
import { basename, join } from 'node:path'
import type { NewActivity, RecordActivity } from '../../activity/activity.ts'
import type {
  BackupFile,
  BackupReport,
  RestorePreview,
  RestoreReport,
} from '../../contract/views.ts'
import type { TempJournal } from '../../env/temp-journal.ts'
import { toFailure } from '../../errors.ts'
import type { Clock } from '../../platform/clock.ts'
import type { BackupDialogs } from '../../platform/dialogs.ts'
import { displayPath } from '../../platform/display-path.ts'
import type { Secret } from '../../platform/secret.ts'
import { requireStrength, SCRYPT_COST, type ScryptCost } from '../../vault/derive-key.ts'
import type { Vault } from '../../vault/vault.ts'
import type { VaultSession } from '../../vault/vault-session.ts'
import { readBackupFile } from './backup-files.ts'
import type { BackupContent } from './content.ts'
import { parseEnvelope } from './envelope.ts'
import { BackupGone, VaultOpenMeanwhile } from './errors.ts'
import { contentOf, createBackupHolder, type HeldBackup } from './held-backup.ts'
import { hereIn, NOTHING_HERE } from './here.ts'
import { planRestore } from './restore-plan.ts'
import { writeBackup } from './write-backup.ts'

export interface BackupOptions {
  readonly session: Pick<VaultSession, 'view' | 'beginAnew'>
  /** The open vault; throws VaultLocked while locked. */
  readonly vault: () => Vault
  readonly dialogs: BackupDialogs
  readonly homeDirectory: string
  readonly clock: Clock
  readonly record: RecordActivity
  /** Remembers the temporary file of a write that is killed. */
  readonly journal?: TempJournal
  /** Told after a restore: everything that is shown may be another. */
  readonly onRestored: () => void
  /** Of new backups; lower only in tests, which have no half second to spare. */
  readonly cost?: ScryptCost | undefined
}

export interface BackupService {
  /**
   * Asks where to, and writes a backup there; null when the user closed the dialog.
   *
   * @throws WeakPassphrase, VaultLocked, BackupWriteFailed, BackupWouldReplace, BackupOverfull
   */
  create(passphrase: Secret): Promise<BackupReport | null>
  /**
   * Asks which file, and reads what can be read without its passphrase; null when the user closed the
   * dialog. Works while the vault is locked, too.
   *
   * @throws NotABackup, BackupDamaged, BackupNewerVersion, BackupUnreadable, BackupTooLarge
   */
  chooseFile(): Promise<BackupFile | null>
  /** Says what a restore would do. @throws BackupWrongPassphrase, BackupDamaged, BackupGone */
  open(backupId: string, passphrase: Secret): Promise<RestorePreview>
  /**
   * Does it, all or nothing, in one save.
   *
   * @throws BackupGone, BackupDamaged, VaultLocked, VaultOpenMeanwhile, VaultWriteFailed, and what
   *   `VaultSession.beginAnew` throws
   */
  restore(backupId: string, options: { readonly intoNewVault: boolean }): Promise<RestoreReport>
  discard(backupId: string): void
  /** Forgets what was opened; called on lock. */
  forget(): void
}

/** The caller has it forget on lock; nothing is to be closed. */
export function createBackupService(options: BackupOptions): BackupService {
  return new Backups(options)
}

class Backups implements BackupService {
  readonly #options: BackupOptions
  readonly #holder: ReturnType<typeof createBackupHolder>
  /** One at a time: each derivation takes 128 MiB, and two restores must not cross. */
  #queue: Promise<unknown> = Promise.resolve()

  constructor(options: BackupOptions) {
    this.#options = options
    this.#holder = createBackupHolder(options)
  }

  async create(passphrase: Secret): Promise<BackupReport | null> {
    requireStrength(passphrase)
    this.#options.vault()
    const path = await this.#options.dialogs.chooseBackupTarget(this.#proposedPath())
    if (path === null) return null
    const file = displayPath(path, this.#options.homeDirectory)
    return this.#inTurn({ what: 'backed-up', file }, async () => {
      const { vault, clock, journal, cost = SCRYPT_COST } = this.#options
      const sealing = { passphrase, cost, createdAtMs: clock.now() }
      const content = await writeBackup({ ...{ vault, path, journal }, ...sealing })
      return {
        displayPath: file,
        installationCount: content.installations.length,
        slackAppCount: content.slackApps.length,
        configurationTokenCount: content.configurationTokens.length,
      }
    })
  }

  async chooseFile(): Promise<BackupFile | null> {
    const path = await this.#options.dialogs.chooseBackupFile()
    if (path === null) return null
    const envelope = parseEnvelope(await readBackupFile(path))
    const { id, fileName } = this.#holder.hold(basename(path), envelope)
    return { backupId: id, fileName }
  }

  open(backupId: string, passphrase: Secret): Promise<RestorePreview> {
    return this.#inTurn(null, async () => {
      const content = await this.#holder.unlock(backupId, passphrase)
      const held = this.#holder.get(backupId)
      const needsNewVault = !this.#isOpen()
      // The new vault may have to be protected by it.
      held.passphrase = needsNewVault ? passphrase : null
      const here = needsNewVault ? NOTHING_HERE : hereIn(this.#options.vault())
      const { createdAtMs } = held.envelope
      const { rows } = planRestore(content, here, this.#times(held))
      return {
        ...{ backupId, fileName: held.fileName, createdAtMs, needsNewVault },
        rows: [...rows],
      }
    })
  }

  restore(backupId: string, { intoNewVault }: { intoNewVault: boolean }): Promise<RestoreReport> {
    return this.#inTurn({ what: 'restored' }, async () => {
      const held = this.#holder.get(backupId)
      if (held.key === null) throw new BackupGone()
      // Read anew, and before anything is set aside: nothing of it was kept in the clear.
      const content = contentOf(held.envelope, held.key)
      planRestore(content, NOTHING_HERE, this.#times(held))
      if (intoNewVault) await this.#beginAnew(held)
      const report = await this.#store(content, held)
      this.#holder.forget(backupId)
      this.#options.onRestored()
      return report
    })
  }

  discard(backupId: string): void {
    this.#holder.forget(backupId)
  }

  forget(): void {
    this.#holder.forget()
  }

  async #beginAnew({ passphrase }: HeldBackup): Promise<void> {
    if (this.#isOpen() || passphrase === null) throw new VaultOpenMeanwhile()
    await this.#options.session.beginAnew(passphrase)
  }

  /** Compared again under the vault's own lock: it may not be as it was at the preview. */
  async #store(content: BackupContent, held: HeldBackup): Promise<RestoreReport> {
    const report = { added: 0, updated: 0, kept: 0 }
    const vault = this.#options.vault()
    const times = this.#times(held)
    await vault.save(() => {
      const { put, rows } = planRestore(content, hereIn(vault), times)
      const count = (wanted: string) => rows.filter(({ action }) => action === wanted).length
      Object.assign(report, { added: count('new'), updated: count('update'), kept: count('keep') })
      return { put }
    })
    return report
  }

  #times({ envelope }: HeldBackup) {
    return { createdAtMs: envelope.createdAtMs, nowMs: this.#options.clock.now() }
  }

  #isOpen(): boolean {
    return this.#options.session.view.state === 'ready'
  }

  /** The day as the user's calendar has it. */
  #proposedPath(): string {
    const now = new Date(this.#options.clock.now())
    const two = (part: number) => String(part).padStart(2, '0')
    const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
    return join(this.#options.homeDirectory, `token-desk-${day}.tokendesk-backup`)
  }

  /** @param activity how it ended is noted with it; null for what is worth no note */
  #inTurn<T>(activity: NewActivity | null, run: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(run)
    const note = (ended: Partial<NewActivity>) => {
      if (activity !== null) this.#options.record({ ...activity, ...ended })
    }
    this.#queue = result.then(
      () => note({ outcome: 'done' }),
      (thrown: unknown) => {
        // Nothing was open, so nothing has happened.
        if (!(thrown instanceof BackupGone)) {
          note({ outcome: 'failed', code: toFailure(thrown).code })
        }
      },
    )
    return result
  }
}
