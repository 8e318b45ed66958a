import type { Handlers } from '../contract/api.ts'
import type { ExportDialog } from '../platform/dialogs.ts'
import type { Activity } from './activity.ts'

export interface ActivityHandlerOptions {
  readonly activity: Activity
  readonly dialogs: ExportDialog
  readonly homeDirectory: string
}

/** The part of the contract about Activity. */
export function activityHandlers({
  activity,
}: ActivityHandlerOptions): Pick<Handlers, 'activity/list' | 'activity/export'> {
  return {
    'activity/list': () => activity.list(),
    'activity/export': () => {
      throw new Error('not built')
    },
  }
}
