import { type FormEvent, useRef, useState } from 'react'
import type { VaultView } from '../../../main/contract/views.ts'
import { useApi } from '../../app/api.ts'
import { useDesk } from '../../app/desk-state.ts'
import { FailureNotice } from '../../app/failure-notice.tsx'
import { isPassphraseFailure, SaidTry, usePassphraseTry } from '../../app/passphrase-try.tsx'
import { useCall } from '../../app/use-call.ts'
import { Button } from '../../parts/button.tsx'
import { Link } from '../../parts/link.tsx'
import { Logo } from '../../parts/logo.tsx'
import { SecretField, type SecretFieldHandle } from '../../parts/secret-field.tsx'
import type { Restore } from '../backup/use-restore.ts'
import { StartAfresh } from './start-afresh.tsx'
import { whyLocked } from './why-locked.ts'

interface UnlockProps {
  readonly vault: VaultView
  readonly restore: Restore
}

/** "Token Desk is locked": the passphrase, or the button alone where the keyring holds the key. */
export function Unlock({ vault, restore }: UnlockProps) {
  const { snapshot } = useDesk()
  const hasPassphrase = vault.protection === 'passphrase'
  return (
    <div className="locked-column">
      <Logo size={72} />
      <h1 className="locked-title">Token Desk is locked</h1>
      <p className="locked-why">{whyLocked(snapshot)}</p>
      {hasPassphrase ? <ByPassphrase vault={vault} /> : <ByKeyring vault={vault} />}
      {hasPassphrase && <OtherWays restore={restore} />}
    </div>
  )
}

function ByPassphrase({ vault }: Pick<UnlockProps, 'vault'>) {
  const api = useApi()
  const { isBusy, failure: refused, run } = useCall()
  const field = useRef<SecretFieldHandle>(null)
  const [isMissing, setMissing] = useState(false)
  const failure = refused ?? vault.failure
  const tried = usePassphraseTry(failure, vault.retryAtMs)

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    const isEmpty = field.current?.peek() === ''
    setMissing(isEmpty && tried.wait === null)
    if (!isBusy && tried.wait === null && !isEmpty) {
      const passphrase = field.current?.take() ?? ''
      await run(() => api.call['vault/unlock'](passphrase))
    }
    field.current?.focus()
  }
  return (
    <form className="locked-fields" noValidate onSubmit={(event) => void submit(event)}>
      <SecretField
        ref={field}
        label="Passphrase"
        name="passphrase"
        problem={isMissing ? 'Enter your passphrase.' : tried.problem}
        canShow
        isLarge
        autoFocus
      />
      {failure && !isPassphraseFailure(failure) && <FailureNotice failure={failure} />}
      <Button
        type="submit"
        kind="filled"
        size="large"
        isDisabled={tried.wait !== null}
        busyLabel={isBusy ? 'Unlocking…' : undefined}
      >
        {tried.wait === null ? 'Unlock' : `Unlock in ${tried.wait}`}
      </Button>
      <SaidTry said={tried.said} />
    </form>
  )
}

function ByKeyring({ vault }: Pick<UnlockProps, 'vault'>) {
  const api = useApi()
  const { isBusy, failure: refused, run } = useCall()
  const failure = refused ?? vault.failure
  return (
    <div className="locked-fields">
      {failure && <FailureNotice failure={failure} />}
      <Button
        kind="filled"
        size="large"
        busyLabel={isBusy ? 'Unlocking…' : undefined}
        autoFocus
        onPress={() => void run(() => api.call['vault/unlock'](null))}
      >
        Unlock
      </Button>
    </div>
  )
}

/** Without the passphrase: a backup, or an empty vault. */
function OtherWays({ restore }: Pick<UnlockProps, 'restore'>) {
  const [isForgotten, setForgotten] = useState(false)
  return (
    <>
      <div className="locked-links">
        <Link onPress={restore.choose}>Restore from a backup…</Link>
        <Link isExpanded={isForgotten} onPress={() => setForgotten(!isForgotten)}>
          I forgot the passphrase
        </Link>
      </div>
      {restore.failure && (
        <div className="locked-fields">
          <FailureNotice failure={restore.failure} onRemedy={restore.choose} />
        </div>
      )}
      {isForgotten && (
        <div className="locked-forgot-more">
          <p>
            It cannot be recovered. Restore a backup, or start afresh and authorize your workspaces
            again. The old vault is kept aside either way.
          </p>
          <StartAfresh />
        </div>
      )}
    </>
  )
}
