import type { Clock } from '../platform/clock.ts'

/** How often a run of "Check all" is shown: the list of a thousand workspaces is long. Milliseconds. */
const RUN_PAUSE_MS = 250

export interface SendPaceOptions {
  readonly send: () => void
  /** "Check all" is under way. */
  readonly isRunning: () => boolean
  readonly clock: Clock
}

/** When changes are sent. */
export interface SendPace {
  /** Sends at the end of this turn of the event loop, once for all that is told until then. */
  soon(): void
  /** As `soon`, but while a run is under way only some time after it was last sent. */
  unhurried(): void
  /** Sends nothing any more. */
  close(): void
}

/** The caller closes it. */
export function createSendPace({ send, isRunning, clock }: SendPaceOptions): SendPace {
  /** When a run was last sent; null while none is under way. */
  let runSentMs: number | null = null
  let isSoon = false
  let isClosed = false
  let stopTimer: (() => void) | null = null
  const fire = () => {
    stopTimer?.()
    stopTimer = null
    isSoon = false
    if (isClosed) return
    runSentMs = isRunning() ? clock.now() : null
    send()
  }
  const soon = () => {
    if (!isSoon) setImmediate(fire)
    isSoon = true
  }
  return {
    soon,
    unhurried() {
      const waitMs = (runSentMs ?? Number.NEGATIVE_INFINITY) + RUN_PAUSE_MS - clock.now()
      if (waitMs <= 0 || !isRunning()) soon()
      else stopTimer ??= clock.after(waitMs, fire)
    },
    close() {
      isClosed = true
      stopTimer?.()
    },
  }
}
