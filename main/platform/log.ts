/** Where main says what it does. Fields pass a redactor; a Secret prints as `[secret]` anyway. */
export interface Log {
  info(event: string, fields?: Readonly<Record<string, unknown>>): void
  error(event: string, fields?: Readonly<Record<string, unknown>>): void
}

/** Says nothing: for tests and for parts that are built without a log. */
export const silentLog: Log = { info() {}, error() {} }
