import type { ErrorCode, Failure, Remedy } from './contract/errors.ts'

/** What an AppError says besides its code. No field may hold a secret, a stack or a system message. */
export interface AppErrorDetails {
  /** What happened: one short sentence for a person. */
  readonly message: string
  /** What the user can do: one or two sentences. */
  readonly advice: string
  readonly remedy?: Remedy
  /** Slack's own code, such as `bad_client_secret`. */
  readonly slackCode?: string | undefined
  /** The form field it is about. */
  readonly field?: string | undefined
  /** The earliest moment at which trying again makes sense, epoch milliseconds. */
  readonly retryAtMs?: number | undefined
  /** For the log alone; never shown. */
  readonly cause?: unknown
}

/**
 * A failure of normal life: a stable code, what happened, what the user can do. Rooms subclass it in
 * their own `errors.ts`. Everything else that is thrown is a defect and reaches the user as UNEXPECTED.
 */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly advice: string
  readonly remedy: Remedy
  readonly slackCode: string | undefined
  readonly field: string | undefined
  readonly retryAtMs: number | undefined

  constructor(code: ErrorCode, details: AppErrorDetails) {
    super(details.message, details.cause === undefined ? undefined : { cause: details.cause })
    this.name = new.target.name
    this.code = code
    this.advice = details.advice
    this.remedy = details.remedy ?? 'none'
    this.slackCode = details.slackCode
    this.field = details.field
    this.retryAtMs = details.retryAtMs
  }
}

/** Something the user entered cannot be used; `field` names the form field it stands beside. */
export class InputError extends AppError {
  constructor(field: string, message: string, advice: string) {
    super('INPUT_INVALID', { message, advice, field })
  }
}

/**
 * The failure as data, for the renderer. A defect becomes UNEXPECTED; its text stays out, since
 * nobody vouches that it holds no secret.
 *
 * @param atMs when it happened, epoch milliseconds
 */
export function toFailure(thrown: unknown, atMs?: number): Failure {
  const at = atMs === undefined ? {} : { atMs }
  if (!(thrown instanceof AppError)) {
    return {
      code: 'UNEXPECTED',
      message: 'Something went wrong in Token Desk',
      advice: 'Try again. If it happens again, copy the diagnostics in Settings and report it.',
      remedy: 'report',
      ...at,
    }
  }
  return {
    code: thrown.code,
    message: thrown.message,
    advice: thrown.advice,
    remedy: thrown.remedy,
    ...(thrown.slackCode === undefined ? {} : { slackCode: thrown.slackCode }),
    ...(thrown.field === undefined ? {} : { field: thrown.field }),
    ...(thrown.retryAtMs === undefined ? {} : { retryAtMs: thrown.retryAtMs }),
    ...at,
  }
}
