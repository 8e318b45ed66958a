import type { Stats } from 'node:fs'
import { type FileHandle, link, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { EnvFileError, systemCode } from './errors.ts'
import { syncFolder } from './sync-folder.ts'
import { newTempName, type TempJournal } from './temp-journal.ts'

/** What `replaceFile` puts where, and how. */
export interface Replacement {
  /** The real path, links followed. */
  readonly path: string
  readonly bytes: Uint8Array
  /** Mode and owner to keep; null makes a new file, and never replaces one. */
  readonly stats: Stats | null
  /** Mode of a new file; 0600 unless told. */
  readonly newMode?: number
  /** Mode of the result whatever stood there before; else that of `stats` is kept. */
  readonly mode?: number
  readonly journal?: TempJournal | undefined
  /** Called in the last moment in front of the rename; what it throws leaves the file as it is. */
  readonly stillRight: () => Promise<void>
}

/**
 * Replaces a file in one step: a temporary file beside it, synced and read back, then renamed. At
 * every moment the name holds the whole old or the whole new bytes. Keeps mode and, where the system
 * allows it, owner; access lists and extended attributes are not kept. Leaves no temporary file.
 *
 * @throws EnvFileError ENV_READ_ONLY, ENV_WRITE_FAILED, ENV_CHANGED_SINCE_PREVIEW when a new file's name was taken meanwhile,
 *   and whatever `stillRight` throws
 */
export async function replaceFile(replacement: Replacement): Promise<void> {
  const folder = dirname(replacement.path)
  const temp = join(folder, newTempName())
  await recordTemp(temp, replacement.journal)
  try {
    await putInPlace(temp, replacement)
    await syncFolder(folder)
  } catch (cause) {
    throw cause instanceof EnvFileError ? cause : failure(cause)
  } finally {
    await clearTemp(temp, replacement.journal)
  }
}

async function recordTemp(temp: string, journal: TempJournal | undefined): Promise<void> {
  try {
    await journal?.record(temp)
  } catch (cause) {
    throw new EnvFileError('ENV_WRITE_FAILED', { cause })
  }
}

async function putInPlace(temp: string, replacement: Replacement): Promise<void> {
  await writeTemp(temp, replacement)
  if (!(await readFile(temp)).equals(replacement.bytes)) throw new EnvFileError('ENV_WRITE_FAILED')
  await replacement.stillRight()
  if (replacement.stats === null) await putNew(temp, replacement.path)
  else await rename(temp, replacement.path)
}

async function writeTemp(temp: string, replacement: Replacement): Promise<void> {
  const file = await open(temp, 'wx', 0o600)
  try {
    await file.writeFile(replacement.bytes)
    await keepOwner(file, replacement.stats)
    // After the owner: changing that takes special bits away. The umask is passed by on purpose.
    const { mode, stats, newMode } = replacement
    await file.chmod((mode ?? stats?.mode ?? newMode ?? 0o600) & 0o7777)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Only root may give a file away, and others only to their own groups; then it stays ours. */
async function keepOwner(file: FileHandle, wanted: Stats | null): Promise<void> {
  if (wanted === null) return
  const own = await file.stat()
  if (own.uid === wanted.uid && own.gid === wanted.gid) return
  try {
    await file.chown(wanted.uid, wanted.gid)
  } catch (thrown) {
    if (systemCode(thrown) !== 'EPERM' && systemCode(thrown) !== 'ENOSYS') throw thrown
  }
}

/** A hard link, unlike a rename, fails where the name is taken. Some file systems have none. */
async function putNew(temp: string, path: string): Promise<void> {
  try {
    await link(temp, path)
  } catch (thrown) {
    const code = systemCode(thrown)
    if (code === 'EEXIST') throw new EnvFileError('ENV_CHANGED_SINCE_PREVIEW', { cause: thrown })
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS') throw thrown
    await rename(temp, path)
  }
}

/** What cannot be cleared now stays recorded, and is tried again at the next start and the next write. */
async function clearTemp(temp: string, journal: TempJournal | undefined): Promise<void> {
  try {
    await rm(temp, { force: true })
    await journal?.forget(temp)
  } catch (thrown) {
    if (systemCode(thrown) === undefined) throw thrown
  }
}

function failure(cause: unknown): EnvFileError {
  const code = systemCode(cause)
  const isRefused = code === 'EACCES' || code === 'EPERM' || code === 'EROFS'
  return new EnvFileError(isRefused ? 'ENV_READ_ONLY' : 'ENV_WRITE_FAILED', { cause })
}
