/** One authorization of this run, from its start until it is put away. */
import type { AuthorizationView } from '../contract/views.ts'
import { toFailure } from '../errors.ts'
import type { PendingAuthorization } from '../oauth/authorizations.ts'
import { environmentView } from '../slack/environment.ts'
import type { OAuthGrant } from '../slack/slack-api.ts'
import { placeOf } from './grant.ts'
import type { Installation } from './installations.ts'
import type { SlackApp } from './slack-apps.ts'

/** What was wanted back, as it was at the start: the installation may be removed meanwhile. */
export interface Wanted {
  readonly id: string
  readonly name: string
  readonly teamId: string | null
  readonly enterpriseId: string | null
}

export interface AuthorizationEntry {
  readonly id: string
  readonly app: SlackApp
  readonly pending: PendingAuthorization
  readonly wanted: Wanted | null
  state: AuthorizationView['state']
}

/** What to compare Slack's answer with. */
export function wantedOf(installation: Installation): Wanted {
  const { id, localName, teamName, teamId, enterpriseId } = installation
  return { id, name: localName ?? teamName, teamId, enterpriseId }
}

/** Slack ignores the `team` parameter unless the user is signed in there: compare what came back. */
export function isWanted(wanted: Wanted, grant: OAuthGrant): boolean {
  const { teamId, enterpriseId } = placeOf(grant)
  if (wanted.teamId !== null) return wanted.teamId === teamId
  return teamId === null && wanted.enterpriseId === enterpriseId
}

/** What is known of an authorization here; whether the browser trusts the certificate is known elsewhere. */
export type AuthorizationFacts = Omit<AuthorizationView, 'isCertificateTrusted'>

/** The entry as the page may see it: the authorize URL, which holds the state, stays here. */
export function authorizationFacts(entry: AuthorizationEntry): AuthorizationFacts {
  const { browserFailure } = entry.pending
  return {
    id: entry.id,
    slackAppId: entry.app.id,
    slackAppName: entry.app.name,
    environment: environmentView(entry.app.environment),
    flow: entry.app.flow,
    strategy: entry.app.strategy,
    port: entry.pending.port,
    redirectUrl: entry.pending.redirectUri,
    wantedInstallationId: entry.wanted?.id ?? null,
    wantedName: entry.wanted?.name ?? null,
    browserFailure: browserFailure === null ? null : toFailure(browserFailure),
    startedAtMs: entry.pending.startedAtMs,
    expiresAtMs: entry.pending.expiresAtMs,
    state: entry.state,
  }
}
