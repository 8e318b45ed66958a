/**
 * The file of Activity. Window and command line add to it without asking each other: each line is one
 * write at the end of the file (`O_APPEND`). Only shortening it takes a lock.
 */
import { randomUUID } from 'node:crypto'
import * as fs from 'node:fs'
import { basename, dirname, join } from 'node:path'

const NEW_LINE = 0x0a

/** Bytes at the end of the file that are looked at; 5,000 entries have a tenth of it. */
const MAX_READ_BYTES = 32 * 1024 * 1024

/** How often a line is written anew because the file was replaced meanwhile. */
const MAX_TRIES = 5

/** Bytes at the start that tell a file from the one before: its first entry has an ID of its own. */
const HEAD_BYTES = 80

/** Which file was read, and how far. */
export interface FileMark {
  readonly inode: bigint
  readonly head: Buffer
  /** Bytes, to the end of a line. */
  readonly end: number
}

/** Makes the folder of the file, for its owner alone. */
export function makeFolder(path: string): void {
  fs.mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
}

/** Bytes; 0 where there is no file. */
export function sizeOf(path: string): number {
  return fs.statSync(path, { throwIfNoEntry: false })?.size ?? 0
}

function inodeOf(path: string): bigint | undefined {
  return fs.statSync(path, { bigint: true, throwIfNoEntry: false })?.ino
}

/**
 * Adds one line, for its owner alone. Written once more where the file was replaced between its
 * opening and its writing: the one who replaced it may not have seen the line. So a line may stand
 * there twice, and is never lost; entries have IDs.
 * A folder that is gone stays gone.
 *
 * @throws what the system says when the file cannot be written
 */
export function appendLine(path: string, line: string): void {
  for (let tries = 1; tries <= MAX_TRIES; tries += 1) {
    if (appendTo(path, line)) return
  }
}

/** False where it was written to a file that has another in its place by now. */
function appendTo(path: string, line: string): boolean {
  const file = fs.openSync(path, 'a+', 0o600)
  try {
    requireFile(file)
    const { ino, size, mode } = fs.fstatSync(file, { bigint: true })
    if ((Number(mode) & 0o077) !== 0) fs.fchmodSync(file, 0o600)
    // A full disk or a kill may have left half a line.
    const start = endsWithLine(file, Number(size)) ? '' : '\n'
    const bytes = Buffer.from(`${start}${line}\n`)
    if (fs.writeSync(file, bytes) !== bytes.length) throw new Error('only a part was written')
    // While it is open, no other file gets its number.
    return inodeOf(path) === ino
  } finally {
    fs.closeSync(file)
  }
}

function endsWithLine(file: number, size: number): boolean {
  if (size === 0) return true
  const last = Buffer.alloc(1)
  fs.readSync(file, last, 0, 1, size - 1)
  return last[0] === NEW_LINE
}

/** The end of the file as it is now, without reading it; null where there is none. */
export function endOf(path: string): FileMark | null {
  const file = openOrNull(path)
  if (file === null) return null
  try {
    return markOf(file)
  } finally {
    fs.closeSync(file)
  }
}

function markOf(file: number): FileMark {
  const { ino: inode, size } = fs.fstatSync(file, { bigint: true })
  const head = Buffer.alloc(HEAD_BYTES)
  const length = fs.readSync(file, head, 0, HEAD_BYTES, 0)
  return { inode, head: head.subarray(0, length), end: Number(size) }
}

/** What came to a file. */
export interface News {
  readonly lines: readonly string[]
  /** Null where there is no file. */
  readonly mark: FileMark | null
  /** False where it is another file than the one that was marked, or a shorter one. */
  readonly isSame: boolean
}

/** Reads what is behind the mark; all of it where it is another file by now. @throws what the system says */
export function readNews(path: string, before: FileMark | null): News {
  const file = openOrNull(path)
  if (file === null) return { lines: [], mark: null, isSame: before === null }
  try {
    const now = markOf(file)
    const isSame = before !== null && isContinued(before, now)
    const { lines, end } = linesOf(file, isSame ? before.end : 0)
    return { lines, mark: { ...now, end }, isSame }
  } finally {
    fs.closeSync(file)
  }
}

function isContinued(before: FileMark, now: FileMark): boolean {
  const hasHead = now.head.subarray(0, before.head.length).equals(before.head)
  return now.inode === before.inode && now.end >= before.end && hasHead
}

function openOrNull(path: string): number | null {
  try {
    // Should it be a pipe, opening does not wait.
    const file = fs.openSync(path, fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0))
    return closedUnlessFile(file)
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw thrown
  }
}

function closedUnlessFile(file: number): number {
  try {
    requireFile(file)
    return file
  } catch (thrown) {
    fs.closeSync(file)
    throw thrown
  }
}

/** @throws for a folder, a pipe or a device: a write there could wait for ever */
function requireFile(file: number): void {
  if (!fs.fstatSync(file).isFile()) throw new Error('no ordinary file')
}

/** Whole lines from an offset on (bytes), and the offset behind them. */
interface Lines {
  readonly lines: readonly string[]
  readonly end: number
}

function linesOf(file: number, start: number): Lines {
  const { size } = fs.fstatSync(file)
  const from = Math.max(start, size - MAX_READ_BYTES)
  if (size <= from) return { lines: [], end: start }
  const bytes = Buffer.alloc(size - from)
  const length = fs.readSync(file, bytes, 0, bytes.length, from)
  const last = bytes.subarray(0, length).lastIndexOf(NEW_LINE)
  const lines = bytes.toString('utf8', 0, last + 1).split('\n')
  return { lines: lines.filter((line) => line !== ''), end: from + last + 1 }
}

/**
 * Puts a file with these lines in place of the one that was read up to `end`. What others add until
 * the old one is gone is taken along; who comes later sees that it was replaced (`appendLine`).
 * Called by one process at a time.
 *
 * @throws what the system says; the file is as it was then
 */
export function replaceLines(path: string, lines: readonly string[], end: number): void {
  const temp = join(dirname(path), `activity-${randomUUID()}.tmp`)
  const old = fs.openSync(path, 'r')
  try {
    fs.writeFileSync(temp, lines.map((line) => `${line}\n`).join(''), { flag: 'wx', mode: 0o600 })
    fs.renameSync(temp, path)
    for (const line of linesOf(old, end).lines) appendLine(path, line)
  } finally {
    fs.closeSync(old)
    fs.rmSync(temp, { force: true })
  }
}

/** Told whenever the file may have changed. @returns the function that ends it */
export function watchFile(
  path: string,
  onChange: () => void,
  onFailure: (thrown: unknown) => void,
): () => void {
  const name = basename(path)
  // The folder: a watch of the file would go on with the old one once it is replaced.
  const watcher = fs.watch(dirname(path), { persistent: false }, (_event, changed) => {
    if (changed === null || changed === name) onChange()
  })
  watcher.on('error', onFailure)
  return () => watcher.close()
}
