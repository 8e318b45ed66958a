import type { Remedy } from '../contract/errors.ts'

/**
 * What a code says about the token that was sent. `suspended`: alive, but an admin or a network rule
 * keeps Slack from accepting it. `transient`: nothing; ask again later.
 */
export type TokenState = 'dead' | 'alive' | 'suspended' | 'expired' | 'transient'

/** One of Slack's codes in plain words. */
export interface Refusal {
  /** What happened: the heading. */
  readonly message: string
  /** What the user can do. */
  readonly advice: string
  readonly remedy: Remedy
  /** Absent where no access token was sent. */
  readonly tokenState?: TokenState
}

/** Keeps the tables to three lines a row. */
export function refusal(
  message: string,
  advice: string,
  remedy: Remedy,
  tokenState?: TokenState,
): Refusal {
  return { message, advice, remedy, ...(tokenState === undefined ? {} : { tokenState }) }
}
