import type { AuthorizationView } from '../../../../main/contract/views.ts'
import { useApi } from '../../../app/api.ts'
import { FailureNotice } from '../../../app/failure-notice.tsx'
import { useNavigation } from '../../../app/navigation.ts'
import { useCall } from '../../../app/use-call.ts'
import { Button } from '../../../parts/button.tsx'
import type { AuthorizationPageProps } from './authorization-page.tsx'
import { StoppedHeading } from './stopped-page.tsx'

interface OtherTeamPageProps extends AuthorizationPageProps {
  readonly state: Extract<AuthorizationView['state'], { kind: 'other-team' }>
}

/** Slack let the app into another workspace than the wanted one: the user decides what becomes of it. */
export function OtherTeamPage({ authorization, onLeave, state }: OtherTeamPageProps) {
  const { act, keep, refuse, tryAgain } = useOtherTeam(authorization.id, onLeave)
  const { teamName, failure } = state
  return (
    <>
      <StoppedHeading title={failure.message} kind="warning">
        {failure.advice} Until you choose, its tokens stay sealed and unused.
      </StoppedHeading>
      {act.failure && <FailureNotice failure={act.failure} />}
      <div className="authorization-acts">
        <Button isDisabled={act.isBusy} onPress={() => void keep()}>
          {`Keep ${teamName}`}
        </Button>
        <Button isDisabled={act.isBusy} onPress={() => void tryAgain()}>
          Try again
        </Button>
        <span className="authorization-acts-gap" />
        <Button isDisabled={act.isBusy} onPress={() => void refuse()}>
          Cancel
        </Button>
      </div>
      <p className="authorization-foot">
        “Try again” and “Cancel” forget {teamName}, and revoke its tokens unless that would end
        others that you keep.
      </p>
    </>
  )
}

function useOtherTeam(id: string, onLeave: () => void) {
  const api = useApi()
  const { go } = useNavigation()
  const act = useCall()
  return {
    act,
    async keep() {
      const kept = await act.run(() => api.call['authorizations/keep-other-team'](id))
      if (kept) go({ workspaceId: kept.installationId, isDetailOpen: true })
    },
    async refuse() {
      const refused = await act.run(() => api.call['authorizations/refuse-other-team'](id))
      if (refused !== undefined) onLeave()
    },
    async tryAgain() {
      const begun = await act.run(() => api.call['authorizations/try-again'](id))
      if (begun) go({ authorizationId: begun.authorizationId })
    },
  }
}
