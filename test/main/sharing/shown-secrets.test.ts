import { expect, it } from 'vitest'
import { createShownSecrets, REVEAL_SECONDS } from '../../../main/sharing/shown-secrets.ts'
import { createFakeClock } from '../../fakes/fake-clock.ts'
import { createFakeScreen } from '../../fakes/fake-screen.ts'

function start() {
  const clock = createFakeClock()
  const screen = createFakeScreen()
  return { clock, screen, shown: createShownSecrets({ screenGuard: screen, clock }) }
}

it('hides the window from the first secret on', () => {
  const { clock, screen, shown } = start()
  expect(screen.isHidden).toBe(false)
  expect(shown.begin()).toBe(REVEAL_SECONDS)
  expect(screen.isHidden).toBe(true)
  // The page begins to count later than main does.
  clock.advance(REVEAL_SECONDS * 1000 + 1999)
  expect(screen.isHidden).toBe(true)
  clock.advance(1)
  expect(screen.isHidden).toBe(false)
})

it('counts from the last one', () => {
  const { clock, screen, shown } = start()
  shown.begin()
  clock.advance(15_000)
  shown.begin()
  clock.advance(15_000)
  expect(screen.isHidden).toBe(true)
  clock.advance(7_000)
  expect(screen.isHidden).toBe(false)
})

it('shows the window again at the end, once', () => {
  const { clock, screen, shown } = start()
  shown.begin()
  shown.end()
  expect(screen.isHidden).toBe(false)
  screen.hide()
  shown.end()
  clock.advance(60_000)
  expect(screen.isHidden).toBe(true)
})
