import type { Power, PowerEvent } from '../../main/platform/power.ts'

/** A computer that tells what a test says. */
export interface FakePower extends Power {
  idle: number
  tell(event: PowerEvent): void
  /** How many listen. */
  readonly listeners: number
}

export function createFakePower(): FakePower {
  const listeners = new Set<(event: PowerEvent) => void>()
  return {
    idle: 0,
    knowsScreenLock: true,
    idleSeconds() {
      return this.idle
    },
    listen(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    tell(event) {
      for (const listener of listeners) listener(event)
    },
    get listeners() {
      return listeners.size
    },
  }
}
