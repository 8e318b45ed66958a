/** Codes from the browser, exchanged for tokens; each flow has a method and an answer of its own. */
import type { OAuthFlow } from '../contract/redirect.ts'
import type { Secret } from '../platform/secret.ts'
import { parseClassicGrant } from './classic-grant.ts'
import type { SlackEndpoints } from './environment.ts'
import { getJson } from './get-json.ts'
import { type OAuthGrant, parseGrant } from './oauth-grant.ts'
import { signInGrant } from './sign-in-grant.ts'
import { callSlack, type WebCall, type WebCallOptions } from './web-call.ts'

export interface CodeExchange {
  readonly flow: OAuthFlow
  readonly clientId: string
  /** Null for a PKCE app. */
  readonly clientSecret: Secret | null
  readonly code: Secret
  /** Exactly as it was sent to the authorize page. */
  readonly redirectUri: string
  /** With it no client secret is sent: Slack refuses the two together (slack-auth section 2). */
  readonly codeVerifier: Secret | null
  /** As it was sent to the authorize page: `openid` alone has one, and needs it. */
  readonly nonce: Secret | null
}

/** A code that came from one flow's page is refused by the methods of the others. */
const METHODS: Readonly<Record<OAuthFlow, string>> = {
  v2: 'oauth.v2.access',
  'v2-user': 'oauth.v2.user.access',
  v1: 'oauth.access',
  openid: 'openid.connect.token',
}

/**
 * @throws SlackRefused, SlackRateLimited, SlackNoAnswer, SlackGarbage, and IdTokenInvalid for
 * `openid`; TypeError for `openid` without a nonce, since its answer could not be verified
 */
export async function exchangeCode(
  options: WebCallOptions,
  endpoints: SlackEndpoints,
  exchange: CodeExchange,
): Promise<OAuthGrant> {
  if (exchange.flow === 'openid') return signIn(options, endpoints, exchange)
  const nowMs = options.clock.now()
  const answer = await callSlack(options, exchangeCall(endpoints, exchange))
  const parse = exchange.flow === 'v1' ? parseClassicGrant : parseGrant
  return parse(answer, nowMs)
}

/** The keys come first: when they cannot be had, the code is not spent for nothing. */
async function signIn(
  options: WebCallOptions,
  endpoints: SlackEndpoints,
  exchange: CodeExchange,
): Promise<OAuthGrant> {
  const { nonce, clientId } = exchange
  if (nonce === null) throw new TypeError('openid needs the nonce that was sent')
  const keys = await getJson(options, endpoints.keysUrl)
  const nowMs = options.clock.now()
  const answer = await callSlack(options, exchangeCall(endpoints, exchange))
  const { clock } = options
  return signInGrant(answer, nowMs, { endpoints, keys, clientId, nonce, clock })
}

/** Client ID and secret go in the body, as Slack's own SDKs send them; Basic would do as well. */
function exchangeCall(endpoints: SlackEndpoints, exchange: CodeExchange): WebCall {
  const { flow, clientId, clientSecret, code, redirectUri } = exchange
  // Classic apps know no PKCE.
  const codeVerifier = flow === 'v1' ? null : exchange.codeVerifier
  // What plain OAuth 2.0 and OpenID ask for; the other two have it as their default.
  const grantType = flow === 'openid' || flow === 'v2-user' ? 'authorization_code' : null
  return {
    endpoints,
    method: METHODS[flow],
    token: null,
    fields: {
      client_id: clientId,
      client_secret: codeVerifier === null ? clientSecret : null,
      code,
      redirect_uri: redirectUri,
      code_verifier: codeVerifier,
      grant_type: grantType,
    },
    isRepeatable: false,
    context: { during: 'exchange', redirectUri },
  }
}
