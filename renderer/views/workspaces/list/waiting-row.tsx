import type { AuthorizationView } from '../../../../main/contract/views.ts'
import { useNow } from '../../../app/desk-state.ts'
import { Icon } from '../../../parts/icon.tsx'
import { Spinner } from '../../../parts/spinner.tsx'
import type { StateMark } from '../installation-status.ts'
import { timeLeft } from '../time-words.ts'
import { RowState } from './workspace-row.tsx'

/** One authorization that was begun: "New workspace · Deploy Bot · 8 min left". */
export function WaitingRow({ authorization }: { readonly authorization: AuthorizationView }) {
  // Every second, as the page beside it: both must name the same minute.
  const now = useNow(1000)
  const mark = waitingMark(authorization, now)
  const isStopped = authorization.state.kind === 'failed'
  const isAsking = authorization.state.kind === 'other-team'
  return (
    <>
      <span className="avatar" data-tone={mark.tone} aria-hidden="true">
        {isStopped || isAsking ? <Icon name={mark.icon} /> : <Spinner />}
      </span>
      <span className="row-texts">
        <span className="row-line">
          <span className="row-name cut">{waitingName(authorization)}</span>
        </span>
        <span className="row-line row-second">
          <span className="cut">{authorization.slackAppName}</span>
          <RowState {...mark} />
        </span>
      </span>
    </>
  )
}

/** The name of the workspace that is wanted back, else "New workspace". */
export function waitingName({ wantedName }: AuthorizationView): string {
  return wantedName ?? 'New workspace'
}

function waitingMark({ state, expiresAtMs }: AuthorizationView, now: number): StateMark {
  switch (state.kind) {
    case 'waiting':
      return { label: `${timeLeft(expiresAtMs - now)} left`, tone: 'accent', icon: 'clock' }
    case 'exchanging':
    case 'done':
      return { label: 'Finishing…', tone: 'accent', icon: 'clock' }
    case 'other-team':
      return { label: 'Other workspace', tone: 'warn', icon: 'warning' }
    case 'failed':
      return { label: 'Stopped', tone: 'danger', icon: 'problem' }
    default:
      return state satisfies never
  }
}
