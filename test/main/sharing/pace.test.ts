import { expect, it } from 'vitest'
import { createPace } from '../../../main/sharing/pace.ts'
import { createFakeClock } from '../../fakes/fake-clock.ts'

const refused = { code: 'SHARING_TOO_OFTEN' }

function start(perMinute: number) {
  const clock = createFakeClock()
  const pace = createPace({ clock, perMinute })
  /** Null, or the failure. */
  const take = () => {
    try {
      pace.take()
      return null
    } catch (thrown) {
      return thrown
    }
  }
  return { clock, take }
}

it('looks at any 60 seconds, not at full minutes', () => {
  const { clock, take } = start(2)
  expect(take()).toBeNull()
  clock.advance(30_000)
  expect(take()).toBeNull()
  expect(take()).toMatchObject(refused)
  clock.advance(29_999)
  expect(take()).toMatchObject({ ...refused, advice: expect.stringContaining('Wait 1 s') })
  clock.advance(1)
  expect(take()).toBeNull()
  expect(take()).toMatchObject(refused)
})

it('does not count what it refused', () => {
  const { clock, take } = start(1)
  take()
  clock.advance(59_000)
  for (let count = 0; count < 5; count += 1) expect(take()).toMatchObject(refused)
  clock.advance(1_000)
  expect(take()).toBeNull()
})

it('begins anew where the time of day was set back', () => {
  const { clock, take } = start(1)
  take()
  clock.advance(-3_600_000)
  expect(take()).toBeNull()
})
