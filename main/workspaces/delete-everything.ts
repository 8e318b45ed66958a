/** Deletes all that Token Desk keeps on this computer. Slack is not told, and env files stay. */
import { join } from 'node:path'
import type { LeftBehind } from '../contract/views.ts'
import { emptyDataFolder } from './data-folder.ts'

export interface DeleteEverythingOptions {
  /** The folder with the vault, settings, logs and the practice Slack's state. */
  readonly dataFolder: string
  /** Takes the certificate out of the browsers' stores. False where some may still trust it. */
  readonly untrust: () => Promise<boolean>
  /** Ends what would write there again; the vault is locked for good. */
  readonly close: () => Promise<void>
  /** False where it could not be removed. */
  readonly removeKeyringItem: () => Promise<boolean>
}

/**
 * In this order: the certificate's trust needs the open vault, and nothing may write into the folder
 * any more when it is emptied. Each is done whatever became of the one before.
 *
 * @returns what is still there
 */
export async function deleteEverything(options: DeleteEverythingOptions): Promise<LeftBehind[]> {
  const { dataFolder, untrust, close, removeKeyringItem } = options
  const left: LeftBehind[] = []
  if (!(await isDone(untrust))) left.push({ what: 'certificate-trust', path: null })
  await isDone(async () => close().then(() => true))
  if (!(await isDone(removeKeyringItem))) left.push({ what: 'keyring-item', path: null })
  for (const name of emptyDataFolder(dataFolder)) {
    left.push({ what: name === 'practice' ? 'practice' : 'files', path: join(dataFolder, name) })
  }
  return left
}

/** Nothing may keep the rest from being deleted; there is no log to write to any more either. */
async function isDone(run: () => Promise<boolean>): Promise<boolean> {
  try {
    return await run()
  } catch {
    return false
  }
}
