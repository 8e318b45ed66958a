import { useEffect, useRef } from 'react'

/** Ctrl or ⌘ S compares with Slack while the manifest is shown (ui 5.8); `null` keeps the key off. */
export function useCompareKey(compare: (() => void) | null): void {
  const latest = useRef(compare)
  latest.current = compare
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const isSave = event.key.toLowerCase() === 's' && (event.ctrlKey || event.metaKey)
      if (!isSave || event.shiftKey || event.altKey) return
      event.preventDefault()
      if (document.querySelector('.dialog-scrim') === null) latest.current?.()
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [])
}
