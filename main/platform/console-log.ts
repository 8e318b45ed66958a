import type { Clock } from './clock.ts'
import { createLineLog } from './line-log.ts'
import type { Log } from './log.ts'

/** A log on standard error, redacted; standard output stays free for answers to scripts. */
export function createConsoleLog(clock: Clock): Log {
  return createLineLog({ write: (line) => process.stderr.write(`${line}\n`), clock })
}
