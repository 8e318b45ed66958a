import { useEffect, useState } from 'react'

/**
 * Whole seconds until a moment (epoch milliseconds), counted down; 0 once it is over or where there is
 * none. Renders at each full second only while it counts.
 */
export function useSecondsUntil(atMs: number | null | undefined): number {
  const [, setTick] = useState(0)
  useEffect(() => {
    if (atMs === null || atMs === undefined) return
    let timer: ReturnType<typeof setTimeout> | undefined
    function step(): void {
      setTick((tick) => tick + 1)
      const left = (atMs ?? 0) - Date.now()
      if (left > 0) timer = setTimeout(step, left % 1000 || 1000)
    }
    step()
    return () => clearTimeout(timer)
  }, [atMs])
  return secondsUntil(atMs ?? null)
}

/** The same once, for an act that must not begin too early. */
export function secondsUntil(atMs: number | null): number {
  return atMs === null ? 0 : Math.max(0, Math.ceil((atMs - Date.now()) / 1000))
}
