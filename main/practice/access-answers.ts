/** What an exchanged code gives, in the shape of each flow's method. */
import { identityClaims, unsignedIdToken } from './id-tokens.ts'
import { type MethodAnswer, type MethodCall, plainAnswer } from './method.ts'
import { CLASSIC_BOT_SCOPE } from './scopes.ts'
import type { Grant, PracticeApp, PracticeState, StoredCode } from './state.ts'
import { type IssuedToken, issueToken, widenGrant } from './tokens.ts'
import { addWebhook } from './webhooks.ts'
import { findPlace, organizationOf, placeFields } from './world.ts'

/** What all flows hand on: the books, the app, the code, and the call that brought it. */
interface Granting {
  readonly draft: PracticeState
  readonly app: PracticeApp
  readonly code: StoredCode
  readonly call: MethodCall
}

/** Gives out the tokens that the code stands for. */
export function grantAnswer(granting: Granting): MethodAnswer {
  switch (granting.code.flow) {
    case 'v2':
      return plainAnswer(v2Answer(granting))
    case 'v2-user':
      return plainAnswer(v2UserAnswer(granting))
    case 'v1':
      return plainAnswer(classicAnswer(granting))
    case 'openid':
      return signInAnswer(granting)
  }
}

/** Source: slack-auth section 3, "Response fields". */
function v2Answer(granting: Granting): Record<string, unknown> {
  const { app, code } = granting
  const bot = code.botScopes.length > 0 ? issue(granting, 'bot', code.botScopes) : null
  const user = code.userScopes.length > 0 ? issue(granting, 'user', code.userScopes) : null
  return {
    ok: true,
    app_id: app.appId,
    authed_user: { id: code.userId, ...user?.issued },
    ...(bot === null ? {} : { ...bot.issued, bot_user_id: bot.grant.userId }),
    ...placeFields(code.teamId),
    ...webhookFields(granting),
  }
}

/** Flat, as its schema says. Source: slack-auth section 3 (oauth.v2.user.access). */
function v2UserAnswer(granting: Granting): Record<string, unknown> {
  const { app, code } = granting
  const { issued } = issue(granting, 'user', code.userScopes)
  return {
    ok: true,
    app_id: app.appId,
    ...issued,
    user_id: code.userId,
    ...placeFields(code.teamId),
  }
}

/** Source: slack-auth section 5 (docs: oauth.access). */
function classicAnswer(granting: Granting): Record<string, unknown> {
  const { code } = granting
  const { issued } = issue(granting, 'user', code.userScopes)
  return {
    ok: true,
    access_token: issued.access_token,
    scope: issued.scope,
    user_id: code.userId,
    team_id: code.teamId,
    team_name: findPlace(code.teamId)?.name,
    enterprise_id: organizationOf(code.teamId)?.id ?? null,
    ...(code.userScopes.includes(CLASSIC_BOT_SCOPE) ? classicBot(granting) : {}),
    ...webhookFields(granting),
  }
}

function classicBot(granting: Granting): Record<string, unknown> {
  const { grant, issued } = issue(granting, 'bot', [CLASSIC_BOT_SCOPE])
  return { bot: { bot_user_id: grant.userId, bot_access_token: issued.access_token } }
}

/** Source: slack-auth section 6. */
function signInAnswer(granting: Granting): MethodAnswer {
  const { app, code, call } = granting
  const { issued } = issue(granting, 'sign-in', code.userScopes)
  const idToken = unsignedIdToken({
    issuer: `http://localhost:${call.port}`,
    clientId: app.clientId,
    identity: identityClaims(code.teamId, code.userId, code.userScopes),
    accessToken: issued.access_token,
    nonce: code.nonce,
    authTimeMs: code.issuedAtMs,
    nowMs: call.nowMs,
    fault: call.idTokenFault ?? code.idTokenFault,
  })
  const { scope: _, ...rest } = issued
  return { ...plainAnswer({ ok: true, ...rest }), idToken }
}

function issue(
  { draft, app, code, call }: Granting,
  kind: Grant['kind'],
  scopes: string[],
): { readonly grant: Grant; readonly issued: IssuedToken } {
  const { appId, teamId, userId: personId } = code
  const isClassic = code.flow === 'v1'
  const grant = widenGrant(draft, { appId, teamId, kind, isClassic, scopes, personId })
  const token = { app, grant, nowMs: call.nowMs, isDesktop: code.isDesktop, line: null }
  const lifeSeconds = call.tokenLifeSeconds
  return { grant, issued: issueToken(draft, { ...token, lifeSeconds }) }
}

function webhookFields({ draft, code, call }: Granting): Record<string, unknown> {
  const { appId, teamId, channelId } = code
  if (channelId === null) return {}
  return { incoming_webhook: addWebhook(draft, { appId, teamId, channelId, port: call.port }) }
}
