import { useCallback, useState } from 'react'
import type { Failure } from '../../../main/contract/errors.ts'
import { useApi } from '../../app/api.ts'
import { useNavigation } from '../../app/navigation.ts'
import { useCall } from '../../app/use-call.ts'
import { onRemedyOf, useSlackAppActs } from './remedy-acts.ts'

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
type Wanted = readonly [slackAppId: string, wantedInstallationId: string | null]

/** "Authorize workspace" and "Authorize again". Where no port is free, the address can be pasted. */
export function useAuthorize(): Authorize {
  const api = useApi()
  const { go } = useNavigation()
  const { run, isBusy, failure, forget } = useCall()
  const [last, setLast] = useState<Wanted | null>(null)
  const beginBy = useCallback(
    async (call: BeginCall, wanted: Wanted) => {
      setLast(wanted)
      const begun = await run(() => api.call[call](...wanted))
      if (begun) go({ screen: 'workspaces', authorizationId: begun.authorizationId })
    },
    [api, go, run],
  )
  const begin = useCallback<Authorize['begin']>(
    (...wanted) => beginBy(LISTENING, wanted),
    [beginBy],
  )
  const appActs = useSlackAppActs(last?.[0] ?? null)
  const onRemedy = onRemedyOf(failure, {
    ...appActs,
    ...(last && {
      retry: () => void beginBy(LISTENING, last),
      'paste-address': () => void beginBy(BY_PASTE, last),
    }),
  })
  return { isBusy, failure, onRemedy, begin, forget }
}
