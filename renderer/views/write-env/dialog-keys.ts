import { type RefObject, useEffect, useRef } from 'react'

/** Ctrl or ⌘ Enter does the dialog's act, wherever in it the focus is. */
export function useCtrlEnter(act: () => void): void {
  const latest = useRef(act)
  latest.current = act
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      event.stopPropagation()
      latest.current()
    }
    // Before the focused button takes the Enter for itself.
    addEventListener('keydown', onKeyDown, { capture: true })
    return () => removeEventListener('keydown', onKeyDown, { capture: true })
  }, [])
}

/** Once the act is possible for the first time the focus goes on to it, unless the user moved on. */
export function useFocusOnAct(
  isPossible: boolean,
  from: RefObject<HTMLButtonElement | null>,
  act: RefObject<HTMLButtonElement | null>,
): void {
  const isDone = useRef(false)
  useEffect(() => {
    if (!isPossible || isDone.current) return
    isDone.current = true
    if (document.activeElement === from.current) act.current?.focus()
  }, [isPossible, from, act])
}
