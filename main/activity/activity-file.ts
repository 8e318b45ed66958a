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

/** Tells one file from another of the same name. */
export interface FileMark {
  readonly inode: bigint
  readonly size: number
}

/** Makes the folder of the file, for its owner alone. */
export function makeFolder(path: string): void {
  fs.mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
}

/** Null where there is no file. */
export function markOf(path: string): FileMark | null {
  const stats = fs.statSync(path, { bigint: true, throwIfNoEntry: false })
  return stats === undefined ? null : { inode: stats.ino, size: Number(stats.size) }
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
    if (appendTo(path, line) === markOf(path)?.inode) return
  }
}

/** @returns the inode that was written to */
function appendTo(path: string, line: string): bigint {
  const file = fs.openSync(path, 'a+', 0o600)
  try {
    const stats = fs.fstatSync(file, { bigint: true })
    if ((Number(stats.mode) & 0o077) !== 0) fs.fchmodSync(file, 0o600)
    // A full disk or a kill may have left half a line.
    const start = endsWithLine(file, Number(stats.size)) ? '' : '\n'
    const bytes = Buffer.from(`${start}${line}\n`)
    if (fs.writeSync(file, bytes) !== bytes.length) throw new Error('only a part was written')
    return stats.ino
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

/** Whole lines from an offset on, and the offset behind them. */
export interface Lines {
  readonly lines: readonly string[]
  readonly end: number
}

/** Reads from `start` (bytes) to the last line end. @throws what the system says */
export function readLines(path: string, start: number, end = Number.POSITIVE_INFINITY): Lines {
  const file = fs.openSync(path, 'r')
  try {
    return linesOf(file, start, end)
  } finally {
    fs.closeSync(file)
  }
}

function linesOf(file: number, start: number, end: number): Lines {
  const size = Math.min(fs.fstatSync(file).size, end)
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
    for (const line of linesOf(old, end, Number.POSITIVE_INFINITY).lines) appendLine(path, line)
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
