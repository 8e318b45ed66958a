import { useCallback } from 'react'
import type { ActivityEntry } from '../../../main/contract/views.ts'
import { useApi } from '../../app/api.ts'
import { type Act, useCall } from '../../app/use-call.ts'
import { useToasts } from '../../parts/toast.tsx'
import { counted } from '../workspaces/list/use-check-all.ts'

export interface Export extends Act {
  readonly begin: () => Promise<void>
}

/** Exports what the list shows, oldest first as in any log; main asks where to. */
export function useExport(shown: readonly ActivityEntry[]): Export {
  const api = useApi()
  const toasts = useToasts()
  const act = useCall()
  const { run } = act
  const begin = useCallback(async () => {
    const ids = shown.map(({ id }) => id).toReversed()
    const done = await run(() => api.call['activity/export'](ids))
    if (!done) return
    const what = done.count === 1 ? '1 entry' : `${counted(done.count)} entries`
    toasts.show({ text: `${what} exported to ${done.displayPath}.` })
  }, [api, run, shown, toasts])
  return { ...act, begin }
}
