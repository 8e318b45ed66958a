import { useCallback, useEffect, useRef, useState } from 'react'
import type { CallArgs, CallValue } from '../../../main/contract/calls.ts'
import type { Failure, Result } from '../../../main/contract/errors.ts'
import type { EnvironmentRef, ImportDraft } from '../../../main/contract/views.ts'
import { useApi } from '../../app/api.ts'
import {
  type Choice,
  isChosenAtFirst,
  needsCheck,
  type SaidKinds,
  storedChoices,
} from './findings.ts'

/** Where what has no workspace of its own goes. */
export type Rest = CallArgs<'import/store'>[2]

export interface ImportState extends Choice {
  readonly choose: (id: string, isChosen: boolean) => void
  /** The user says what a `xoxe.xoxp-1-` is. */
  readonly say: (id: string, kind: 'user' | 'configuration') => void
  readonly phase: 'idle' | 'reading' | 'checking' | 'storing'
  readonly failure: Failure | null
  /** Main reads the clipboard, then asks Slack about what it found; the text never comes here. */
  readonly paste: (environment: EnvironmentRef) => Promise<void>
  /** The same with a file; what was there before stays when none is chosen. */
  readonly chooseFile: (environment: EnvironmentRef) => Promise<void>
  /** Puts the pasted text away, in main too. */
  readonly clear: () => void
  /** Answers what was stored, or null after a failure. */
  readonly store: (rest: Rest) => Promise<CallValue<'import/store'> | null>
}

const NOTHING: Choice = { draft: null, chosen: new Set(), said: new Map() }

/** One text at a time: read, checked with its environment's host alone, then stored or put away. */
export function useImportDraft(): ImportState {
  const api = useApi()
  const [choice, setChoice] = useState(NOTHING)
  const [phase, setPhase] = useState<ImportState['phase']>('idle')
  const [failure, setFailure] = useState<Failure | null>(null)
  const held = useRef<string | null>(null)
  /** Counts texts and clears: an answer to an earlier one is dropped. */
  const turn = useRef(0)

  const discard = useCallback(() => {
    turn.current += 1
    if (held.current !== null) void api.call['import/discard'](held.current)
    held.current = null
  }, [api])
  useEffect(() => discard, [discard])

  const clear = useCallback(() => {
    discard()
    setChoice(NOTHING)
    setPhase('idle')
    setFailure(null)
  }, [discard])

  const take = useCallback(
    async (draft: ImportDraft) => {
      discard()
      const mine = turn.current
      held.current = draft.id
      setFailure(null)
      setChoice({ ...NOTHING, draft, chosen: chosenAtFirst(draft) })
      if (!needsCheck(draft)) return setPhase('idle')
      setPhase('checking')
      const checked = await api.call['import/check'](draft.id)
      if (turn.current !== mine) return
      setPhase('idle')
      if (!checked.ok) return setFailure(checked.failure)
      const chosen = chosenAtFirst(checked.value)
      setChoice((before) => ({ ...before, draft: checked.value, chosen }))
    },
    [api, discard],
  )
  const read = useCallback(
    async (ask: () => Promise<Result<ImportDraft | null>>) => {
      const mine = turn.current
      setPhase('reading')
      setFailure(null)
      const answer = await ask()
      // The dialog was closed or cleared while main read: what it holds is put away.
      if (turn.current !== mine) {
        if (answer.ok && answer.value) void api.call['import/discard'](answer.value.id)
        return
      }
      setPhase('idle')
      if (!answer.ok) return setFailure(answer.failure)
      if (answer.value) await take(answer.value)
    },
    [api, take],
  )
  const paste = useCallback(
    (environment: EnvironmentRef) => {
      clear()
      return read(() => api.call['import/read-clipboard'](environment))
    },
    [api, clear, read],
  )
  const chooseFile = useCallback(
    (environment: EnvironmentRef) => read(() => api.call['import/choose-file'](environment)),
    [api, read],
  )

  async function store(rest: Rest): Promise<CallValue<'import/store'> | null> {
    if (!choice.draft) return null
    setPhase('storing')
    const stored = await api.call['import/store'](choice.draft.id, storedChoices(choice), rest)
    setPhase('idle')
    setFailure(stored.ok ? null : stored.failure)
    if (!stored.ok) return null
    held.current = null
    return stored.value
  }
  return { ...choice, ...changesOf(setChoice), phase, failure, paste, chooseFile, clear, store }
}

function changesOf(setChoice: (change: (before: Choice) => Choice) => void) {
  return {
    choose(id: string, isChosen: boolean): void {
      setChoice((before) => {
        const others = [...before.chosen].filter((one) => one !== id)
        return { ...before, chosen: new Set(isChosen ? [...others, id] : others) }
      })
    },
    say(id: string, kind: 'user' | 'configuration'): void {
      setChoice((before) => {
        const said: SaidKinds = new Map(before.said).set(id, kind)
        return { ...before, said }
      })
    },
  }
}

function chosenAtFirst(draft: ImportDraft): ReadonlySet<string> {
  return new Set(draft.findings.filter(isChosenAtFirst).map(({ id }) => id))
}
