import { type RefObject, useEffect, useRef } from 'react'

/**
 * For the first act of a page: takes the focus when the page before took it away with it (a form that
 * was saved). Where the focus stands on something, it stays there.
 */
export function useLostFocus(): RefObject<HTMLButtonElement | null> {
  const start = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    // F6 and Enter in the list come here too.
    start.current?.setAttribute('data-pane-start', '')
    const { activeElement } = document
    if (activeElement === null || activeElement === document.body) start.current?.focus()
  }, [])
  return start
}
