/** Grants and the tokens that stand for them. Each function changes the draft it is given. */
import { randomUUID } from 'node:crypto'
import { findAppById } from './apps.ts'
import {
  freshId,
  freshRefreshToken,
  freshRotatingToken,
  freshToken,
  hashOf,
} from './fresh-secrets.ts'
import { SlackProblem } from './slack-problem.ts'
import type { Grant, PracticeApp, PracticeState, StoredToken } from './state.ts'
import { findPlace } from './world.ts'

/** Source: slack-auth section 4 (docs: using-token-rotation). */
export const ACCESS_LIFE_SECONDS = 43_200
const MAX_ACTIVE_ACCESS_TOKENS = 2
/** Refresh tokens of an app with PKCE. Source: slack-auth section 2 (docs: using-pkce). */
const PKCE_REFRESH_LIFE_MS = 30 * 24 * 3600 * 1000

/** The fields of an answer that hand out a token. */
export interface IssuedToken {
  readonly scope: string
  readonly token_type: 'bot' | 'user' | 'Bearer'
  readonly access_token: string
  readonly refresh_token?: string
  readonly expires_in?: number
}

export interface IssueOptions {
  readonly app: PracticeApp
  readonly grant: Grant
  readonly nowMs: number
  readonly isDesktop: boolean
  /** The line to go on with; null begins one. */
  readonly line: string | null
  /** Of an access token that expires. */
  readonly lifeSeconds: number
}

/** What tells grants apart, beside the person. */
type GrantKey = 'appId' | 'teamId' | 'kind' | 'isClassic'

/** Adds scopes to what the app may already do there: Slack never takes one away. */
export function widenGrant(
  draft: PracticeState,
  wanted: Pick<Grant, GrantKey | 'scopes'> & { readonly personId: string },
): Grant {
  const { scopes, personId, ...of } = wanted
  const found = draft.grants.find(
    (one) =>
      one.appId === of.appId &&
      one.teamId === of.teamId &&
      one.kind === of.kind &&
      one.isClassic === of.isClassic &&
      (of.kind === 'bot' || one.userId === personId),
  )
  const grant = found ?? newGrant(draft, { ...of, personId })
  grant.scopes = [...new Set([...grant.scopes, ...scopes])]
  return grant
}

function newGrant(
  draft: PracticeState,
  of: Pick<Grant, GrantKey> & { readonly personId: string },
): Grant {
  const { personId, ...rest } = of
  const bot = of.kind === 'bot'
  const userId = bot ? freshId('U') : personId
  const grant = { ...rest, id: randomUUID(), userId, botId: bot ? freshId('B') : null, scopes: [] }
  draft.grants.push(grant)
  return grant
}

/** New tokens for a grant; with token rotation a pair, the oldest access token beyond two dying. */
export function issueToken(draft: PracticeState, options: IssueOptions): IssuedToken {
  const { app, grant, nowMs, isDesktop, lifeSeconds } = options
  const base = { scope: grant.scopes.join(','), token_type: tokenType(grant) }
  const kind = grant.kind === 'bot' ? 'bot' : 'user'
  const line = options.line ?? randomUUID()
  const stored = { grantId: grant.id, line, isDesktop, issuedAtMs: nowMs }
  // Desktop redirects rotate whatever the setting (slack-auth section 2: seen on http localhost).
  const rotates = !grant.isClassic && (app.tokenRotation || isDesktop)
  if (!rotates) {
    const token = freshToken(kind, findPlace(grant.teamId)?.number ?? '')
    draft.tokens.push(newToken(token, { ...stored, kind: 'access', expiresAtMs: null }))
    return { ...base, access_token: token }
  }
  const access = freshRotatingToken(kind)
  const refresh = freshRefreshToken()
  const accessEndMs = nowMs + lifeSeconds * 1000
  const refreshEndMs = app.pkce ? nowMs + PKCE_REFRESH_LIFE_MS : null
  draft.tokens.push(newToken(access, { ...stored, kind: 'access', expiresAtMs: accessEndMs }))
  draft.tokens.push(newToken(refresh, { ...stored, kind: 'refresh', expiresAtMs: refreshEndMs }))
  endOldest(draft, line, nowMs)
  const expires = { refresh_token: refresh, expires_in: lifeSeconds }
  return { ...base, access_token: access, ...expires }
}

/** Source: slack-auth sections 3 and 6. */
function tokenType({ kind }: Grant): IssuedToken['token_type'] {
  return kind === 'sign-in' ? 'Bearer' : kind
}

function newToken(
  token: string,
  fields: Omit<StoredToken, 'hash' | 'revokedAtMs' | 'usedAtMs'>,
): StoredToken {
  return { hash: hashOf(token), ...fields, revokedAtMs: null, usedAtMs: null }
}

function endOldest(draft: PracticeState, line: string, nowMs: number): void {
  const active = draft.tokens.filter(
    (one) => one.line === line && one.kind === 'access' && isAlive(one, nowMs),
  )
  for (const old of active.slice(0, -MAX_ACTIVE_ACCESS_TOKENS)) old.revokedAtMs = nowMs
}

function isAlive(token: StoredToken, nowMs: number): boolean {
  return token.revokedAtMs === null && (token.expiresAtMs ?? Infinity) > nowMs
}

/** A token that works, with what it stands for. */
export interface LiveToken {
  readonly token: StoredToken
  readonly grant: Grant
  readonly app: PracticeApp
}

/** @throws SlackProblem `not_authed`, `invalid_auth`, `token_revoked`, `token_expired` */
export function liveToken(state: PracticeState, text: string | null, nowMs: number): LiveToken {
  if (text === null || text === '') throw new SlackProblem('not_authed')
  const hash = hashOf(text)
  const token = state.tokens.find((one) => one.hash === hash)
  const grant = state.grants.find((one) => one.id === token?.grantId)
  const app = findAppById(state, grant?.appId ?? '')
  if (!token || !grant || !app) throw new SlackProblem('invalid_auth')
  if (token.revokedAtMs !== null) throw new SlackProblem('token_revoked')
  if (!isAlive(token, nowMs)) throw new SlackProblem('token_expired')
  return { token, grant, app }
}

/**
 * Ends an expiring or refresh token alone; a token without an end takes the whole grant with it, a
 * bot's webhooks too. Source: slack-auth section 8 (docs: using-token-rotation, installing-with-oauth).
 */
export function revokeToken(draft: PracticeState, live: LiveToken, nowMs: number): void {
  const { token, grant } = live
  if (token.kind === 'refresh' || token.expiresAtMs !== null) {
    token.revokedAtMs = nowMs
    return
  }
  endGrant(draft, grant, nowMs)
  if (grant.kind === 'bot') endWebhooks(draft, grant)
}

/** Ends every token and webhook of the app in that place. Source: slack-auth section 8 (apps.uninstall). */
export function endInstallation(draft: PracticeState, live: LiveToken, nowMs: number): void {
  const { appId, teamId } = live.grant
  const grants = draft.grants.filter((one) => one.appId === appId && one.teamId === teamId)
  for (const grant of grants) endGrant(draft, grant, nowMs)
  endWebhooks(draft, live.grant)
}

function endGrant(draft: PracticeState, grant: Grant, nowMs: number): void {
  for (const one of draft.tokens) {
    if (one.grantId === grant.id) one.revokedAtMs ??= nowMs
  }
  grant.scopes = []
}

function endWebhooks(draft: PracticeState, { appId, teamId }: Grant): void {
  draft.webhooks = draft.webhooks.filter((one) => one.appId !== appId || one.teamId !== teamId)
}
