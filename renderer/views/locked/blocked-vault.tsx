import type { Failure, Remedy } from '../../../main/contract/errors.ts'
import { useApi } from '../../app/api.ts'
import { FailureNotice, remedyLabel } from '../../app/failure-notice.tsx'
import { useCall } from '../../app/use-call.ts'
import { Button } from '../../parts/button.tsx'
import { Logo } from '../../parts/logo.tsx'
import type { Restore } from '../backup/use-restore.ts'
import { StartAfresh } from './start-afresh.tsx'

/** Said where main gives no reason of its own. */
const UNKNOWN: Failure = {
  code: 'UNEXPECTED',
  message: 'The vault cannot be opened',
  advice: 'Nothing was changed. Try again.',
  remedy: 'retry',
}

interface BlockedVaultProps {
  readonly failure: Failure | null
  readonly restore: Restore
}

/** The vault cannot be opened: why, and the ways out. The old vault is never overwritten. */
export function BlockedVault({ failure, restore }: BlockedVaultProps) {
  const api = useApi()
  const opening = useCall()
  const shown = opening.failure ?? failure ?? UNKNOWN
  const ways = waysOut(shown.remedy)
  return (
    <div className="locked-column">
      <Logo size={72} />
      <div role="alert">
        <h1 className="locked-title">{shown.message}</h1>
        <p className="locked-why">{shown.advice}</p>
      </div>
      <div className="locked-ways">
        {ways.first === 'restore' && <RestoreButton restore={restore} isFirst />}
        {ways.first !== 'quit' && (
          <Button
            kind={ways.first === 'retry' ? 'filled' : 'outline'}
            size="large"
            autoFocus={ways.first === 'retry'}
            busyLabel={opening.isBusy ? 'Opening…' : undefined}
            onPress={() => void opening.run(() => api.call['vault/unlock'](null))}
          >
            {remedyLabel('retry')}
          </Button>
        )}
        {ways.first === 'retry' && <RestoreButton restore={restore} />}
        {ways.canStartAfresh && <StartAfresh size="large" />}
        <QuitButton isFirst={ways.first === 'quit'} />
      </div>
      {restore.failure && (
        <div className="locked-fields">
          <FailureNotice failure={restore.failure} onRemedy={restore.choose} />
        </div>
      )}
    </div>
  )
}

function RestoreButton(props: { readonly restore: Restore; readonly isFirst?: boolean }) {
  const { restore, isFirst } = props
  return (
    <Button
      kind={isFirst ? 'filled' : 'outline'}
      size="large"
      autoFocus={isFirst}
      busyLabel={restore.isChoosing ? 'Choosing…' : undefined}
      onPress={restore.choose}
    >
      {remedyLabel('restore-backup')}
    </Button>
  )
}

function QuitButton({ isFirst }: { readonly isFirst: boolean }) {
  const api = useApi()
  const quitting = useCall()
  return (
    <>
      <Button
        size="large"
        autoFocus={isFirst}
        onPress={() => void quitting.run(api.call['desk/quit'])}
      >
        Quit
      </Button>
      {quitting.failure && <FailureNotice failure={quitting.failure} />}
    </>
  )
}

/**
 * A newer vault can only be left alone. One that does not answer now may do so later; one that is lost
 * is replaced, best by a backup.
 */
function waysOut(remedy: Remedy): {
  readonly first: 'quit' | 'retry' | 'restore'
  readonly canStartAfresh: boolean
} {
  if (remedy === 'quit') return { first: 'quit', canStartAfresh: false }
  const isLost = remedy === 'start-afresh' || remedy === 'restore-backup'
  return { first: isLost ? 'restore' : 'retry', canStartAfresh: isLost }
}
