import { createHash } from 'node:crypto'
import { constants, type Stats } from 'node:fs'
import { access, type FileHandle, lstat, open, readlink, realpath, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { EnvFileError, systemCode } from './errors.ts'
import { refuseNoText } from './text-kind.ts'

/** The largest env file that is read, in bytes. */
export const MAX_ENV_FILE_BYTES = 1024 * 1024

/** The digest of a file that is not there. */
export const ABSENT = 'absent'

/** How many symbolic links are followed, as on Linux. */
const MAX_LINKS = 40

/** An env file as it was found, or the place of one that is not there yet. */
export interface LoadedEnvFile {
  /** Where the file really stands: links are followed. */
  readonly path: string
  /** Its exact bytes; null where there is no file yet. */
  readonly bytes: Buffer | null
  /** SHA-256 of the bytes in hex, or `absent`. */
  readonly digest: string
  /** Mode and owner; null where there is no file yet. */
  readonly stats: Stats | null
}

/** SHA-256 in hex. */
export function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/**
 * Reads an env file that may be written, or finds the place where it would be made. Never opens
 * what is no ordinary file, so a pipe cannot hold it up.
 *
 * A file with a second name (a hard link) is refused: replacing it would leave the old secret under
 * the other name, and writing into it could not be undone by a crash.
 *
 * @throws EnvFileError ENV_NOT_FOUND, ENV_IS_DIRECTORY, ENV_NOT_A_FILE, ENV_HARD_LINKED, ENV_TOO_LARGE,
 *   ENV_UNREADABLE, ENV_READ_ONLY, ENV_UTF16, ENV_NUL, ENV_BINARY
 */
export async function loadEnvFile(path: string): Promise<LoadedEnvFile> {
  const real = await realPlace(resolve(path))
  const found = await statOrNull(real)
  if (found === null) {
    await refuseReadOnlyFolder(dirname(real))
    return { path: real, bytes: null, digest: ABSENT, stats: null }
  }
  refuseKind(found)
  refuseHardLink(found)
  const { bytes, stats } = await readWhole(real)
  refuseHardLink(stats)
  await refuseReadOnly(real, stats)
  refuseNoText(bytes)
  return { path: real, bytes, digest: digestOf(bytes), stats }
}

/**
 * The bytes of a file that is only read, as `loadEnvFile` reads them: a hard link and a file without
 * the right to write are fine here.
 *
 * @throws EnvFileError ENV_NOT_FOUND, ENV_IS_DIRECTORY, ENV_NOT_A_FILE, ENV_TOO_LARGE, ENV_UNREADABLE,
 *   ENV_UTF16, ENV_NUL, ENV_BINARY
 */
export async function readEnvFile(path: string): Promise<Buffer> {
  const real = await realOf(path)
  const found = await statOrNull(real)
  if (found === null) throw new EnvFileError('ENV_NOT_FOUND')
  refuseKind(found)
  const { bytes } = await readWhole(real)
  refuseNoText(bytes)
  return bytes
}

/** Follows links also where the last one leads to a file that is not there yet: it is made there. */
async function realPlace(path: string, linksLeft = MAX_LINKS): Promise<string> {
  try {
    return await realpath(path)
  } catch (cause) {
    if (systemCode(cause) !== 'ENOENT') throw refusal(cause)
  }
  const target = await readlinkOrNull(path)
  const folder = await realOf(dirname(path))
  if (target === null) return join(folder, basename(path))
  if (linksLeft === 0) throw new EnvFileError('ENV_NOT_A_FILE')
  return realPlace(resolve(folder, target), linksLeft - 1)
}

async function realOf(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch (cause) {
    throw refusal(cause)
  }
}

async function readlinkOrNull(path: string): Promise<string | null> {
  try {
    return (await lstat(path)).isSymbolicLink() ? await readlink(path) : null
  } catch (cause) {
    if (systemCode(cause) === 'ENOENT') return null
    throw refusal(cause)
  }
}

async function statOrNull(path: string): Promise<Stats | null> {
  try {
    return await stat(path)
  } catch (cause) {
    if (systemCode(cause) === 'ENOENT') return null
    throw refusal(cause)
  }
}

function refuseKind(found: Stats): void {
  if (found.isDirectory()) throw new EnvFileError('ENV_IS_DIRECTORY')
  if (!found.isFile()) throw new EnvFileError('ENV_NOT_A_FILE')
  if (found.size > MAX_ENV_FILE_BYTES) throw new EnvFileError('ENV_TOO_LARGE')
}

function refuseHardLink(found: Stats): void {
  if (found.nlink > 1) throw new EnvFileError('ENV_HARD_LINKED')
}

async function readWhole(path: string): Promise<{ bytes: Buffer; stats: Stats }> {
  let file: FileHandle
  try {
    // Should the name have become a pipe or a link by now, opening neither waits nor follows.
    const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0)
    file = await open(path, flags)
  } catch (cause) {
    throw refusal(cause)
  }
  try {
    const stats = await file.stat()
    refuseKind(stats)
    const bytes = await file.readFile()
    if (bytes.length > MAX_ENV_FILE_BYTES) throw new EnvFileError('ENV_TOO_LARGE')
    return { bytes, stats }
  } catch (cause) {
    throw cause instanceof EnvFileError ? cause : refusal(cause)
  } finally {
    await file.close()
  }
}

/** A mode without any write bit is taken at its word, even where root or a rename could pass it by. */
async function refuseReadOnly(path: string, stats: Stats): Promise<void> {
  if ((stats.mode & 0o222) === 0) throw new EnvFileError('ENV_READ_ONLY')
  try {
    await access(path, constants.W_OK)
  } catch (cause) {
    throw new EnvFileError('ENV_READ_ONLY', { cause })
  }
  await refuseReadOnlyFolder(dirname(path))
}

async function refuseReadOnlyFolder(folder: string): Promise<void> {
  try {
    await access(folder, constants.W_OK)
  } catch (cause) {
    throw new EnvFileError('ENV_READ_ONLY', { cause })
  }
  if (!(await stat(folder)).isDirectory()) throw new EnvFileError('ENV_NOT_FOUND')
}

function refusal(cause: unknown): EnvFileError {
  switch (systemCode(cause)) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ENAMETOOLONG':
      return new EnvFileError('ENV_NOT_FOUND', { cause })
    case 'EISDIR':
      return new EnvFileError('ENV_IS_DIRECTORY', { cause })
    case 'ELOOP':
    case 'ENXIO':
    case 'ERR_INVALID_ARG_VALUE':
      return new EnvFileError('ENV_NOT_A_FILE', { cause })
    default:
      return new EnvFileError('ENV_UNREADABLE', { cause })
  }
}
