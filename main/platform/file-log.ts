import * as fs from 'node:fs'
import { dirname } from 'node:path'
import type { Clock } from './clock.ts'
import { createLineLog } from './line-log.ts'
import type { Log } from './log.ts'

const MAX_BYTES = 1024 * 1024

/** A log that holds a file open until it is closed. */
export interface FileLog extends Log {
  close(): void
}

/**
 * Appends to a log file, mode 0600. At 1 MB, looked at when it is opened, the file becomes `<path>.1` in place of the
 * one before. Logging never fails the work it tells about: a line that cannot be written is lost.
 */
export function openFileLog(options: { readonly path: string; readonly clock: Clock }): FileLog {
  fs.mkdirSync(dirname(options.path), { recursive: true, mode: 0o700 })
  keepPrevious(options.path)
  let file: number | null = fs.openSync(options.path, 'a', 0o600)
  const write = (line: string) => {
    if (file === null) return
    try {
      fs.writeSync(file, `${line}\n`)
    } catch {
      // A full disk must not stop the app, and there is no other place to say so.
    }
  }
  return {
    ...createLineLog({ write, clock: options.clock }),
    close() {
      if (file !== null) fs.closeSync(file)
      file = null
    },
  }
}

function keepPrevious(path: string): void {
  const size = fs.statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (size > MAX_BYTES) fs.renameSync(path, `${path}.1`)
}
