import { useState } from 'react'
import type { InstallationView } from '../../../../main/contract/views.ts'
import { useApi } from '../../../app/api.ts'
import { remedyLabel } from '../../../app/failure-notice.tsx'
import { useCall } from '../../../app/use-call.ts'
import { Button } from '../../../parts/button.tsx'
import { Checkbox } from '../../../parts/checkbox.tsx'
import { DangerActions } from '../../../parts/danger-actions.tsx'
import { Dialog } from '../../../parts/dialog.tsx'
import { useToasts } from '../../../parts/toast.tsx'
import { onRemedyOf, useSlackAppActs } from '../remedy-acts.ts'

interface UninstallDialogProps {
  readonly installation: InstallationView
  readonly onClose: () => void
}

/** "Uninstall app…": says what Slack does to everyone in the workspace, and asks twice. */
export function UninstallDialog(props: UninstallDialogProps) {
  const [isSure, setSure] = useState(false)
  return isSure ? <Confirm {...props} /> : <Explain {...props} onGoOn={() => setSure(true)} />
}

function Explain(props: UninstallDialogProps & { readonly onGoOn: () => void }) {
  const { installation, onClose, onGoOn } = props
  const { name, appName } = installation
  return (
    <Dialog
      title={`Uninstall ${appName} from ${name}?`}
      subtitle="Slack removes the app from the workspace. This cannot be undone."
      isOpen
      onClose={onClose}
      role="alertdialog"
      width={480}
      actions={
        <>
          <Button autoFocus onPress={onClose}>
            Cancel
          </Button>
          <Button kind="danger-outline" onPress={onGoOn}>
            Uninstall…
          </Button>
        </>
      }
    >
      <ul className="uninstall-list">
        <li>All of its tokens end at once, those of other people too.</li>
        <li>Its bot user, slash commands and webhooks go, for everyone.</li>
        <li>To come back, it has to be authorized again.</li>
      </ul>
      <p>To end only some of its tokens, use Revoke.</p>
    </Dialog>
  )
}

function Confirm({ installation, onClose }: UninstallDialogProps) {
  const { name, appName } = installation
  const [isTicked, setTicked] = useState(false)
  const { isBusy, failure, onRemedy, uninstall } = useUninstall(installation, onClose)
  return (
    <Dialog
      title={`Uninstall ${appName} for everyone?`}
      isOpen
      onClose={() => !isBusy && onClose()}
      role="alertdialog"
      width={480}
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
          busyLabel={isBusy ? 'Uninstalling…' : undefined}
          isDisabled={!isTicked}
          disabledReason="Tick the box first."
          onCancel={onClose}
          onAct={() => void uninstall()}
        >
          {`Uninstall ${appName}`}
        </DangerActions>
      }
    >
      <Checkbox isSelected={isTicked} isDisabled={isBusy} onChange={setTicked}>
        {`${appName} leaves ${name} for everyone`}
      </Checkbox>
    </Dialog>
  )
}

function useUninstall(installation: InstallationView, onDone: () => void) {
  const api = useApi()
  const { show } = useToasts()
  const act = useCall()
  const { id, name, appName, slackAppId } = installation
  const onRemedy = onRemedyOf(act.failure, useSlackAppActs(slackAppId))
  async function uninstall(): Promise<void> {
    const done = await act.run(() => api.call['workspaces/uninstall'](id))
    if (done === undefined) return
    show({ text: `${appName} uninstalled from ${name}.` })
    onDone()
  }
  return { ...act, onRemedy, uninstall }
}
