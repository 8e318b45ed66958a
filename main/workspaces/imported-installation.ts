import { randomUUID } from 'node:crypto'
import type { CredentialKind, EnvironmentRef } from '../contract/views.ts'
import type { Secret } from '../platform/secret.ts'
import type { TokenInfo } from '../slack/slack-api.ts'
import { blankCredential, type Sealable, UNNAMED_APP } from './grant.ts'
import { type CredentialMeta, type InstallationMeta, refreshField } from './records.ts'

export interface ImportedSecret {
  readonly environment: EnvironmentRef
  readonly secret: Secret
  readonly kind: CredentialKind
  /** What Slack said of it; null where Slack cannot be asked or refused. */
  readonly info: TokenInfo | null
  /** The user's name for a workspace that Slack did not name. */
  readonly name: string | null
  readonly nowMs: number
}

/** The installation that one pasted secret makes; storing merges it with the one of that app and team. */
export function importedInstallation(imported: ImportedSecret): Sealable {
  const credential = importedCredential(imported)
  const { info, name, nowMs } = imported
  return {
    meta: {
      teamName: info?.teamName ?? name ?? 'Imported',
      localName: null,
      note: '',
      teamId: info?.teamId ?? null,
      teamDomain: info?.teamDomain ?? null,
      enterpriseId: info?.enterpriseId ?? null,
      enterpriseName: null,
      environment: imported.environment,
      slackAppId: null,
      appName: info?.appName ?? appNameOf(info),
      appId: info?.appId ?? appIdOfAppToken(imported),
      botUserId: info?.isBot ? info.userId : null,
      credentials: [credential],
      isOrgWide: info?.isEnterpriseInstall ?? false,
      orgTeams: [],
      history: [],
      source: 'imported',
      createdAtMs: nowMs,
      updatedAtMs: nowMs,
      lastCheckedAtMs: info === null ? null : nowMs,
    } satisfies InstallationMeta,
    // A refresh token of the token before would make others of that line.
    secrets: { [credential.id]: imported.secret, [refreshField(credential.id)]: null },
  }
}

function importedCredential(imported: ImportedSecret): CredentialMeta {
  const { info, kind, nowMs } = imported
  const blank = blankCredential(credentialId(imported), kind)
  if (info === null) return blank
  return {
    ...blank,
    scopes: [...info.scopes],
    expiresAtMs: info.expiresAtMs,
    userId: kind === 'user' ? info.userId : null,
    userName: kind === 'user' ? info.userName : null,
    state: 'working',
    lastCheckedAtMs: nowMs,
  }
}

/** The same names as an authorization gives, so that the one replaces the other. */
function credentialId({ kind, info }: ImportedSecret): string {
  if (kind === 'bot') return 'bot'
  if (kind === 'user') return `user:${info?.userId ?? randomUUID()}`
  return `${kind}:${randomUUID()}`
}

function appNameOf(info: TokenInfo | null): string {
  return info?.isBot && info.userName ? info.userName : UNNAMED_APP
}

/** An app-level token names its app: `xapp-1-A…-…` (slack-auth: token inventory). */
function appIdOfAppToken({ kind, secret }: ImportedSecret): string | null {
  if (kind !== 'app') return null
  return /^xapp-\d-([A-Z0-9]+)-/.exec(secret.expose())?.[1] ?? null
}
