import type { Clock } from './clock.ts'
import type { Log } from './log.ts'
import { redact, redactValue } from './redact.ts'

/**
 * A log of lines such as `2026-11-23T12:00:00.000Z info vault opened {"records":3}`, all redacted.
 *
 * @param write takes one line without its line end
 */
export function createLineLog(options: {
  readonly write: (line: string) => void
  readonly clock: Clock
}): Log {
  const log = (level: string, event: string, fields: Readonly<Record<string, unknown>> = {}) => {
    const time = new Date(options.clock.now()).toISOString()
    const rest = Object.keys(fields).length === 0 ? '' : ` ${JSON.stringify(redactValue(fields))}`
    options.write(`${time} ${level} ${redact(event)}${rest}`)
  }
  return {
    info: (event, fields) => log('info', event, fields),
    error: (event, fields) => log('error', event, fields),
  }
}
