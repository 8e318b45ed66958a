import type { Failure, Remedy } from '../../../main/contract/errors.ts'
import { useApi } from '../../app/api.ts'
import { FailureNotice, remedyLabel } from '../../app/failure-notice.tsx'
import { useCall } from '../../app/use-call.ts'
import { Button } from '../../parts/button.tsx'
import { Logo } from '../../parts/logo.tsx'
import { StartAfresh } from './start-afresh.tsx'

/** Said where main gives no reason of its own. */
const UNKNOWN: Failure = {
  code: 'UNEXPECTED',
  message: 'The vault cannot be opened',
  advice: 'Nothing was changed. Try again.',
  remedy: 'retry',
}

/** The vault cannot be opened: why, and the ways out. The old vault is never overwritten. */
export function BlockedVault({ failure }: { readonly failure: Failure | null }) {
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
        {ways.canRetry && (
          <Button
            kind="filled"
            size="large"
            autoFocus
            busyLabel={opening.isBusy ? 'Opening…' : undefined}
            onPress={() => void opening.run(() => api.call['vault/unlock'](null))}
          >
            {remedyLabel('retry')}
          </Button>
        )}
        {ways.canStartAfresh && <StartAfresh size="large" />}
        <QuitButton />
      </div>
    </div>
  )
}

function QuitButton() {
  const api = useApi()
  const quitting = useCall()
  return (
    <>
      <Button size="large" onPress={() => void quitting.run(api.call['desk/quit'])}>
        Quit
      </Button>
      {quitting.failure && <FailureNotice failure={quitting.failure} />}
    </>
  )
}

/** A newer vault can only be left alone; the other cases can be tried again. */
function waysOut(remedy: Remedy) {
  return { canRetry: remedy !== 'quit', canStartAfresh: remedy === 'start-afresh' }
}
