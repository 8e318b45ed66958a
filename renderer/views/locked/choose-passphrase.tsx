import { type FormEvent, useRef } from 'react'
import { useApi } from '../../app/api.ts'
import { FailureNotice } from '../../app/failure-notice.tsx'
import { useCall } from '../../app/use-call.ts'
import { Button } from '../../parts/button.tsx'
import { Link } from '../../parts/link.tsx'
import { Notice } from '../../parts/notice.tsx'
import type { Restore } from '../backup/use-restore.ts'
import {
  isNewPassphraseFailure,
  NewPassphrase,
  type NewPassphraseHandle,
} from './new-passphrase.tsx'

/** First start without a keyring: a passphrase, twice; or a backup, which brings its own. */
export function ChoosePassphrase({ restore }: { readonly restore: Restore }) {
  const api = useApi()
  const { isBusy, failure, run } = useCall()
  const fields = useRef<NewPassphraseHandle>(null)

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    const passphrase = isBusy ? null : (fields.current?.take() ?? null)
    if (passphrase === null) return
    await run(() => api.call['vault/choose-passphrase'](passphrase))
    fields.current?.focus()
  }
  return (
    <form className="locked-form" noValidate onSubmit={(event) => void submit(event)}>
      <div>
        <h1 className="locked-title">Choose a passphrase</h1>
        <p className="locked-lead">
          This computer has no keyring that Token Desk can use, so a passphrase protects your
          tokens. Token Desk never stores them unprotected.
        </p>
      </div>
      <NewPassphrase ref={fields} failure={failure} isLarge autoFocus />
      <Notice kind="warning" title="It cannot be recovered">
        Without it the tokens stay sealed. You can always authorize your workspaces again.
      </Notice>
      {failure && !isNewPassphraseFailure(failure) && <FailureNotice failure={failure} />}
      {restore.failure && <FailureNotice failure={restore.failure} onRemedy={restore.choose} />}
      <div className="locked-act">
        <Link onPress={restore.choose}>Restore from a backup…</Link>
        <Button
          type="submit"
          kind="filled"
          size="large"
          busyLabel={isBusy ? 'Protecting…' : undefined}
        >
          Protect my tokens
        </Button>
      </div>
    </form>
  )
}
