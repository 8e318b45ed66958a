/** Which configuration token is used, and when it is renewed first. */
import { AppError } from '../errors.ts'
import type { SlackRefused } from '../slack/errors.ts'
import type { ConfigurationTokenMeta } from './configuration-tokens-records.ts'

/** With less left than this a token is renewed before it is used, milliseconds. */
const RENEW_AHEAD_MS = 10 * 60 * 1000

/** False once its own life is over; one whose end Slack has not told is taken for alive. */
function isAlive({ expiresAtMs, state }: ConfigurationTokenMeta, nowMs: number): boolean {
  return state !== 'expired' && (expiresAtMs === null || expiresAtMs > nowMs)
}

/** True for a token that can be sent, or renewed and then sent. */
export function isUsable(
  token: ConfigurationTokenMeta,
  canRefresh: boolean,
  nowMs: number,
): boolean {
  return token.state !== 'revoked' && (canRefresh || isAlive(token, nowMs))
}

/** For a token with a refresh token: whether Slack is asked for a new one first. */
export function needsRenewal(token: ConfigurationTokenMeta, nowMs: number): boolean {
  return token.expiresAtMs === null || !isAlive(token, nowMs + RENEW_AHEAD_MS)
}

/** True where a renewal failed for now only, and the token at hand still works. */
export function mayWait(thrown: unknown, token: ConfigurationTokenMeta, nowMs: number): boolean {
  const isPassing = thrown instanceof AppError && PASSING.has(thrown.code)
  return isPassing && isAlive(token, nowMs)
}

const PASSING: ReadonlySet<string> = new Set(['SLACK_NO_ANSWER', 'SLACK_RATE_LIMITED'])

/** True where Slack's answer is about the token, so that another user's may do. */
export function mayAnotherDo({ slackCode = '' }: SlackRefused): boolean {
  return ABOUT_THE_TOKEN.has(slackCode)
}

/** Nothing was done at Slack after these. Source: slack-auth sections 8 and 9. */
const ABOUT_THE_TOKEN: ReadonlySet<string> = new Set([
  'account_inactive',
  'invalid_app_id',
  'invalid_auth',
  'invalid_refresh_token',
  'no_permission',
  'token_expired',
  'token_revoked',
])
