import type { TempJournal } from '../../env/temp-journal.ts'
import type { Secret } from '../../platform/secret.ts'
import type { ScryptCost } from '../../vault/derive-key.ts'
import type { Vault } from '../../vault/vault.ts'
import { writeBackupFile } from './backup-files.ts'
import { collectContent } from './collect.ts'
import { type BackupContent, decodeContent, encodeContent } from './content.ts'
import { sealBackup } from './envelope.ts'
import { BackupDamaged, BackupWriteFailed } from './errors.ts'

export interface WriteBackupOptions {
  /** The open vault; throws VaultLocked while locked. */
  readonly vault: () => Vault
  /** Absolute. */
  readonly path: string
  readonly journal: TempJournal | undefined
  readonly passphrase: Secret
  readonly cost: ScryptCost
  /** Epoch milliseconds. */
  readonly createdAtMs: number
}

/**
 * Seals all of the vault, as another process may have left it, into one file.
 *
 * @returns what is in it
 * @throws VaultLocked, BackupWriteFailed, BackupWouldReplace, BackupOverfull
 */
export async function writeBackup(options: WriteBackupOptions): Promise<BackupContent> {
  const vault = options.vault()
  vault.reload()
  const content = collectContent(vault)
  const plain = encodeContent(content)
  try {
    requireReadable(plain)
    const sealed = await sealBackup(plain, options.passphrase, options)
    await writeBackupFile(options.path, sealed, options.journal)
  } finally {
    plain.fill(0)
  }
  return content
}

/** A backup that no restore would take is worse than none. */
function requireReadable(plain: Uint8Array): void {
  try {
    decodeContent(plain)
  } catch (thrown) {
    throw thrown instanceof BackupDamaged ? new BackupWriteFailed(thrown) : thrown
  }
}
