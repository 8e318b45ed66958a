import { useCallback, useEffect, useRef, useState } from 'react'

/** How long "Copied" stays beside what was copied. */
const SHOWN_MS = 2000

/** Remembers for 2 s which thing was copied last. */
export function useCopied<Key>() {
  const [copied, setCopied] = useState<Key | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const mark = useCallback((key: Key) => {
    setCopied(key)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setCopied(null), SHOWN_MS)
  }, [])
  return { copied, mark }
}
