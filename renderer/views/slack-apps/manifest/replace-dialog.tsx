import { Button } from '../../../parts/button.tsx'
import { Dialog } from '../../../parts/dialog.tsx'

interface ReplaceDialogProps {
  readonly onConfirm: () => void
  readonly onCancel: () => void
}

/** Asks before Slack's manifest takes the place of one with changes. */
export function ReplaceDialog({ onConfirm, onCancel }: ReplaceDialogProps) {
  return (
    <Dialog
      title="Replace your changes?"
      role="alertdialog"
      width={480}
      isOpen
      onClose={onCancel}
      actions={
        <>
          <Button autoFocus onPress={onCancel}>
            Keep editing
          </Button>
          <Button kind="danger-filled" onPress={onConfirm}>
            Replace
          </Button>
        </>
      }
    >
      <p>Slack’s manifest takes the place of this text. What you changed here is not sent yet.</p>
    </Dialog>
  )
}
