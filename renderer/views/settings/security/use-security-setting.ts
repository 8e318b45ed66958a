import { useEffect, useRef, useState } from 'react'
import type { Failure } from '../../../../main/contract/errors.ts'
import type { SecuritySettings } from '../../../../main/contract/views.ts'
import { useApi } from '../../../app/api.ts'
import { useConfirmed } from '../../../app/confirm-user/use-confirmed.ts'
import { useDesk } from '../../../app/desk-state.ts'
import { useCall } from '../../../app/use-call.ts'

/** One choice that acts at once. */
export interface SecuritySetting<Value> {
  /** What was chosen last; what holds again after a change that failed or was called off. */
  readonly value: Value
  readonly change: (next: Value) => void
  /** Why the last change did not hold: stands under the row. */
  readonly failure: Failure | null
}

/** Reads and changes one of the settings. A change that weakens them may ask who sits here first. */
export function useSecuritySetting<Name extends keyof SecuritySettings>(
  name: Name,
): SecuritySetting<SecuritySettings[Name]> {
  const api = useApi()
  const confirmed = useConfirmed()
  const held = useDesk().snapshot.security.settings[name]
  const { failure, run } = useCall()
  const [wanted, setWanted] = useState<SecuritySettings[Name] | null>(null)
  const turn = useRef(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what main says now is what holds
  useEffect(() => setWanted(null), [held])

  async function save(next: SecuritySettings[Name]): Promise<void> {
    turn.current += 1
    const mine = turn.current
    setWanted(next)
    const saved = await run(() => confirmed(() => api.call['security/change']({ [name]: next })))
    // The last of several changes says what is shown.
    if (saved === undefined && turn.current === mine) setWanted(null)
  }
  return { value: wanted ?? held, change: (next) => void save(next), failure }
}
