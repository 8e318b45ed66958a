import { useState } from 'react'
import type { CredentialView, InstallationView } from '../../../../main/contract/views.ts'
import { useApi } from '../../../app/api.ts'
import { remedyLabel } from '../../../app/failure-notice.tsx'
import { useCall } from '../../../app/use-call.ts'
import { Button } from '../../../parts/button.tsx'
import { Checkbox } from '../../../parts/checkbox.tsx'
import { DangerActions } from '../../../parts/danger-actions.tsx'
import { Dialog } from '../../../parts/dialog.tsx'
import { useToasts } from '../../../parts/toast.tsx'
import { nameInSentence } from '../credential-names.ts'
import { onRemedyOf, useSlackAppActs } from '../remedy-acts.ts'

interface ExchangeDialogProps {
  readonly installation: InstallationView
  readonly credential: CredentialView
  readonly onClose: () => void
}

/** "Turn on token rotation…": what changes for whoever uses the token, and that Slack keeps it so. */
export function ExchangeDialog({ installation, credential, onClose }: ExchangeDialogProps) {
  const [isTicked, setTicked] = useState(false)
  const { isBusy, failure, onRemedy, exchange } = useExchange(installation, credential, onClose)
  const name = nameInSentence(credential, installation.credentials)
  return (
    <Dialog
      title={`Turn on token rotation for ${installation.name}?`}
      subtitle={`Slack exchanges the ${name} for one that changes every 12 hours. This cannot be undone.`}
      isOpen
      onClose={() => !isBusy && onClose()}
      role="alertdialog"
      width={520}
      problem={failure}
      problemActions={
        failure &&
        onRemedy && (
          <Button size="row" onPress={onRemedy}>
            {remedyLabel(failure.remedy)}
          </Button>
        )
      }
      actions={
        <DangerActions
          busyLabel={isBusy ? 'Turning on…' : undefined}
          isDisabled={!isTicked}
          disabledReason="Tick the box first."
          onCancel={onClose}
          onAct={() => void exchange()}
        >
          Turn on token rotation
        </DangerActions>
      }
    >
      <ul className="uninstall-list">
        <li>Token Desk refreshes the token from then on.</li>
        <li>Programs that hold the old token stop working after the first refresh.</li>
        <li>Env files follow only if they are linked. Write the new token to the others.</li>
      </ul>
      <Checkbox isSelected={isTicked} isDisabled={isBusy} onChange={setTicked}>
        I know that Slack cannot turn it off again
      </Checkbox>
    </Dialog>
  )
}

function useExchange(
  installation: InstallationView,
  credential: CredentialView,
  onDone: () => void,
) {
  const api = useApi()
  const { show } = useToasts()
  const act = useCall()
  const { id, name, slackAppId } = installation
  async function exchange(): Promise<void> {
    const done = await act.run(() => api.call['workspaces/exchange-token'](id, credential.id))
    if (done === undefined) return
    show({ text: 'Token rotation is on.', detail: `${name} has a new token.` })
    onDone()
  }
  const onRemedy = onRemedyOf(act.failure, {
    ...useSlackAppActs(slackAppId),
    retry: () => void exchange(),
  })
  return { ...act, onRemedy, exchange }
}
