/** A credential's record before, after and between: pure, so that each step can be looked at alone. */
import type { Secret } from '../../platform/secret.ts'
import { refreshStateFor } from '../../slack/advice.ts'
import { SlackRateLimited } from '../../slack/errors.ts'
import type { RefreshedToken } from '../../slack/slack-api.ts'
import { PKCE_REFRESH_LIFE_MS } from '../granted-credentials.ts'
import type { CredentialChanged } from '../installations.ts'
import {
  type CredentialMeta,
  type InstallationMeta,
  previousField,
  previousRefreshField,
  type RefreshMeta,
  refreshField,
} from '../records.ts'
import { keptFailure } from './refresh-failure.ts'
import { backOffMs, hasEnded } from './schedule.ts'

const BLANK: RefreshMeta = {
  inFlightSinceMs: null,
  lastRefreshedAtMs: null,
  hasPrevious: false,
  failedCount: 0,
  failure: null,
  nextTryAtMs: null,
  isDead: false,
}

/** Slack is about to be asked. */
export function begun(credential: CredentialMeta, nowMs: number): CredentialMeta {
  return withRefresh(credential, { inFlightSinceMs: nowMs })
}

/** Nothing is under way any more, and nothing is known to have gone wrong. */
export function unmarked(credential: CredentialMeta): CredentialMeta {
  return withRefresh(credential, { inFlightSinceMs: null })
}

export interface Replaced {
  readonly token: Secret
  /** Null for a long-lived token. */
  readonly refreshToken: Secret | null
}

/** Slack gave this pair in place of that one, which is kept until the new one was seen working. */
export function refreshed(
  credential: CredentialMeta,
  pair: RefreshedToken,
  { replaced, isPkce, nowMs }: { replaced: Replaced; isPkce: boolean; nowMs: number },
): CredentialChanged {
  const { id } = credential
  const isLimited = isPkce || credential.refreshExpiresAtMs !== null
  const meta: CredentialMeta = {
    ...credential,
    scopes: pair.scopes.length > 0 ? [...pair.scopes] : credential.scopes,
    expiresAtMs: pair.expiresAtMs,
    rotates: true,
    refreshExpiresAtMs: isLimited ? nowMs + PKCE_REFRESH_LIFE_MS : null,
    state: 'working',
    slackCode: null,
    refresh: { ...BLANK, lastRefreshedAtMs: nowMs, hasPrevious: true },
  }
  const secrets = {
    [id]: pair.token,
    [refreshField(id)]: pair.refreshToken,
    [previousField(id)]: replaced.token,
    [previousRefreshField(id)]: replaced.refreshToken,
  }
  return { meta, secrets }
}

/** Slack or the way to it failed; nothing that is held is dropped for it. */
export function failed(credential: CredentialMeta, thrown: unknown, nowMs: number): CredentialMeta {
  const failure = keptFailure(thrown, nowMs)
  const failedCount = (credential.refresh?.failedCount ?? 0) + 1
  const ended = failure.slackCode === null ? null : endedState(failure.slackCode)
  const waitMs =
    thrown instanceof SlackRateLimited
      ? thrown.retryAfterSeconds * 1000
      : backOffMs(failedCount, failure.code === 'SLACK_NO_ANSWER', credential.id)
  const after = withRefresh(credential, {
    inFlightSinceMs: null,
    failedCount,
    failure,
    nextTryAtMs: ended === null ? nowMs + waitMs : null,
    isDead: ended !== null,
  })
  const { slackCode } = failure
  if (ended === 'revoked') return { ...after, state: 'revoked', slackCode }
  return ended === 'expired' && hasEnded(credential, nowMs)
    ? { ...after, state: 'expired', slackCode }
    : after
}

/** What Slack's plain word ends; null for every other refusal. */
function endedState(slackCode: string): 'expired' | 'revoked' | null {
  const state = refreshStateFor(slackCode)
  return state === 'expired' || state === 'revoked' ? state : null
}

/** Its time is over and no other has come: shown as what it is. Null where it is not so. */
export function ended(credential: CredentialMeta, nowMs: number): CredentialMeta | null {
  const { refresh, state } = credential
  const isLeft = refresh?.failure != null && state !== 'expired' && state !== 'revoked'
  if (!isLeft || !hasEnded(credential, nowMs)) return null
  return { ...credential, state: 'expired', slackCode: refresh.failure?.slackCode ?? null }
}

/** Whether Slack has said of the new token that it works, so that the one before is not needed. */
export function isSeenWorking({ refresh, state, lastCheckedAtMs }: CredentialMeta): boolean {
  if (!refresh?.hasPrevious || state !== 'working') return false
  return (lastCheckedAtMs ?? 0) > (refresh.lastRefreshedAtMs ?? Infinity)
}

/** Without the pair before. */
export function withoutPrevious(credential: CredentialMeta): CredentialChanged {
  const { id } = credential
  return {
    meta: withRefresh(credential, { hasPrevious: false }),
    secrets: { [previousField(id)]: null, [previousRefreshField(id)]: null },
  }
}

/** A pair for something else than it was asked for: sealed apart, since Slack gives no pair twice. */
export function withStray(
  credential: CredentialMeta,
  { token, refreshToken }: RefreshedToken,
): CredentialChanged {
  const { id } = credential
  return {
    meta: credential,
    secrets: { [`${id}#stray`]: token, [`${id}#stray-refresh`]: refreshToken },
  }
}

/** Whether Slack's answer is for this very credential, as far as Slack tells. */
export function isOwn(
  installation: Pick<InstallationMeta, 'appId' | 'teamId' | 'enterpriseId' | 'botUserId'>,
  credential: CredentialMeta,
  pair: RefreshedToken,
): boolean {
  const isBot = credential.kind === 'bot'
  const userId = isBot ? installation.botUserId : credential.userId
  const isSamePlace =
    installation.teamId === null
      ? fits(installation.enterpriseId, pair.enterpriseId)
      : fits(installation.teamId, pair.teamId)
  return (
    fits(isBot ? 'bot' : 'user', pair.kind) &&
    fits(installation.appId, pair.appId) &&
    fits(userId, pair.userId) &&
    isSamePlace
  )
}

/** What Slack does not tell, or nobody knew before, is no contradiction. */
function fits(known: string | null, told: string | null): boolean {
  return known === null || told === null || known === told
}

function withRefresh(credential: CredentialMeta, change: Partial<RefreshMeta>): CredentialMeta {
  return { ...credential, refresh: { ...BLANK, ...credential.refresh, ...change } }
}
