import type { Failure } from '../../../main/contract/errors.ts'
import type { CredentialView, InstallationView } from '../../../main/contract/views.ts'
import { nameInSentence } from './credential-names.ts'
import { isRefreshFailing } from './installation-status.ts'
import { timeLeft, timeOfDay } from './time-words.ts'

/** Tokens of one workspace that cannot be refreshed, as the notice above them says it. */
export interface RefreshTrouble {
  /** Slack takes none of their refresh tokens any more: trying again makes no sense. */
  readonly isDead: boolean
  readonly title: string
  readonly text: string
  /** Why, where it is known; of the one that ends first. */
  readonly failure: Failure | null
}

/** At most two: what only authorizing again helps, then what is tried again. Revoked tokens have none. */
export function refreshTroubles({ credentials }: InstallationView, now: number): RefreshTrouble[] {
  const failing = credentials.filter((one) => isRefreshFailing(one) && one.state !== 'revoked')
  return [true, false].flatMap((isDead) => {
    const affected = failing.filter(({ refresh }) => refresh?.isDead === isDead)
    const [first] = affected.toSorted((a, b) => endOf(a) - endOf(b))
    return first ? [troubleOf(isDead, first, affected, credentials, now)] : []
  })
}

function troubleOf(
  isDead: boolean,
  first: CredentialView,
  affected: readonly CredentialView[],
  all: readonly CredentialView[],
  now: number,
): RefreshTrouble {
  const failure = first.refresh?.failure ?? null
  const sentences = [
    lifeWords(first, affected.length, now),
    failure === null ? null : `${failure.message}.`,
    isDead ? 'Authorize again to get a new one.' : nextWords(first, now),
  ]
  const whose = affected.length === 1 ? nameOf(first, all) : `${affected.length} tokens`
  return {
    isDead,
    title: `${whose} ${isDead ? 'cannot be refreshed any more' : 'could not be refreshed'}`,
    text: sentences.filter((one) => one !== null).join(' '),
    failure,
  }
}

/** "The token", or "The user token of Ada" where others of this workspace rotate as well. */
function nameOf(credential: CredentialView, all: readonly CredentialView[]): string {
  if (all.filter(({ rotates }) => rotates).length === 1) return 'The token'
  return `The ${nameInSentence(credential, all)}`
}

/** "It works for 40 more minutes.": of the one that ends first. */
function lifeWords({ expiresAtMs }: CredentialView, count: number, now: number): string | null {
  if (expiresAtMs === null) return null
  const left = expiresAtMs - now
  if (left <= 0) return count === 1 ? 'It has ended.' : 'The first of them has ended.'
  return `${count === 1 ? 'It works' : 'They work'} for ${moreTime(left)}.`
}

/** "40 more minutes", "another 9 h 12 min". */
function moreTime(ms: number): string {
  const minutes = Math.floor(ms / 60_000)
  if (minutes >= 60) return `another ${timeLeft(ms)}`
  if (minutes >= 2) return `${minutes} more minutes`
  return minutes === 1 ? '1 more minute' : 'less than a minute'
}

/** What Token Desk does about it; where it does nothing, what the user can do. */
function nextWords({ refresh }: CredentialView, now: number): string | null {
  const nextAtMs = refresh?.nextAtMs ?? null
  if (nextAtMs === null) return refresh?.failure?.advice ?? null
  if (nextAtMs <= now) return 'Token Desk keeps trying.'
  return `Token Desk keeps trying; next try at ${timeOfDay(nextAtMs)}.`
}

function endOf({ expiresAtMs }: CredentialView): number {
  return expiresAtMs ?? Number.POSITIVE_INFINITY
}
