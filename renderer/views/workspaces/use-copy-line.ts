import { useCallback, useState } from 'react'
import type { Failure } from '../../../main/contract/errors.ts'
import type { SecretRef } from '../../../main/contract/views.ts'
import { useApi } from '../../app/api.ts'
import { useConfirmed } from '../../app/confirm-user/use-confirmed.ts'
import { useToasts } from '../../parts/toast.tsx'

/** The failure of the last copy, with the secret it was about. */
export interface CopyFailure {
  readonly ref: SecretRef
  readonly failure: Failure
}

export interface CopyLine {
  readonly failed: CopyFailure | null
  /** Main puts the env line on the clipboard, after the user confirmed; answers whether it did. */
  readonly copy: (ref: SecretRef) => Promise<boolean>
}

/** "Copy env line": nothing of the secret comes here, only when it is cleared again. */
export function useCopyLine(): CopyLine {
  const api = useApi()
  const confirmed = useConfirmed()
  const { show } = useToasts()
  const [failed, setFailed] = useState<CopyFailure | null>(null)
  const copy = useCallback(
    async (ref: SecretRef) => {
      const result = await confirmed(() => api.call['sharing/copy-line'](ref))
      setFailed(result === null || result.ok ? null : { ref, failure: result.failure })
      if (result?.ok) {
        const { clearedAfterSeconds } = result.value
        show({ text: 'Env line copied.', detail: `Cleared in ${clearedAfterSeconds} s.` })
      }
      return result?.ok === true
    },
    [api, confirmed, show],
  )
  return { failed, copy }
}
