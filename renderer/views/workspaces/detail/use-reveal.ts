import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { SecretRef } from '../../../../main/contract/views.ts'
import { useApi } from '../../../app/api.ts'
import { useConfirmed } from '../../../app/confirm-user/use-confirmed.ts'
import { type Act, useCall } from '../../../app/use-call.ts'

export interface Reveal {
  readonly act: Act
  /** Seconds it still shows, and of how many; null while it is hidden. */
  readonly countdown: { readonly left: number; readonly of: number } | null
  /** The element that shows the value: the only place where it ever is. */
  readonly box: RefObject<HTMLElement | null>
  readonly show: () => Promise<void>
  readonly hide: () => void
}

/**
 * Reveals one secret. The value goes from the answer into the text of one element and into no state,
 * prop or closure that outlives the call; it is taken out when the time is over, when the window goes
 * out of sight, when another value took its place, and when the row goes away. An answer that comes
 * after any of these is dropped. The one that was refreshed for this very reveal stays: the new mask
 * may come before or after it.
 *
 * @param masked what the row shows of the value now, such as `xoxb-…k3Zq`
 */
export function useReveal(ref: SecretRef, masked: string): Reveal {
  const api = useApi()
  const confirmed = useConfirmed()
  const act = useCall()
  const box = useRef<HTMLElement>(null)
  /** Counts what makes an answer late: hiding, unmounting. */
  const turn = useRef(0)
  const mask = useRef(masked)
  const [seconds, setSeconds] = useState<number | null>(null)

  const hide = useCallback(() => {
    turn.current += 1
    if (box.current) box.current.textContent = ''
    setSeconds(null)
  }, [])
  async function show(): Promise<void> {
    let mine = 0
    let before = mask.current
    await act.run(async () => {
      const result = await confirmed(() => {
        // Anew after the user was asked, who may have left the window to look the passphrase up.
        turn.current += 1
        mine = turn.current
        before = mask.current
        return api.call['sharing/reveal'](ref)
      })
      if (!result?.ok) return result
      const { value, seconds: shownFor } = result.value
      const isStale = mask.current !== before && !isMaskOf(mask.current, value)
      const isLate = turn.current !== mine || document.visibilityState === 'hidden'
      if (box.current && !isStale && !isLate) {
        box.current.textContent = value
        setSeconds(shownFor)
      }
      return { ok: true, value: null }
    })
  }
  // Before the element goes, so that it goes empty.
  useLayoutEffect(() => hide, [hide])
  useLayoutEffect(() => {
    mask.current = masked
    const shown = box.current?.textContent ?? ''
    if (shown !== '' && !isMaskOf(masked, shown)) hide()
  }, [hide, masked])
  useHideOutOfSight(hide)
  const left = useCountdown(seconds, hide)
  const countdown = seconds === null ? null : { left: left ?? seconds, of: seconds }
  return { act, countdown, box, show, hide }
}

/** Whether the value may be the one behind `xoxb-…k3Zq`. A mask without an end fits nothing. */
function isMaskOf(masked: string, value: string): boolean {
  const end = masked.slice(masked.indexOf('…') + 1)
  return end !== '' && value.endsWith(end)
}

/** Minimized or covered: nobody looks, but a recorder of the screen may. */
function useHideOutOfSight(hide: () => void): void {
  useEffect(() => {
    const onChange = () => {
      if (document.visibilityState === 'hidden') hide()
    }
    document.addEventListener('visibilitychange', onChange)
    return () => document.removeEventListener('visibilitychange', onChange)
  }, [hide])
}

/** Seconds left, by the monotonic clock: setting the time of day must not show it for longer. */
function useCountdown(seconds: number | null, onEnd: () => void): number | null {
  const [left, setLeft] = useState<number | null>(null)
  useEffect(() => {
    if (seconds === null) return
    const endsAt = performance.now() + seconds * 1000
    const timer = setInterval(() => {
      const remaining = Math.ceil((endsAt - performance.now()) / 1000)
      if (remaining > 0) setLeft(remaining)
      else onEnd()
    }, 1000)
    return () => {
      clearInterval(timer)
      setLeft(null)
    }
  }, [seconds, onEnd])
  return left
}
