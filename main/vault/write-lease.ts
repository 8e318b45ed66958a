import { LockBusy } from '../platform/errors.ts'
import type { ProcessLocks } from '../platform/process-lock.ts'
import { LOCK_LIMIT_MS, VAULT_LOCK } from './vault-files.ts'

/** Milliseconds that the lock is kept after a change: taking it costs about as much as a small save. */
const LINGER_MS = 50
/** Milliseconds after which it is given back although changes go on: others wait for it. */
const MAX_HOLD_MS = 300

interface Job {
  readonly act: () => void
  readonly refuse: (why: unknown) => void
}

/**
 * Runs changes of the vault's files one after the other, in the order in which they were asked for,
 * under the lock between processes. Where nobody else holds it, a change is made before `run` returns.
 */
export class WriteLease {
  readonly #locks: ProcessLocks
  /** Waiting for another process. */
  #jobs: Job[] = []
  #release: (() => void) | null = null
  #heldSinceMs = 0
  #timer: NodeJS.Timeout | null = null
  /** Changes that are being made: one may ask for another. */
  #depth = 0
  #isEnding = false

  constructor(locks: ProcessLocks) {
    this.#locks = locks
  }

  /** @throws LockBusy, LocksUnavailable, and what `act` throws */
  run<T>(act: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      const job: Job = { act: () => resolve(act()), refuse: reject }
      if (this.#jobs.length > 0) {
        this.#jobs.push(job)
        return
      }
      try {
        if (this.#takeNow()) {
          this.#finish([job])
          return
        }
      } catch (thrown) {
        reject(thrown)
        return
      }
      this.#jobs.push(job)
      void this.#wait()
    })
  }

  /** Gives the lock back now, or once the change that is being made has ended. */
  end(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    this.#isEnding = this.#depth > 0
    if (this.#isEnding) return
    this.#release?.()
    this.#release = null
  }

  #takeNow(): boolean {
    if (this.#release !== null) return true
    try {
      this.#hold(this.#locks.takeSync(VAULT_LOCK, 0))
      return true
    } catch (thrown) {
      if (thrown instanceof LockBusy) return false
      throw thrown
    }
  }

  async #wait(): Promise<void> {
    try {
      this.#hold(await this.#locks.take(VAULT_LOCK, LOCK_LIMIT_MS))
    } catch (thrown) {
      for (const { refuse } of this.#jobs.splice(0)) refuse(thrown)
      return
    }
    this.#finish(this.#jobs.splice(0))
  }

  #hold(release: () => void): void {
    this.#release = release
    this.#heldSinceMs = performance.now()
  }

  #finish(jobs: readonly Job[]): void {
    this.#depth += 1
    for (const { act, refuse } of jobs) {
      try {
        act()
      } catch (thrown) {
        refuse(thrown)
      }
    }
    this.#depth -= 1
    if (this.#depth === 0) this.#linger()
  }

  #linger(): void {
    const heldMs = performance.now() - this.#heldSinceMs
    if (this.#isEnding || heldMs > MAX_HOLD_MS) {
      this.end()
      return
    }
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.end(), LINGER_MS)
    this.#timer.unref()
  }
}
