import { useCallback } from 'react'
import type { InstallationView } from '../../../main/contract/views.ts'
import { useApi } from '../../app/api.ts'
import { useToasts } from '../../parts/toast.tsx'
import { isCheckable } from './credential-names.ts'
import { type RunningById, useRunning } from './use-running.ts'

/** "Check token" of each workspace. */
export function useChecks(): RunningById {
  const api = useApi()
  const { show } = useToasts()
  const onDone = useCallback(
    (installation: InstallationView) => show(checkedToast(installation)),
    [show],
  )
  return useRunning(api.call['workspaces/check'], onDone)
}

function checkedToast({ name, credentials }: InstallationView) {
  const count = credentials.filter(isCheckable).length
  const text = count === 1 ? 'Token works.' : `All ${count} tokens work.`
  return { text, detail: `${name}, checked now.` }
}
