import type { Activity } from '../activity/activity.ts'
import type { ActivityEntry } from '../contract/views.ts'

export interface SendActivityOptions {
  readonly activity: Pick<Activity, 'listen'>
  readonly isOpen: () => boolean
  readonly send: (entries: ActivityEntry[]) => void
}

/**
 * Tells the page of entries that came. They name workspaces, so a locked page gets none; it asks for
 * the whole list once it is open again. Returns the function that ends it.
 */
export function sendActivity({ activity, isOpen, send }: SendActivityOptions): () => void {
  return activity.listen((entries) => {
    if (isOpen()) send([...entries])
  })
}
