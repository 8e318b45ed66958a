import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { type OneWay, OneWayWarnings } from '../slack-apps/manifest/one-way-warnings.tsx'

interface CreateDialogProps {
  readonly appName: string
  readonly oneWay: OneWay
  readonly onConfirm: () => void
  readonly onCancel: () => void
}

/** Asks once more before Slack creates an app with something that stays on. */
export function CreateDialog({ appName, oneWay, onConfirm, onCancel }: CreateDialogProps) {
  return (
    <Dialog
      title={`Create ${appName} on Slack?`}
      role="alertdialog"
      width={480}
      isOpen
      onClose={onCancel}
      actions={
        <>
          <Button autoFocus onPress={onCancel}>
            Cancel
          </Button>
          <Button kind="filled" onPress={onConfirm}>
            Create on Slack
          </Button>
        </>
      }
    >
      <OneWayWarnings {...oneWay} />
    </Dialog>
  )
}
