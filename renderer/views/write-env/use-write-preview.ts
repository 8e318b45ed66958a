import { useCallback, useEffect, useRef, useState } from 'react'
import type { Failure } from '../../../main/contract/errors.ts'
import type { EnvFileView, SecretRef, WritePreview } from '../../../main/contract/views.ts'
import { useApi } from '../../app/api.ts'

/** Typing a name asks for one preview, not for one a letter. */
const TYPING_PAUSE_MS = 200

export interface WritePreviewing {
  /** Files used before and chosen now, last first. */
  readonly files: readonly EnvFileView[]
  readonly file: EnvFileView | null
  readonly setFile: (file: EnvFileView) => void
  readonly variable: string
  readonly setVariable: (variable: string) => void
  /** The last preview; stays in view while the next one is made. */
  readonly preview: WritePreview | null
  /** True when `preview` is of the file and name that are chosen: only then it may be written. */
  readonly isCurrent: boolean
  readonly isLoading: boolean
  readonly failure: Failure | null
  /** Looks at the file again. */
  readonly refresh: () => void
}

/** Which file and which name, and what a write there would change. Begins with the file used last. */
export function useWritePreview(ref: SecretRef, proposedName: string): WritePreviewing {
  const { files, file, setFile, failure: filesFailure } = useEnvFiles(ref)
  const [variable, setVariable] = useState(proposedName)
  const shown = usePreview(ref, file?.id ?? null, variable.trim())
  return {
    ...{ files, file, setFile, variable, setVariable },
    preview: shown.preview,
    isCurrent: shown.isCurrent,
    isLoading: shown.isLoading,
    failure: shown.failure ?? filesFailure,
    refresh: shown.refresh,
  }
}

function useEnvFiles(ref: SecretRef) {
  const api = useApi()
  const [files, setFiles] = useState<readonly EnvFileView[]>([])
  const [file, choose] = useState<EnvFileView | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const wanted = useRef(ref)
  useEffect(() => {
    let isGone = false
    void api.call['sharing/recent-env-files'](wanted.current).then((result) => {
      if (isGone) return
      if (!result.ok) return setFailure(result.failure)
      setFiles((chosen) => [...chosen, ...result.value])
      choose((chosen) => chosen ?? result.value[0] ?? null)
    })
    return () => {
      isGone = true
    }
  }, [api])
  const setFile = useCallback((next: EnvFileView) => {
    setFiles((before) => [next, ...before.filter(({ id }) => id !== next.id)])
    choose(next)
  }, [])
  return { files, file, setFile, failure }
}

interface Shown {
  readonly fileId: string
  readonly name: string
  readonly round: number
  readonly preview: WritePreview | null
  readonly failure: Failure | null
}

function usePreview(ref: SecretRef, fileId: string | null, name: string) {
  const api = useApi()
  const [round, setRound] = useState(0)
  const [shown, setShown] = useState<Shown | null>(null)
  const wanted = useRef(ref)
  const lastName = useRef(name)

  useEffect(() => {
    if (fileId === null) return
    let isLate = false
    const look = async (): Promise<void> => {
      const result = await api.call['sharing/preview-write'](wanted.current, fileId, name)
      if (isLate) return
      const answer = result.ok
        ? { preview: result.value, failure: null }
        : { preview: null, failure: result.failure }
      setShown({ fileId, name, round, ...answer })
    }
    const pauseMs = lastName.current === name ? 0 : TYPING_PAUSE_MS
    lastName.current = name
    const timer = setTimeout(() => void look(), pauseMs)
    return () => {
      isLate = true
      clearTimeout(timer)
    }
  }, [api, fileId, name, round])

  const isCurrent = shown?.fileId === fileId && shown?.name === name && shown.round === round
  return {
    preview: shown?.preview ?? null,
    failure: isCurrent ? (shown?.failure ?? null) : null,
    isCurrent: isCurrent && shown?.preview !== null,
    isLoading: fileId !== null && !isCurrent,
    refresh: useCallback(() => setRound((before) => before + 1), []),
  }
}
