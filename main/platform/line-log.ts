import type { Clock } from './clock.ts'
import { LOG_LEVELS, type Log, type LogLevel } from './log.ts'
import { redact, redactValue } from './redact.ts'

/**
 * A log of lines such as `2026-11-23T12:00:00.000Z info vault opened {"records":3}`, all redacted.
 *
 * @param options.write takes one line without its line end
 * @param options.level what is more than that is not said; `info` when left out
 */
export function createLineLog(options: {
  readonly write: (line: string) => void
  readonly clock: Clock
  readonly level?: LogLevel
}): Log {
  const most = LOG_LEVELS.indexOf(options.level ?? 'info')
  const at = (level: LogLevel): Log['info'] => {
    if (LOG_LEVELS.indexOf(level) > most) return () => {}
    return (event, fields = {}) => {
      const time = new Date(options.clock.now()).toISOString()
      const rest = Object.keys(fields).length === 0 ? '' : ` ${JSON.stringify(redactValue(fields))}`
      options.write(`${time} ${level} ${redact(event)}${rest}`)
    }
  }
  return { debug: at('debug'), info: at('info'), error: at('error') }
}
