/** New tokens for old ones: refreshing, and turning a long-lived token into a rotating one. */
import type { Secret } from '../platform/secret.ts'
import type { SlackEndpoints } from './environment.ts'
import { parseRefreshed, type RefreshedToken } from './refreshed-token.ts'
import { callSlack, type WebCallOptions } from './web-call.ts'

export type { RefreshedToken } from './refreshed-token.ts'

export interface TokenRefresh {
  /** `sign-in` tokens are refreshed at openid.connect.token. */
  readonly kind: 'bot' | 'user' | 'sign-in'
  readonly clientId: string
  /** Null for a PKCE app. */
  readonly clientSecret: Secret | null
  readonly refreshToken: Secret
}

export interface TokenExchange {
  readonly clientId: string
  readonly clientSecret: Secret
  /** The long-lived token. */
  readonly token: Secret
}

/**
 * oauth.v2.access (for sign-ins openid.connect.token) with grant_type=refresh_token; sent once: the
 * refresh token is spent by it. Tokens of the user-only flow are refreshed there too. Source:
 * slack-auth sections 3, 4 and 6 (docs: using token rotation, using PKCE).
 *
 * @throws SlackRefused, SlackRateLimited, SlackNoAnswer, SlackGarbage
 */
export async function refreshToken(
  options: WebCallOptions,
  endpoints: SlackEndpoints,
  { kind, clientId, clientSecret, refreshToken: spent }: TokenRefresh,
): Promise<RefreshedToken> {
  const nowMs = options.clock.now()
  const answer = await callSlack(options, {
    endpoints,
    method: kind === 'sign-in' ? 'openid.connect.token' : 'oauth.v2.access',
    token: null,
    fields: {
      client_id: clientId,
      client_secret: clientSecret,
      grant_type: 'refresh_token',
      refresh_token: spent,
    },
    isRepeatable: false,
    context: { during: 'refresh' },
  })
  return parseRefreshed(answer, { isUser: kind !== 'bot', nowMs, spent })
}

/**
 * oauth.v2.exchange; sent once: a token can be exchanged once. The long-lived one works until the
 * first refresh of the pair. Source: slack-auth section 4 (docs: oauth.v2.exchange).
 *
 * @throws SlackRefused, SlackRateLimited, SlackNoAnswer, SlackGarbage
 */
export async function exchangeToken(
  options: WebCallOptions,
  endpoints: SlackEndpoints,
  { clientId, clientSecret, token }: TokenExchange,
): Promise<RefreshedToken> {
  const nowMs = options.clock.now()
  const answer = await callSlack(options, {
    endpoints,
    method: 'oauth.v2.exchange',
    token,
    fields: { client_id: clientId, client_secret: clientSecret },
    isRepeatable: false,
    context: { during: 'refresh' },
  })
  const isUser = token.expose().startsWith('xoxp-')
  return parseRefreshed(answer, { isUser, nowMs, spent: null })
}
