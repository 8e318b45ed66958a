/**
 * Turns what Slack granted into an installation: new, or merged into the one that is there. One
 * installation is one Slack app in one workspace or organization of one environment; it keeps one
 * user token per authorizing user.
 */
import type { CredentialKind } from '../contract/views.ts'
import type { Secret } from '../platform/secret.ts'
import type { Granted, OAuthGrant } from '../slack/slack-api.ts'
import { type CredentialMeta, type InstallationMeta, refreshField } from './records.ts'
import type { SlackApp } from './slack-apps.ts'

/** Metadata and the sealed fields that belong to it. */
export interface Sealable {
  readonly meta: InstallationMeta
  readonly secrets: Readonly<Record<string, Secret | null>>
}

/** The installation that a grant makes by itself, before it is merged with an earlier one. */
export function installationOf(grant: OAuthGrant, app: SlackApp, nowMs: number): Sealable {
  const parts = credentialsOf(grant, nowMs)
  return {
    meta: {
      teamName: grant.team?.name ?? grant.enterprise?.name ?? grant.team?.id ?? 'New workspace',
      localName: null,
      note: '',
      teamId: grant.team?.id ?? null,
      teamDomain: null,
      enterpriseId: grant.enterprise?.id ?? null,
      enterpriseName: grant.enterprise?.name ?? null,
      environment: app.environment,
      slackAppId: app.id,
      appName: app.name,
      appId: grant.appId,
      botUserId: grant.botUserId,
      credentials: parts.map((part) => part.meta),
      isOrgWide: grant.isEnterpriseInstall,
      orgTeams: [],
      history: [],
      source: 'authorized',
      createdAtMs: nowMs,
      updatedAtMs: nowMs,
      lastCheckedAtMs: null,
    },
    secrets: Object.assign({}, ...parts.map((part) => part.secrets)),
  }
}

interface CredentialPart {
  readonly meta: CredentialMeta
  readonly secrets: Readonly<Record<string, Secret | null>>
}

function credentialsOf(grant: OAuthGrant, nowMs: number): CredentialPart[] {
  const parts: CredentialPart[] = []
  if (grant.bot) parts.push(tokenPart('bot', 'bot', grant.bot, null, nowMs))
  if (grant.user) {
    const userId = grant.authedUserId
    parts.push(tokenPart(`user:${userId ?? 'unknown'}`, 'user', grant.user, userId, nowMs))
  }
  if (grant.webhook) parts.push(webhookPart(grant.webhook))
  return parts
}

function tokenPart(
  id: string,
  kind: CredentialKind,
  granted: Granted,
  userId: string | null,
  nowMs: number,
): CredentialPart {
  return {
    meta: {
      ...blankCredential(id, kind),
      scopes: [...granted.scopes],
      expiresAtMs: granted.expiresAtMs,
      rotates: granted.refreshToken !== null,
      userId,
      // Slack handed it over a moment ago: that is as good as a check.
      state: 'working',
      lastCheckedAtMs: nowMs,
    },
    secrets: { [id]: granted.token, [refreshField(id)]: granted.refreshToken },
  }
}

/** Each channel has a webhook of its own; authorizing for another channel adds one. */
function webhookPart(webhook: NonNullable<OAuthGrant['webhook']>): CredentialPart {
  const id = `webhook:${webhook.channelId}`
  return {
    meta: { ...blankCredential(id, 'webhook'), channel: channelName(webhook.channel) },
    secrets: { [id]: webhook.url },
  }
}

function channelName(channel: string): string {
  return channel.startsWith('#') ? channel : `#${channel}`
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
    userId: null,
    userName: null,
    userEmail: null,
    channel: null,
    state: 'unchecked',
    slackCode: null,
    lastCheckedAtMs: null,
  }
}

/**
 * The earlier installation brought up to date: what came anew replaces its namesake, the rest stays,
 * and so do the user's own name and note.
 */
export function mergeInstallation(
  before: InstallationMeta,
  now: InstallationMeta,
): InstallationMeta {
  return {
    ...now,
    appName: isNameKnown(before, now) ? before.appName : now.appName,
    enterpriseName: now.enterpriseName ?? before.enterpriseName,
    localName: before.localName,
    note: before.note,
    teamDomain: now.teamDomain ?? before.teamDomain,
    botUserId: now.botUserId ?? before.botUserId,
    appId: now.appId ?? before.appId,
    slackAppId: now.slackAppId ?? before.slackAppId,
    source: before.source === 'authorized' ? 'authorized' : now.source,
    credentials: mergeCredentials(before.credentials, now.credentials),
    createdAtMs: before.createdAtMs,
  }
}

/** What an app is called whose token does not tell. */
export const UNNAMED_APP = 'Unnamed app'

/** An imported token tells the app's name rarely, and never better than the Slack app's entry. */
function isNameKnown(before: InstallationMeta, now: InstallationMeta): boolean {
  if (now.slackAppId !== null) return false
  return before.slackAppId !== null || now.appName === UNNAMED_APP
}

function mergeCredentials(
  before: readonly CredentialMeta[],
  now: readonly CredentialMeta[],
): CredentialMeta[] {
  const fresh = new Map(now.map((credential) => [credential.id, credential]))
  const kept = before.map((credential) => {
    const newer = fresh.get(credential.id)
    fresh.delete(credential.id)
    return newer ? { ...newer, userName: newer.userName ?? credential.userName } : credential
  })
  return sortCredentials([...kept, ...fresh.values()])
}

const ORDER: readonly CredentialKind[] = ['bot', 'user', 'app', 'webhook']

function sortCredentials(credentials: readonly CredentialMeta[]): CredentialMeta[] {
  return [...credentials].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))
}
