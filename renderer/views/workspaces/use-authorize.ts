import { useCallback, useState } from 'react'
import type { Failure } from '../../../main/contract/errors.ts'
import { useApi } from '../../app/api.ts'
import { useNavigation } from '../../app/navigation.ts'
import { useCall } from '../../app/use-call.ts'
import { onRemedyOf, type RemedyActs, useSlackAppActs } from './remedy-acts.ts'

export interface Authorize {
  readonly isBusy: boolean
  readonly failure: Failure | null
  readonly onRemedy: (() => void) | undefined
  /** Begins with that app, for a new workspace or for the one that is wanted back; then shows it wait. */
  readonly begin: (slackAppId: string, wantedInstallationId: string | null) => Promise<void>
  readonly forget: () => void
}

const LISTENING = 'workspaces/authorize'
const BY_PASTE = 'workspaces/authorize-by-paste'
type BeginCall = typeof LISTENING | typeof BY_PASTE

/** "Authorize workspace" and "Authorize again". Where no port is free, the address can be pasted. */
export function useAuthorize(): Authorize {
  const api = useApi()
  const { go } = useNavigation()
  const { run, isBusy, failure, forget } = useCall()
  const [last, setLast] = useState<readonly [string, string | null] | null>(null)
  const beginBy = useCallback(
    async (
      way: 'workspaces/authorize' | 'workspaces/authorize-by-paste',
      ...wanted: readonly [slackAppId: string, wantedInstallationId: string | null]
    ) => {
      setLast(wanted)
      const begun = await run(() => api.call[way](...wanted))
      if (begun) go({ screen: 'workspaces', authorizationId: begun.authorizationId })
    },
    [api, go, run],
  )
  const begin = useCallback<Authorize['begin']>(
    (...wanted) => beginBy('workspaces/authorize', ...wanted),
    [beginBy],
  )
  const appActs = useSlackAppActs(last?.[0] ?? null)
  const onRemedy = onRemedyOf(failure, {
    ...appActs,
    ...(last && {
      retry: () => void begin(...last),
      'paste-address': () => void beginBy('workspaces/authorize-by-paste', ...last),
    }),
  })
  return { isBusy, failure, onRemedy, begin, forget }
}
