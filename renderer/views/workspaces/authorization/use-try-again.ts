import type { AuthorizationView } from '../../../../main/contract/views.ts'
import { useApi } from '../../../app/api.ts'
import { useNavigation } from '../../../app/navigation.ts'
import { type Act, useCall } from '../../../app/use-call.ts'
import { onRemedyOf } from '../remedy-acts.ts'

export interface TryAgain {
  readonly act: Act
  /** Begins anew with the same app and shows that one; the old one is put away by main. */
  readonly tryAgain: () => Promise<void>
  /** The same without a listener: the user brings the address back. */
  readonly paste: () => Promise<void>
  /** Does what helps when it could not begin: another try, or pasting where no port is free. */
  readonly onRemedy: (() => void) | undefined
  /** Puts the stopped one away. */
  readonly putAway: () => Promise<void>
}

/** The acts of an authorization that stopped. */
export function useTryAgain(authorization: AuthorizationView, onLeave: () => void): TryAgain {
  const api = useApi()
  const { go } = useNavigation()
  const act = useCall()
  const { id, slackAppId, wantedInstallationId } = authorization
  async function tryAgain(): Promise<void> {
    const begun = await act.run(() => api.call['authorizations/try-again'](id))
    if (begun) go({ authorizationId: begun.authorizationId })
  }
  async function paste(): Promise<void> {
    const begin = api.call['workspaces/authorize-by-paste']
    const begun = await act.run(() => begin(slackAppId, wantedInstallationId))
    if (!begun) return
    go({ authorizationId: begun.authorizationId })
    void api.call['authorizations/put-away'](id)
  }
  const onRemedy = onRemedyOf(act.failure, {
    retry: () => void tryAgain(),
    'paste-address': () => void paste(),
  })
  return {
    act,
    onRemedy,
    tryAgain,
    paste,
    async putAway() {
      const done = await act.run(() => api.call['authorizations/put-away'](id))
      if (done !== undefined) onLeave()
    },
  }
}
