import { createContext, useContext } from 'react'
import type { Result } from '../../../main/contract/errors.ts'

/**
 * Runs a call of main; where main wants to know first that it is the user, asks, and runs it again.
 *
 * @returns what the call answers; null when the user called it off, and then nothing happened
 */
export type Confirmed = <T>(call: () => Promise<Result<T>>) => Promise<Result<T> | null>

/** Filled by `ConfirmUserProvider`. */
export const ConfirmedContext = createContext<Confirmed | null>(null)

/**
 * For every call that may answer USER_CHECK_REQUIRED: "Reveal", "Copy env line", and turning that
 * question off. The dialog asks for the passphrase or Touch ID, and the focus returns to where it was.
 *
 *     const confirmed = useConfirmed()
 *     const result = await confirmed(() => api.call['sharing/reveal'](ref))
 *     if (result === null) return // called off: show nothing, everything is as it was
 *
 * With `useCall`: `act.run(() => confirmed(() => api.call['sharing/reveal'](ref)))`, which answers
 * undefined and shows no failure when it was called off. The call may run twice, so it must not empty a
 * field; what makes an answer late (the page was left) has to be looked at after each run.
 */
export function useConfirmed(): Confirmed {
  const confirmed = useContext(ConfirmedContext)
  if (!confirmed) throw new TypeError('The view needs a ConfirmUserProvider above it')
  return confirmed
}
