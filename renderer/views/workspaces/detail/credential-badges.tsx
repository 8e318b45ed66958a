import type { CredentialKind, CredentialView } from '../../../../main/contract/views.ts'
import { useDesk } from '../../../app/desk-state.ts'
import { Badge } from '../../../parts/badge.tsx'
import { signedInWords } from '../credential-names.ts'
import { credentialMark } from '../installation-status.ts'
import { dayAndMonth, timeLeft } from '../time-words.ts'
import { BusyBadge } from './busy-badge.tsx'

/** What has no end of its own: values of the Slack app, which stay until they are made anew there. */
const ENDLESS: readonly CredentialKind[] = [
  'signing-secret',
  'verification-token',
  'client-id',
  'client-secret',
]

/** Beside the name of a credential: its state or the time left, and where it came from. */
export function CredentialBadges({ credential }: { readonly credential: CredentialView }) {
  return (
    <>
      <LifeBadge credential={credential} />
      {credential.isClassic && <Badge tone="neutral">Classic</Badge>}
    </>
  )
}

/** Below the masked value: who signed in, and until when the token can still be refreshed. */
export function CredentialFacts({ credential }: { readonly credential: CredentialView }) {
  const who = signedInWords(credential)
  const { refreshExpiresAtMs } = credential
  return (
    <>
      {who !== null && (
        <p className="credential-fact" title={who}>
          {who}
        </p>
      )}
      {refreshExpiresAtMs !== null && (
        <p
          className="credential-fact"
          title="The refresh token ends 30 days after it came. Authorize again before that."
        >
          Refresh by {dayAndMonth(refreshExpiresAtMs)}
        </p>
      )}
    </>
  )
}

function LifeBadge({ credential }: { readonly credential: CredentialView }) {
  const { now } = useDesk()
  const { kind, channel, expiresAtMs, rotates, refresh } = credential
  if (refresh?.isRunning) return <BusyBadge>Refreshing…</BusyBadge>
  const mark = credentialMark(credential, now)
  if (mark) {
    return (
      <Badge tone={mark.tone} icon={mark.icon}>
        {mark.label}
      </Badge>
    )
  }
  if (channel !== null) return <Badge tone="neutral">{channel}</Badge>
  if (ENDLESS.includes(kind)) return null
  if (expiresAtMs === null) return <Badge tone="neutral">No expiry</Badge>
  return (
    <Badge tone="neutral" icon={rotates ? 'refresh' : 'clock'}>
      {timeLeft(expiresAtMs - now)}
    </Badge>
  )
}
