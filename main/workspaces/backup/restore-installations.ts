import type { RestoreRow } from '../../contract/views.ts'
import { environmentView, sameEnvironment } from '../../slack/environment.ts'
import { INSTALLATION, type InstallationMeta } from '../records.ts'
import { isSameInstallation } from '../same-installation.ts'
import type { KeptRecord } from './content.ts'
import { type Here, hasIdOf } from './here.ts'
import { holdsToken, type MergedRecord, mergeRecord } from './merge-record.ts'
import type { Planned, RestoreTimes } from './restore-plan.ts'
import { actionOf } from './restore-slack-apps.ts'

type KeptInstallation = KeptRecord<InstallationMeta>

export interface InstallationPlanOptions extends RestoreTimes {
  /** From the Slack apps' IDs of the backup to those here. */
  readonly slackAppIds: ReadonlyMap<string, string>
}

/** Merges each into the installation that is here; those that are not come as they are. */
export function planInstallations(
  kept: readonly KeptInstallation[],
  here: Here,
  options: InstallationPlanOptions,
): Planned {
  // By ID, as they are after what was merged so far: two of the backup may be one here.
  const merged = new Map<string, MergedRecord>()
  const rows = kept.map((original, index): RestoreRow => {
    const one = rewired(original, options.slackAppIds)
    const same = findSame(one, here.installations)
    const id = same?.id ?? here.newId(one.id)
    const before = merged.get(id) ?? same
    const result = mergeRecord(before, one, options)
    if (before === null || result.stored.length > 0) merged.set(id, result.record)
    return {
      id: `installation:${index}`,
      of: 'installation',
      name: one.meta.localName ?? one.meta.teamName,
      detail: one.meta.teamId ?? one.meta.enterpriseId ?? '',
      environment: environmentView(one.meta.environment),
      action: actionOf(same === null, result.stored.length),
      credentialCount: one.meta.credentials.length,
      storedCount: result.stored.length,
      // Each use of a refresh token makes another one, and the backup cannot know of it.
      staleCount: result.stored.filter(({ rotates }) => rotates).length,
    }
  })
  const put = [...merged].map(([id, { meta, changed }]) => ({
    ...{ id, kind: INSTALLATION, meta },
    secrets: Object.fromEntries(changed),
  }))
  return { put, rows }
}

/** An app that the backup does not have is none that is known here by its ID. */
function rewired(
  one: KeptInstallation,
  slackAppIds: ReadonlyMap<string, string>,
): KeptInstallation {
  const { slackAppId } = one.meta
  const known = slackAppId === null ? null : (slackAppIds.get(slackAppId) ?? null)
  return { ...one, meta: { ...one.meta, slackAppId: known } }
}

/** By its ID where it is the same place, else by app and team, else by a token that both have. */
function findSame(
  one: KeptInstallation,
  here: readonly KeptInstallation[],
): KeptInstallation | null {
  const { meta } = one
  return (
    here.find((other) => hasIdOf(other, one) && isSamePlace(other.meta, meta)) ??
    here.find((other) => isSameInstallation(other.meta, meta)) ??
    here.find((other) => isSamePlace(other.meta, meta) && sharesToken(other, one)) ??
    null
  )
}

/** A record without a name may have learned it since. */
function isSamePlace(a: InstallationMeta, b: InstallationMeta): boolean {
  const agree = (one: string | null, other: string | null) =>
    one === null || other === null || one === other
  return (
    sameEnvironment(a.environment, b.environment) &&
    agree(a.teamId, b.teamId) &&
    agree(a.enterpriseId, b.enterpriseId) &&
    agree(a.appId, b.appId)
  )
}

function sharesToken(here: KeptInstallation, one: KeptInstallation): boolean {
  return one.meta.credentials.some((credential) => holdsToken(here, one, credential))
}
