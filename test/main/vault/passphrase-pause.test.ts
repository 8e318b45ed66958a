import { describe, expect, it, vi } from 'vitest'
import { VaultDamaged, WrongPassphrase } from '../../../main/vault/errors.ts'
import { createPassphrasePause } from '../../../main/vault/passphrase-pause.ts'
import { createFakeClock } from '../../fakes/fake-clock.ts'

const START = Date.UTC(2026, 10, 23, 12)

/** A pause over a clock whose time of day can be set; `derived` counts the tries that were looked at. */
function create() {
  const steady = createFakeClock(START)
  let setBackMs = 0
  const clock = { after: steady.after, now: () => steady.now() - setBackMs }
  const onChange = vi.fn()
  const pause = createPassphrasePause(clock, onChange)
  const derived = vi.fn()
  const attempt = (failure: Error | null) =>
    pause.attempt(async () => {
      derived()
      if (failure) throw failure
    })
  return {
    ...{ pause, clock, onChange, derived },
    advance: steady.advance,
    setBack: (ms: number) => {
      setBackMs += ms
    },
    wrong: () => attempt(new WrongPassphrase()).catch((thrown: unknown) => thrown),
    right: () => attempt(null),
    fail: (failure: Error) => attempt(failure),
  }
}

/** After so many wrong tries, each as soon as it is taken. */
async function afterWrong(tries: number) {
  const world = create()
  for (let count = 0; count < tries; count += 1) {
    await world.wrong()
    if (count < tries - 1) world.advance((world.pause.retryAtMs ?? 0) - world.clock.now())
  }
  return world
}

describe('the pause after wrong passphrases', () => {
  it('grows from the third on, up to 30 seconds, and never locks out', async () => {
    const world = create()
    const pauses: number[] = []
    for (let count = 0; count < 10; count += 1) {
      const thrown = await world.wrong()
      const until = world.pause.retryAtMs
      expect(thrown).toMatchObject({
        code: 'VAULT_WRONG_PASSPHRASE',
        retryAtMs: until ?? undefined,
      })
      pauses.push(until === null ? 0 : (until - world.clock.now()) / 1000)
      if (until !== null) world.advance(until - world.clock.now())
    }
    expect(pauses).toEqual([0, 0, 1, 2, 4, 8, 16, 30, 30, 30])
    await world.right()
    expect(world.pause.retryAtMs).toBeNull()
  })

  it('refuses a try without looking at it, and does not grow by it', async () => {
    const world = await afterWrong(5)
    const until = world.clock.now() + 4000
    const looks = world.derived.mock.calls.length
    world.advance(3999)
    await expect(world.right()).rejects.toMatchObject({
      code: 'VAULT_TRY_LATER',
      remedy: 'retry',
      field: 'passphrase',
      retryAtMs: until,
    })
    expect(world.pause.retryAtMs).toBe(until)
    expect(world.derived).toHaveBeenCalledTimes(looks)
    world.advance(1)
    await world.right()
    expect(world.derived).toHaveBeenCalledTimes(looks + 1)
  })

  it('begins anew after the right one', async () => {
    const world = await afterWrong(4)
    world.advance(2000)
    await world.right()
    expect(await world.wrong()).toMatchObject({ retryAtMs: undefined })
    expect(await world.wrong()).toMatchObject({ retryAtMs: undefined })
    await world.wrong()
    expect(world.pause.retryAtMs).toBe(world.clock.now() + 1000)
  })

  it('begins anew when the passphrase is gone', async () => {
    const world = await afterWrong(6)
    world.pause.reset()
    expect(world.pause.retryAtMs).toBeNull()
    await world.wrong()
    expect(world.pause.retryAtMs).toBeNull()
  })

  it('counts nothing but wrong passphrases', async () => {
    const world = await afterWrong(2)
    await expect(world.fail(new VaultDamaged())).rejects.toMatchObject({ code: 'VAULT_DAMAGED' })
    await expect(world.fail(new Error('disk'))).rejects.toThrow('disk')
    expect(world.pause.retryAtMs).toBeNull()
    await world.wrong()
    expect(world.pause.retryAtMs).toBe(world.clock.now() + 1000)
  })

  it('never lasts longer than it was for a clock that is set back', async () => {
    const world = await afterWrong(8)
    world.setBack(24 * 3_600_000)
    expect((world.pause.retryAtMs ?? 0) - world.clock.now()).toBe(30_000)
    await expect(world.right()).rejects.toMatchObject({ code: 'VAULT_TRY_LATER' })
    world.advance(30_000)
    expect(world.pause.retryAtMs).toBeNull()
    await world.right()
  })

  it('is over after a sleep, in which timers stand still', async () => {
    const world = await afterWrong(8)
    world.setBack(-30_000)
    expect(world.pause.retryAtMs).toBeNull()
    await world.right()
  })

  it('tells when it begins and when it ends', async () => {
    const world = await afterWrong(3)
    expect(world.onChange).toHaveBeenCalledTimes(1)
    world.advance(1000)
    expect(world.onChange).toHaveBeenCalledTimes(2)
    await world.wrong()
    world.pause.close()
    world.advance(60_000)
    expect(world.onChange).toHaveBeenCalledTimes(3)
  })
})
