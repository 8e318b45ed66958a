import { type ReactNode, useCallback, useMemo, useRef, useState } from 'react'
import {
  type LeaveGuard,
  leavesForm,
  type Navigation,
  NavigationContext,
  nextPlace,
  type Place,
  START,
} from './navigation.ts'

interface NavigationProviderProps {
  /** Where to begin; tests and the harness start elsewhere. */
  readonly start?: Partial<Place> | undefined
  readonly children: ReactNode
}

/** Holds the place of one window. It lies above the lock, so that unlocking leads back. */
export function NavigationProvider({ start, children }: NavigationProviderProps) {
  const [place, setPlace] = useState<Place>({ ...START, ...start })
  const guard = useRef<LeaveGuard | null>(null)
  const current = useRef(place)
  current.current = place

  const go = useCallback<Navigation['go']>((target, options) => {
    const next = nextPlace(current.current, target)
    const ask = leavesForm(current.current, next) && !options?.isSure ? guard.current : null
    const leave = () => setPlace((before) => nextPlace(before, target))
    if (ask) ask(leave)
    else leave()
  }, [])
  const setLeaveGuard = useCallback((next: LeaveGuard | null) => {
    guard.current = next
  }, [])
  const value = useMemo(() => ({ ...place, go, setLeaveGuard }), [place, go, setLeaveGuard])
  return <NavigationContext value={value}>{children}</NavigationContext>
}
