/** A backup's bytes on disk. */
import { constants, type Stats } from 'node:fs'
import { type FileHandle, lstat, open, realpath } from 'node:fs/promises'
import { EnvFileError } from '../../env/errors.ts'
import { replaceFile } from '../../env/replace-file.ts'
import type { TempJournal } from '../../env/temp-journal.ts'
import { beginsAsBackup } from './envelope.ts'
import {
  BackupOverfull,
  BackupTooLarge,
  BackupUnreadable,
  BackupWouldReplace,
  BackupWriteFailed,
} from './errors.ts'

/** The largest backup that is written and read, in bytes: about 10,000 workspaces with a long history. */
export const MAX_BACKUP_BYTES = 100 * 1024 * 1024

/** Enough to see what a file is. */
const HEAD_BYTES = 64

/**
 * The bytes of a file that the user chose. Never opens what is no ordinary file.
 *
 * @throws BackupUnreadable, BackupTooLarge
 */
export function readBackupFile(path: string): Promise<Buffer> {
  return readFrom(path, async (file, { size }) => {
    if (size > MAX_BACKUP_BYTES) throw new BackupTooLarge()
    const bytes = await file.readFile()
    if (bytes.length > MAX_BACKUP_BYTES) throw new BackupTooLarge()
    return bytes
  })
}

/**
 * Puts a backup there in one step, durably, mode 0600. It takes the place of an older backup or an
 * empty file, never of anything else, whatever the user said to the dialog of the system.
 *
 * @returns where it stands now: a link was followed
 * @throws BackupWriteFailed, BackupWouldReplace, BackupOverfull; the file is as it was then
 */
export async function writeBackupFile(
  path: string,
  bytes: Uint8Array,
  journal?: TempJournal,
): Promise<string> {
  if (bytes.length > MAX_BACKUP_BYTES) throw new BackupOverfull()
  try {
    const found = await statsOf(path)
    const real = found === null ? path : await realpath(path)
    const stillRight = async () => {
      if (found !== null) await refuseOther(real)
    }
    await stillRight()
    await replaceFile({ path: real, bytes, stats: found, mode: 0o600, journal, stillRight })
    return real
  } catch (thrown) {
    if (thrown instanceof BackupWouldReplace) throw thrown
    if (thrown instanceof EnvFileError && thrown.code === 'ENV_CHANGED_SINCE_PREVIEW') {
      throw new BackupWouldReplace()
    }
    if (thrown instanceof EnvFileError || isSystemError(thrown)) throw new BackupWriteFailed(thrown)
    throw thrown
  }
}

/** Null where nothing has that name. A link to nothing is something else. */
async function statsOf(path: string): Promise<Stats | null> {
  try {
    return await lstat(path)
  } catch (thrown) {
    if (isSystemError(thrown) && thrown.code === 'ENOENT') return null
    throw thrown
  }
}

async function refuseOther(path: string): Promise<void> {
  const head = await readFrom(path, async (file) => {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    return buffer.subarray(0, bytesRead)
  }).catch(() => null)
  if (head === null || (head.length > 0 && !beginsAsBackup(head))) throw new BackupWouldReplace()
}

async function readFrom<T>(
  path: string,
  read: (file: FileHandle, stats: Stats) => Promise<T>,
): Promise<T> {
  try {
    // Should it be a pipe, opening does not wait.
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    try {
      const stats = await file.stat()
      if (!stats.isFile()) throw new BackupUnreadable('no ordinary file')
      return await read(file, stats)
    } finally {
      await file.close()
    }
  } catch (thrown) {
    throw isSystemError(thrown) ? new BackupUnreadable(thrown) : thrown
  }
}

function isSystemError(thrown: unknown): thrown is NodeJS.ErrnoException {
  return thrown instanceof Error && 'syscall' in thrown
}
