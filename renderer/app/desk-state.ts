import { createContext, useContext, useEffect, useState } from 'react'
import type { EventPayload } from '../../main/contract/calls.ts'
import type { Snapshot } from '../../main/contract/views.ts'

/** What every view shows: the desk as main last told it, and the time for "4 min ago". */
export interface Desk {
  readonly snapshot: Snapshot
  /** Epoch milliseconds, moved on every 30 s; for a countdown use `useNow(1000)`. */
  readonly now: number
}

/** Filled by `DeskProvider`. */
export const DeskContext = createContext<Desk | null>(null)

/** How often times in words ("4 min ago") move on. */
export const WORDS_EVERY_MS = 30_000

/** The desk: snapshot and time. What is selected comes from `useNavigation()`. */
export function useDesk(): Desk {
  const desk = useContext(DeskContext)
  if (!desk) throw new TypeError('The view needs a DeskProvider above it')
  return desk
}

/** The time in epoch milliseconds, moved on every `everyMs`. Renders only the part that uses it. */
export function useNow(everyMs: number): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return now
}

/** Replaces the slices that changed; the others stay the same objects. */
export function applyChange(snapshot: Snapshot, change: EventPayload<'desk/changed'>): Snapshot {
  const present = Object.entries(change).filter(([, slice]) => slice !== undefined)
  return { ...snapshot, ...Object.fromEntries(present) }
}
