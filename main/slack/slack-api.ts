/** The calls that Token Desk makes to Slack, each sent to the environment that it is given. */
import type { Clock } from '../platform/clock.ts'
import type { Fetch } from '../platform/fetch.ts'
import type { Log } from '../platform/log.ts'
import type { Secret } from '../platform/secret.ts'
import type { SlackEndpoints } from './environment.ts'
import { type CodeExchange, exchangeCode } from './exchange-code.ts'
import {
  type AppCreation,
  type AppUpdate,
  type ConfigurationTokens,
  createApp,
  exportManifest,
  type ManifestError,
  rotateConfigurationToken,
  updateApp,
  validateManifest,
} from './manifest-calls.ts'
import type { OAuthGrant } from './oauth-grant.ts'
import {
  exchangeToken,
  type RefreshedToken,
  refreshToken,
  type TokenExchange,
  type TokenRefresh,
} from './refresh-token.ts'
import {
  listTeams,
  revokeToken,
  type TeamInfo,
  type TokenInfo,
  teamInfo,
  testToken,
  type Uninstall,
  uninstall,
} from './token-calls.ts'

export type { CodeExchange } from './exchange-code.ts'
export type { Granted } from './granted.ts'
export type {
  AppCreation,
  AppUpdate,
  ConfigurationTokens,
  CreatedApp,
  ManifestError,
} from './manifest-calls.ts'
export type { OAuthGrant, SignIn } from './oauth-grant.ts'
export type { RefreshedToken, TokenExchange, TokenRefresh } from './refresh-token.ts'
export type { TeamInfo, TokenInfo, Uninstall } from './token-calls.ts'

/**
 * Every call throws SlackRefused (Slack said no), SlackRateLimited, SlackNoAnswer (no connection,
 * trouble at Slack, or the limit passed) or SlackGarbage. None of them holds anything that was sent.
 */
export interface SlackApi {
  /**
   * Sent once, whatever happens: a code works once, and Slack may have taken it. Throws IdTokenInvalid
   * besides for `openid`, whose ID token is verified before anybody counts as signed in.
   */
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
  /** The workspaces that an org-wide token covers: all pages, up to 20,000 workspaces. */
  listTeams(endpoints: SlackEndpoints, token: Secret): Promise<{ id: string; name: string }[]>
  /** Ends the whole installation with all of its tokens. Sent once. */
  uninstall(endpoints: SlackEndpoints, what: Uninstall): Promise<void>
  /**
   * What Slack has against a manifest; empty when it accepts it. Repeatable.
   *
   * @param appId the app that it is to change; null for a new one
   */
  validateManifest(
    endpoints: SlackEndpoints,
    token: Secret,
    manifestJson: string,
    appId: string | null,
  ): Promise<ManifestError[]>
  /** Sent once: a second call would make a second app. */
  createApp(endpoints: SlackEndpoints, token: Secret, manifestJson: string): Promise<AppCreation>
  /** Replaces the whole manifest. Sent once. */
  updateApp(
    endpoints: SlackEndpoints,
    token: Secret,
    appId: string,
    manifestJson: string,
  ): Promise<AppUpdate>
  /** The manifest as Slack has it, with the fields that nobody here knows. */
  exportManifest(
    endpoints: SlackEndpoints,
    token: Secret,
    appId: string,
  ): Promise<Record<string, unknown>>
  /** Sent once: the refresh token is spent by it. Keep both new ones before anything else. */
  rotateConfigurationToken(
    endpoints: SlackEndpoints,
    refreshToken: Secret,
  ): Promise<ConfigurationTokens>
  /** Sent once: the refresh token is spent by it. Keep the new pair before anything else. */
  refreshToken(endpoints: SlackEndpoints, refresh: TokenRefresh): Promise<RefreshedToken>
  /** Sent once. Slack cannot turn the token back. */
  exchangeToken(endpoints: SlackEndpoints, exchange: TokenExchange): Promise<RefreshedToken>
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
  return {
    exchangeCode: (...asked) => exchangeCode(options, ...asked),
    testToken: (...asked) => testToken(options, ...asked),
    revokeToken: (...asked) => revokeToken(options, ...asked),
    teamInfo: (...asked) => teamInfo(options, ...asked),
    listTeams: (...asked) => listTeams(options, ...asked),
    uninstall: (...asked) => uninstall(options, ...asked),
    validateManifest: (...asked) => validateManifest(options, ...asked),
    createApp: (...asked) => createApp(options, ...asked),
    updateApp: (...asked) => updateApp(options, ...asked),
    exportManifest: (...asked) => exportManifest(options, ...asked),
    rotateConfigurationToken: (...asked) => rotateConfigurationToken(options, ...asked),
    refreshToken: (...asked) => refreshToken(options, ...asked),
    exchangeToken: (...asked) => exchangeToken(options, ...asked),
  }
}
