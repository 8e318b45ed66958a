/** A refresh token becomes a new pair. Source: slack-auth section 4 (docs: using-token-rotation). */
import { type AccessFields, checkSecret } from './client-auth.ts'
import type { Flow } from './flows.ts'
import { hashOf } from './fresh-secrets.ts'
import type { MethodCall } from './method.ts'
import { SlackProblem } from './slack-problem.ts'
import type { Grant, PracticeApp, PracticeState, StoredToken } from './state.ts'
import { type IssuedToken, issueToken } from './tokens.ts'
import { placeFields } from './world.ts'

/** A used refresh token still works so long; Slack has such a time but does not say how long. */
export const REFRESH_GRACE_MS = 2 * 60_000

/**
 * The answer is flat, for bots and users alike. It holds no new ID token: nobody signed in again (OpenID
 * Connect Core section 12.2). The classic flow knows no refresh. A second use in the grace period gives another pair
 * and ends the refresh token of the first (slack-auth section 4: two parallel refreshes, one dead).
 *
 * @throws SlackProblem `invalid_refresh_token`, `bad_client_secret`, `invalid_token` (classic)
 */
export function refreshGrant(
  draft: PracticeState,
  flow: Flow,
  app: PracticeApp,
  asked: AccessFields,
  { nowMs, tokenLifeSeconds: lifeSeconds }: Pick<MethodCall, 'nowMs' | 'tokenLifeSeconds'>,
): Record<string, unknown> {
  if (flow.id === 'v1') throw new SlackProblem('invalid_token')
  const hash = hashOf(asked.refresh_token)
  const token = draft.tokens.find((one) => one.hash === hash && one.kind === 'refresh')
  // Desktop tokens are refreshed without a secret; an unknown one must not tell whether it needs one.
  if (!(token?.isDesktop ?? app.secretHash === null)) checkSecret(app, asked.client_secret)
  const grant = draft.grants.find((one) => one.id === token?.grantId && one.appId === app.appId)
  const isUsable = token && grant && isTakenBy(flow, grant) && canRefresh(token, nowMs)
  if (!isUsable) throw new SlackProblem('invalid_refresh_token')
  token.usedAtMs ??= nowMs
  for (const other of draft.tokens) {
    const isSibling = other.line === token.line && other.kind === 'refresh' && other !== token
    if (isSibling) other.revokedAtMs ??= nowMs
  }
  const { isDesktop, line } = token
  const issued = issueToken(draft, { app, grant, nowMs, isDesktop, line, lifeSeconds })
  return refreshAnswer(app, grant, issued)
}

function refreshAnswer(
  { appId }: PracticeApp,
  grant: Grant,
  { scope, ...issued }: IssuedToken,
): Record<string, unknown> {
  if (grant.kind === 'sign-in') return { ok: true, ...issued }
  return {
    ok: true,
    app_id: appId,
    scope,
    ...issued,
    ...(grant.kind === 'bot' ? { bot_user_id: grant.userId } : { user_id: grant.userId }),
    ...placeFields(grant.teamId),
  }
}

/** Each method refreshes what it gives out; the v2 method refreshes all but sign-ins. */
function isTakenBy({ id }: Flow, { kind }: Grant): boolean {
  if (id === 'v2') return kind !== 'sign-in'
  return kind === (id === 'openid' ? 'sign-in' : 'user')
}

function canRefresh(token: StoredToken, nowMs: number): boolean {
  const isInTime = (token.expiresAtMs ?? Infinity) > nowMs
  const isFresh = token.usedAtMs === null || token.usedAtMs + REFRESH_GRACE_MS > nowMs
  return token.revokedAtMs === null && isInTime && isFresh
}
