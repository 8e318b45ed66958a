import type { Clock } from '../platform/clock.ts'

/** Which hosts have asked to be left alone, and until when. */
export interface HostPauses {
  /** Nothing goes to this host for so long; a longer pause that it has already stays. */
  pause(host: string, seconds: number): void
  isPaused(host: string): boolean
  /** The end of the pause that is over first, epoch milliseconds; null where none of these is paused. */
  firstEndMs(hosts: Iterable<string>): number | null
}

/** Pauses by the given clock; holds no timer. */
export function createHostPauses(clock: Clock): HostPauses {
  const ends = new Map<string, number>()
  const endMs = (host: string) => ends.get(host) ?? 0
  const isPaused = (host: string) => endMs(host) > clock.now()
  return {
    pause: (host, seconds) =>
      void ends.set(host, Math.max(endMs(host), clock.now() + seconds * 1000)),
    isPaused,
    firstEndMs(hosts) {
      const paused = [...hosts].filter(isPaused).map(endMs)
      return paused.length === 0 ? null : Math.min(...paused)
    },
  }
}
