import { type FocusEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'

/** Hover must rest this long before the tip comes; it stays a moment, so that the pointer can reach it. */
const SHOW_AFTER_MS = 500
const HIDE_AFTER_MS = 120

/** State of one tooltip: after 500 ms of hover, at once on keyboard focus, away on Esc (WCAG 1.4.13). */
export function useTooltip() {
  const [isShown, setShown] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const anchorName = `--tip-${useId().replaceAll(/[^a-z0-9]/gi, '')}`
  useEffect(() => () => clearTimeout(timer.current), [])

  function setLater(next: boolean, afterMs: number): void {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setShown(next), afterMs)
  }
  function setNow(next: boolean): void {
    clearTimeout(timer.current)
    setShown(next)
  }
  return {
    isShown,
    anchorName,
    triggerProps: {
      style: { anchorName },
      onPointerEnter: () => setLater(true, SHOW_AFTER_MS),
      onPointerLeave: () => setLater(false, HIDE_AFTER_MS),
      onPointerDown: () => setNow(false),
      onFocus: (event: FocusEvent) => {
        if (event.currentTarget.matches(':focus-visible')) setNow(true)
      },
      onBlur: () => setNow(false),
      onKeyDown: (event: KeyboardEvent) => {
        if (event.key !== 'Escape' || !isShown) return
        event.stopPropagation()
        setNow(false)
      },
    },
    tipProps: {
      anchorName,
      onPointerEnter: () => setNow(true),
      onPointerLeave: () => setLater(false, HIDE_AFTER_MS),
    },
  }
}
