import { useCallback, useEffect, useRef, useState } from 'react'
import type { Failure } from '../../../main/contract/errors.ts'
import type { ManifestForm } from '../../../main/contract/inputs.ts'
import type { ManifestView } from '../../../main/contract/views.ts'
import { useApi } from '../../app/api.ts'

/** A manifest follows the form this long after the last key. */
const PAUSE_MS = 200

export interface ManifestDraft {
  /** The last one that main made; null until the first. */
  readonly view: ManifestView | null
  readonly failure: Failure | null
  /** The manifest of the form as it is now: asks at once where the last one is behind. */
  readonly fresh: () => Promise<ManifestView | null>
}

interface Made {
  readonly key: string
  readonly view: ManifestView | null
  readonly failure: Failure | null
}

/**
 * The manifest of a form. An answer that comes after the form was changed again is dropped. `null`
 * (a base URL that is not whole yet) asks nothing and keeps the last one.
 */
export function useManifestDraft(form: ManifestForm | null): ManifestDraft {
  const api = useApi()
  const key = JSON.stringify(form)
  const wanted = useRef(key)
  wanted.current = key
  const isFirst = useRef(true)
  const [made, setMade] = useState<Made | null>(null)
  const make = useCallback(
    async (from: string): Promise<ManifestView | null> => {
      const parsed: ManifestForm | null = JSON.parse(from)
      if (!parsed) return null
      const result = await api.call['manifests/draft'](parsed)
      if (wanted.current !== from) return null
      setMade((last) =>
        result.ok
          ? { key: from, view: result.value, failure: null }
          : { key: from, view: last?.view ?? null, failure: result.failure },
      )
      return result.ok ? result.value : null
    },
    [api],
  )
  useEffect(() => {
    const timer = setTimeout(() => void make(key), isFirst.current ? 0 : PAUSE_MS)
    isFirst.current = false
    return () => clearTimeout(timer)
  }, [make, key])
  const { view = null, failure = null } = made ?? {}
  const isFresh = made?.key === key && failure === null
  return { view, failure, fresh: async () => (isFresh ? view : make(key)) }
}
