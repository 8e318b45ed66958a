import { useRef, useState } from 'react'
import type { Failure } from '../../../../main/contract/errors.ts'
import type { LeftBehind } from '../../../../main/contract/views.ts'
import { useApi } from '../../../app/api.ts'
import { useConfirmed } from '../../../app/confirm-user/use-confirmed.ts'
import { useDesk } from '../../../app/desk-state.ts'
import { useHoldPage } from '../../../app/hold-page.ts'
import { useCall } from '../../../app/use-call.ts'

interface DeleteEverything {
  readonly isBusy: boolean
  readonly failure: Failure | null
  /** It failed when the vault was closed already: there is no page to go back to. */
  readonly isBroken: boolean
  /** What is still there; null until it is done. */
  readonly leftBehind: readonly LeftBehind[] | null
  readonly run: () => Promise<void>
}

/** Deletes, and keeps the page to say how it ended: the vault closes under it. */
export function useDeleteEverything(): DeleteEverything {
  const api = useApi()
  const confirmed = useConfirmed()
  const { isBusy, failure, run: call } = useCall()
  const [leftBehind, setLeftBehind] = useState<readonly LeftBehind[] | null>(null)
  const [isBroken, setBroken] = useState(false)
  const { state } = useDesk().snapshot.vault
  const vaultState = useRef(state)
  vaultState.current = state
  useHoldPage(isBusy || leftBehind !== null || isBroken)

  async function run(): Promise<void> {
    const left = await call(() => confirmed(() => api.call['vault/delete-everything']()))
    if (left) setLeftBehind(left)
    else setBroken(vaultState.current !== 'ready' && vaultState.current !== 'opening')
  }
  return { isBusy, failure, isBroken, leftBehind, run }
}
