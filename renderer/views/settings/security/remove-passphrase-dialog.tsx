import { useState } from 'react'
import { useApi } from '../../../app/api.ts'
import { SaidTry } from '../../../app/passphrase-try.tsx'
import { useCall } from '../../../app/use-call.ts'
import { Button } from '../../../parts/button.tsx'
import { Dialog } from '../../../parts/dialog.tsx'
import { SecretField } from '../../../parts/secret-field.tsx'
import { useToasts } from '../../../parts/toast.tsx'
import { useCurrentPassphrase } from './current-passphrase.ts'

/** "Remove…": the keyring takes over; main refuses where there is none. */
export function RemovePassphraseDialog({ onClose }: { readonly onClose: () => void }) {
  const api = useApi()
  const { show } = useToasts()
  const { isBusy, failure, run } = useCall()
  const current = useCurrentPassphrase(failure)
  const [isTyped, setTyped] = useState(false)

  async function remove(): Promise<void> {
    if (isBusy || !current.isReady()) return
    const now = current.field.current?.take() ?? ''
    const done = await run(() => api.call['vault/remove-passphrase'](now))
    if (done === undefined) return current.field.current?.focus()
    show({ text: 'Passphrase removed.', detail: 'The keyring protects your tokens.' })
    onClose()
  }
  return (
    <Dialog
      title="Remove the passphrase?"
      isOpen
      width={480}
      isDismissable={!isTyped}
      onClose={() => !isBusy && onClose()}
      onSubmit={() => void remove()}
      problem={current.otherFailure}
      actions={
        <>
          <Button isDisabled={isBusy} onPress={onClose}>
            Cancel
          </Button>
          <Button
            kind="filled"
            type="submit"
            isDisabled={current.wait !== null}
            busyLabel={isBusy ? 'Removing…' : undefined}
          >
            {current.wait === null ? 'Remove passphrase' : `Remove in ${current.wait}`}
          </Button>
        </>
      }
    >
      <p>
        The keyring protects your tokens then. Whoever uses this computer as you can open Token Desk
        without being asked.
      </p>
      <SecretField
        ref={current.field}
        label="Current passphrase"
        name="current-passphrase"
        canShow
        autoFocus
        onEdit={() => setTyped(true)}
        problem={current.problem}
      />
      <SaidTry said={current.said} />
    </Dialog>
  )
}
