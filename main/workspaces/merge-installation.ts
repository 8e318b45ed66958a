/** Brings an installation that is here up to date with what came anew. */
import { type CredentialKind, credentialKind, type InstallationEvent } from '../contract/views.ts'
import type { CredentialMeta, InstallationMeta } from './records.ts'

/** What an app is called whose token does not tell. */
export const UNNAMED_APP = 'Unnamed app'

/** Events kept of one installation. */
export const HISTORY_LENGTH = 50

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
    teamName: hasTeamName(now) ? now.teamName : before.teamName,
    appName: isNameKnown(before, now) ? before.appName : now.appName,
    enterpriseId: now.enterpriseId ?? before.enterpriseId,
    enterpriseName: now.enterpriseName ?? before.enterpriseName,
    localName: before.localName,
    note: before.note,
    teamDomain: now.teamDomain ?? before.teamDomain,
    botUserId: now.botUserId ?? before.botUserId,
    appId: now.appId ?? before.appId,
    slackAppId: entryOf(before, now),
    isOrgWide: now.isOrgWide || before.isOrgWide,
    orgTeams: before.orgTeams,
    source: before.source === 'authorized' ? 'authorized' : now.source,
    credentials: mergeCredentials(before.credentials, now.credentials),
    history: withEvent(before.history, eventOf(before, now)),
    createdAtMs: before.createdAtMs,
    lastCheckedAtMs: now.lastCheckedAtMs ?? before.lastCheckedAtMs,
  }
}

/** Signing in has a Slack app entry of its own; the other one goes on installing the app. */
function entryOf(before: InstallationMeta, now: InstallationMeta): string | null {
  return isSignIn(now)
    ? (before.slackAppId ?? now.slackAppId)
    : (now.slackAppId ?? before.slackAppId)
}

function isSignIn({ credentials }: InstallationMeta): boolean {
  return credentials.length > 0 && credentials.every(({ kind }) => SIGN_IN_KINDS.has(kind))
}

const SIGN_IN_KINDS: ReadonlySet<CredentialKind> = new Set(['sign-in', 'id-token'])

/** The history with one more event, without the oldest where that makes too many. */
export function withEvent(
  history: readonly InstallationEvent[],
  event: InstallationEvent,
): InstallationEvent[] {
  return [...history, event].slice(-HISTORY_LENGTH)
}

function eventOf(before: InstallationMeta, now: InstallationMeta): InstallationEvent {
  const authorized = before.source === 'authorized' ? 'reinstalled' : 'authorized'
  return {
    atMs: now.updatedAtMs,
    what: now.source === 'imported' ? 'imported' : authorized,
    addedScopes: addedScopes(before, now),
  }
}

/** A bot and a user may hold a scope of the same name: each side is compared with its own. */
function addedScopes(before: InstallationMeta, now: InstallationMeta): string[] {
  const added = now.credentials.flatMap(({ kind, scopes }) => {
    const same = before.credentials.filter((credential) => credential.kind === kind)
    const had = new Set(same.flatMap((credential) => credential.scopes))
    return scopes.filter((scope) => !had.has(scope))
  })
  return [...new Set(added)]
}

/** Signing in tells a workspace's name only to who asked for the profile. */
function hasTeamName({ teamName, teamId, enterpriseId }: InstallationMeta): boolean {
  return teamName !== (teamId ?? enterpriseId)
}

/** An imported token tells the app's name rarely, and never better than the Slack app's entry. */
function isNameKnown(before: InstallationMeta, now: InstallationMeta): boolean {
  if (now.slackAppId !== null) return entryOf(before, now) !== now.slackAppId
  return before.slackAppId !== null || now.appName === UNNAMED_APP
}

/** The new credentials in place of their namesakes. */
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

/** By kind, in the order of the contract. */
export function sortCredentials(credentials: readonly CredentialMeta[]): CredentialMeta[] {
  const order = credentialKind.options
  return [...credentials].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
}
