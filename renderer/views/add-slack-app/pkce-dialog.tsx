import { Button } from '../../parts/button.tsx'
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
        <>
          <Button autoFocus onPress={onCancel}>
            Cancel
          </Button>
          <Button kind="danger-filled" onPress={onConfirm}>
            Switch to PKCE
          </Button>
        </>
      }
    >
      <p>
        This works once PKCE is on in Slack. Turning PKCE on cannot be undone. Only Slack’s support
        can.
      </p>
    </Dialog>
  )
}
