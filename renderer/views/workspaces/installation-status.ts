import type { CredentialView, InstallationView } from '../../../main/contract/views.ts'
import type { BadgeTone } from '../../parts/badge.tsx'
import type { IconName } from '../../parts/icon.tsx'
import { credentialName, isCheckable } from './credential-names.ts'
import { timeLeft } from './time-words.ts'

/** A state as shape, word and colour. */
export interface StateMark {
  readonly label: string
  readonly tone: BadgeTone
  readonly icon: IconName
}

/** What an installation's tokens are worth now. */
export interface InstallationStatus {
  /** Whether the tokens work: the badge beside the name. */
  readonly badge: StateMark
  /** The most pressing thing in few words, else the time left: the row of the list. */
  readonly row: StateMark
  readonly needsAttention: boolean
}

/** From here on the time left is a warning. */
const SOON_MS = 60 * 60_000

/** The better ones first: an installation is as good as its worst token. */
const ORDER = [
  'working',
  'unchecked',
  'refresh-failed',
  'expires-soon',
  'suspended',
  'expired',
  'revoked',
] as const
type Health = (typeof ORDER)[number]

/**
 * Status of an installation at `now` (epoch ms). App-level tokens and webhooks, which Slack cannot
 * check, count for their expiry and death only, unless there is nothing else; ID tokens, which end
 * minutes after they came (slack-auth section 6), do not count then at all. Scopes that are missing
 * are named in the row unless a token is in worse trouble; the badge is about the tokens alone.
 */
export function installationStatus(
  installation: InstallationView,
  now: number,
): InstallationStatus {
  const { credentials } = installation
  const counted = credentials.some(isCheckable) ? credentials.filter(counts(now)) : credentials
  const worst = worstOf(counted.map((one) => healthOf(one, now)))
  const badge = worst === 'working' ? WORKING : markOf(worst, counted, now)
  if (worst !== 'working' && worst !== 'unchecked') {
    return { badge, row: badge, needsAttention: true }
  }
  const missing = missingScopes(installation).length
  if (missing > 0) return { badge, row: missingMark(missing), needsAttention: true }
  const row = worst === 'working' ? { ...WORKING, label: lifeOf(counted, now) } : badge
  return { badge, row, needsAttention: false }
}

/** Names of the scopes that are wanted and not granted, each once, as a bot first. */
export function missingScopes({ drift }: InstallationView): string[] {
  return [...new Set(drift?.missing.map(({ scope }) => scope))]
}

/** State of one credential at `now`; null where its row needs no other word than the time left. */
export function credentialMark(credential: CredentialView, now: number): StateMark | null {
  const health = healthOf(credential, now)
  if (health === 'working' || health === 'unchecked') return null
  if (credential.kind === 'id-token') return idTokenMark(credential, now)
  return { ...MARKS[health], label: labelOf(health, [credential], now) }
}

/** Whether no act but authorizing again makes sense. */
export function isDead(credential: CredentialView, now: number): boolean {
  const health = healthOf(credential, now)
  return health === 'revoked' || health === 'expired'
}

/** Whether the last refresh did not work, or none ever will: it works until its time is over. */
export function isRefreshFailing({ refresh }: CredentialView): boolean {
  return refresh !== null && (refresh.isDead || refresh.failure !== null)
}

/** Whether Token Desk asks Slack for a new token just now. */
export function isRefreshing({ credentials }: InstallationView): boolean {
  return credentials.some(({ refresh }) => refresh?.isRunning)
}

const WORKING: StateMark = { label: 'Working', tone: 'ok', icon: 'check-circle' }

const MARKS: Readonly<Record<Health, StateMark>> = {
  working: WORKING,
  unchecked: { label: 'Not checked', tone: 'neutral', icon: 'info' },
  'refresh-failed': { label: 'Refresh failed', tone: 'warn', icon: 'warning' },
  'expires-soon': { label: 'Expires in', tone: 'warn', icon: 'clock' },
  suspended: { label: 'Suspended by admin', tone: 'warn', icon: 'warning' },
  expired: { label: 'Expired', tone: 'warn', icon: 'warning' },
  revoked: { label: 'Revoked', tone: 'danger', icon: 'problem' },
}

function healthOf(credential: CredentialView, now: number): Health {
  const { state, expiresAtMs } = credential
  if (state === 'revoked' || state === 'expired') return state
  if (expiresAtMs !== null && expiresAtMs <= now) return 'expired'
  if (state === 'suspended') return state
  if (isRefreshFailing(credential)) return 'refresh-failed'
  // What is refreshed by itself does not end soon.
  if (credential.rotates) return state
  if (expiresAtMs !== null && expiresAtMs - now < SOON_MS) return 'expires-soon'
  return state
}

function counts(now: number): (credential: CredentialView) => boolean {
  return (one) =>
    isCheckable(one) || (one.kind !== 'id-token' && healthOf(one, now) !== 'unchecked')
}

/** Its end is no trouble: it told who signed in, once. */
function idTokenMark({ expiresAtMs }: CredentialView, now: number): StateMark | null {
  const isOver = expiresAtMs !== null && expiresAtMs <= now
  return isOver ? { label: 'Expired', tone: 'neutral', icon: 'clock' } : null
}

function missingMark(count: number): StateMark {
  const label = count === 1 ? '1 scope missing' : `${count} scopes missing`
  return { label, tone: 'warn', icon: 'warning' }
}

function worstOf(all: readonly Health[]): Health {
  if (all.length === 0) return 'unchecked'
  return ORDER[Math.max(...all.map((one) => ORDER.indexOf(one)))] ?? 'unchecked'
}

/** The state of the worst ones; names them where the others are better: "User token revoked". */
function markOf(worst: Health, counted: readonly CredentialView[], now: number): StateMark {
  const affected = counted.filter((one) => healthOf(one, now) === worst)
  const label = labelOf(worst, affected, now)
  const [first, ...others] = affected
  if (!first || affected.length === counted.length) return { ...MARKS[worst], label }
  const who = others.length === 0 ? credentialName(first, counted) : `${affected.length} tokens`
  return { ...MARKS[worst], label: `${who} ${afterName(worst, plural(label, affected.length))}` }
}

/** "2 tokens expire in 40 min". */
function plural(label: string, count: number): string {
  return count === 1 ? label : label.replace(/^Expires/, 'Expire')
}

/**
 * What a token is called that Slack does not take now and that is not dead. Only its own code says that
 * an admin did it: `invalid_auth` is a wrong token, or a network that is not allowed.
 * Source: slack-auth section 8.
 */
export function suspendedLabel(slackCodes: readonly (string | null)[]): string {
  const isByAdmin = slackCodes.every((code) => code === null || code === 'ekm_access_denied')
  return isByAdmin ? 'Suspended by admin' : 'Refused by Slack'
}

function labelOf(health: Health, affected: readonly CredentialView[], now: number): string {
  if (health === 'suspended') return suspendedLabel(affected.map(({ slackCode }) => slackCode))
  const { label } = MARKS[health]
  return health === 'expires-soon' ? `${label} ${lifeOf(affected, now)}` : label
}

/** The shortest time left, "No expiry" where none of them expires. */
function lifeOf(credentials: readonly CredentialView[], now: number): string {
  const ends = credentials.flatMap((one) => (one.expiresAtMs === null ? [] : [one.expiresAtMs]))
  return ends.length === 0 ? 'No expiry' : timeLeft(Math.min(...ends) - now)
}

/** "Bot token revoked", "2 tokens not refreshed": a state as it follows the name of what is in it. */
function afterName(health: Health, label: string): string {
  return health === 'refresh-failed' ? 'not refreshed' : lower(label)
}

function lower(label: string): string {
  return label.charAt(0).toLowerCase() + label.slice(1)
}
