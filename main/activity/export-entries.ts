import { randomUUID } from 'node:crypto'
import { rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ActivityEntry } from '../contract/views.ts'
import { lineOf } from './entry-line.ts'
import { ActivityExportFailed } from './errors.ts'

/**
 * Writes the entries as JSON lines, mode 0600: whole or not at all, in place of a file that the user
 * let the system's dialog replace.
 *
 * @param path absolute
 * @throws ActivityExportFailed
 */
export async function exportEntries(
  path: string,
  entries: readonly ActivityEntry[],
): Promise<void> {
  const temp = join(dirname(path), `.token-desk-${randomUUID()}.tmp`)
  try {
    const text = entries.map((entry) => `${lineOf(entry)}\n`).join('')
    await writeFile(temp, text, { mode: 0o600, flag: 'wx', flush: true })
    await rename(temp, path)
  } catch (cause) {
    await rm(temp, { force: true }).catch(() => {
      // The failure of the export itself is what the user has to know.
    })
    throw new ActivityExportFailed(cause)
  }
}
