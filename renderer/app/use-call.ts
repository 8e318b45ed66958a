import { useCallback, useState } from 'react'
import type { Failure, Result } from '../../main/contract/errors.ts'

/** One act of a view: whether it is under way, and why it did not work the last time. */
export interface Act {
  readonly isBusy: boolean
  readonly failure: Failure | null
  /**
   * Runs the call unless one is under way; answers its value, or undefined after a failure. A call that
   * the user called off (`useConfirmed`) answers null: then nothing failed.
   */
  readonly run: <T>(call: () => Promise<Result<T> | null>) => Promise<T | undefined>
  readonly forget: () => void
}

/** Keeps the state of an act that calls main: busy while it waits, the failure until the next try. */
export function useCall(): Act {
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const run = useCallback(
    async <T>(call: () => Promise<Result<T> | null>): Promise<T | undefined> => {
      setBusy(true)
      const result = await call()
      setBusy(false)
      setFailure(result === null || result.ok ? null : result.failure)
      return result?.ok ? result.value : undefined
    },
    [],
  )
  const forget = useCallback(() => setFailure(null), [])
  return { isBusy, failure, run, forget }
}
