import './waiting-card.css'
import type { AuthorizationView } from '../../../../main/contract/views.ts'
import { useNow } from '../../../app/desk-state.ts'
import { Spinner } from '../../../parts/spinner.tsx'
import { timeLeft } from '../time-words.ts'

/** That it waits, for what, and how long still. */
export function WaitingCard({ authorization }: { readonly authorization: AuthorizationView }) {
  const now = useNow(1000)
  const { slackAppName, environment, port, startedAtMs, expiresAtMs } = authorization
  const facts = [slackAppName, environment.label, port !== null && `listening on port ${port}`]
  const left = `${timeLeft(expiresAtMs - now)} left`
  const part = Math.min(1, Math.max(0, (expiresAtMs - now) / (expiresAtMs - startedAtMs)))
  return (
    <div className="waiting-card card">
      <div className="waiting-card-line">
        <Spinner />
        <div className="waiting-card-texts">
          <h2>Waiting for {environment.ref.kind === 'practice' ? 'the practice page' : 'Slack'}</h2>
          <p>{facts.filter(Boolean).join(' · ')}</p>
        </div>
        <span className="waiting-card-left">{left}</span>
      </div>
      <div className="waiting-bar" aria-hidden="true">
        <div style={{ inlineSize: `${part * 100}%` }} />
      </div>
    </div>
  )
}
