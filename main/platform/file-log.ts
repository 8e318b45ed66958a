import * as fs from 'node:fs'
import { dirname } from 'node:path'
import type { Clock } from './clock.ts'
import { createLineLog } from './line-log.ts'
import type { Log, LogLevel } from './log.ts'

const MAX_BYTES = 1024 * 1024

/** The files before: `<path>.1` is the younger one. */
const KEPT_FILES = 2

/** A log that holds a file open until it is closed. */
export interface FileLog extends Log {
  close(): void
}

export interface FileLogOptions {
  readonly path: string
  readonly clock: Clock
  /** `info` when left out. */
  readonly level?: LogLevel
  /** Of a file that is full; 1 MB when left out. */
  readonly maxBytes?: number
}

/**
 * Appends to a log file, mode 0600. A full one becomes `<path>.1`, the one before that `<path>.2`, and
 * a new one begins. Logging never fails the work it tells about: a line that cannot be written is lost.
 *
 * @throws what the system says when the file cannot be opened at the start
 */
export function openFileLog(options: FileLogOptions): FileLog {
  const { path, clock, level = 'info', maxBytes = MAX_BYTES } = options
  fs.mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  let file: number | null = open(path)
  let size = fs.fstatSync(file).size
  const beginAnew = () => {
    if (file !== null) fs.closeSync(file)
    file = null
    keepPrevious(path)
    file = open(path)
    size = fs.fstatSync(file).size
  }
  if (size > maxBytes) beginAnew()
  let isClosed = false
  const write = (line: string) => {
    if (isClosed) return
    try {
      if (file === null || size > maxBytes) beginAnew()
      if (file !== null) size += fs.writeSync(file, `${line}\n`)
    } catch {
      // A full disk must not stop the app, and there is no other place to say so.
    }
  }
  return {
    ...createLineLog({ write, clock, level }),
    close() {
      if (file !== null) fs.closeSync(file)
      file = null
      isClosed = true
    },
  }
}

function open(path: string): number {
  return fs.openSync(path, 'a', 0o600)
}

function keepPrevious(path: string): void {
  for (let older = KEPT_FILES; older > 0; older -= 1) {
    const younger = older === 1 ? path : `${path}.${older - 1}`
    if (fs.existsSync(younger)) fs.renameSync(younger, `${path}.${older}`)
  }
}
