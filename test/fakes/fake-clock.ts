import type { Clock } from '../../main/platform/clock.ts'

/** A clock that stands still until told: `advance` runs what came due, in order. */
export interface FakeClock extends Clock {
  advance(ms: number): void
}

export function createFakeClock(startMs = Date.UTC(2026, 10, 23, 12)): FakeClock {
  let nowMs = startMs
  let timers: { dueMs: number; run: () => void }[] = []
  return {
    now: () => nowMs,
    after(delayMs, run) {
      const timer = { dueMs: nowMs + delayMs, run }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    advance(ms) {
      const untilMs = nowMs + ms
      for (;;) {
        const next = timers.filter((t) => t.dueMs <= untilMs).sort((a, b) => a.dueMs - b.dueMs)[0]
        if (!next) break
        timers = timers.filter((t) => t !== next)
        nowMs = next.dueMs
        next.run()
      }
      nowMs = untilMs
    },
  }
}
