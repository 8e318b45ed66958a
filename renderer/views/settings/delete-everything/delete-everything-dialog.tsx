import './delete-everything.css'
import { useState } from 'react'
import { useDesk } from '../../../app/desk-state.ts'
import { Button } from '../../../parts/button.tsx'
import { Checkbox } from '../../../parts/checkbox.tsx'
import { DangerActions } from '../../../parts/danger-actions.tsx'
import { Dialog } from '../../../parts/dialog.tsx'
import { useFocusBack } from '../../../parts/use-focus-back.ts'
import { counted } from '../../backup/restore-words.ts'
import { DeletedDialog, DeletionBroken } from './deleted-dialogs.tsx'
import { useDeleteEverything } from './use-delete-everything.ts'

interface DeleteEverythingDialogProps {
  readonly onClose: () => void
}

/** "Delete everything here…": says what goes and what stays, asks twice, and then what is left behind. */
export function DeleteEverythingDialog({ onClose }: DeleteEverythingDialogProps) {
  const [isSure, setSure] = useState(false)
  useFocusBack()
  return isSure ? (
    <Confirm onClose={onClose} />
  ) : (
    <Explain onClose={onClose} onGoOn={() => setSure(true)} />
  )
}

function Explain({ onClose, onGoOn }: DeleteEverythingDialogProps & { onGoOn: () => void }) {
  const { installations, slackApps } = useDesk().snapshot
  const vault = [
    installations.length > 0 && counted(installations.length, 'workspace'),
    slackApps.length > 0 && counted(slackApps.length, 'Slack app'),
  ].filter((words) => words !== false)
  return (
    <Dialog
      title="Delete everything here?"
      subtitle="This cannot be undone."
      isOpen
      onClose={onClose}
      role="alertdialog"
      actions={
        <>
          <Button autoFocus onPress={onClose}>
            Cancel
          </Button>
          <Button kind="danger-outline" onPress={onGoOn}>
            Delete everything…
          </Button>
        </>
      }
    >
      <section className="delete-part" aria-labelledby="delete-goes">
        <h2 id="delete-goes">Deleted from this computer</h2>
        <ul>
          <li>The vault{vault.length > 0 && ` with ${vault.join(' and ')}`}</li>
          <li>The vault’s key in the keyring</li>
          <li>The browsers’ trust in Token Desk’s certificate</li>
          <li>Settings, Activity and logs</li>
          <li>The practice workspace</li>
        </ul>
      </section>
      <section className="delete-part" aria-labelledby="delete-stays">
        <h2 id="delete-stays">Not touched</h2>
        <ul>
          <li>Tokens at Slack: they keep working. To end them, revoke them first.</li>
          <li>Env files: the values written to them stay.</li>
          <li>Backups that you saved</li>
        </ul>
      </section>
    </Dialog>
  )
}

function Confirm({ onClose }: DeleteEverythingDialogProps) {
  const [isTicked, setTicked] = useState(false)
  const deletion = useDeleteEverything()
  const { isBusy, failure, leftBehind } = deletion
  if (leftBehind) return <DeletedDialog leftBehind={leftBehind} />
  if (deletion.isBroken && failure) return <DeletionBroken failure={failure} />
  return (
    <Dialog
      title="Delete all data of Token Desk?"
      isOpen
      onClose={() => !isBusy && onClose()}
      role="alertdialog"
      width={480}
      problem={failure}
      actions={
        <DangerActions
          busyLabel={isBusy ? 'Deleting…' : undefined}
          isDisabled={!isTicked}
          disabledReason="Tick the box first."
          onCancel={onClose}
          onAct={() => void deletion.run()}
        >
          Delete everything
        </DangerActions>
      }
    >
      <Checkbox isSelected={isTicked} isDisabled={isBusy} onChange={setTicked}>
        The tokens in this vault cannot be brought back without a backup
      </Checkbox>
    </Dialog>
  )
}
