import { useRef, useState } from 'react'
import { useApi } from '../../../app/api.ts'
import { SaidTry } from '../../../app/passphrase-try.tsx'
import { useCall } from '../../../app/use-call.ts'
import { Button } from '../../../parts/button.tsx'
import { Dialog } from '../../../parts/dialog.tsx'
import { SecretField } from '../../../parts/secret-field.tsx'
import { useToasts } from '../../../parts/toast.tsx'
import {
  isNewPassphraseFailure,
  NewPassphrase,
  type NewPassphraseHandle,
} from '../../locked/new-passphrase.tsx'
import { useCurrentPassphrase } from './current-passphrase.ts'

/** "Change…": the passphrase until now, and the new one twice. */
export function ChangePassphraseDialog({ onClose }: { readonly onClose: () => void }) {
  const api = useApi()
  const { show } = useToasts()
  const { isBusy, failure, run } = useCall()
  const current = useCurrentPassphrase(failure)
  const fields = useRef<NewPassphraseHandle>(null)
  const [isTyped, setTyped] = useState(false)

  async function change(): Promise<void> {
    if (isBusy || !current.isReady()) return
    const next = fields.current?.take() ?? null
    if (next === null) return
    const now = current.field.current?.take() ?? ''
    const done = await run(() => api.call['vault/set-passphrase'](now, next))
    if (done === undefined) {
      // The new one was typed twice; only the current one has to be typed again.
      fields.current?.giveBack(next)
      return current.field.current?.focus()
    }
    show({ text: 'Passphrase changed.' })
    onClose()
  }
  return (
    <Dialog
      title="Change the passphrase"
      isOpen
      isDismissable={!isTyped}
      onClose={() => !isBusy && onClose()}
      onSubmit={() => void change()}
      problem={isNewPassphraseFailure(failure) ? null : current.otherFailure}
      footNote="It cannot be recovered."
      actions={
        <>
          <Button isDisabled={isBusy} onPress={onClose}>
            Cancel
          </Button>
          <Button
            kind="filled"
            type="submit"
            isDisabled={current.wait !== null}
            busyLabel={isBusy ? 'Changing…' : undefined}
          >
            {current.wait === null ? 'Change passphrase' : `Change in ${current.wait}`}
          </Button>
        </>
      }
    >
      <SecretField
        ref={current.field}
        label="Current passphrase"
        name="current-passphrase"
        canShow
        autoFocus
        onEdit={() => setTyped(true)}
        problem={current.problem}
      />
      <NewPassphrase
        ref={fields}
        label="New passphrase"
        failure={failure}
        onEdit={() => setTyped(true)}
      />
      <SaidTry said={current.said} />
    </Dialog>
  )
}
