import { useRef, useState } from 'react'
import { useApi } from '../../../app/api.ts'
import { useConfirmed } from '../../../app/confirm-user/use-confirmed.ts'
import { useCall } from '../../../app/use-call.ts'
import { Button } from '../../../parts/button.tsx'
import { Dialog } from '../../../parts/dialog.tsx'
import { Notice } from '../../../parts/notice.tsx'
import { useToasts } from '../../../parts/toast.tsx'
import {
  isNewPassphraseFailure,
  NewPassphrase,
  type NewPassphraseHandle,
} from '../../locked/new-passphrase.tsx'

/** "Set a passphrase…": says what changes, and that it cannot be recovered, before it is chosen. */
export function SetPassphraseDialog({ onClose }: { readonly onClose: () => void }) {
  const api = useApi()
  const confirmed = useConfirmed()
  const { show } = useToasts()
  const { isBusy, failure, run } = useCall()
  const fields = useRef<NewPassphraseHandle>(null)
  const [isTyped, setTyped] = useState(false)

  async function set(): Promise<void> {
    const passphrase = isBusy ? null : (fields.current?.take() ?? null)
    if (passphrase === null) return
    const done = await run(() =>
      confirmed(() => api.call['vault/set-passphrase'](null, passphrase)),
    )
    if (done === undefined) {
      fields.current?.giveBack(passphrase)
      return fields.current?.focus()
    }
    show({ text: 'Passphrase set.', detail: 'Token Desk asks for it from now on.' })
    onClose()
  }
  return (
    <Dialog
      title="Set a passphrase"
      isOpen
      isDismissable={!isTyped}
      onClose={() => !isBusy && onClose()}
      onSubmit={() => void set()}
      problem={isNewPassphraseFailure(failure) ? null : failure}
      actions={
        <>
          <Button isDisabled={isBusy} onPress={onClose}>
            Cancel
          </Button>
          <Button kind="filled" type="submit" busyLabel={isBusy ? 'Setting…' : undefined}>
            Set passphrase
          </Button>
        </>
      }
    >
      <p>
        It protects your tokens from now on: Token Desk asks for it at each start and after each
        lock. The keyring is not asked any more.
      </p>
      <NewPassphrase ref={fields} failure={failure} autoFocus onEdit={() => setTyped(true)} />
      <Notice kind="warning" title="It cannot be recovered">
        Without it the tokens stay sealed. Only a backup or authorizing again brings them back.
      </Notice>
    </Dialog>
  )
}
