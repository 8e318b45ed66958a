import { useCallback, useState } from 'react'
import type { Failure } from '../../../main/contract/errors.ts'
import type { InstallationView } from '../../../main/contract/views.ts'
import { useApi } from '../../app/api.ts'
import { useToasts } from '../../parts/toast.tsx'
import { isCheckable } from './credential-names.ts'

/** The check of one workspace: under way, or why the last one failed; gone after a good one. */
export type Check =
  | { readonly kind: 'checking' }
  | { readonly kind: 'failed'; readonly failure: Failure }

export interface Checks {
  readonly byId: ReadonlyMap<string, Check>
  readonly check: (installation: InstallationView) => void
}

/** Checks go on while the user looks at other workspaces; a failure stays until the next check. */
export function useChecks(): Checks {
  const api = useApi()
  const { show } = useToasts()
  const [byId, setById] = useState<ReadonlyMap<string, Check>>(new Map())

  const check = useCallback(
    async (installation: InstallationView) => {
      const { id } = installation
      setById((before) => new Map(before).set(id, { kind: 'checking' }))
      const result = await api.call['workspaces/check'](id)
      setById((before) => {
        const after = new Map(before)
        if (result.ok) after.delete(id)
        else after.set(id, { kind: 'failed', failure: result.failure })
        return after
      })
      if (result.ok) show(checkedToast(installation))
    },
    [api, show],
  )
  return { byId, check }
}

function checkedToast({ name, credentials }: InstallationView) {
  const count = credentials.filter(isCheckable).length
  const text = count === 1 ? 'Token works.' : `All ${count} tokens work.`
  return { text, detail: `${name}, checked now.` }
}
