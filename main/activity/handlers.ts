import { join } from 'node:path'
import type { Handlers } from '../contract/api.ts'
import type { Clock } from '../platform/clock.ts'
import type { ExportDialog } from '../platform/dialogs.ts'
import { displayPath } from '../platform/display-path.ts'
import type { Activity } from './activity.ts'
import { exportEntries } from './export-entries.ts'

export interface ActivityHandlerOptions {
  readonly activity: Activity
  readonly dialogs: ExportDialog
  readonly homeDirectory: string
  readonly clock: Clock
  /** @throws VaultLocked: entries name workspaces, which a locked app shows to nobody */
  readonly requireUnlocked: () => void
}

/** The part of the contract about Activity. */
export function activityHandlers(
  options: ActivityHandlerOptions,
): Pick<Handlers, 'activity/list' | 'activity/export'> {
  const { activity, dialogs, homeDirectory, requireUnlocked } = options
  return {
    'activity/list'() {
      requireUnlocked()
      return activity.list()
    },
    async 'activity/export'(ids) {
      requireUnlocked()
      const path = await dialogs.chooseExportTarget(join(homeDirectory, fileName(options.clock)))
      if (path === null) return null
      // It may have been locked while the dialog was open.
      requireUnlocked()
      const byId = new Map(activity.list().map((entry) => [entry.id, entry]))
      const entries = ids.flatMap((id) => byId.get(id) ?? [])
      await exportEntries(path, entries)
      return { displayPath: displayPath(path, homeDirectory), count: entries.length }
    },
  }
}

function fileName(clock: Clock): string {
  return `token-desk-activity-${new Date(clock.now()).toISOString().slice(0, 10)}.jsonl`
}
