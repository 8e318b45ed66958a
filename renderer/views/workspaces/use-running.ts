import { useCallback, useState } from 'react'
import type { Failure, Result } from '../../../main/contract/errors.ts'
import type { InstallationView } from '../../../main/contract/views.ts'

/** An act on one workspace: under way, or why the last one failed; gone after a good one. */
export type Running =
  | { readonly kind: 'running' }
  | { readonly kind: 'failed'; readonly failure: Failure }

export interface RunningById {
  readonly byId: ReadonlyMap<string, Running>
  /** Does nothing while it runs already for that workspace. */
  readonly run: (installation: InstallationView) => void
}

/**
 * Acts that go on while the user looks at other workspaces; a failure stays until the next try.
 *
 * @param call answers as main did; keep it the same between renders
 * @param onDone after a good answer; keep it the same between renders
 */
export function useRunning<T>(
  call: (id: string) => Promise<Result<T>>,
  onDone: (installation: InstallationView, value: T) => void,
): RunningById {
  const [byId, setById] = useState<ReadonlyMap<string, Running>>(new Map())
  const run = useCallback(
    async (installation: InstallationView) => {
      const { id } = installation
      setById((before) => new Map(before).set(id, { kind: 'running' }))
      const result = await call(id)
      setById((before) => {
        const after = new Map(before)
        if (result.ok) after.delete(id)
        else after.set(id, { kind: 'failed', failure: result.failure })
        return after
      })
      if (result.ok) onDone(installation, result.value)
    },
    [call, onDone],
  )
  return { byId, run }
}
