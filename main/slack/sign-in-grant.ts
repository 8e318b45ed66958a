import * as z from 'zod'
import { Secret } from '../platform/secret.ts'
import { SlackGarbage } from './errors.ts'
import { granted, tokenFields } from './granted.ts'
import { type IdTokenToVerify, verifyIdToken } from './id-token.ts'
import type { OAuthGrant } from './oauth-grant.ts'
import { parseAnswer, text } from './wire.ts'

/** Source: slack-auth section 6 (docs: openid.connect.token). The header names scopes, the body may not. */
const answer = z.object({
  ok: z.literal(true),
  ...tokenFields,
  id_token: z.string().min(1),
  app_id: text,
  response_metadata: z.object({ scopes: z.array(z.string()).optional() }).optional(),
})

/**
 * The answer of openid.connect.token, with its ID token verified.
 *
 * @param nowMs when the call was sent, epoch milliseconds
 * @throws SlackGarbage for another shape or without a token; IdTokenInvalid
 */
export async function signInGrant(
  json: unknown,
  nowMs: number,
  sent: Omit<IdTokenToVerify, 'idToken' | 'accessToken'>,
): Promise<OAuthGrant> {
  const data = parseAnswer(answer, json)
  const scope = data.scope ?? data.response_metadata?.scopes?.join(',') ?? null
  const token = granted({ ...data, scope }, nowMs)
  if (token === null) throw new SlackGarbage()
  const idToken = Secret.of(data.id_token)
  const claims = await verifyIdToken({ ...sent, idToken, accessToken: token.token })
  const { userId, userName, email, team, enterprise, expiresAtMs } = claims
  return {
    appId: data.app_id,
    ...{ team, enterprise },
    isEnterpriseInstall: team === null,
    botUserId: null,
    authedUserId: userId,
    ...{ bot: null, user: null, webhook: null },
    isClassic: false,
    signIn: { token, idToken, idTokenExpiresAtMs: expiresAtMs, userId, userName, email },
  }
}
