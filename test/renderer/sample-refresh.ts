import type { Failure } from '../../main/contract/errors.ts'
import type { CredentialView, RefreshView } from '../../main/contract/views.ts'
import { SAMPLE_NOW_MS, sampleCredential } from './sample-snapshot.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** Refreshed 2 h 48 min ago, due in 7 h. */
export function sampleRefresh(over: Partial<RefreshView> = {}): RefreshView {
  return {
    isRunning: false,
    lastRefreshedAtMs: SAMPLE_NOW_MS - 2 * HOUR - 48 * MINUTE,
    nextAtMs: SAMPLE_NOW_MS + 7 * HOUR,
    failure: null,
    failedCount: 0,
    isDead: false,
    ...over,
  }
}

/** A bot token with 9 h 12 min left that rotates. */
export function sampleRotating(
  refresh: Partial<RefreshView> = {},
  over: Partial<CredentialView> = {},
): CredentialView {
  return sampleCredential({
    masked: 'xoxe.xoxb-1-…k3Zq',
    rotates: true,
    expiresAtMs: SAMPLE_NOW_MS + 9 * HOUR + 12 * MINUTE,
    refresh: sampleRefresh(refresh),
    ...over,
  })
}

/** The user token that came with it. */
export function sampleRotatingUser(
  refresh: Partial<RefreshView> = {},
  over: Partial<CredentialView> = {},
): CredentialView {
  return sampleRotating(refresh, {
    id: 'cred-user',
    kind: 'user',
    masked: 'xoxe.xoxp-1-…Vw8d',
    scopes: ['search:read', 'users:read'],
    userId: 'U04EXAMPLE1',
    userName: 'Ada',
    variable: 'SLACK_USER_TOKEN',
    ...over,
  })
}

export const NO_ANSWER: Failure = {
  code: 'SLACK_NO_ANSWER',
  message: 'Slack did not answer',
  advice: 'Check the connection, then try again.',
  remedy: 'retry',
}

export const REFRESH_REFUSED: Failure = {
  code: 'SLACK_REFUSED',
  message: 'Slack does not take the refresh token any more',
  advice: 'Authorize the workspace again.',
  remedy: 'authorize-again',
  slackCode: 'invalid_refresh_token',
}

/** Tried for the fourth time, with 40 minutes left. */
export const FAILING = {
  failure: NO_ANSWER,
  failedCount: 4,
  nextAtMs: SAMPLE_NOW_MS + 4 * MINUTE,
} satisfies Partial<RefreshView>

export const DEAD = {
  failure: REFRESH_REFUSED,
  failedCount: 1,
  nextAtMs: null,
  isDead: true,
} satisfies Partial<RefreshView>
