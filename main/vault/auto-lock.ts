/** Locks the vault when nobody used the computer for a while, when the screen is locked, on suspend. */
import type { SecuritySettings } from '../contract/security-views.ts'
import type { Clock } from '../platform/clock.ts'
import type { Power, PowerEvent } from '../platform/power.ts'
import { createIdleTime, type IdleTime } from './idle-time.ts'

export interface AutoLockOptions {
  readonly power: Power
  readonly clock: Clock
  readonly settings: () => Pick<
    SecuritySettings,
    'autoLockMinutes' | 'lockOnScreenLock' | 'lockOnSuspend'
  >
  readonly isOpen: () => boolean
  /** Called again while the vault stays open; to be done before the call returns where that is possible. */
  readonly lock: (by: 'idle' | 'screen-lock' | 'suspend') => void
}

/** Seconds between two looks: settings change and computers sleep in between. */
const LOOK_EVERY = 10
/** Soonest: sooner, the system's whole seconds would not show that the computer was used. */
const LOOK_SOONEST = 2

/** Watches until the returned function is called. */
export function startAutoLock(options: AutoLockOptions): () => void {
  return new AutoLock(options).start()
}

class AutoLock {
  readonly #options: AutoLockOptions
  readonly #idle: IdleTime
  #cancelLook: () => void = () => {}

  constructor(options: AutoLockOptions) {
    this.#options = options
    this.#idle = createIdleTime(options.power, options.clock)
  }

  start(): () => void {
    const endEvents = this.#options.power.listen((event) => this.#hear(event))
    this.#look()
    return () => {
      endEvents()
      this.#cancelLook()
    }
  }

  /** Also while nothing is open: what is about to be unlocked then stays locked. */
  #hear(event: PowerEvent): void {
    const { lock, settings } = this.#options
    if (event === 'resume') this.#look()
    else if (event === 'suspend' && settings().lockOnSuspend) lock('suspend')
    else if (event === 'screen-lock' && settings().lockOnScreenLock) lock('screen-lock')
  }

  #look(): void {
    this.#cancelLook()
    const restSeconds = this.#rest()
    if (restSeconds <= 0) this.#options.lock('idle')
    const nextSeconds =
      restSeconds <= 0 ? LOOK_EVERY : Math.min(Math.max(restSeconds, LOOK_SOONEST), LOOK_EVERY)
    this.#cancelLook = this.#options.clock.after(nextSeconds * 1000, () => this.#look())
  }

  /** Seconds until the vault has to be locked, if nobody touches the computer. */
  #rest(): number {
    const { isOpen, settings } = this.#options
    const idleSeconds = this.#idle.look(isOpen())
    const { autoLockMinutes } = settings()
    if (!isOpen() || autoLockMinutes === 0) return Number.POSITIVE_INFINITY
    return autoLockMinutes * 60 - idleSeconds
  }
}
