/**
 * Turns what Slack granted into an installation: new, or merged into the one that is there. One
 * installation is one Slack app in one workspace or organization of one environment; it keeps one
 * user token per authorizing user.
 */
import type { Secret } from '../platform/secret.ts'
import type { OAuthGrant } from '../slack/slack-api.ts'
import { credentialsOf } from './granted-credentials.ts'
import type { InstallationMeta } from './records.ts'
import type { SlackApp } from './slack-apps.ts'

/** Metadata and the sealed fields that belong to it. */
export interface Sealable {
  readonly meta: InstallationMeta
  readonly secrets: Readonly<Record<string, Secret | null>>
}

/** The installation that a grant makes by itself, before it is merged with an earlier one. */
export function installationOf(grant: OAuthGrant, app: SlackApp, nowMs: number): Sealable {
  const parts = credentialsOf(grant, { isPkce: app.strategy === 'pkce', nowMs })
  return {
    meta: {
      teamName: teamNameOf(grant),
      localName: null,
      note: '',
      ...placeOf(grant),
      teamDomain: null,
      enterpriseName: grant.enterprise?.name ?? null,
      environment: app.environment,
      slackAppId: app.id,
      appName: app.name,
      appId: grant.appId ?? app.appId,
      botUserId: grant.botUserId,
      credentials: parts.map((part) => part.meta),
      isOrgWide: grant.isEnterpriseInstall,
      orgTeams: [],
      history: [{ atMs: nowMs, what: 'authorized', addedScopes: [] }],
      source: 'authorized',
      createdAtMs: nowMs,
      updatedAtMs: nowMs,
      lastCheckedAtMs: null,
    },
    secrets: Object.assign({}, ...parts.map((part) => part.secrets)),
  }
}

/** Which workspace or organization was allowed. */
export type GrantedPlace = Pick<InstallationMeta, 'teamId' | 'enterpriseId'>

/** An org-wide install belongs to no workspace, even where an answer names one (slack-auth section 3). */
export function placeOf(grant: OAuthGrant): GrantedPlace {
  const isOrganization = grant.isEnterpriseInstall && grant.enterprise !== null
  return {
    teamId: isOrganization ? null : (grant.team?.id ?? null),
    enterpriseId: grant.enterprise?.id ?? null,
  }
}

function teamNameOf(grant: OAuthGrant): string {
  const { team, enterprise } = grant
  const names =
    placeOf(grant).teamId === null ? [enterprise?.name, enterprise?.id] : [team?.name, team?.id]
  return names.find(Boolean) ?? 'New workspace'
}
