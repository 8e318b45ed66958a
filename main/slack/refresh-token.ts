/** New tokens for old ones: refreshing, and turning a long-lived token into a rotating one. */
import type { Secret } from '../platform/secret.ts'
import type { SlackEndpoints } from './environment.ts'
import type { WebCallOptions } from './web-call.ts'

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

/** A pair as Slack gave it. */
export interface RefreshedToken {
  readonly token: Secret
  readonly refreshToken: Secret
  /** Epoch milliseconds. */
  readonly expiresAtMs: number
  /** Empty where Slack did not tell. */
  readonly scopes: readonly string[]
  /** What the pair is for, where Slack told: an answer for another team or user is not stored. */
  readonly teamId: string | null
  readonly userId: string | null
}

/** oauth.v2.access with grant_type=refresh_token; sent once: the refresh token is spent by it. */
export async function refreshToken(
  _options: WebCallOptions,
  _endpoints: SlackEndpoints,
  _refresh: TokenRefresh,
): Promise<RefreshedToken> {
  throw new Error('not built')
}

/** oauth.v2.exchange; sent once. */
export async function exchangeToken(
  _options: WebCallOptions,
  _endpoints: SlackEndpoints,
  _exchange: TokenExchange,
): Promise<RefreshedToken> {
  throw new Error('not built')
}
