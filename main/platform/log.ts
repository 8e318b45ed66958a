/** Where main says what it does. Fields pass a redactor; a Secret prints as `[secret]` anyway. */
export interface Log {
  /** What only somebody who looks for a fault wants to know. */
  debug(event: string, fields?: Readonly<Record<string, unknown>>): void
  info(event: string, fields?: Readonly<Record<string, unknown>>): void
  error(event: string, fields?: Readonly<Record<string, unknown>>): void
}

/** From the least to the most that is said. */
export const LOG_LEVELS = ['error', 'info', 'debug'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** Says nothing: for tests and for parts that are built without a log. */
export const silentLog: Log = { debug() {}, info() {}, error() {} }
