/** Which failure the user is told of by a notification: the first of an outage, and no other. */

import { AppError } from '../../errors.ts'
import type { RefreshMeta } from '../records.ts'
import { thrownFor } from './refresh-failure.ts'
import { waitsForUser } from './schedule.ts'

/** Those that need the user come one by one as their time comes; in so long one notification is enough. */
const SAME_OUTAGE_MS = 10 * 60_000
/** A network that is not up yet after a wake is no outage. */
const TRIES = 2

/**
 * Whether a credential's failure begins an outage.
 *
 * @param others how refreshing goes of all the others, at that moment
 */
export function beginsOutage(
  before: RefreshMeta | null,
  after: RefreshMeta,
  others: readonly RefreshMeta[],
): boolean {
  const kind = outageOf(after)
  if (kind === null || (before !== null && outageOf(before) === kind)) return false
  const atMs = after.failure?.atMs ?? 0
  return !others.some((other) => {
    if (outageOf(other) !== kind) return false
    return kind === 'no-answer' || Math.abs(atMs - (other.failure?.atMs ?? 0)) < SAME_OUTAGE_MS
  })
}

/** Null while it works, or only waits. */
function outageOf(refresh: RefreshMeta): 'needs-user' | 'no-answer' | null {
  const { failure, failedCount } = refresh
  if (failure === null || failure.code === 'SLACK_RATE_LIMITED') return null
  if (needsUser(refresh)) return 'needs-user'
  return failedCount >= TRIES ? 'no-answer' : null
}

const USERS_TURN: ReadonlySet<string> = new Set([
  'edit-slack-app',
  'authorize-again',
  'open-app-settings',
])

/** Whether only the user can end it. */
export function needsUser(refresh: RefreshMeta): boolean {
  if (refresh.failure === null) return false
  if (waitsForUser(refresh)) return true
  const thrown = thrownFor(refresh.failure)
  return thrown instanceof AppError && USERS_TURN.has(thrown.remedy)
}
