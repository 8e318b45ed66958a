/** The one backup that was chosen: sealed as it was read, with its key once the passphrase was right. */
import { randomUUID } from 'node:crypto'
import type { Clock } from '../../platform/clock.ts'
import type { Secret } from '../../platform/secret.ts'
import { type BackupContent, decodeContent } from './content.ts'
import { type Envelope, openKey, openPayload } from './envelope.ts'
import { BackupGone } from './errors.ts'

/** How long a chosen backup is kept, in milliseconds. */
const KEPT_MS = 10 * 60 * 1000

export interface HeldBackup {
  readonly id: string
  readonly fileName: string
  readonly envelope: Envelope
  /** Zeroed when the backup is forgotten; null before its passphrase was given. */
  key: Buffer | null
  /** Kept only where a new vault may need it. */
  passphrase: Secret | null
}

export interface BackupHolder {
  /** Keeps this one in place of the one before. */
  hold(fileName: string, envelope: Envelope): HeldBackup
  /** @throws BackupGone */
  get(backupId: string): HeldBackup
  /** Gives it its key. @throws BackupWrongPassphrase, BackupDamaged, BackupGone where it was forgotten meanwhile */
  unlock(backupId: string, passphrase: Secret): Promise<BackupContent>
  /** Forgets the one of this ID, or whichever there is. */
  forget(backupId?: string): void
}

/** Forgets by itself after ten minutes. */
export function createBackupHolder({ clock }: { readonly clock: Clock }): BackupHolder {
  let held: HeldBackup | null = null
  let stopTimer = () => {}
  const forget = (backupId?: string) => {
    if (held === null || (backupId !== undefined && held.id !== backupId)) return
    stopTimer()
    held.key?.fill(0)
    held.key = null
    held.passphrase = null
    held = null
  }
  const get = (backupId: string) => {
    if (held?.id !== backupId) throw new BackupGone()
    return held
  }
  return {
    hold(fileName, envelope) {
      forget()
      const id = randomUUID()
      held = { id, fileName, envelope, key: null, passphrase: null }
      stopTimer = clock.after(KEPT_MS, () => forget(id))
      return held
    },
    get,
    async unlock(backupId, passphrase) {
      const { envelope } = get(backupId)
      const key = await openKey(envelope, passphrase)
      try {
        const content = contentOf(envelope, key)
        const before = get(backupId)
        before.key?.fill(0)
        before.key = key
        return content
      } catch (thrown) {
        key.fill(0)
        throw thrown
      }
    },
    forget,
  }
}

/** @throws BackupDamaged */
export function contentOf(envelope: Envelope, key: Uint8Array): BackupContent {
  const plain = openPayload(envelope, key)
  try {
    return decodeContent(plain)
  } finally {
    plain.fill(0)
  }
}
