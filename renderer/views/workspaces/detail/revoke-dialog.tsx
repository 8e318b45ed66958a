import './revoke-dialog.css'
import { useState } from 'react'
import type { InstallationView } from '../../../../main/contract/views.ts'
import { useApi } from '../../../app/api.ts'
import { useCall } from '../../../app/use-call.ts'
import { Checkbox } from '../../../parts/checkbox.tsx'
import { DangerActions } from '../../../parts/danger-actions.tsx'
import { Dialog } from '../../../parts/dialog.tsx'
import { Icon } from '../../../parts/icon.tsx'
import { Notice } from '../../../parts/notice.tsx'
import { useToasts } from '../../../parts/toast.tsx'
import { type RevokeChoice, revokeChoices, revokeNote } from './revoke-choices.ts'
import { RevokeOthers } from './revoke-others.tsx'

interface RevokeDialogProps {
  readonly installation: InstallationView
  readonly onClose: () => void
  /** Goes on to the dialog that takes the whole app out. */
  readonly onUninstall: () => void
}

/** "Revoke…": says what Slack will do, token by token, and does it. */
export function RevokeDialog({ installation, onClose, onUninstall }: RevokeDialogProps) {
  const choices = revokeChoices(installation)
  const { leftOut, toggle } = useLeftOut()
  const chosen = choices.filter((one) => one.canRevoke && !leftOut.has(one.id))
  const { isBusy, failure, revoke } = useRevoke(installation, onClose)
  const note = revokeNote(installation)
  return (
    <Dialog
      title={`Revoke tokens of ${installation.name}?`}
      subtitle="Slack ends these tokens at once. Programs that use them stop working. This cannot be undone."
      isOpen
      onClose={() => !isBusy && onClose()}
      role="alertdialog"
      problem={failure}
      actions={
        <DangerActions
          busyLabel={isBusy ? 'Revoking…' : undefined}
          isDisabled={chosen.length === 0}
          disabledReason="Tick at least one token."
          onCancel={onClose}
          onAct={() => void revoke(chosen.map(({ id }) => id))}
        >
          {chosen.length === 1 ? 'Revoke 1 token' : `Revoke ${chosen.length} tokens`}
        </DangerActions>
      }
    >
      <ul className="card">
        {choices.map((choice) => (
          <ChoiceRow
            key={choice.id}
            choice={choice}
            isOn={!leftOut.has(choice.id)}
            isDisabled={isBusy}
            onChange={(isOn) => toggle(choice.id, isOn)}
          />
        ))}
      </ul>
      <Notice kind="note" title={note.title}>
        {note.text}
      </Notice>
      <RevokeOthers installation={installation} isDisabled={isBusy} onUninstall={onUninstall} />
    </Dialog>
  )
}

/** The tokens that the user wants to keep: whatever is new is ticked. */
function useLeftOut() {
  const [leftOut, setLeftOut] = useState<ReadonlySet<string>>(new Set())
  function toggle(id: string, isOn: boolean): void {
    const next = new Set(leftOut)
    if (isOn) next.delete(id)
    else next.add(id)
    setLeftOut(next)
  }
  return { leftOut, toggle }
}

function useRevoke(installation: InstallationView, onDone: () => void) {
  const api = useApi()
  const { show } = useToasts()
  const act = useCall()
  const revoke = async (credentialIds: string[]): Promise<void> => {
    const revoked = await act.run(async () => {
      const result = await api.call['workspaces/revoke'](installation.id, credentialIds)
      const [first] = result.ok ? result.value.failures : []
      return first ? { ok: false, failure: first.failure } : result
    })
    if (!revoked) return
    const words = revoked.revoked === 1 ? '1 token' : `${revoked.revoked} tokens`
    show({ text: `${words} of ${installation.name} revoked.` })
    onDone()
  }
  return { ...act, revoke }
}

interface ChoiceRowProps {
  readonly choice: RevokeChoice
  readonly isOn: boolean
  readonly isDisabled: boolean
  readonly onChange: (isOn: boolean) => void
}

function ChoiceRow({ choice, isOn, isDisabled, onChange }: ChoiceRowProps) {
  const { title, sentence, masked } = choice
  return (
    <li className="revoke-choice">
      {choice.canRevoke ? (
        <Checkbox
          isSelected={isOn}
          isDisabled={isDisabled}
          onChange={onChange}
          description={sentence}
        >
          {title}
        </Checkbox>
      ) : (
        <div className="revoke-elsewhere">
          <Icon name="info" />
          <div>
            <p>{title}</p>
            <p className="revoke-sentence">{sentence}</p>
          </div>
        </div>
      )}
      <code>{masked}</code>
    </li>
  )
}
