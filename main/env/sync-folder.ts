import { open } from 'node:fs/promises'
import { systemCode } from './errors.ts'

/** Systems and rights that do not let a folder be synced; the new name is there all the same. */
const CANNOT_SYNC = ['EINVAL', 'ENOTSUP', 'EISDIR', 'EACCES', 'EPERM']

/** Makes a rename or a new name in the folder durable, where the system lets a folder be synced. */
export async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  } catch (thrown) {
    if (!CANNOT_SYNC.includes(systemCode(thrown) ?? '')) throw thrown
  }
}
