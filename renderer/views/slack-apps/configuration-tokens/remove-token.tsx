import type { ConfigurationTokenView } from '../../../../main/contract/views.ts'
import { useApi } from '../../../app/api.ts'
import { useCall } from '../../../app/use-call.ts'
import { DangerActions } from '../../../parts/danger-actions.tsx'
import { Dialog } from '../../../parts/dialog.tsx'

interface RemoveTokenProps {
  readonly token: ConfigurationTokenView
  readonly name: string
  readonly onClose: () => void
}

/** "Remove…": forgets the configuration token here; at Slack it ends by itself within 12 hours. */
export function RemoveToken({ token, name, onClose }: RemoveTokenProps) {
  const api = useApi()
  const { run, isBusy, failure } = useCall()
  async function remove(): Promise<void> {
    const done = await run(() => api.call['configuration-tokens/remove'](token.id))
    if (done !== undefined) onClose()
  }
  return (
    <Dialog
      title={`Remove the configuration token of ${name}?`}
      role="alertdialog"
      width={480}
      isOpen
      onClose={() => !isBusy && onClose()}
      problem={failure}
      actions={
        <DangerActions
          busyLabel={isBusy ? 'Removing…' : undefined}
          onCancel={onClose}
          onAct={() => void remove()}
        >
          Remove
        </DangerActions>
      }
    >
      <p>
        It is deleted here, with its refresh token. Slack is not told. To end it at once, delete it
        in Slack under “Your App Configuration Tokens”.
      </p>
    </Dialog>
  )
}
