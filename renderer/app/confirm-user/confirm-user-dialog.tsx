import { useRef, useState } from 'react'
import type { Failure } from '../../../main/contract/errors.ts'
import type { UserCheckKind } from '../../../main/contract/views.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Link } from '../../parts/link.tsx'
import { SecretField, type SecretFieldHandle } from '../../parts/secret-field.tsx'
import { useApi } from '../api.ts'
import { useDesk } from '../desk-state.ts'
import { isPassphraseFailure, SaidTry, usePassphraseTry } from '../passphrase-try.tsx'
import { useCall } from '../use-call.ts'

interface ConfirmUserDialogProps {
  readonly kind: NonNullable<UserCheckKind>
  /** True once main knows that it is the user; false for Cancel. */
  readonly onAnswer: (isUser: boolean) => void
}

/** "Is it you?": Touch ID or the passphrase, before a secret is shown or copied. */
export function ConfirmUserDialog({ kind, onAnswer }: ConfirmUserDialogProps) {
  const [asked, setAsked] = useState(kind)
  const { protection } = useDesk().snapshot.vault
  return asked === 'passphrase' ? (
    <AskPassphrase onAnswer={onAnswer} />
  ) : (
    <AskTouchId
      onAnswer={onAnswer}
      onPassphrase={protection === 'passphrase' ? () => setAsked('passphrase') : undefined}
    />
  )
}

const WHY = 'Token Desk asks before secrets are shown or copied.'

function AskPassphrase({ onAnswer }: Pick<ConfirmUserDialogProps, 'onAnswer'>) {
  const field = useRef<SecretFieldHandle>(null)
  const [isTyped, setTyped] = useState(false)
  const [isMissing, setMissing] = useState(false)
  const { isBusy, failure, confirm } = useConfirm(onAnswer)
  const tried = usePassphraseTry(failure)

  async function submit(): Promise<void> {
    const isEmpty = field.current?.peek() === ''
    setMissing(isEmpty)
    if (!isBusy && tried.wait === null && !isEmpty) await confirm(field.current?.take() ?? '')
    field.current?.focus()
  }
  return (
    <Dialog
      title="Is it you?"
      isOpen
      width={480}
      isDismissable={!isTyped}
      onClose={() => onAnswer(false)}
      onSubmit={() => void submit()}
      problem={isPassphraseFailure(failure) ? null : failure}
      actions={
        <>
          <Button onPress={() => onAnswer(false)}>Cancel</Button>
          <Button
            kind="filled"
            type="submit"
            isDisabled={tried.wait !== null}
            busyLabel={isBusy ? 'Checking…' : undefined}
          >
            {tried.wait === null ? 'Confirm' : `Confirm in ${tried.wait}`}
          </Button>
        </>
      }
    >
      <p>{WHY}</p>
      <SecretField
        ref={field}
        label="Passphrase"
        name="passphrase"
        canShow
        autoFocus
        onEdit={() => setTyped(true)}
        problem={isMissing ? 'Enter the passphrase.' : tried.problem}
      />
      <SaidTry said={tried.said} />
    </Dialog>
  )
}

interface AskTouchIdProps extends Pick<ConfirmUserDialogProps, 'onAnswer'> {
  readonly onPassphrase: (() => void) | undefined
}

function AskTouchId({ onAnswer, onPassphrase }: AskTouchIdProps) {
  const { isBusy, failure, confirm } = useConfirm(onAnswer)
  return (
    <Dialog
      title="Is it you?"
      isOpen
      width={480}
      onClose={() => onAnswer(false)}
      problem={failure}
      actions={
        <>
          <Button onPress={() => onAnswer(false)}>Cancel</Button>
          <Button
            kind="filled"
            autoFocus
            busyLabel={isBusy ? 'Asking…' : undefined}
            onPress={() => void confirm(null)}
          >
            Use Touch ID
          </Button>
        </>
      }
    >
      <p>{WHY}</p>
      {onPassphrase && (
        <p>
          <Link onPress={onPassphrase}>Use the passphrase instead</Link>
        </p>
      )}
    </Dialog>
  )
}

interface Confirm {
  readonly isBusy: boolean
  readonly failure: Failure | null
  /** The passphrase goes on to main and is kept nowhere; null asks for Touch ID. */
  readonly confirm: (passphrase: string | null) => Promise<void>
}

function useConfirm(onAnswer: (isUser: boolean) => void): Confirm {
  const api = useApi()
  const { isBusy, failure, run } = useCall()
  async function confirm(passphrase: string | null): Promise<void> {
    const done = await run(() => api.call['vault/confirm-user'](passphrase))
    if (done) onAnswer(true)
  }
  return { isBusy, failure, confirm }
}
