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
}

/** "Authorize workspace" and "Authorize again". */
export function useAuthorize(): Authorize {
  const api = useApi()
  const { go } = useNavigation()
  const { run, isBusy, failure } = useCall()
  const [last, setLast] = useState<readonly [string, string | null] | null>(null)
  const begin = useCallback(
    async (slackAppId: string, wantedInstallationId: string | null) => {
      setLast([slackAppId, wantedInstallationId])
      const begun = await run(() =>
        api.call['workspaces/authorize'](slackAppId, wantedInstallationId),
      )
      if (begun) go({ screen: 'workspaces', authorizationId: begun.authorizationId })
    },
    [api, go, run],
  )
  const appActs = useSlackAppActs(last?.[0] ?? null)
  const retry = last ? () => void begin(...last) : undefined
  return { isBusy, failure, onRemedy: onRemedyOf(failure, { ...appActs, retry }), begin }
}
