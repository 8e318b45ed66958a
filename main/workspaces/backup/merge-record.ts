/** Brings one installation that is here up to date with the same one of a backup. */
import type { Secret } from '../../platform/secret.ts'
import { mergeInstallation } from '../merge-installation.ts'
import {
  type CredentialMeta,
  type InstallationMeta,
  previousField,
  previousRefreshField,
  refreshField,
} from '../records.ts'
import type { KeptRecord } from './content.ts'
import { mergeHistory } from './merge-history.ts'
import type { RestoreTimes } from './restore-plan.ts'

type KeptInstallation = KeptRecord<InstallationMeta>

/** As it is to be put, with the sealed fields that change: null drops one. */
export interface MergedRecord extends KeptInstallation {
  readonly changed: ReadonlyMap<string, Secret | null>
}

export interface Merged {
  readonly record: MergedRecord
  /** Credentials that come from the backup. */
  readonly stored: readonly CredentialMeta[]
}

/**
 * @param before as it is here; null where it is not
 * @param one of the backup, its Slack app named as here
 */
export function mergeRecord(
  before: (KeptInstallation & { readonly changed?: MergedRecord['changed'] }) | null,
  one: KeptInstallation,
  times: RestoreTimes,
): Merged {
  if (before === null) {
    return { record: { ...one, changed: one.secrets }, stored: one.meta.credentials }
  }
  const taken = one.meta.credentials.filter((credential) =>
    isWanted(before, one, credential, times),
  )
  const stored = taken.map((credential) => asNext(before.meta, credential))
  const changed = new Map(before.changed)
  const secrets = new Map(before.secrets)
  for (const [field, secret] of taken.flatMap(({ id }) => fieldsOf(one, id))) {
    changed.set(field, secret)
    if (secret === null) secrets.delete(field)
    else secrets.set(field, secret)
  }
  const meta = mergedMeta(before.meta, one.meta, stored)
  return { record: { id: before.id, meta, secrets, changed }, stored }
}

/** Whether the installation that is here has this very token already, under whatever name. */
export function holdsToken(
  here: KeptInstallation,
  one: KeptInstallation,
  { id, kind }: CredentialMeta,
): boolean {
  const token = one.secrets.get(id)?.expose()
  return here.meta.credentials.some(
    (other) => other.kind === kind && here.secrets.get(other.id)?.expose() === token,
  )
}

/** What is missing here, or was got from Slack later than what is here. In doubt nothing is replaced. */
function isWanted(
  before: KeptInstallation,
  one: KeptInstallation,
  credential: CredentialMeta,
  { createdAtMs, nowMs }: RestoreTimes,
): boolean {
  if (holdsToken(before, one, credential)) return false
  const here = before.meta.credentials.find(({ id }) => id === credential.id)
  if (here === undefined || !before.secrets.has(here.id)) return true
  if (isDead(credential)) return false
  const hereMs = gotAtMs(here)
  // Nothing in a backup is newer than the backup, whatever stands in it.
  return hereMs > 0 && Math.min(gotAtMs(credential), createdAtMs, nowMs) > hereMs
}

function isDead({ state, refresh }: CredentialMeta): boolean {
  return state === 'revoked' || refresh?.isDead === true
}

/** When Slack gave this token out, epoch milliseconds; 0 where nobody knows. */
function gotAtMs({ grantedAtMs, refresh }: CredentialMeta): number {
  return Math.max(grantedAtMs ?? 0, refresh?.lastRefreshedAtMs ?? 0)
}

/** Its secret becomes another than the one that is here: who follows it has to hear of it. */
function asNext({ credentials }: InstallationMeta, credential: CredentialMeta): CredentialMeta {
  const here = credentials.find(({ id }) => id === credential.id)
  if (here === undefined) return credential
  return { ...credential, generation: Math.max(here.generation, credential.generation) + 1 }
}

/** Of one credential. A refresh token and a pair of before would belong to the token that goes. */
function fieldsOf({ secrets }: KeptInstallation, id: string): [string, Secret | null][] {
  const rest = [refreshField(id), previousField(id), previousRefreshField(id)]
  return [id, ...rest].map((field) => [field, secrets.get(field) ?? null])
}

/** What was learned last counts; what only one of them knows is kept. */
function mergedMeta(
  here: InstallationMeta,
  one: InstallationMeta,
  stored: readonly CredentialMeta[],
): InstallationMeta {
  const latest = one.updatedAtMs > here.updatedAtMs ? one : filledUp(here, one)
  const merged = mergeInstallation(here, { ...latest, credentials: [...stored] })
  return {
    ...merged,
    teamId: here.teamId ?? one.teamId,
    localName: here.localName ?? one.localName,
    note: here.note === '' ? one.note : here.note,
    orgTeams: here.orgTeams.length > 0 ? here.orgTeams : one.orgTeams,
    history: mergeHistory(here.history, one.history),
    source: here.source === 'authorized' ? 'authorized' : one.source,
    updatedAtMs: Math.max(here.updatedAtMs, one.updatedAtMs),
    lastCheckedAtMs: here.lastCheckedAtMs,
  }
}

function filledUp(here: InstallationMeta, one: InstallationMeta): InstallationMeta {
  return {
    ...here,
    teamId: here.teamId ?? one.teamId,
    teamDomain: here.teamDomain ?? one.teamDomain,
    enterpriseId: here.enterpriseId ?? one.enterpriseId,
    enterpriseName: here.enterpriseName ?? one.enterpriseName,
    slackAppId: here.slackAppId ?? one.slackAppId,
    appId: here.appId ?? one.appId,
    botUserId: here.botUserId ?? one.botUserId,
  }
}
