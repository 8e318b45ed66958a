import { unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { WriteReport } from './env-file.ts'
import { EnvFileError } from './errors.ts'
import { ABSENT, loadEnvFile } from './load-env-file.ts'
import { replaceFile } from './replace-file.ts'
import { syncFolder } from './sync-folder.ts'
import { removeLeftovers, type TempJournal } from './temp-journal.ts'

/**
 * Puts back the exact bytes from before a write, or removes the file that the write made. Only if
 * nobody changed the file since.
 *
 * @throws EnvFileError ENV_CHANGED_SINCE_WRITE, ENV_NOTHING_TO_UNDO for a write that changed nothing, and what
 *   reading and writing throw; the file is then as it was
 */
export async function undoWrite(
  report: WriteReport,
  options: { readonly journal?: TempJournal } = {},
): Promise<void> {
  if (report.changedLines === 0) throw new EnvFileError('ENV_NOTHING_TO_UNDO')
  if (options.journal) await removeLeftovers(options.journal)
  const stats = await refuseOther(report)
  if (report.before !== null) {
    await replaceFile({
      path: report.path,
      bytes: report.before,
      stats,
      journal: options.journal,
      stillRight: async () => {
        await refuseOther(report)
      },
    })
    return
  }
  await removeCreated(report.path)
}

async function refuseOther(report: WriteReport) {
  const { digest, path, stats } = await loadEnvFile(report.path)
  if (digest === ABSENT || digest !== report.afterDigest || path !== report.path) {
    throw new EnvFileError('ENV_CHANGED_SINCE_WRITE')
  }
  return stats
}

async function removeCreated(path: string): Promise<void> {
  try {
    await unlink(path)
    await syncFolder(dirname(path))
  } catch (cause) {
    throw new EnvFileError('ENV_WRITE_FAILED', { cause })
  }
}
