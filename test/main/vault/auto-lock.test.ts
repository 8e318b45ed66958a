import { describe, expect, it, onTestFinished } from 'vitest'
import { startAutoLock } from '../../../main/vault/auto-lock.ts'
import { createFakeClock } from '../../fakes/fake-clock.ts'
import { createFakePower } from '../../fakes/fake-power.ts'

type Minutes = 0 | 1 | 5 | 15 | 30 | 60

/** A computer that nobody touches while `pass` runs, unless `touch` says so. */
function create({ minutes = 5 as Minutes, onScreenLock = false, onSuspend = false } = {}) {
  const clock = createFakeClock()
  const power = createFakePower()
  let setMs = 0
  const locks: string[] = []
  const desk = { isOpen: true, minutes }
  const stop = startAutoLock({
    power,
    clock: { after: clock.after, now: () => clock.now() + setMs },
    isOpen: () => desk.isOpen,
    settings: () => ({
      autoLockMinutes: desk.minutes,
      lockOnScreenLock: onScreenLock,
      lockOnSuspend: onSuspend,
    }),
    lock: (by) => {
      locks.push(by)
      desk.isOpen = false
    },
  })
  onTestFinished(stop)
  return {
    ...{ power, locks, desk, stop },
    /** Seconds of nothing. */
    pass(seconds: number) {
      for (let count = 0; count < seconds; count += 1) {
        power.idle += 1
        clock.advance(1000)
      }
    },
    touch: () => {
      power.idle = 0
    },
    /** Timers and the system's count stand still. */
    sleep: (seconds: number) => {
      setMs += seconds * 1000
    },
    setClock: (seconds: number) => {
      setMs += seconds * 1000
    },
  }
}

describe('locking by itself', () => {
  it.each([1, 5, 15, 30, 60] as const)('comes after %i minutes without use', (minutes) => {
    const { pass, locks } = create({ minutes })
    pass(minutes * 60 - 1)
    expect(locks).toEqual([])
    pass(1)
    expect(locks).toEqual(['idle'])
  })

  it('counts from the last use of the computer', () => {
    const { pass, touch, locks } = create()
    pass(299)
    touch()
    pass(299)
    expect(locks).toEqual([])
    pass(2)
    expect(locks).toEqual(['idle'])
  })

  it('never comes where the user does not want it, or while nothing is open', () => {
    const never = create({ minutes: 0 })
    never.pass(7200)
    expect(never.locks).toEqual([])
    const closed = create()
    closed.desk.isOpen = false
    closed.pass(7200)
    expect(closed.locks).toEqual([])
  })

  it('takes opening the vault for use', () => {
    const { desk, pass, locks } = create()
    desk.isOpen = false
    pass(600)
    desk.isOpen = true
    pass(290)
    expect(locks).toEqual([])
    pass(20)
    expect(locks).toEqual(['idle'])
  })

  it('goes by a changed setting within seconds', () => {
    const { desk, pass, locks } = create({ minutes: 0 })
    pass(120)
    desk.minutes = 1
    pass(10)
    expect(locks).toEqual(['idle'])
  })

  it('asks again while the vault stays open', () => {
    const { desk, pass, locks } = create({ minutes: 1 })
    pass(60)
    desk.isOpen = true
    pass(10)
    expect(locks).toEqual(['idle', 'idle'])
  })

  it('watches the next opening as the first', () => {
    const { desk, pass, touch, locks } = create({ minutes: 1 })
    pass(60)
    touch()
    desk.isOpen = true
    pass(59)
    expect(locks).toEqual(['idle'])
    pass(10)
    expect(locks).toEqual(['idle', 'idle'])
  })
})

describe('a computer that slept', () => {
  it('is locked on waking, also by the key that wakes it', () => {
    const { pass, sleep, touch, power, locks } = create()
    pass(60)
    sleep(8 * 3600)
    touch()
    power.tell('resume')
    expect(locks).toEqual(['idle'])
  })

  it('is locked also where the system tells nothing of it', () => {
    const { pass, sleep, locks } = create()
    sleep(600)
    pass(10)
    expect(locks).toEqual(['idle'])
  })

  it('adds a short sleep to the time before it', () => {
    const { pass, sleep, touch, power, locks } = create()
    pass(250)
    touch()
    pass(100)
    sleep(100)
    power.tell('resume')
    pass(90)
    expect(locks).toEqual([])
    pass(20)
    expect(locks).toEqual(['idle'])
  })

  it('counts a sleep once where the system counts it too', () => {
    const { pass, sleep, touch, power, locks } = create()
    pass(250)
    touch()
    pass(100)
    sleep(100)
    power.idle += 100
    power.tell('resume')
    pass(90)
    expect(locks).toEqual([])
    pass(20)
    expect(locks).toEqual(['idle'])
  })

  it('forgets a short sleep once it is used', () => {
    const { pass, sleep, touch, power, locks } = create()
    pass(100)
    sleep(150)
    power.tell('resume')
    pass(5)
    touch()
    pass(290)
    expect(locks).toEqual([])
    pass(20)
    expect(locks).toEqual(['idle'])
  })

  it('goes on by the system’s count where its clock was set back', () => {
    const { pass, setClock, locks } = create()
    pass(100)
    setClock(-86_400)
    pass(195)
    expect(locks).toEqual([])
    pass(20)
    expect(locks).toEqual(['idle'])
  })
})

describe('the system’s events', () => {
  it('lock at once where the user wants that', () => {
    const { power, desk, locks } = create({ minutes: 0, onScreenLock: true, onSuspend: true })
    power.tell('screen-lock')
    expect(locks).toEqual(['screen-lock'])
    desk.isOpen = true
    power.tell('suspend')
    expect(locks).toEqual(['screen-lock', 'suspend'])
    power.tell('resume')
    expect(locks).toHaveLength(2)
  })

  it('do nothing else', () => {
    const { power, locks } = create()
    power.tell('screen-lock')
    power.tell('suspend')
    expect(locks).toEqual([])
  })

  it('are not heard any more after the end, and no timer is left', () => {
    const { power, pass, stop, locks } = create({ onSuspend: true })
    stop()
    power.tell('suspend')
    pass(3600)
    expect(locks).toEqual([])
    expect(power.listeners).toBe(0)
  })

  it.each([Number.NaN, -1, Number.POSITIVE_INFINITY])('a count of %d is none', (count) => {
    const { power, pass, locks } = create({ minutes: 1 })
    Object.defineProperty(power, 'idle', { get: () => count, set() {} })
    pass(600)
    expect(locks).toEqual([])
  })
})
