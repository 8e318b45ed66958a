import { AppError } from '../errors.ts'

/** Another program answers on the practice Slack's port, on 127.0.0.1 or on ::1. */
export class PracticePortBusy extends AppError {
  readonly port: number

  constructor(port: number, cause?: unknown) {
    super('PRACTICE_PORT_BUSY', {
      message: `Port ${port} is held by another program`,
      advice: 'Close that program, then try again.',
      remedy: 'retry',
      cause,
    })
    this.port = port
  }
}

/** The practice Slack could not start, keep its state, or answer its own app's question. */
export class PracticeFailed extends AppError {
  /** @param message what happened, one sentence without anything of the system's own words */
  constructor(message: string, cause?: unknown) {
    super('PRACTICE_FAILED', {
      message,
      advice: 'Try again. If it stays, restart Token Desk.',
      remedy: 'retry',
      cause,
    })
  }
}

/** The code of an operating system failure, such as `EADDRINUSE`; null for anything else. */
export function systemCode(thrown: unknown): string | null {
  if (!(thrown instanceof Error) || !('code' in thrown)) return null
  return typeof thrown.code === 'string' && /^E[A-Z0-9]+$/.test(thrown.code) ? thrown.code : null
}
