/** Bounds how fast secrets leave: a page that somebody took over must not empty the vault in a loop. */
import type { Clock } from '../platform/clock.ts'
import { TooManySecrets } from './errors.ts'

const WINDOW_MS = 60_000

export interface PaceOptions {
  readonly clock: Clock
  /** How many in any 60 seconds. */
  readonly perMinute: number
}

export interface Pace {
  /** Counts one. @throws TooManySecrets; a refused one does not count */
  take(): void
}

/** Counts for one run of the app; a lock does not begin it anew. */
export function createPace({ clock, perMinute }: PaceOptions): Pace {
  let takenAtMs: number[] = []
  return {
    take() {
      const now = clock.now()
      // A clock that was set back must not hold anybody off for longer than that.
      takenAtMs = takenAtMs.filter((atMs) => atMs <= now && now - atMs < WINDOW_MS)
      const [first = now] = takenAtMs
      if (takenAtMs.length >= perMinute) throw new TooManySecrets(first + WINDOW_MS - now)
      takenAtMs.push(now)
    },
  }
}
