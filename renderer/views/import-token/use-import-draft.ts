import { useCallback, useEffect, useRef, useState } from 'react'
import type { Failure, Result } from '../../../main/contract/errors.ts'
import type { EnvironmentRef, ImportDraft } from '../../../main/contract/views.ts'
import { useApi } from '../../app/api.ts'
import { isChosenAtFirst, needsCheck } from './findings.ts'

export interface ImportState {
  readonly draft: ImportDraft | null
  /** Ids of the findings to be stored. */
  readonly chosen: ReadonlySet<string>
  readonly choose: (id: string, isChosen: boolean) => void
  readonly phase: 'idle' | 'reading' | 'checking' | 'storing'
  readonly failure: Failure | null
  /** Main reads the clipboard, then asks Slack about what it found; the text never comes here. */
  readonly paste: (environment: EnvironmentRef) => Promise<void>
  /** Puts the pasted text away, in main too. */
  readonly clear: () => void
  /** Answers the installation that was stored last, or null after a failure. */
  readonly store: (name: string | null) => Promise<string | null>
}

/** One paste at a time: read, checked with its environment's host alone, then stored or put away. */
export function useImportDraft(): ImportState {
  const api = useApi()
  const [draft, setDraft] = useState<ImportDraft | null>(null)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [phase, setPhase] = useState<ImportState['phase']>('idle')
  const [failure, setFailure] = useState<Failure | null>(null)
  const held = useRef<string | null>(null)
  /** Counts pastes and clears: an answer to an earlier one is dropped. */
  const turn = useRef(0)

  const discard = useCallback(() => {
    turn.current += 1
    if (held.current !== null) void api.call['import/discard'](held.current)
    held.current = null
  }, [api])
  useEffect(() => discard, [discard])

  const clear = useCallback(() => {
    discard()
    setDraft(null)
    setChosen(new Set())
    setPhase('idle')
    setFailure(null)
  }, [discard])

  const paste = useCallback(
    async (environment: EnvironmentRef) => {
      clear()
      const mine = turn.current
      setPhase('reading')
      const read = await api.call['import/read-clipboard'](environment)
      if (turn.current !== mine) return putAwayLate(read, api.call['import/discard'])
      setPhase('idle')
      if (!read.ok) return setFailure(read.failure)
      held.current = read.value.id
      setDraft(read.value)
      setChosen(chosenOf(read.value))
      if (!needsCheck(read.value)) return
      setPhase('checking')
      const checked = await api.call['import/check'](read.value.id)
      if (turn.current !== mine) return
      setPhase('idle')
      if (!checked.ok) return setFailure(checked.failure)
      setDraft(checked.value)
      setChosen(chosenOf(checked.value))
    },
    [api, clear],
  )

  async function store(name: string | null): Promise<string | null> {
    if (!draft) return null
    setPhase('storing')
    const choices = [...chosen].map((id) => ({ id, as: null }))
    const rest = name === null ? ({ kind: 'found' } as const) : ({ kind: 'new', name } as const)
    const stored = await api.call['import/store'](draft.id, choices, rest)
    setPhase('idle')
    setFailure(stored.ok ? null : stored.failure)
    if (!stored.ok) return null
    held.current = null
    return stored.value.installationId
  }
  function choose(id: string, isChosen: boolean): void {
    setChosen((now) => new Set([...now, id].filter((one) => one !== id || isChosen)))
  }
  return { draft, chosen, choose, phase, failure, paste, clear, store }
}

function chosenOf(draft: ImportDraft): ReadonlySet<string> {
  return new Set(draft.findings.filter(isChosenAtFirst).map(({ id }) => id))
}

/** The dialog was closed or cleared while main read: what it holds is put away. */
function putAwayLate(
  read: Result<ImportDraft>,
  discard: (id: string) => Promise<Result<null>>,
): void {
  if (read.ok) void discard(read.value.id)
}
