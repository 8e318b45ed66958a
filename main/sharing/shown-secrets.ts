/** Keeps the window out of screenshots while a secret is shown in the open. */
import type { Clock } from '../platform/clock.ts'
import type { ScreenGuard } from '../platform/screen-guard.ts'

/** Seconds that a revealed secret is shown. */
export const REVEAL_SECONDS = 20

/** The page counts from when it has the answer: it must have hidden the secret before the window is seen. */
const LATER_SECONDS = 2

export interface ShownSecretsOptions {
  readonly screenGuard: ScreenGuard
  readonly clock: Clock
}

export interface ShownSecrets {
  /** Called before the secret goes to the page. @returns seconds that the page shows it */
  begin(): number
  /** Nothing is shown any more: on lock. */
  end(): void
}

/** The window is hidden from the first secret until the last one's time is over, or `end`. */
export function createShownSecrets({ screenGuard, clock }: ShownSecretsOptions): ShownSecrets {
  let cancelTimer: (() => void) | null = null
  const end = () => {
    if (cancelTimer === null) return
    cancelTimer()
    cancelTimer = null
    screenGuard.show()
  }
  return {
    begin() {
      cancelTimer?.()
      screenGuard.hide()
      cancelTimer = clock.after((REVEAL_SECONDS + LATER_SECONDS) * 1000, end)
      return REVEAL_SECONDS
    },
    end,
  }
}
