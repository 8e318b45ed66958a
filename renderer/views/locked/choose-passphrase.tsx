import { type FormEvent, useRef, useState } from 'react'
import type { Failure } from '../../../main/contract/errors.ts'
import { useApi } from '../../app/api.ts'
import { FailureNotice } from '../../app/failure-notice.tsx'
import { useCall } from '../../app/use-call.ts'
import { Button } from '../../parts/button.tsx'
import { Notice } from '../../parts/notice.tsx'
import { SecretField, type SecretFieldHandle } from '../../parts/secret-field.tsx'
import { LEAST_CHARACTERS, type Strength, strengthOf } from './passphrase-strength.ts'

type Problem = 'short' | 'different' | null

/** First start without a keyring: a passphrase, twice. Only its strength is kept in the page's state. */
export function ChoosePassphrase() {
  const api = useApi()
  const protecting = useCall()
  const first = useRef<SecretFieldHandle>(null)
  const again = useRef<SecretFieldHandle>(null)
  const [strength, setStrength] = useState<Strength | null>(null)
  const [problem, setProblem] = useState<Problem>(null)

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (protecting.isBusy || !first.current || !again.current) return
    const found = problemOf(first.current, again.current)
    setProblem(found)
    if (found) return (found === 'short' ? first : again).current?.focus()
    again.current.clear()
    const passphrase = first.current.take()
    setStrength(null)
    await protecting.run(() => api.call['vault/choose-passphrase'](passphrase))
    first.current?.focus()
  }
  return (
    <form className="locked-form" onSubmit={(event) => void submit(event)}>
      <div>
        <h1 className="locked-title">Choose a passphrase</h1>
        <p className="locked-lead">
          This computer has no keyring that Token Desk can use, so a passphrase protects your
          tokens. Token Desk never stores them unprotected.
        </p>
      </div>
      <SecretField
        ref={first}
        label="Passphrase"
        name="passphrase"
        help={<PassphraseHelp strength={strength} />}
        problem={firstProblem(problem, protecting.failure)}
        canShow
        isLarge
        autoFocus
        onEdit={(text) => setStrength(text === '' ? null : strengthOf(text))}
      />
      <SecretField
        ref={again}
        label="Passphrase again"
        name="passphrase-again"
        problem={
          problem === 'different' ? 'This is not the same as above. Type it once more.' : undefined
        }
        canShow
        isLarge
      />
      <Notice kind="warning" title="It cannot be recovered">
        Without it the tokens stay sealed. You can always authorize your workspaces again.
      </Notice>
      {protecting.failure && protecting.failure.code !== 'VAULT_WEAK_PASSPHRASE' && (
        <FailureNotice failure={protecting.failure} />
      )}
      <div className="locked-act">
        <Button
          type="submit"
          kind="filled"
          size="large"
          busyLabel={protecting.isBusy ? 'Protecting…' : undefined}
        >
          Protect my tokens
        </Button>
      </div>
    </form>
  )
}

function problemOf(first: SecretFieldHandle, again: SecretFieldHandle): Problem {
  if ([...first.peek()].length < LEAST_CHARACTERS) return 'short'
  return first.peek() === again.peek() ? null : 'different'
}

function firstProblem(problem: Problem, failure: Failure | null): string | undefined {
  if (problem === 'short') return `Use at least ${LEAST_CHARACTERS} characters.`
  if (failure?.code === 'VAULT_WEAK_PASSPHRASE') return `${failure.message}. ${failure.advice}`
  return undefined
}

function PassphraseHelp({ strength }: { readonly strength: Strength | null }) {
  return (
    <>
      <StrengthBar strength={strength} />
      {`At least ${LEAST_CHARACTERS} characters. A few unrelated words work well.`}
    </>
  )
}

/** Four bars and the word; the word alone is spoken. */
function StrengthBar({ strength }: { readonly strength: Strength | null }) {
  const bars = strength?.bars ?? 0
  return (
    <span className="strength">
      {[1, 2, 3, 4].map((bar) => (
        <span key={bar} className="strength-bar" data-filled={bar <= bars || undefined} />
      ))}
      <span className="strength-word" role="status">
        {strength?.word}
      </span>
    </span>
  )
}
