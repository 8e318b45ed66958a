import { useCallback, useEffect, useState } from 'react'
import type { Failure } from '../../../../main/contract/errors.ts'
import type { ManifestProblem, ManifestView } from '../../../../main/contract/views.ts'
import { useApi } from '../../../app/api.ts'
import { useCall } from '../../../app/use-call.ts'
import type { ManifestFormat } from '../../../parts/manifest-marks.ts'
import { changedLines } from './changed-lines.ts'

/** A text is read this long after the last key. */
const PAUSE_MS = 250

export interface ManifestEdit {
  readonly text: string
  readonly format: ManifestFormat
  /** Of the text as it stands; those of a text that was changed since are not shown. */
  readonly problems: readonly ManifestProblem[]
  readonly changes: number
  readonly isDirty: boolean
  /** Where the text came from. */
  readonly source: 'here' | 'slack'
  readonly isLoading: boolean
  readonly failure: Failure | null
  readonly setText: (text: string) => void
  /** Converts an edited text; one that cannot be read stays as it is, and its problems say why. */
  readonly setFormat: (format: ManifestFormat) => Promise<void>
  /** Puts Slack's manifest in the place of the text. */
  readonly getFromSlack: () => Promise<void>
  /** What was sent is what Slack has: nothing is unsaved. */
  readonly keep: () => void
  readonly retry: () => void
}

interface Held {
  /** As it was loaded, in both spellings. */
  readonly before: Readonly<Record<ManifestFormat, string>>
  readonly text: string
  readonly source: 'here' | 'slack'
}

const NOTHING: Held = { before: { json: '', yaml: '' }, text: '', source: 'here' }

/** The manifest of one app while it is edited; what it holds goes away when the part is left. */
export function useManifestEdit(slackAppId: string, isActive: boolean): ManifestEdit {
  const api = useApi()
  const loading = useCall()
  const converting = useCall()
  const [format, setFormat] = useState<ManifestFormat>('json')
  const [held, setHeld] = useState<Held>(NOTHING)
  const [attempt, setAttempt] = useState(0)
  const read = useRead(held.text, isActive, held.text !== held.before[format])
  const { run } = loading

  // biome-ignore lint/correctness/useExhaustiveDependencies: an attempt loads again
  useEffect(() => {
    if (!isActive) return
    let isLate = false
    void run(() => api.call['manifests/of-app'](slackAppId)).then((view) => {
      if (view && !isLate) setHeld(heldOf(view, 'json', 'here'))
    })
    return () => {
      isLate = true
      setHeld(NOTHING)
      setFormat('json')
    }
  }, [api, run, slackAppId, isActive, attempt])

  const isDirty = held.text !== held.before[format]
  const setText = useCallback((text: string) => setHeld((now) => ({ ...now, text })), [])
  async function changeFormat(next: ManifestFormat): Promise<void> {
    if (next === format) return
    const view = isDirty
      ? await converting.run(() => api.call['manifests/read'](held.text))
      : held.before
    if (!view || view[next] === '') return
    setFormat(next)
    setText(view[next])
  }
  async function getFromSlack(): Promise<void> {
    const view = await run(() => api.call['manifests/export'](slackAppId))
    if (view) setHeld(heldOf(view, format, 'slack'))
  }
  return {
    text: held.text,
    format,
    problems: read,
    changes: changedLines(held.before[format], held.text),
    isDirty,
    source: held.source,
    isLoading: loading.isBusy,
    failure: loading.failure ?? converting.failure,
    setText,
    setFormat: changeFormat,
    getFromSlack,
    keep: () => setHeld((now) => ({ ...now, before: { ...now.before, [format]: now.text } })),
    retry: () => setAttempt((count) => count + 1),
  }
}

function heldOf(view: ManifestView, format: ManifestFormat, source: Held['source']): Held {
  return { before: { json: view.json, yaml: view.yaml }, text: view[format], source }
}

/** What main says of the text; a late answer about another text is dropped. */
function useRead(text: string, isActive: boolean, isTyped: boolean): readonly ManifestProblem[] {
  const api = useApi()
  const [read, setRead] = useState<{ text: string; problems: readonly ManifestProblem[] }>()
  useEffect(() => {
    if (!isActive || text === '') return
    let isLate = false
    const pauseMs = isTyped ? PAUSE_MS : 0
    const timer = setTimeout(async () => {
      const result = await api.call['manifests/read'](text)
      if (result.ok && !isLate) setRead({ text, problems: result.value.problems })
    }, pauseMs)
    return () => {
      isLate = true
      clearTimeout(timer)
    }
  }, [api, text, isActive, isTyped])
  return read?.text === text ? read.problems : NONE
}

const NONE: readonly ManifestProblem[] = []
