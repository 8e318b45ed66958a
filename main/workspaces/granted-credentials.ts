/** The credentials that one grant makes, each with its sealed fields. */
import type { CredentialKind } from '../contract/views.ts'
import type { Secret } from '../platform/secret.ts'
import type { Granted, OAuthGrant, SignIn } from '../slack/slack-api.ts'
import { type CredentialMeta, refreshField } from './records.ts'

export interface CredentialPart {
  readonly meta: CredentialMeta
  readonly secrets: Readonly<Record<string, Secret | null>>
}

/** How the grant came. */
export interface GrantedBy {
  /** The app is a PKCE app, whose refresh tokens end by themselves. */
  readonly isPkce: boolean
  /** Epoch milliseconds. */
  readonly nowMs: number
}

/** Of every refresh token of a PKCE app. Source: slack-auth section 2 (docs: using PKCE). */
export const PKCE_REFRESH_LIFE_MS = 30 * 24 * 60 * 60 * 1000

/** One user token and one sign-in for each authorizing user, one webhook for each channel. */
export function credentialsOf(grant: OAuthGrant, by: GrantedBy): CredentialPart[] {
  const { bot, user, webhook, signIn, isClassic } = grant
  const parts: CredentialPart[] = []
  if (bot) parts.push(tokenPart('bot', 'bot', bot, by))
  if (user) {
    const userId = grant.authedUserId
    parts.push(withMeta(tokenPart(`user:${userId ?? 'unknown'}`, 'user', user, by), { userId }))
  }
  if (webhook) parts.push(webhookPart(webhook, by))
  if (signIn) parts.push(...signInParts(signIn, by))
  return parts.map((part) => withMeta(part, { isClassic }))
}

function withMeta(part: CredentialPart, change: Partial<CredentialMeta>): CredentialPart {
  return { ...part, meta: { ...part.meta, ...change } }
}

function tokenPart(
  id: string,
  kind: CredentialKind,
  granted: Granted,
  { isPkce, nowMs }: GrantedBy,
): CredentialPart {
  const rotates = granted.refreshToken !== null
  return {
    meta: {
      ...blankCredential(id, kind),
      scopes: [...granted.scopes],
      expiresAtMs: granted.expiresAtMs,
      rotates,
      refreshExpiresAtMs: rotates && isPkce ? nowMs + PKCE_REFRESH_LIFE_MS : null,
      grantedAtMs: nowMs,
      // Slack handed it over a moment ago: that is as good as a check.
      state: 'working',
      lastCheckedAtMs: nowMs,
    },
    secrets: { [id]: granted.token, [refreshField(id)]: granted.refreshToken },
  }
}

/** Each channel has a webhook of its own; authorizing for another channel adds one. */
function webhookPart(
  webhook: NonNullable<OAuthGrant['webhook']>,
  { nowMs }: GrantedBy,
): CredentialPart {
  const id = `webhook:${webhook.channelId}`
  const meta = { ...blankCredential(id, 'webhook'), grantedAtMs: nowMs }
  return {
    meta: { ...meta, channel: channelName(webhook.channel) },
    secrets: { [id]: webhook.url },
  }
}

function channelName(channel: string): string {
  return channel.startsWith('#') ? channel : `#${channel}`
}

/** The access token, and the ID token that was verified when it came. */
function signInParts(signIn: SignIn, by: GrantedBy): CredentialPart[] {
  const { userId, userName, email } = signIn
  const who = { userId, userName, userEmail: email }
  const id = `id-token:${userId}`
  const idToken: CredentialMeta = {
    ...blankCredential(id, 'id-token'),
    ...who,
    expiresAtMs: signIn.idTokenExpiresAtMs,
    grantedAtMs: by.nowMs,
    state: 'working',
    lastCheckedAtMs: by.nowMs,
  }
  return [
    withMeta(tokenPart(`sign-in:${userId}`, 'sign-in', signIn.token, by), who),
    { meta: idToken, secrets: { [id]: signIn.idToken } },
  ]
}

/** A credential of which nothing but its kind is known. */
export function blankCredential(id: string, kind: CredentialKind): CredentialMeta {
  return {
    id,
    kind,
    scopes: [],
    expiresAtMs: null,
    rotates: false,
    refreshExpiresAtMs: null,
    isClassic: false,
    grantedAtMs: null,
    userId: null,
    userName: null,
    userEmail: null,
    channel: null,
    state: 'unchecked',
    slackCode: null,
    lastCheckedAtMs: null,
    generation: 0,
    refresh: null,
  }
}
