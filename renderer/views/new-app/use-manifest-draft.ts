import { useEffect, useRef, useState } from 'react'
import type { ManifestForm } from '../../../main/contract/calls.ts'
import type { Failure } from '../../../main/contract/errors.ts'
import type { ManifestView } from '../../../main/contract/views.ts'
import { useApi } from '../../app/api.ts'

/** A manifest follows the form this long after the last key. */
const PAUSE_MS = 200

export interface ManifestDraft {
  /** The last one that main made; null until the first. */
  readonly view: ManifestView | null
  readonly failure: Failure | null
  /** The form was changed since. */
  readonly isBehind: boolean
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
  const [made, setMade] = useState<Made | null>(null)
  const isFirst = useRef(true)
  useEffect(() => {
    let isLate = false
    const wanted: ManifestForm | null = JSON.parse(key)
    if (!wanted) return
    const timer = setTimeout(
      async () => {
        const result = await api.call['manifests/draft'](wanted)
        if (isLate) return
        setMade((last) =>
          result.ok
            ? { key, view: result.value, failure: null }
            : { key, view: last?.view ?? null, failure: result.failure },
        )
      },
      isFirst.current ? 0 : PAUSE_MS,
    )
    isFirst.current = false
    return () => {
      isLate = true
      clearTimeout(timer)
    }
  }, [api, key])
  const { view = null, failure = null } = made ?? {}
  return { view, failure, isBehind: made?.key !== key }
}
