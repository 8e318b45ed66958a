import { type FormEvent, useRef, useState } from 'react'
import type { VaultView } from '../../../main/contract/views.ts'
import { useApi } from '../../app/api.ts'
import { FailureNotice } from '../../app/failure-notice.tsx'
import { useCall } from '../../app/use-call.ts'
import { Button } from '../../parts/button.tsx'
import { Link } from '../../parts/link.tsx'
import { Logo } from '../../parts/logo.tsx'
import { SecretField, type SecretFieldHandle } from '../../parts/secret-field.tsx'
import { StartAfresh } from './start-afresh.tsx'

/** "Token Desk is locked": the passphrase, or the button alone where the keyring holds the key. */
export function Unlock({ vault }: { readonly vault: VaultView }) {
  const api = useApi()
  const unlocking = useCall()
  const field = useRef<SecretFieldHandle>(null)
  const hasPassphrase = vault.protection === 'passphrase'
  const failure = unlocking.failure ?? vault.failure
  const isFieldProblem = hasPassphrase && failure?.code === 'VAULT_WRONG_PASSPHRASE'

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (unlocking.isBusy) return
    const passphrase = hasPassphrase ? (field.current?.take() ?? '') : null
    await unlocking.run(() => api.call['vault/unlock'](passphrase))
    field.current?.focus()
  }
  return (
    <form className="locked-column" onSubmit={(event) => void submit(event)}>
      <Logo size={72} />
      <h1 className="locked-title">Token Desk is locked</h1>
      <p className="locked-why">
        {hasPassphrase
          ? 'Your tokens are sealed. Enter your passphrase to go on.'
          : 'Your tokens are sealed with this computer’s keyring.'}
      </p>
      <div className="locked-fields">
        {hasPassphrase && (
          <SecretField
            ref={field}
            label="Passphrase"
            name="passphrase"
            problem={isFieldProblem ? `${failure.message}. ${failure.advice}` : undefined}
            canShow
            isLarge
            autoFocus
          />
        )}
        {failure && !isFieldProblem && <FailureNotice failure={failure} />}
        <Button
          type="submit"
          kind="filled"
          size="large"
          busyLabel={unlocking.isBusy ? 'Unlocking…' : undefined}
          autoFocus={!hasPassphrase}
        >
          Unlock
        </Button>
      </div>
      {hasPassphrase && <Forgot />}
    </form>
  )
}

function Forgot() {
  const [isOpen, setOpen] = useState(false)
  return (
    <div className="locked-forgot">
      <Link isExpanded={isOpen} onPress={() => setOpen(!isOpen)}>
        I forgot the passphrase
      </Link>
      {isOpen && (
        <div className="locked-forgot-more">
          <p>
            It cannot be recovered. You can start afresh and authorize your workspaces again; the
            old vault is kept aside.
          </p>
          <StartAfresh />
        </div>
      )}
    </div>
  )
}
