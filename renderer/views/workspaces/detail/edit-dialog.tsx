import { useState } from 'react'
import type { InstallationView } from '../../../../main/contract/views.ts'
import { useApi } from '../../../app/api.ts'
import { useCall } from '../../../app/use-call.ts'
import { Button } from '../../../parts/button.tsx'
import { Dialog } from '../../../parts/dialog.tsx'
import { TextField } from '../../../parts/text-field.tsx'

interface EditDialogProps {
  readonly installation: InstallationView
  readonly onClose: () => void
}

/** The user's own name and note for a workspace; both stay in Token Desk. */
export function EditDialog({ installation, onClose }: EditDialogProps) {
  const [name, setName] = useState(installation.localName ?? '')
  const [note, setNote] = useState(installation.note)
  const { isBusy, failure, save } = useSave(installation)
  const problemOf = (field: string) => (failure?.field === field ? failure.advice : undefined)
  const isFieldProblem = failure?.field === 'name' || failure?.field === 'note'
  const isTouched = name !== (installation.localName ?? '') || note !== installation.note
  async function submit(): Promise<void> {
    if (await save(name.trim(), note.trim())) onClose()
  }
  return (
    <Dialog
      title={`Name and note of ${installation.teamName}`}
      isOpen
      onClose={() => !isBusy && onClose()}
      isDismissable={!isTouched}
      width={480}
      problem={isFieldProblem ? null : failure}
      footNote="Kept in Token Desk only."
      actions={
        <>
          <Button isDisabled={isBusy} onPress={onClose}>
            Cancel
          </Button>
          <Button
            kind="filled"
            busyLabel={isBusy ? 'Saving…' : undefined}
            onPress={() => void submit()}
          >
            Save
          </Button>
        </>
      }
    >
      <form
        className="edit-fields"
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <TextField
          label="Name"
          isOptional
          value={name}
          onChange={setName}
          maxLength={200}
          placeholder={installation.teamName}
          help={`Empty means Slack’s own name, ${installation.teamName}.`}
          problem={problemOf('name')}
        />
        <TextField
          label="Note"
          isOptional
          value={note}
          onChange={setNote}
          maxLength={2000}
          rows={4}
          help="What this workspace is for. Never put a secret here: notes are not sealed."
          problem={problemOf('note')}
        />
      </form>
    </Dialog>
  )
}

/** Saves what changed, the name first. Answers whether all of it was saved. */
function useSave(installation: InstallationView) {
  const api = useApi()
  const act = useCall()
  const { id, localName, note } = installation
  async function save(newName: string, newNote: string): Promise<boolean> {
    const wanted = newName === '' ? null : newName
    if (wanted !== localName) {
      const renamed = await act.run(() => api.call['workspaces/rename'](id, wanted))
      if (renamed === undefined) return false
    }
    if (newNote === note) return true
    return (await act.run(() => api.call['workspaces/set-note'](id, newNote))) !== undefined
  }
  return { ...act, save }
}
