import { expect, it } from 'vitest'
import { DeadlinePassed, withDeadline } from '../../../main/platform/with-deadline.ts'
import { createFakeClock } from '../../fakes/fake-clock.ts'

it('passes the outcome on', async () => {
  const clock = createFakeClock()
  await expect(withDeadline(Promise.resolve(1), 10, clock)).resolves.toBe(1)
  await expect(withDeadline(Promise.reject(new TypeError('no')), 10, clock)).rejects.toThrow(
    TypeError,
  )
})

it('gives up when the time has passed, and ignores what comes later', async () => {
  const clock = createFakeClock()
  let answer: (value: number) => void = () => {}
  const limited = withDeadline(
    new Promise<number>((resolve) => {
      answer = resolve
    }),
    10,
    clock,
  )
  clock.advance(10)
  answer(1)
  await expect(limited).rejects.toBeInstanceOf(DeadlinePassed)
})
