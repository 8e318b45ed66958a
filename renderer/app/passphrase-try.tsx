import { useState } from 'react'
import type { ErrorCode, Failure } from '../../main/contract/errors.ts'
import { useSecondsUntil } from './use-seconds-until.ts'

const WRONG: readonly ErrorCode[] = ['VAULT_WRONG_PASSPHRASE', 'BACKUP_WRONG_PASSPHRASE']

/** Whether a failure is about the passphrase that was typed, and so stands at its field. */
export function isPassphraseFailure(failure: Failure | null): failure is Failure {
  return failure !== null && (WRONG.includes(failure.code) || failure.code === 'VAULT_TRY_LATER')
}

/** What a form with a passphrase shows after a wrong one. */
export interface PassphraseTry {
  /** Stands at the field, with the seconds that are left. */
  readonly problem: string | undefined
  /** Stands behind the verb of the act: "Unlock in 4 s". Null when it can be tried. */
  readonly wait: string | null
  /** Spoken politely, once for each wrong passphrase and once when the wait is over. */
  readonly said: string
}

/**
 * Puts a wrong passphrase into words and counts down until the next try is allowed. Main refuses an
 * earlier one; the form only says so beforehand.
 *
 * @param failure of the last try; null before it, and one that is not about the passphrase counts as none
 * @param retryAtMs what the vault says of tries before this page was there, epoch milliseconds
 */
export function usePassphraseTry(
  failure: Failure | null,
  retryAtMs: number | null = null,
): PassphraseTry {
  const about = isPassphraseFailure(failure) ? failure : null
  const atMs = Math.max(about?.retryAtMs ?? 0, retryAtMs ?? 0)
  const seconds = useSecondsUntil(atMs === 0 ? null : atMs)
  const wait = seconds > 0 ? waitWords(seconds) : null
  const [first, setFirst] = useState<{ of: Failure | null; words: string; hadToWait: boolean }>({
    of: null,
    words: '',
    hadToWait: false,
  })
  if (first.of !== about) {
    setFirst({ of: about, words: about ? sentence(about, wait) : '', hadToWait: wait !== null })
  }
  const isOver = first.hadToWait && wait === null
  return {
    problem: problemOf(about, wait),
    wait,
    said: isOver ? 'You can try again now.' : first.words,
  }
}

/** A place for `said`; put it once into the form. */
export function SaidTry({ said }: { readonly said: string }) {
  return (
    <span role="status" className="said-only">
      {said}
    </span>
  )
}

/** "4 s", "2 min", "2 min 5 s". */
export function waitWords(seconds: number): string {
  if (seconds < 60) return `${seconds} s`
  const rest = seconds % 60
  const minutes = `${Math.floor(seconds / 60)} min`
  return rest === 0 ? minutes : `${minutes} ${rest} s`
}

function problemOf(about: Failure | null, wait: string | null): string | undefined {
  if (about)
    return about.code === 'VAULT_TRY_LATER' && wait === null ? undefined : sentence(about, wait)
  return wait === null ? undefined : `You can try again in ${wait}.`
}

/** With a wait the advice names it instead of only saying "try again". */
function sentence(failure: Failure, wait: string | null): string {
  if (wait === null) return `${failure.message}. ${failure.advice}`
  return WRONG.includes(failure.code)
    ? `${failure.message}. Check Caps Lock and the keyboard layout; you can try again in ${wait}.`
    : `${failure.message}. You can try again in ${wait}.`
}
