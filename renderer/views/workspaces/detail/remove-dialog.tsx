import type { InstallationView } from '../../../../main/contract/views.ts'
import { useApi } from '../../../app/api.ts'
import { useCall } from '../../../app/use-call.ts'
import { DangerActions } from '../../../parts/danger-actions.tsx'
import { Dialog } from '../../../parts/dialog.tsx'
import { useToasts } from '../../../parts/toast.tsx'

interface RemoveDialogProps {
  readonly installation: InstallationView
  readonly onClose: () => void
  /** Told once it is gone: the page goes on to another row. */
  readonly onRemoved: () => void
}

/** "Remove…": forgets the workspace here; Slack is not told. */
export function RemoveDialog({ installation, onClose, onRemoved }: RemoveDialogProps) {
  const api = useApi()
  const { show } = useToasts()
  const { isBusy, failure, run } = useCall()
  async function remove(): Promise<void> {
    const removed = await run(() => api.call['workspaces/remove'](installation.id))
    if (removed === undefined) return
    onClose()
    show({ text: `${installation.name} removed.` })
    onRemoved()
  }
  return (
    <Dialog
      title={`Remove ${installation.name} from Token Desk?`}
      isOpen
      onClose={() => !isBusy && onClose()}
      role="alertdialog"
      width={480}
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
        The tokens are deleted here and keep working elsewhere. Slack is not told. To end them, or
        to uninstall the app, use Revoke.
      </p>
    </Dialog>
  )
}
