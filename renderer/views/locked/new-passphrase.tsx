import './strength.css'
import { type Ref, useImperativeHandle, useRef, useState } from 'react'
import type { Failure } from '../../../main/contract/errors.ts'
import { SecretField, type SecretFieldHandle } from '../../parts/secret-field.tsx'
import { LEAST_CHARACTERS, type Strength, strengthOf } from './passphrase-strength.ts'

/** What a form does with the two fields of a new passphrase. */
export interface NewPassphraseHandle {
  /** Gives it and empties both fields; null, with the problem at its field, where it cannot be used. */
  take(): string | null
  /** Puts back what `take` gave, after the act was refused for another reason; drop your own copy. */
  giveBack(passphrase: string): void
  focus(): void
}

interface NewPassphraseProps {
  /** "Passphrase"; the second field is "Passphrase again". */
  readonly label?: string
  /** Of the act: a passphrase that main refused is said at the field. */
  readonly failure: Failure | null
  readonly isLarge?: boolean
  readonly autoFocus?: boolean
  readonly onEdit?: () => void
  readonly ref: Ref<NewPassphraseHandle>
}

type Problem = 'short' | 'different' | null

/** A new passphrase, twice, with its strength in a word. Only the strength is kept in the page's state. */
export function NewPassphrase(props: NewPassphraseProps) {
  const { label = 'Passphrase', failure, isLarge, autoFocus, onEdit, ref } = props
  const first = useRef<SecretFieldHandle>(null)
  const again = useRef<SecretFieldHandle>(null)
  const [strength, setStrength] = useState<Strength | null>(null)
  const [problem, setProblem] = useState<Problem>(null)
  useImperativeHandle(ref, () => ({
    take() {
      if (!first.current || !again.current) return null
      const found = problemOf(first.current, again.current)
      setProblem(found)
      if (found) {
        const wrong = found === 'short' ? first : again
        wrong.current?.focus()
        return null
      }
      again.current.clear()
      setStrength(null)
      return first.current.take()
    },
    giveBack(passphrase) {
      first.current?.giveBack(passphrase)
      again.current?.giveBack(passphrase)
      setStrength(strengthOf(passphrase))
    },
    focus: () => first.current?.focus(),
  }))
  return (
    <>
      <SecretField
        ref={first}
        label={label}
        name="passphrase"
        help={<PassphraseHelp strength={strength} />}
        problem={firstProblem(problem, failure)}
        canShow
        isLarge={isLarge}
        autoFocus={autoFocus}
        onEdit={(text) => {
          setStrength(text === '' ? null : strengthOf(text))
          onEdit?.()
        }}
      />
      <SecretField
        ref={again}
        label={`${label} again`}
        name="passphrase-again"
        problem={
          problem === 'different' ? 'This is not the same as above. Type it once more.' : undefined
        }
        canShow
        isLarge={isLarge}
        onEdit={onEdit}
      />
    </>
  )
}

/** Whether a failure stands at the fields already. */
export function isNewPassphraseFailure(failure: Failure | null): boolean {
  return failure?.code === 'VAULT_WEAK_PASSPHRASE'
}

function problemOf(first: SecretFieldHandle, again: SecretFieldHandle): Problem {
  if ([...first.peek()].length < LEAST_CHARACTERS) return 'short'
  return first.peek() === again.peek() ? null : 'different'
}

function firstProblem(problem: Problem, failure: Failure | null): string | undefined {
  if (problem === 'short') return `Use at least ${LEAST_CHARACTERS} characters.`
  return failure && isNewPassphraseFailure(failure)
    ? `${failure.message}. ${failure.advice}`
    : undefined
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
