/** Slows down guessing at a passphrase: a pause after wrong ones, which grows and never locks out. */
import type { Clock } from '../platform/clock.ts'
import { TryLater, WrongPassphrase } from './errors.ts'

/** Wrong tries in a row that cost no pause: everyone mistypes. */
const FREE_TRIES = 2
/** Seconds after the wrong tries that follow; the last one holds from there on. */
const PAUSE_SECONDS = [1, 2, 4, 8, 16, 30] as const

export interface PassphrasePause {
  /** When the next try is taken, epoch milliseconds; null where it is taken now. */
  readonly retryAtMs: number | null
  /**
   * Runs one try of a passphrase. What is refused during a pause does not lengthen it; a try that
   * succeeds ends the count.
   *
   * @param run throws WrongPassphrase for a wrong one; every other failure counts for nothing
   * @throws TryLater without running, WrongPassphrase that says when the next try is taken
   */
  attempt(run: () => Promise<void>): Promise<void>
  /** Forgets the count, since the passphrase it was for is gone. */
  reset(): void
  /** Ends the timer. */
  close(): void
}

interface Pause {
  readonly fromMs: number
  readonly lengthMs: number
  readonly cancel: () => void
}

/**
 * It counts in memory alone: whoever can restart the app has the file too, and can guess without the
 * app. What slows that down is scrypt.
 *
 * @param onChange told when `retryAtMs` changes
 */
export function createPassphrasePause(clock: Clock, onChange: () => void): PassphrasePause {
  let wrongTries = 0
  let pause: Pause | null = null

  const end = () => {
    pause?.cancel()
    pause = null
  }
  const begin = (lengthMs: number) => {
    end()
    // The timer runs by a steady clock: a time of day that is set back cannot make the pause longer.
    const cancel = clock.after(lengthMs, () => {
      pause = null
      onChange()
    })
    pause = { fromMs: clock.now(), lengthMs, cancel }
    onChange()
  }
  const retryAtMs = () => (pause === null ? null : endOf(pause, clock.now()))
  const countWrong = (): WrongPassphrase => {
    wrongTries += 1
    const beyond = wrongTries - FREE_TRIES
    if (beyond < 1) return new WrongPassphrase()
    const seconds = PAUSE_SECONDS[Math.min(beyond, PAUSE_SECONDS.length) - 1] ?? 0
    begin(seconds * 1000)
    return new WrongPassphrase(retryAtMs() ?? undefined)
  }
  const reset = () => {
    wrongTries = 0
    const wasPausing = pause !== null
    end()
    if (wasPausing) onChange()
  }
  return {
    get retryAtMs() {
      return retryAtMs()
    },
    async attempt(run) {
      const until = retryAtMs()
      if (until !== null) throw new TryLater(until)
      try {
        await run()
      } catch (thrown) {
        throw thrown instanceof WrongPassphrase ? countWrong() : thrown
      }
      reset()
    },
    reset,
    close: end,
  }
}

/** Null once it is over by the time of day, which goes on while the computer sleeps. */
function endOf({ fromMs, lengthMs }: Pause, nowMs: number): number | null {
  // Set back meanwhile: counted from now, so that nobody is shown a wait longer than the pause is.
  if (nowMs < fromMs) return nowMs + lengthMs
  return nowMs < fromMs + lengthMs ? fromMs + lengthMs : null
}
