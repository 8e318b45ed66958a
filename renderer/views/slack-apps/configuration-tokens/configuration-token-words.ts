import type { ConfigurationTokenView, EnvironmentRef } from '../../../../main/contract/views.ts'
import { type StateMark, suspendedLabel } from '../../workspaces/installation-status.ts'
import { timeLeft } from '../../workspaces/time-words.ts'

const HOUR_MS = 3_600_000

/** "7 h", "40 min": whole hours are enough for a token of 12. */
export function roughTimeLeft(ms: number): string {
  return timeLeft(ms < HOUR_MS ? ms : Math.floor(ms / HOUR_MS) * HOUR_MS)
}

/** State of a configuration token at `now` (epoch ms): until when it works, or why it does not. */
export function configurationTokenMark(token: ConfigurationTokenView, now: number): StateMark {
  if (token.state === 'revoked') return { label: 'Revoked', tone: 'danger', icon: 'problem' }
  if (token.state === 'suspended') {
    return { label: suspendedLabel([token.slackCode]), tone: 'warn', icon: 'warning' }
  }
  if (isExpired(token, now)) return { label: 'Expired', tone: 'warn', icon: 'warning' }
  if (token.expiresAtMs === null) return { label: 'Not checked', tone: 'neutral', icon: 'info' }
  const left = `Valid for ${roughTimeLeft(token.expiresAtMs - now)}`
  return { label: left, tone: 'neutral', icon: token.canRefresh ? 'refresh' : 'clock' }
}

/** Whether Slack may take it: an expired one that has its refresh token is renewed first. */
export function isUsable(token: ConfigurationTokenView, now: number): boolean {
  if (token.state === 'revoked' || token.state === 'suspended') return false
  return token.canRefresh || !isExpired(token, now)
}

/** Whether there is a configuration token to create or change apps with in that environment. */
export function hasUsableToken(
  tokens: readonly ConfigurationTokenView[],
  environment: EnvironmentRef,
  now: number,
): boolean {
  return tokens.some(
    (token) => isSameEnvironment(token.environment.ref, environment) && isUsable(token, now),
  )
}

function isExpired({ state, expiresAtMs }: ConfigurationTokenView, now: number): boolean {
  return state === 'expired' || (expiresAtMs !== null && expiresAtMs <= now)
}

function isSameEnvironment(a: EnvironmentRef, b: EnvironmentRef): boolean {
  if (a.kind !== 'custom' || b.kind !== 'custom') return a.kind === b.kind
  return bare(a.baseUrl) === bare(b.baseUrl)
}

/** Base URLs are the same with and without the slash at the end. */
function bare(baseUrl: string): string {
  return baseUrl.trim().replace(/\/+$/, '').toLowerCase()
}
