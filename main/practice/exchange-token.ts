/** `oauth.v2.exchange`: a token that never expires becomes a first pair. Source: slack-auth section 4. */
import { findApp, findAppById } from './apps.ts'
import { accessFields, checkSecret } from './client-auth.ts'
import { hashOf } from './fresh-secrets.ts'
import { type Method, type MethodCall, plainAnswer } from './method.ts'
import { SlackProblem } from './slack-problem.ts'
import type { PracticeApp, PracticeState } from './state.ts'
import { issueToken, type LiveToken } from './tokens.ts'
import { placeFields } from './world.ts'

/**
 * The pair goes on in the line of the old token, which counts as the oldest of two: it dies at the
 * first refresh.
 */
export const oauthExchange: Method = (draft, call) => {
  const app = clientOf(draft, call)
  if (!app.tokenRotation) throw new SlackProblem('token_rotation_not_enabled')
  const { token, grant } = longLivedToken(draft, app, call)
  token.usedAtMs = call.nowMs
  const lifeSeconds = call.tokenLifeSeconds
  const options = { app, grant, nowMs: call.nowMs, isDesktop: false, line: token.line, lifeSeconds }
  return plainAnswer({
    ok: true,
    app_id: app.appId,
    ...issueToken(draft, options),
    ...(grant.kind === 'bot' ? { bot_user_id: grant.userId } : { user_id: grant.userId }),
    ...placeFields(grant.teamId),
  })
}

/** The app that proved itself by its secret. @throws SlackProblem `invalid_client_id`, `bad_client_secret` */
export function clientOf(draft: PracticeState, { fields, basic }: MethodCall): PracticeApp {
  const parsed = accessFields.parse(fields)
  const app = findApp(draft, basic?.id ?? parsed.client_id)
  if (app === undefined) throw new SlackProblem('invalid_client_id')
  checkSecret(app, basic?.secret ?? parsed.client_secret)
  return app
}

/** Granular tokens alone can rotate, and each once. */
function longLivedToken(
  draft: PracticeState,
  app: PracticeApp,
  call: MethodCall,
): Pick<LiveToken, 'token' | 'grant'> {
  const hash = hashOf(call.token ?? '')
  const token = draft.tokens.find((one) => one.hash === hash)
  const grant = draft.grants.find((one) => one.id === token?.grantId)
  const isOwn = findAppById(draft, grant?.appId ?? '')?.clientId === app.clientId
  const isGood =
    token?.kind === 'access' && token.expiresAtMs === null && grant?.isClassic === false && isOwn
  if (!isGood) throw new SlackProblem('invalid_token')
  if (token.usedAtMs !== null) throw new SlackProblem('token_already_exchanged')
  if (token.revokedAtMs !== null) throw new SlackProblem('authorization_not_found')
  return { token, grant }
}
