/** A refresh token becomes a new pair. Source: slack-auth section 4 (docs: using-token-rotation). */
import { type AccessFields, checkSecret } from './client-auth.ts'
import { hashOf } from './fresh-secrets.ts'
import { SlackProblem } from './slack-problem.ts'
import type { PracticeApp, PracticeState, StoredToken } from './state.ts'
import { issueToken } from './tokens.ts'
import { findWorkspace } from './world.ts'

/** A used refresh token still works so long; Slack has such a time but does not say how long. */
export const REFRESH_GRACE_MS = 2 * 60_000

/**
 * The answer is flat, for bots and users alike. A second use in the grace period gives another pair
 * and ends the refresh token of the first (slack-auth section 4: two parallel refreshes, one dead).
 *
 * @throws SlackProblem `invalid_refresh_token`, `bad_client_secret`
 */
export function refreshGrant(
  draft: PracticeState,
  app: PracticeApp,
  asked: AccessFields,
  nowMs: number,
): Record<string, unknown> {
  const hash = hashOf(asked.refresh_token)
  const token = draft.tokens.find((one) => one.hash === hash && one.kind === 'refresh')
  // Desktop tokens are refreshed without a secret; an unknown one must not tell whether it needs one.
  if (!(token?.isDesktop ?? app.secretHash === null)) checkSecret(app, asked.client_secret)
  const grant = draft.grants.find((one) => one.id === token?.grantId && one.appId === app.appId)
  if (!token || !grant || !isUsable(token, nowMs)) throw new SlackProblem('invalid_refresh_token')
  token.usedAtMs ??= nowMs
  for (const other of draft.tokens) {
    const isSibling = other.line === token.line && other.kind === 'refresh' && other !== token
    if (isSibling) other.revokedAtMs ??= nowMs
  }
  const { isDesktop, line } = token
  const issued = issueToken(draft, { app, grant, nowMs, isDesktop, line })
  const workspace = findWorkspace(grant.teamId)
  return {
    ok: true,
    app_id: app.appId,
    ...issued,
    ...(grant.kind === 'bot' ? { bot_user_id: grant.userId } : { user_id: grant.userId }),
    team: { id: grant.teamId, name: workspace?.name },
    enterprise: null,
    is_enterprise_install: false,
  }
}

function isUsable(token: StoredToken, nowMs: number): boolean {
  const isInTime = (token.expiresAtMs ?? Infinity) > nowMs
  const isFresh = token.usedAtMs === null || token.usedAtMs + REFRESH_GRACE_MS > nowMs
  return token.revokedAtMs === null && isInTime && isFresh
}
