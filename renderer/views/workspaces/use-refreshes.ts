import { useCallback } from 'react'
import type { CallValue } from '../../../main/contract/calls.ts'
import type { InstallationView } from '../../../main/contract/views.ts'
import { useApi } from '../../app/api.ts'
import { useToasts } from '../../parts/toast.tsx'
import { type RunningById, useRunning } from './use-running.ts'

/** "Refresh now" of each workspace: every token that rotates. */
export function useRefreshes(): RunningById {
  const api = useApi()
  const { show } = useToasts()
  const onDone = useCallback(
    ({ name }: InstallationView, { refreshed }: CallValue<'workspaces/refresh'>) =>
      show({ text: 'Refreshed.', detail: `${name}, ${newTokens(refreshed)}.` }),
    [show],
  )
  return useRunning(api.call['workspaces/refresh'], onDone)
}

function newTokens(count: number): string {
  return count === 1 ? '1 new token' : `${count} new tokens`
}
