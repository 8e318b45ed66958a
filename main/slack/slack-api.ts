/** The calls that Token Desk makes to Slack, each sent to the environment that it is given. */
import type { Clock } from '../platform/clock.ts'
import type { Fetch } from '../platform/fetch.ts'
import type { Log } from '../platform/log.ts'
import type { Secret } from '../platform/secret.ts'
import type { SlackEndpoints } from './environment.ts'
import { SlackRefused } from './errors.ts'
import { type OAuthGrant, parseGrant } from './oauth-grant.ts'
import {
  parseRevoked,
  parseTeamInfo,
  parseTokenInfo,
  type TeamInfo,
  type TokenInfo,
} from './token-info.ts'
import { callSlack, type WebCall, type WebCallOptions } from './web-call.ts'

export type { Granted, OAuthGrant } from './oauth-grant.ts'
export type { TeamInfo, TokenInfo } from './token-info.ts'

export interface CodeExchange {
  readonly clientId: string
  /** Null for a PKCE app. */
  readonly clientSecret: Secret | null
  readonly code: Secret
  /** Exactly as it was sent to the authorize page. */
  readonly redirectUri: string
  /** With it no client secret is sent: Slack refuses the two together (slack-auth section 2). */
  readonly codeVerifier: Secret | null
}

/**
 * Every call throws SlackRefused (Slack said no), SlackRateLimited, SlackNoAnswer (no connection,
 * trouble at Slack, or the limit passed) or SlackGarbage. None of them holds anything that was sent.
 */
export interface SlackApi {
  /** Sent once, whatever happens: a code works once, and Slack may have taken it. */
  exchangeCode(endpoints: SlackEndpoints, exchange: CodeExchange): Promise<OAuthGrant>
  /** Repeated while Slack does not answer, within the limit. */
  testToken(endpoints: SlackEndpoints, token: Secret): Promise<TokenInfo>
  /**
   * Sent once: a second call would be told that the token is dead. Takes refresh tokens too.
   * `revoked: false` means that Slack left the token alive.
   */
  revokeToken(endpoints: SlackEndpoints, token: Secret): Promise<{ revoked: boolean }>
  /** Null where the token has no `team:read`. */
  teamInfo(endpoints: SlackEndpoints, token: Secret): Promise<TeamInfo | null>
}

export interface SlackApiOptions {
  /** Must keep no cookies and follow no redirect. */
  readonly fetch: Fetch
  readonly clock: Clock
  readonly log: Log
  /** For a whole call with its repeats, milliseconds; 10 s unless told. */
  readonly limitMs?: number
  /** Wait before a call is repeated, milliseconds; 250 unless told, then twice as long. */
  readonly repeatAfterMs?: number
}

const LIMIT_MS = 10_000
/** Short: the limit leaves room for no more. */
const REPEAT_AFTER_MS = 250

/** Holds nothing between calls, so there is nothing to close. */
export function createSlackApi(given: SlackApiOptions): SlackApi {
  const options = { limitMs: LIMIT_MS, repeatAfterMs: REPEAT_AFTER_MS, ...given }
  const { clock } = options
  return {
    async exchangeCode(endpoints, exchange) {
      const nowMs = clock.now()
      return parseGrant(await callSlack(options, exchangeCall(endpoints, exchange)), nowMs)
    },
    async testToken(endpoints, token) {
      const nowMs = clock.now()
      const call = tokenCall(endpoints, 'auth.test', token)
      return parseTokenInfo(await callSlack(options, call), nowMs)
    },
    async revokeToken(endpoints, token) {
      const once = { ...tokenCall(endpoints, 'auth.revoke', token), isRepeatable: false }
      return parseRevoked(await callSlack(options, once))
    },
    teamInfo: (endpoints, token) => teamInfo(options, endpoints, token),
  }
}

/** Client ID and secret go in the body, as Slack's own SDKs send them; Basic would do as well. */
function exchangeCall(endpoints: SlackEndpoints, exchange: CodeExchange): WebCall {
  const { clientId, clientSecret, code, redirectUri, codeVerifier } = exchange
  return {
    endpoints,
    method: 'oauth.v2.access',
    token: null,
    fields: {
      client_id: clientId,
      client_secret: codeVerifier === null ? clientSecret : null,
      code,
      redirect_uri: redirectUri,
      code_verifier: codeVerifier,
    },
    isRepeatable: false,
    context: { during: 'exchange', redirectUri },
  }
}

function tokenCall(endpoints: SlackEndpoints, method: string, token: Secret): WebCall {
  const context = { during: 'token-call' } as const
  return { endpoints, method, token, fields: {}, isRepeatable: true, context }
}

async function teamInfo(
  options: WebCallOptions,
  endpoints: SlackEndpoints,
  token: Secret,
): Promise<TeamInfo | null> {
  try {
    return parseTeamInfo(await callSlack(options, tokenCall(endpoints, 'team.info', token)))
  } catch (thrown) {
    if (thrown instanceof SlackRefused && thrown.slackCode === 'missing_scope') return null
    throw thrown
  }
}
