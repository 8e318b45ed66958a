/** `oauth.v2.access`: a code becomes tokens, a refresh token becomes new ones. */
import { findApp } from './apps.ts'
import { type AccessFields, accessFields, checkClient, checkVerifier } from './client-auth.ts'
import { freshWebhookPath, hashOf } from './fresh-secrets.ts'
import { refreshGrant } from './refresh.ts'
import { SlackProblem } from './slack-problem.ts'
import type { PracticeApp, PracticeState, StoredCode } from './state.ts'
import { issueToken, widenGrant } from './tokens.ts'
import { findWorkspace, workspaceUrl } from './world.ts'

export interface AccessContext {
  readonly nowMs: number
  readonly port: number
}

/**
 * Changes the draft as Slack would change its books.
 *
 * @param basic client ID and secret of an HTTP Basic header, which then count alone
 * @throws SlackProblem with nothing to be kept
 */
export function oauthAccess(
  draft: PracticeState,
  fields: Readonly<Record<string, string>>,
  basic: { readonly id: string; readonly secret: string } | null,
  context: AccessContext,
): Record<string, unknown> {
  const parsed = accessFields.parse(fields)
  const asked =
    basic === null ? parsed : { ...parsed, client_id: basic.id, client_secret: basic.secret }
  const app = findApp(draft, asked.client_id)
  if (app === undefined) throw new SlackProblem('invalid_client_id')
  switch (asked.grant_type) {
    case 'authorization_code':
      return exchangeCode(draft, app, asked, context)
    case 'refresh_token':
      return refreshGrant(draft, app, asked, context.nowMs)
    default:
      throw new SlackProblem('invalid_grant_type')
  }
}

function exchangeCode(
  draft: PracticeState,
  app: PracticeApp,
  asked: AccessFields,
  context: AccessContext,
): Record<string, unknown> {
  checkClient(app, asked)
  const codeHash = hashOf(asked.code)
  const code = draft.codes.find((one) => one.hash === codeHash && one.appId === app.appId)
  if (code === undefined || code.isUsed || code.expiresAtMs <= context.nowMs) {
    throw new SlackProblem('invalid_code')
  }
  if (code.redirectUri !== asked.redirect_uri) throw new SlackProblem('bad_redirect_uri')
  checkVerifier(code, asked.code_verifier)
  code.isUsed = true
  if (code.failsWith !== null) return { ok: false, error: code.failsWith }
  return grantAnswer(draft, app, code, context)
}

function grantAnswer(
  draft: PracticeState,
  app: PracticeApp,
  code: StoredCode,
  context: AccessContext,
): Record<string, unknown> {
  const workspace = findWorkspace(code.teamId)
  const issue = (kind: 'bot' | 'user', scopes: string[]) => {
    const { appId, teamId, userId } = code
    const grant = widenGrant(draft, { appId, teamId, kind, scopes, personId: userId })
    const token = { app, grant, nowMs: context.nowMs, isDesktop: code.isDesktop, line: null }
    return { grant, issued: issueToken(draft, token) }
  }
  const bot = code.botScopes.length > 0 ? issue('bot', code.botScopes) : null
  const user = code.userScopes.length > 0 ? issue('user', code.userScopes) : null
  return {
    ok: true,
    app_id: app.appId,
    authed_user: { id: code.userId, ...user?.issued },
    ...(bot === null ? {} : { ...bot.issued, bot_user_id: bot.grant.userId }),
    team: { id: code.teamId, name: workspace?.name },
    enterprise: null,
    is_enterprise_install: false,
    ...webhookAnswer(draft, code, context.port),
  }
}

function webhookAnswer(
  draft: PracticeState,
  { appId, teamId, channelId }: StoredCode,
  port: number,
): Record<string, unknown> {
  const workspace = findWorkspace(teamId)
  const channel = workspace?.channels.find((one) => one.id === channelId)
  if (!workspace || !channel) return {}
  const path = freshWebhookPath(teamId)
  draft.webhooks.push({ hash: hashOf(path), appId, teamId, isRevoked: false })
  return {
    incoming_webhook: {
      channel: channel.name,
      channel_id: channel.id,
      configuration_url: `${workspaceUrl(workspace.domain, port)}services/${path.split('/')[3]}`,
      url: `http://localhost:${port}${path}`,
    },
  }
}
