/** When a token is refreshed. Pure: all of it follows from the record and the time. */
import type { CredentialKind } from '../../contract/views.ts'
import type { CredentialMeta, RefreshMeta } from '../records.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** As Slack's own SDKs do. Source: slack-auth section 4. */
const LONGEST_LEAD_MS = 2 * HOUR_MS
const LEAD_SHARE = 0.2
/** Tokens that were granted together are not refreshed together: a tenth sooner or later. */
const JITTER_SHARE = 0.1
/** Of every rotating token. Source: slack-auth section 4 (docs: using token rotation). */
const LIFE_MS = 12 * HOUR_MS
/** A Slack that gives tokens without a life must not be asked without a pause. */
const SHORTEST_GAP_MS = 5000
/** Less is no jump of the clock, but two computers that differ, milliseconds. */
export const CLOCK_SLACK_MS = 2 * MINUTE_MS
/** With less to live, a token is refreshed before it is handed out. */
const HAND_OUT_MS = 10 * MINUTE_MS

const ROTATING: ReadonlySet<CredentialKind> = new Set(['bot', 'user', 'sign-in'])

/** Whether there is anything to refresh: Slack gave a refresh token, and has not ended it. */
export function isRotating({ rotates, kind }: CredentialMeta): boolean {
  return rotates && ROTATING.has(kind)
}

/** Whether it is refreshed ahead: neither Slack nor the user has ended it. */
export function isKeptFresh(credential: CredentialMeta): boolean {
  return isRotating(credential) && !credential.refresh?.isDead && credential.state !== 'revoked'
}

/**
 * When Token Desk refreshes it by itself, epoch milliseconds. Null while it is at it, and where it
 * never will: the token does not expire, is dead, or only the user can help.
 */
export function nextRefreshAtMs(credential: CredentialMeta): number | null {
  const { refresh } = credential
  if (!isKeptFresh(credential) || isMarked(credential)) return null
  if (!refresh?.failure) return aheadAtMs(credential)
  if (waitsForUser(refresh)) return null
  return refresh.nextTryAtMs ?? refresh.failure.atMs
}

/**
 * Whether it is time. A mark means that a refresh was begun whose end is not known: the sooner it is
 * tried again, the likelier Slack still takes the refresh token. What was written at a later time than
 * it is now was written by another clock, and says nothing about this one.
 */
export function isDue(credential: CredentialMeta, nowMs: number): boolean {
  if (!isKeptFresh(credential)) return false
  if (isMarked(credential)) return true
  // Slack said so at a check, whatever this clock says.
  if (credential.state === 'expired' && !credential.refresh?.failure) return true
  const writtenAtMs = credential.refresh?.failure?.atMs ?? issuedAtMs(credential)
  const nextAtMs = nextRefreshAtMs(credential)
  if (nextAtMs === null) return false
  return nowMs >= nextAtMs || (writtenAtMs !== null && writtenAtMs > nowMs + CLOCK_SLACK_MS)
}

/** A refresh was begun, and nothing has come of it. */
export function isMarked({ refresh }: CredentialMeta): boolean {
  return refresh !== null && refresh.inFlightSinceMs !== null
}

/** Asking Slack again would not help before the user has done something. */
export function waitsForUser({ failure, isDead }: RefreshMeta): boolean {
  return isDead || (failure !== null && NO_RETRY.has(failure.code))
}

const NO_RETRY: ReadonlySet<string> = new Set([
  'REFRESH_IMPOSSIBLE',
  'REFRESH_OTHER_TOKEN',
  'SLACK_HOST_REFUSED',
])

/** Whether so little of its life is left that it is refreshed before it is handed out. */
export function isNearEnd(credential: CredentialMeta, nowMs: number): boolean {
  const { expiresAtMs } = credential
  if (expiresAtMs === null) return false
  // One that lives for minutes would be refreshed for every copy.
  return expiresAtMs - nowMs < Math.min(HAND_OUT_MS, lifeMs(credential) / 2)
}

export function hasEnded({ expiresAtMs }: CredentialMeta, nowMs: number): boolean {
  return expiresAtMs !== null && expiresAtMs <= nowMs
}

const FIRST_WAIT_MS = 15_000
const LONGEST_WAIT_MS = HOUR_MS
const LONGEST_OFFLINE_WAIT_MS = 15 * MINUTE_MS

/**
 * How long nothing is sent after so many failed tries in a row, milliseconds. Short at first: a refresh
 * token that Slack has spent without an answer works for a while. Not having reached Slack costs
 * nobody anything, so that is tried more often.
 *
 * @param seed what makes this token's wait differ from others'
 */
export function backOffMs(failedCount: number, isOffline: boolean, seed: string): number {
  const longestMs = isOffline ? LONGEST_OFFLINE_WAIT_MS : LONGEST_WAIT_MS
  const waitMs = Math.min(FIRST_WAIT_MS * 2 ** Math.min(failedCount - 1, 20), longestMs)
  return Math.round(waitMs * (1 + 2 * JITTER_SHARE * spread(`${seed}:${failedCount}`)))
}

function aheadAtMs(credential: CredentialMeta): number | null {
  const { id, expiresAtMs, refresh } = credential
  if (expiresAtMs === null) return null
  const leadMs = Math.min(LONGEST_LEAD_MS, LEAD_SHARE * lifeMs(credential))
  const jitter = JITTER_SHARE * spread(`${id}:${expiresAtMs}:${issuedAtMs(credential)}`)
  const atMs = Math.round(expiresAtMs - leadMs * (1 + jitter))
  const lastMs = refresh?.lastRefreshedAtMs ?? null
  return lastMs === null ? atMs : Math.max(atMs, lastMs + SHORTEST_GAP_MS)
}

function issuedAtMs({ refresh, grantedAtMs }: CredentialMeta): number | null {
  return refresh?.lastRefreshedAtMs ?? grantedAtMs
}

function lifeMs(credential: CredentialMeta): number {
  const fromMs = issuedAtMs(credential)
  if (fromMs === null || credential.expiresAtMs === null) return LIFE_MS
  return Math.max(0, credential.expiresAtMs - fromMs)
}

/** The same number in [-1, 1) for the same text (FNV-1a). */
function spread(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0
  }
  return hash / 2 ** 31 - 1
}
