import { type ReactNode, useCallback, useEffect, useMemo, useState } from 'react'
import type { EventPayload } from '../../main/contract/calls.ts'
import type { Failure } from '../../main/contract/errors.ts'
import type { Snapshot } from '../../main/contract/views.ts'
import { useApi } from './api.ts'
import { applyChange, DeskContext, useNow, WORDS_EVERY_MS } from './desk-state.ts'
import { FailureNotice } from './failure-notice.tsx'

type Loading =
  | { readonly kind: 'loading'; readonly missed: readonly EventPayload<'desk/changed'>[] }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'ready'; readonly snapshot: Snapshot }

const BEGIN: Loading = { kind: 'loading', missed: [] }

/** Loads the desk once, then follows main's changes. Shows nothing until the first answer is there. */
export function DeskProvider({ children }: { readonly children: ReactNode }) {
  const { loading, load } = useDeskLoading()
  const now = useNow(WORDS_EVERY_MS)
  const snapshot = loading.kind === 'ready' ? loading.snapshot : null
  const desk = useMemo(() => snapshot && { snapshot, now }, [snapshot, now])
  if (loading.kind === 'failed') {
    return (
      <main className="lone-notice">
        <FailureNotice failure={loading.failure} onRemedy={load} />
      </main>
    )
  }
  return desk && <DeskContext value={desk}>{children}</DeskContext>
}

function useDeskLoading() {
  const api = useApi()
  const [loading, setLoading] = useState<Loading>(BEGIN)

  const load = useCallback(async () => {
    setLoading(BEGIN)
    const result = await api.call['desk/load']()
    setLoading((before) => {
      if (!result.ok) return { kind: 'failed', failure: result.failure }
      const missed = before.kind === 'loading' ? before.missed : []
      return { kind: 'ready', snapshot: missed.reduce(applyChange, result.value) }
    })
  }, [api])

  useEffect(() => {
    // Listens before it loads, so that no change falls between the two.
    const stop = api.on['desk/changed']((change) => setLoading((before) => follow(before, change)))
    void load()
    return stop
  }, [api, load])

  return { loading, load }
}

function follow(before: Loading, change: EventPayload<'desk/changed'>): Loading {
  if (before.kind === 'loading') return { kind: 'loading', missed: [...before.missed, change] }
  if (before.kind === 'failed') return before
  return { kind: 'ready', snapshot: applyChange(before.snapshot, change) }
}
