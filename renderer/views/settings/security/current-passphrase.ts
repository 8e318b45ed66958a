import { type RefObject, useRef, useState } from 'react'
import type { Failure } from '../../../../main/contract/errors.ts'
import { isPassphraseFailure, usePassphraseTry } from '../../../app/passphrase-try.tsx'
import type { SecretFieldHandle } from '../../../parts/secret-field.tsx'

/** The field "Current passphrase" of a dialog, and what a wrong one means for the act. */
export interface CurrentPassphrase {
  readonly field: RefObject<SecretFieldHandle | null>
  readonly problem: string | undefined
  /** "4 s" while no try is allowed. */
  readonly wait: string | null
  readonly said: string
  /** What is not about this field: the first thing in the dialog. */
  readonly otherFailure: Failure | null
  /** False, with the problem at the field, where it is empty or a try is not allowed yet. */
  readonly isReady: () => boolean
}

/** Ties the failure of an act to the field of the present passphrase. */
export function useCurrentPassphrase(failure: Failure | null): CurrentPassphrase {
  const field = useRef<SecretFieldHandle>(null)
  const [isMissing, setMissing] = useState(false)
  const { problem, wait, said } = usePassphraseTry(failure)
  function isReady(): boolean {
    const isEmpty = field.current?.peek() === ''
    setMissing(isEmpty)
    if (isEmpty || wait !== null) field.current?.focus()
    return !isEmpty && wait === null
  }
  return {
    field,
    problem: isMissing ? 'Enter the passphrase that opens the vault now.' : problem,
    wait,
    said,
    otherFailure: isPassphraseFailure(failure) ? null : failure,
    isReady,
  }
}
