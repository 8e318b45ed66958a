/** What the practice Slack remembers. Every secret is there as its SHA-256 alone. */
import * as z from 'zod'
import { OAUTH_FLOWS } from '../contract/redirect.ts'
import { idTokenFault } from './id-token-fault.ts'
import { type AppSettings, manifestShape } from './manifest.ts'

const hash = z.string().regex(/^[0-9a-f]{64}$/)
const timeMs = z.number()
const scopes = z.array(z.string())

const app = z.object({
  appId: z.string(),
  clientId: z.string(),
  /** Null for a public client that was registered without a secret. */
  secretHash: hash.nullable(),
  /** What the app does follows from it; it holds no secret. */
  manifest: manifestShape,
  /** The two built-in apps keep their IDs from start to start. */
  role: z.enum(['registered', 'default', 'default-pkce']),
})
export type StoredApp = z.infer<typeof app>
/** An app with what its manifest says. */
export type PracticeApp = StoredApp & AppSettings

/**
 * What an app may do in one workspace as its bot, or as one person. Slack adds scopes up from one
 * authorization to the next. Source: slack-auth section 1 (docs: installing-with-oauth).
 */
const grant = z.object({
  id: z.string(),
  appId: z.string(),
  /** A workspace, or the organization (`E…`) after an org-wide install. */
  teamId: z.string(),
  /** `sign-in`: Sign in with Slack, which reads who somebody is and no more. */
  kind: z.enum(['bot', 'user', 'sign-in']),
  /** By the classic flow: its tokens never rotate. Source: slack-auth section 4. */
  isClassic: z.boolean(),
  /** The bot user, or the person. */
  userId: z.string(),
  /** Null for a person. */
  botId: z.string().nullable(),
  scopes,
})
export type Grant = z.infer<typeof grant>

const token = z.object({
  hash,
  grantId: z.string(),
  kind: z.enum(['access', 'refresh']),
  /** Tokens that came from one authorization by refreshing share a line. */
  line: z.string(),
  /** Came through a desktop redirect with PKCE: refreshed without a client secret. */
  isDesktop: z.boolean(),
  issuedAtMs: timeMs,
  /** Null for what never expires. */
  expiresAtMs: timeMs.nullable(),
  revokedAtMs: timeMs.nullable(),
  /** A refresh token's first use, or the exchange of a token that never expires. */
  usedAtMs: timeMs.nullable(),
})
export type StoredToken = z.infer<typeof token>

const code = z.object({
  hash,
  appId: z.string(),
  /** Its exchange alone takes the code. */
  flow: z.enum(OAUTH_FLOWS),
  /** As in a grant. */
  teamId: z.string(),
  userId: z.string(),
  botScopes: scopes,
  userScopes: scopes,
  /** Null when the authorize URL named none. */
  redirectUri: z.string().nullable(),
  challengeHash: hash.nullable(),
  /** Comes back in the ID token, so it is no secret; null without. */
  nonce: z.string().nullable(),
  /** Channel of the incoming webhook, where one was asked for. */
  channelId: z.string().nullable(),
  isDesktop: z.boolean(),
  issuedAtMs: timeMs,
  expiresAtMs: timeMs,
  isUsed: z.boolean(),
  /** Slack's code that the exchange answers with, as chosen on the consent page. */
  failsWith: z.string().nullable(),
  /** What is to be wrong with the ID token, as chosen there. */
  idTokenFault: idTokenFault.nullable(),
})
export type StoredCode = z.infer<typeof code>

const webhook = z.object({
  /** Of the whole path. */
  hash,
  appId: z.string(),
  teamId: z.string(),
})

/** An app configuration token with its refresh token. Source: slack-auth section 9. */
const configurationToken = z.object({
  hash,
  refreshHash: hash,
  teamId: z.string(),
  userId: z.string(),
  issuedAtMs: timeMs,
  expiresAtMs: timeMs,
  revokedAtMs: timeMs.nullable(),
  /** The refresh token works once. */
  isRotated: z.boolean(),
})
export type ConfigurationToken = z.infer<typeof configurationToken>

export const practiceState = z.object({
  version: z.literal(2),
  apps: z.array(app),
  grants: z.array(grant),
  tokens: z.array(token),
  codes: z.array(code),
  webhooks: z.array(webhook),
  configurationTokens: z.array(configurationToken),
})
export type PracticeState = z.infer<typeof practiceState>

/** Dead tokens are told apart from unknown ones for so long. */
const KEEP_DEAD_MS = 30 * 24 * 3600 * 1000

export function emptyState(): PracticeState {
  const none = { apps: [], grants: [], tokens: [], codes: [], webhooks: [] }
  return { version: 2, ...none, configurationTokens: [] }
}

/**
 * Forgets expired codes, tokens that died long ago, and grants of which nothing is left, so that the
 * file does not grow for ever.
 */
export function pruneState(state: PracticeState, nowMs: number): void {
  const keepFromMs = nowMs - KEEP_DEAD_MS
  state.codes = state.codes.filter((one) => one.expiresAtMs > nowMs)
  state.tokens = state.tokens.filter((one) => endMs(one) > keepFromMs)
  const used = new Set(state.tokens.map((one) => one.grantId))
  state.grants = state.grants.filter((one) => one.scopes.length > 0 || used.has(one.id))
  // An unused refresh token has no end: the pair stays until it was rotated or revoked.
  state.configurationTokens = state.configurationTokens.filter(
    (one) => (one.isRotated ? one.expiresAtMs : (one.revokedAtMs ?? Infinity)) > keepFromMs,
  )
}

/** When a token is dead: a refresh token without an end of its own dies by its use. */
function endMs(token: StoredToken): number {
  const deadMs = Math.min(token.expiresAtMs ?? Infinity, token.revokedAtMs ?? Infinity)
  return token.kind === 'refresh' ? Math.min(deadMs, token.usedAtMs ?? Infinity) : deadMs
}
