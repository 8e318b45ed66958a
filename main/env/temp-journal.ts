import { createHash, randomBytes } from 'node:crypto'
import { lstat, mkdir, open, readdir, readFile, rm, stat, unlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { type Clock, systemClock } from '../platform/clock.ts'
import { systemCode } from './errors.ts'
import { syncFolder } from './sync-folder.ts'

/**
 * Remembers, across a crash, which temporary files may be lying about. A path is recorded before
 * its file is made, so a killed write leaves no secret that nobody knows of.
 */
export interface TempJournal {
  /** Durable when it resolves. */
  record(path: string): Promise<void>
  forget(path: string): Promise<void>
  /** Recorded paths that no write of a living process is busy with. */
  leftovers(): Promise<string[]>
}

const TEMP_NAME = /^\.tokendesk-[0-9a-f]{16}\.tmp$/

/** A name for a temporary file that nobody else has. */
export function newTempName(): string {
  return `.tokendesk-${randomBytes(8).toString('hex')}.tmp`
}

/** Whether a file is named as a temporary file of ours. */
export function isTempName(name: string): boolean {
  return TEMP_NAME.test(name)
}

/** A write takes milliseconds; a record older than this is a leftover, whoever has its process number now. */
const OLDEST_WRITE_MS = 60_000

interface TempRecord {
  readonly path: string
  readonly pid: number
}

/**
 * The journal as a folder of small files, one for each temporary file: windows and command lines that
 * share it cannot undo each other's records. Makes the folder (mode 0700) with the first record.
 * A record holds a path and a process number, no secret.
 *
 * @param file path of the journal; it becomes a folder
 */
export function openTempJournal(file: string, clock: Clock = systemClock): TempJournal {
  const busy = new Set<string>()
  return {
    async record(path) {
      busy.add(path)
      try {
        await mkdir(file, { recursive: true, mode: 0o700 })
        await writeRecord(recordPath(file, path), { path, pid: process.pid })
        await syncFolder(file)
        await syncFolder(dirname(file))
      } catch (thrown) {
        busy.delete(path)
        throw thrown
      }
    },
    async forget(path) {
      busy.delete(path)
      await rm(recordPath(file, path), { force: true })
    },
    async leftovers() {
      const found: string[] = []
      for (const name of await recordNames(file)) {
        const record = await readRecord(join(file, name))
        const isOld = await isOlderThan(join(file, name), clock.now() - OLDEST_WRITE_MS)
        // One that was cut off names no file; nobody is writing it any more.
        if (record === null && isOld) await rm(join(file, name), { force: true })
        if (record === null || busy.has(record.path)) continue
        if (isOld || record.pid === process.pid || !isRunning(record.pid)) found.push(record.path)
      }
      return found
    },
  }
}

/**
 * Removes what killed writes left behind. Only ordinary files that are named as our temporary files
 * are removed; one that cannot be removed now stays recorded and is tried again next time.
 *
 * @returns the paths removed
 */
export async function removeLeftovers(journal: TempJournal): Promise<string[]> {
  const removed: string[] = []
  for (const path of await journal.leftovers()) {
    const outcome = isTempName(basename(path)) ? await removeFile(path) : 'gone'
    if (outcome === 'removed') removed.push(path)
    if (outcome !== 'kept') await journal.forget(path)
  }
  return removed
}

async function removeFile(path: string): Promise<'removed' | 'gone' | 'kept'> {
  try {
    if (!(await lstat(path)).isFile()) return 'gone'
    await unlink(path)
    return 'removed'
  } catch (thrown) {
    const code = systemCode(thrown)
    // A folder that is not mounted or not permitted today may be tomorrow: the record stays.
    return code === 'ENOENT' || code === 'ENOTDIR' ? 'gone' : 'kept'
  }
}

function recordPath(folder: string, path: string): string {
  return join(folder, `${createHash('sha256').update(path).digest('hex').slice(0, 32)}.json`)
}

async function writeRecord(path: string, record: TempRecord): Promise<void> {
  const file = await open(path, 'w', 0o600)
  let isWhole = false
  try {
    await file.writeFile(JSON.stringify(record))
    await file.sync()
    isWhole = true
  } finally {
    await file.close()
    // A full disk lets a file be made and takes no bytes: such a record would name nothing.
    if (!isWhole) await rm(path, { force: true })
  }
}

async function recordNames(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => /^[0-9a-f]{32}\.json$/.test(name))
  } catch (thrown) {
    if (systemCode(thrown) === 'ENOENT') return []
    throw thrown
  }
}

/** Null for a record that was cut off by a crash: its temporary file was then never made. */
async function readRecord(path: string): Promise<TempRecord | null> {
  try {
    const record: unknown = JSON.parse(await readFile(path, 'utf8'))
    return isTempRecord(record) ? record : null
  } catch (thrown) {
    if (thrown instanceof SyntaxError || systemCode(thrown) === 'ENOENT') return null
    throw thrown
  }
}

function isTempRecord(value: unknown): value is TempRecord {
  if (typeof value !== 'object' || value === null) return false
  const { path, pid } = value as Partial<Record<keyof TempRecord, unknown>>
  return typeof path === 'string' && Number.isSafeInteger(pid)
}

async function isOlderThan(path: string, atMs: number): Promise<boolean> {
  try {
    return (await stat(path)).mtimeMs < atMs
  } catch (thrown) {
    if (systemCode(thrown) === 'ENOENT') return false
    throw thrown
  }
}

/** EPERM means that the process lives and belongs to somebody else. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (thrown) {
    return systemCode(thrown) === 'EPERM'
  }
}
