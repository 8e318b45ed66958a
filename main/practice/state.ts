/** What the practice Slack remembers. Every secret is there as its SHA-256 alone. */
import * as z from 'zod'

const hash = z.string().regex(/^[0-9a-f]{64}$/)
const timeMs = z.number()
const scopes = z.array(z.string())

const app = z.object({
  appId: z.string(),
  clientId: z.string(),
  /** Null for a public client: a PKCE app. */
  secretHash: hash.nullable(),
  name: z.string(),
  redirectUrls: z.array(z.string()),
  pkce: z.boolean(),
  tokenRotation: z.boolean(),
  /** As saved in the app's settings; empty lists say nothing. */
  botScopes: scopes,
  userScopes: scopes,
  /** The two built-in apps keep their IDs from start to start. */
  role: z.enum(['registered', 'default', 'default-pkce']),
})
export type PracticeApp = z.infer<typeof app>

/**
 * What an app may do in one workspace as its bot, or as one person. Slack adds scopes up from one
 * authorization to the next. Source: slack-auth section 1 (docs: installing-with-oauth).
 */
const grant = z.object({
  id: z.string(),
  appId: z.string(),
  teamId: z.string(),
  kind: z.enum(['bot', 'user']),
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
  /** A refresh token's first use. */
  usedAtMs: timeMs.nullable(),
})
export type StoredToken = z.infer<typeof token>

const code = z.object({
  hash,
  appId: z.string(),
  teamId: z.string(),
  userId: z.string(),
  botScopes: scopes,
  userScopes: scopes,
  /** Null when the authorize URL named none. */
  redirectUri: z.string().nullable(),
  challengeHash: hash.nullable(),
  /** Channel of the incoming webhook, where one was asked for. */
  channelId: z.string().nullable(),
  isDesktop: z.boolean(),
  expiresAtMs: timeMs,
  isUsed: z.boolean(),
  /** Slack's code that the exchange answers with, as chosen on the consent page. */
  failsWith: z.string().nullable(),
})
export type StoredCode = z.infer<typeof code>

const webhook = z.object({
  /** Of the whole path. */
  hash,
  appId: z.string(),
  teamId: z.string(),
  isRevoked: z.boolean(),
})

export const practiceState = z.object({
  version: z.literal(1),
  apps: z.array(app),
  grants: z.array(grant),
  tokens: z.array(token),
  codes: z.array(code),
  webhooks: z.array(webhook),
})
export type PracticeState = z.infer<typeof practiceState>

/** Dead tokens are told apart from unknown ones for so long. */
const KEEP_DEAD_MS = 30 * 24 * 3600 * 1000

export function emptyState(): PracticeState {
  return { version: 1, apps: [], grants: [], tokens: [], codes: [], webhooks: [] }
}

/** Forgets expired codes and tokens that died long ago, so that the file does not grow for ever. */
export function pruneState(state: PracticeState, nowMs: number): void {
  state.codes = state.codes.filter((one) => one.expiresAtMs > nowMs)
  state.tokens = state.tokens.filter((one) => {
    const deadMs = Math.min(one.expiresAtMs ?? Infinity, one.revokedAtMs ?? Infinity)
    // A refresh token without an end of its own dies by its use.
    const endMs = one.kind === 'refresh' ? Math.min(deadMs, one.usedAtMs ?? Infinity) : deadMs
    return endMs + KEEP_DEAD_MS > nowMs
  })
}
