import type { Clock } from '../platform/clock.ts'
import type { Power } from '../platform/power.ts'

/** How long nobody used the computer while the vault was open. */
export interface IdleTime {
  /**
   * To be asked every few seconds.
   *
   * @returns seconds without use; never more than the vault is open, since opening it is use
   */
  look(isOpen: boolean): number
}

/** More seconds than this between two looks: the computer slept, or its clock was set forward. */
const GAP = 60

/**
 * The system's own count may stand still while the computer sleeps, and begins anew with the key that
 * wakes it. So what passes in a gap by the time of day counts as time without use, whoever wakes it.
 * A clock that is set back counts for nothing.
 */
export function createIdleTime(power: Power, clock: Clock): IdleTime {
  let lastMs = clock.now()
  /** Null while the vault is not open. */
  let openSeconds: number | null = null
  let system = 0
  /** What the system does not count. */
  let slept = 0
  return {
    look(isOpen) {
      const passed = Math.max(0, clock.now() - lastMs) / 1000
      lastMs = clock.now()
      if (!isOpen) {
        openSeconds = null
        return 0
      }
      const wasOpen = openSeconds !== null
      openSeconds = wasOpen ? (openSeconds ?? 0) + passed : 0
      const before = wasOpen ? system + slept : 0
      const last = system
      system = knownSeconds(power.idleSeconds())
      if (wasOpen && passed > GAP) slept = Math.max(0, before + passed - system)
      // Used since the last look; the system counts whole seconds.
      else if (!wasOpen || system < last || system + 1 < passed) slept = 0
      return Math.min(system + slept, openSeconds)
    },
  }
}

/** A system that cannot tell answers nothing that could be counted. */
function knownSeconds(seconds: number): number {
  return Number.isFinite(seconds) ? Math.max(0, seconds) : 0
}
