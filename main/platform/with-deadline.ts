import type { Clock } from './clock.ts'

/** What was asked did not answer in time; whether it will is not known. */
export class DeadlinePassed extends Error {
  constructor(limitMs: number) {
    super(`No answer in ${limitMs} ms`)
    this.name = 'DeadlinePassed'
  }
}

/**
 * The promise's own outcome, unless it takes longer than `limitMs`. What it does later is ignored.
 *
 * @throws DeadlinePassed
 */
export function withDeadline<T>(promise: Promise<T>, limitMs: number, clock: Clock): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(limitMs, () => reject(new DeadlinePassed(limitMs)))
    promise.then(resolve, reject).finally(cancel)
  })
}
