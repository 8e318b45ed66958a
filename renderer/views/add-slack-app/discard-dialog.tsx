import { useCallback, useState } from 'react'
import { useLeaveGuard } from '../../app/navigation.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'

/** Asks before a form with changes is left, by whatever way. */
export function DiscardDialog({ isDirty }: { readonly isDirty: boolean }) {
  const [leave, setLeave] = useState<(() => void) | null>(null)
  const guard = useCallback((go: () => void) => setLeave(() => go), [])
  useLeaveGuard(isDirty ? guard : null)
  const stay = () => setLeave(null)
  return (
    <Dialog
      title="Discard your changes?"
      role="alertdialog"
      width={480}
      isOpen={leave !== null}
      onClose={stay}
      actions={
        <>
          <Button autoFocus onPress={stay}>
            Keep editing
          </Button>
          <Button kind="danger-filled" onPress={() => leave?.()}>
            Discard
          </Button>
        </>
      }
    >
      <p>What you typed here is not saved yet.</p>
    </Dialog>
  )
}
