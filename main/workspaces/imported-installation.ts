import type { EnvironmentRef } from '../contract/views.ts'
import type { TokenInfo } from '../slack/slack-api.ts'
import type { Sealable } from './grant.ts'
import {
  type HeldCredentials,
  type ImportedSecret,
  importedCredentials,
} from './imported-credentials.ts'
import { UNNAMED_APP } from './merge-installation.ts'
import type { InstallationMeta } from './records.ts'

export interface ImportedSecrets {
  readonly environment: EnvironmentRef
  /** Of one Slack app in one workspace; not empty. */
  readonly secrets: readonly ImportedSecret[]
  /** The user's name for a workspace that Slack did not name. */
  readonly name: string | null
  readonly held: HeldCredentials
  readonly nowMs: number
}

/** The installation that these secrets make; storing merges it with the one of that app and team. */
export function importedInstallation(imported: ImportedSecrets): Sealable {
  const { environment, name, nowMs } = imported
  const info = imported.secrets.find((one) => one.info !== null)?.info ?? null
  const { credentials, secrets } = importedCredentials(imported.secrets, imported.held, nowMs)
  const meta: InstallationMeta = {
    teamName: info?.teamName ?? name ?? 'Imported',
    localName: null,
    note: '',
    teamId: info?.teamId ?? null,
    teamDomain: info?.teamDomain ?? null,
    enterpriseId: info?.enterpriseId ?? null,
    enterpriseName: null,
    environment,
    slackAppId: null,
    appName: appNameOf(imported.secrets),
    appId: info?.appId ?? appIdOfAppToken(imported.secrets),
    botUserId: botUserIdOf(imported.secrets),
    credentials,
    isOrgWide: info?.isEnterpriseInstall ?? false,
    orgTeams: [],
    history: [{ atMs: nowMs, what: 'imported', addedScopes: [] }],
    source: 'imported',
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
    lastCheckedAtMs: info === null ? null : nowMs,
  }
  return { meta, secrets }
}

/** The same secrets for an installation that is here: they tell nothing of its workspace. */
export function importedInto(
  before: InstallationMeta,
  imported: Omit<ImportedSecrets, 'name' | 'environment'>,
): Sealable {
  const { nowMs } = imported
  const { credentials, secrets } = importedCredentials(imported.secrets, imported.held, nowMs)
  const meta = { ...before, credentials, source: 'imported' as const, updatedAtMs: nowMs }
  return { meta, secrets }
}

function appNameOf(secrets: readonly ImportedSecret[]): string {
  const infos = infosOf(secrets)
  const named = infos.find((info) => info.appName !== null)?.appName
  const bot = infos.find((info) => info.isBot && info.userName !== null)?.userName
  return named ?? bot ?? UNNAMED_APP
}

function botUserIdOf(secrets: readonly ImportedSecret[]): string | null {
  return infosOf(secrets).find((info) => info.isBot)?.userId ?? null
}

function infosOf(secrets: readonly ImportedSecret[]): TokenInfo[] {
  return secrets.flatMap(({ info }) => (info === null ? [] : [info]))
}

/** An app-level token names its app: `xapp-1-A…-…` (slack-auth: token inventory). */
function appIdOfAppToken(secrets: readonly ImportedSecret[]): string | null {
  const token = secrets.find(({ kind }) => kind === 'app')?.secret.expose() ?? ''
  return /^xapp-\d-([A-Z0-9]+)-/.exec(token)?.[1] ?? null
}
