import { AppError } from '../../errors.ts'
import { environmentView, sameEnvironment } from '../../slack/environment.ts'
import type { RecordChange } from '../../vault/vault.ts'
import { SLACK_APP, type SlackAppMeta } from '../records.ts'
import { refuseSharedAddress, type WayBack } from '../shared-address.ts'
import type { KeptRecord } from './content.ts'
import { BackupDamaged } from './errors.ts'
import { type Here, hasIdOf } from './here.ts'
import type { Planned } from './restore-plan.ts'

type KeptApp = KeptRecord<SlackAppMeta>

export interface PlannedSlackApps extends Planned {
  /** From the IDs of the backup to those here. */
  readonly ids: ReadonlyMap<string, string>
}

/** The entries that are here stay as they are; secrets that they lack are filled in. */
export function planSlackApps(apps: readonly KeptApp[], here: Here): PlannedSlackApps {
  const ids = new Map<string, string>()
  const put = new Map<string, RecordChange>()
  const others: WayBack[] = here.slackApps.map(({ meta }) => meta)
  const rows = apps.map((app, index) => {
    const same = findSame(app, here.slackApps)
    const id = same?.id ?? here.newId(app.id)
    ids.set(app.id, id)
    const filled = put.get(id)?.secrets ?? {}
    const stored = [...app.secrets].filter(
      ([field]) => !same?.secrets.has(field) && !Object.hasOwn(filled, field),
    )
    const meta = same?.meta ?? withSafeAddress(app.meta, others)
    if (same === null) others.push(meta)
    if (same === null || stored.length > 0) {
      const secrets = { ...filled, ...Object.fromEntries(stored) }
      put.set(id, { id, kind: SLACK_APP, meta, secrets })
    }
    return {
      id: `slack-app:${index}`,
      of: 'slack-app' as const,
      name: app.meta.name,
      detail: app.meta.clientId,
      environment: environmentView(app.meta.environment),
      action: actionOf(same === null, stored.length),
      credentialCount: app.secrets.size,
      storedCount: stored.length,
      staleCount: 0,
    }
  })
  return { ids, put: [...put.values()], rows }
}

/** What a row says of an entry. */
export function actionOf(isNew: boolean, storedCount: number): 'new' | 'update' | 'keep' {
  if (isNew) return 'new'
  return storedCount > 0 ? 'update' : 'keep'
}

/** One client may have two entries: signing in has one of its own. */
function findSame(app: KeptApp, here: readonly KeptApp[]): KeptApp | null {
  const same = here.filter(({ meta }) => isSameClient(meta, app.meta))
  return same.find((other) => hasIdOf(other, app)) ?? same[0] ?? null
}

function isSameClient(a: SlackAppMeta, b: SlackAppMeta): boolean {
  return (
    a.clientId === b.clientId && a.flow === b.flow && sameEnvironment(a.environment, b.environment)
  )
}

/**
 * An address that another Slack's app has already is not taken over from a backup: the answers of the
 * two could be mixed up. The entry comes with our own address then, and the user can change it.
 *
 * @throws BackupDamaged
 */
function withSafeAddress(meta: SlackAppMeta, others: readonly WayBack[]): SlackAppMeta {
  if (isSafe(meta, others)) return meta
  const ours: SlackAppMeta = { ...meta, strategy: 'https', redirectUrl: null }
  if (!isSafe(ours, others)) throw new BackupDamaged('an address of another Slack')
  return ours
}

function isSafe(meta: SlackAppMeta, others: readonly WayBack[]): boolean {
  try {
    refuseSharedAddress(meta, others)
    return true
  } catch (thrown) {
    if (thrown instanceof AppError) return false
    throw thrown
  }
}
