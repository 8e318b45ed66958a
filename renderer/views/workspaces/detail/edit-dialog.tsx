import { useState } from 'react'
import type { Failure } from '../../../../main/contract/errors.ts'
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
  const before: Texts = { name: installation.localName ?? '', note: installation.note }
  const [texts, setTexts] = useState(before)
  const { isBusy, failure, save } = useSave(installation)
  const isFieldProblem = failure?.field === 'name' || failure?.field === 'note'
  async function submit(): Promise<void> {
    if (await save(texts.name.trim(), texts.note.trim())) onClose()
  }
  return (
    <Dialog
      title={`Name and note of ${installation.teamName}`}
      isOpen
      onClose={() => !isBusy && onClose()}
      isDismissable={texts.name === before.name && texts.note === before.note}
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
      <Fields
        texts={texts}
        onChange={setTexts}
        onSubmit={() => void submit()}
        slackName={installation.teamName}
        failure={failure}
      />
    </Dialog>
  )
}

interface Texts {
  readonly name: string
  readonly note: string
}

interface FieldsProps {
  readonly texts: Texts
  readonly onChange: (texts: Texts) => void
  readonly onSubmit: () => void
  readonly slackName: string
  readonly failure: Failure | null
}

function Fields({ texts, onChange, onSubmit, slackName, failure }: FieldsProps) {
  const problemOf = (field: string) => (failure?.field === field ? failure.advice : undefined)
  return (
    <form
      className="edit-fields"
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      <TextField
        label="Name"
        isOptional
        value={texts.name}
        onChange={(name) => onChange({ ...texts, name })}
        maxLength={200}
        placeholder={slackName}
        help={`Empty means Slack’s own name, ${slackName}.`}
        problem={problemOf('name')}
      />
      <TextField
        label="Note"
        isOptional
        value={texts.note}
        onChange={(note) => onChange({ ...texts, note })}
        maxLength={2000}
        rows={4}
        help="What this workspace is for. Never put a secret here: notes are not sealed."
        problem={problemOf('note')}
      />
    </form>
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
