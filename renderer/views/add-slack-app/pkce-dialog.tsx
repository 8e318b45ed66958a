import { DangerActions } from '../../parts/danger-actions.tsx'
import { Dialog } from '../../parts/dialog.tsx'

interface PkceDialogProps {
  readonly appName: string
  readonly onConfirm: () => void
  readonly onCancel: () => void
}

/** Asks before an app that is here is switched to PKCE: at Slack there is no way back. */
export function PkceDialog({ appName, onConfirm, onCancel }: PkceDialogProps) {
  return (
    <Dialog
      title={`Switch ${appName} to PKCE?`}
      role="alertdialog"
      width={480}
      isOpen
      onClose={onCancel}
      actions={
        <DangerActions busyLabel={undefined} onCancel={onCancel} onAct={onConfirm}>
          Switch to PKCE
        </DangerActions>
      }
    >
      <p>
        This works once PKCE is on in Slack. Turning PKCE on cannot be undone. Only Slack’s support
        can.
      </p>
    </Dialog>
  )
}
