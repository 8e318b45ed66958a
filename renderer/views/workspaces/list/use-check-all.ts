import { useState } from 'react'
import type { CallValue } from '../../../../main/contract/calls.ts'
import { useApi } from '../../../app/api.ts'
import { useDesk } from '../../../app/desk-state.ts'
import { type Act, useCall } from '../../../app/use-call.ts'

export interface CheckAll {
  readonly act: Act
  /** What the last one came to, while that is news; null else. */
  readonly outcome: string | null
  readonly begin: () => Promise<void>
  readonly cancel: () => void
}

/** How long the outcome stands where "All checked 4 min ago" does. */
const IS_NEWS_MS = 60_000

/** "Check all": how far it is comes with the desk; what it came to is its answer. */
export function useCheckAll(): CheckAll {
  const api = useApi()
  const { now } = useDesk()
  const act = useCall()
  const [last, setLast] = useState<{ words: string; atMs: number } | null>(null)
  async function begin(): Promise<void> {
    setLast(null)
    const ended = await act.run(api.call['workspaces/check-all'])
    if (ended) setLast({ words: outcomeWords(ended), atMs: Date.now() })
  }
  return {
    act,
    outcome: last !== null && now - last.atMs < IS_NEWS_MS ? last.words : null,
    begin,
    cancel: () => void api.call['workspaces/cancel-check-all'](),
  }
}

/** "All 6 work", "3 of 200 need attention", "Cancelled after 124". */
export function outcomeWords(ended: CallValue<'workspaces/check-all'>): string {
  const { checked, failed, wasCancelled } = ended
  const trouble = `${counted(failed)} of ${counted(checked)} ${failed === 1 ? 'needs' : 'need'} attention`
  if (wasCancelled) {
    const after = `Cancelled after ${counted(checked)}`
    return failed === 0
      ? after
      : `${after}; ${counted(failed)} ${failed === 1 ? 'needs' : 'need'} attention`
  }
  if (failed > 0) return trouble
  if (checked === 0) return 'Nothing to check'
  return checked === 1 ? '1 workspace works' : `All ${counted(checked)} work`
}

/** "1,000" */
export function counted(count: number): string {
  return count.toLocaleString('en')
}
