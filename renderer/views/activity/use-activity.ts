import { useCallback, useEffect, useState } from 'react'
import type { Failure } from '../../../main/contract/errors.ts'
import type { ActivityEntry } from '../../../main/contract/views.ts'
import { useApi } from '../../app/api.ts'

const KEPT = 5000

export interface ActivityList {
  /** Newest first; null until main has answered. */
  readonly entries: readonly ActivityEntry[] | null
  readonly failure: Failure | null
  readonly load: () => Promise<void>
}

/** Loads the list once, then follows what comes to it. */
export function useActivity(): ActivityList {
  const api = useApi()
  const [entries, setEntries] = useState<readonly ActivityEntry[]>([])
  const [isLoaded, setLoaded] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const load = useCallback(async () => {
    const result = await api.call['activity/list']()
    setFailure(result.ok ? null : result.failure)
    if (!result.ok) return
    setEntries((missed) => withEntries(missed, result.value))
    setLoaded(true)
  }, [api])
  useEffect(() => {
    // Listens before it loads, so that no entry falls between the two.
    const stop = api.on['activity/added']((added) =>
      setEntries((before) => withEntries(before, added)),
    )
    void load()
    return stop
  }, [api, load])
  return { entries: isLoaded ? entries : null, failure, load }
}

/** Both, newest first, each once; of one moment, what came later is first. */
export function withEntries(
  before: readonly ActivityEntry[],
  added: readonly ActivityEntry[],
): readonly ActivityEntry[] {
  const known = new Set(before.map(({ id }) => id))
  const fresh = added.filter(({ id }) => !known.has(id)).toReversed()
  if (fresh.length === 0) return before
  return [...fresh, ...before].sort((a, b) => b.atMs - a.atMs).slice(0, KEPT)
}
