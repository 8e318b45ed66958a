import { useApi } from '../../../app/api.ts'
import { useNavigation } from '../../../app/navigation.ts'
import { type Act, useCall } from '../../../app/use-call.ts'

export interface TryAgain {
  readonly act: Act
  /** Begins anew with the same app and shows that one; the old one is put away by main. */
  readonly tryAgain: () => Promise<void>
  /** Puts the stopped one away. */
  readonly putAway: () => Promise<void>
}

/** The acts of an authorization that stopped. */
export function useTryAgain(authorizationId: string, onLeave: () => void): TryAgain {
  const api = useApi()
  const { go } = useNavigation()
  const act = useCall()
  return {
    act,
    async tryAgain() {
      const begun = await act.run(() => api.call['authorizations/try-again'](authorizationId))
      if (begun) go({ authorizationId: begun.authorizationId })
    },
    async putAway() {
      const done = await act.run(() => api.call['authorizations/put-away'](authorizationId))
      if (done !== undefined) onLeave()
    },
  }
}
