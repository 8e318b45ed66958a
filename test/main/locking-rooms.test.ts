import { describe, expect, it } from 'vitest'
import type { Outside } from '../../main/build-rooms.ts'
import type { Clock } from '../../main/platform/clock.ts'
import { systemClock } from '../../main/platform/clock.ts'
import type { Fetch } from '../../main/platform/fetch.ts'
import { createFakePower } from '../fakes/fake-power.ts'
import { type App, answerConsent, createFetch, openPlace, startApp } from './rooms-fixture.ts'

const LOCK_LIMIT_MS = 12_000
const PASSPHRASE = 'four unrelated words'

/** Runs what needs nothing but resolved promises, and fails when control went back to the system. */
async function beforeControlReturns(): Promise<void> {
  let isOver = false
  setImmediate(() => {
    isOver = true
  })
  for (let count = 0; count < 500; count += 1) await Promise.resolve()
  expect(isOver).toBe(false)
}

/** An open app that locks on suspend and with the screen. */
async function open(replaced: Partial<Outside> = {}) {
  const place = await openPlace()
  const power = createFakePower()
  const exchange = holdExchange(createFetch(place))
  const passphraseCost = { n: 2 ** 4, r: 8, p: 1 }
  const app = await startApp(place, { power, passphraseCost, fetch: exchange.fetch, ...replaced })
  await app.handlers['security/change']({ lockOnSuspend: true, lockOnScreenLock: true })
  return { place, power, app, exchange, state: () => app.sources.vault().state }
}

/** Slack's answer to a code comes once it is let go. */
function holdExchange(fetch: Fetch) {
  let letGo = () => {}
  const held = new Promise<void>((resolve) => {
    letGo = resolve
  })
  const asked = { count: 0, isHeld: false }
  const holding: Fetch = async (input, init) => {
    const response = await fetch(input, init)
    if (!asked.isHeld || !String(input).includes('oauth.v2.access')) return response
    asked.count += 1
    await held
    return response
  }
  return { fetch: holding, asked, letGo: () => letGo() }
}

/** Up to the exchange, whose answer is held; `page` is what the browser shows in the end. */
async function beginExchange({ place, app, exchange }: Awaited<ReturnType<typeof open>>) {
  await app.handlers['practice/try']()
  exchange.asked.isHeld = true
  const page = answerConsent(place, app.opened.at(-1) ?? '')
  await expect.poll(() => exchange.asked.count).toBe(1)
  return { page }
}

/** The system's clock, whose longest wait comes when the test says so. */
function clockWithLimit() {
  const limits: (() => void)[] = []
  const clock: Clock = {
    now: () => systemClock.now(),
    after(delayMs, run) {
      if (delayMs !== LOCK_LIMIT_MS) return systemClock.after(delayMs, run)
      limits.push(run)
      return () => limits.splice(limits.indexOf(run), 1)
    },
  }
  return { clock, limits }
}

async function copySomething(app: App): Promise<void> {
  const [slackApp] = app.sources.slackApps()
  await app.handlers['sharing/copy-app-lines'](slackApp?.id ?? '')
}

describe('a computer that is about to sleep', () => {
  it('has no key any more before control returns to it', async () => {
    const { power, app, state } = await open()
    const vault = app.vault.vault()
    power.tell('suspend')
    await beforeControlReturns()
    expect(app.sources.vault()).toMatchObject({ state: 'locked', lockedBy: 'suspend' })
    expect(vault.isUnlocked).toBe(false)
    await app.handlers['vault/unlock'](null)
    expect(state()).toBe('ready')
  })

  it('does not wait for a clipboard that does not answer, and clears it all the same', async () => {
    const { place, power, app, state } = await open()
    await app.handlers['practice/try']()
    await copySomething(app)
    const { readText } = place.clipboard
    let answer = () => {}
    const busy = new Promise<void>((resolve) => {
      answer = resolve
    })
    place.clipboard.readText = async () => {
      await busy
      return readText()
    }
    power.tell('suspend')
    await beforeControlReturns()
    expect(state()).toBe('locked')
    expect(place.clipboard.text).not.toBe('')
    answer()
    await expect.poll(() => place.clipboard.text).toBe('')
  })

  it('keeps what Slack is just giving, then locks', async () => {
    const world = await open()
    const { power, app, exchange, state } = world
    const { page } = await beginExchange(world)
    power.tell('suspend')
    power.tell('screen-lock')
    await beforeControlReturns()
    expect(state()).toBe('ready')
    exchange.letGo()
    expect(await page).toContain('Auth complete')
    await expect.poll(state).toBe('locked')
    expect(app.sources.vault().lockedBy).toBe('suspend')
    await app.handlers['vault/unlock'](null)
    expect(app.sources.installations()).toHaveLength(1)
  })

  it('locks in the end although Slack never answers', async () => {
    const { clock, limits } = clockWithLimit()
    const world = await open({ clock })
    const { power, app, exchange, state } = world
    const { page } = await beginExchange(world)
    const vault = app.vault.vault()
    power.tell('suspend')
    power.tell('screen-lock')
    await expect.poll(() => limits.length).toBe(1)
    expect(state()).toBe('ready')
    limits[0]?.()
    expect(state()).toBe('locked')
    expect(vault.isUnlocked).toBe(false)
    exchange.letGo()
    expect(await page).toContain('Not authorized')
    await expect.poll(() => limits.length).toBe(0)
    await app.handlers['vault/unlock'](null)
    expect(app.sources.installations()).toEqual([])
  })
})

describe('the passphrase and the other settings', () => {
  it('brings locking after 15 minutes, until the user chooses', async () => {
    const { app } = await open()
    const minutes = () => app.sources.security().settings.autoLockMinutes
    expect(minutes()).toBe(0)
    await app.handlers['vault/set-passphrase'](null, PASSPHRASE)
    expect(minutes()).toBe(15)
    await app.handlers['security/change']({ autoLockMinutes: 0 })
    expect(minutes()).toBe(0)
  })

  it('is asked for before secrets, and asking ends with it', async () => {
    const { app } = await open()
    const security = app.sources.security
    await expect(async () =>
      app.handlers['security/change']({ asksBeforeSecrets: true }),
    ).rejects.toMatchObject({ code: 'USER_CHECK_IMPOSSIBLE' })
    await app.handlers['vault/set-passphrase'](null, PASSPHRASE)
    await app.handlers['security/change']({ asksBeforeSecrets: true })
    expect(security()).toMatchObject({
      userCheck: 'passphrase',
      settings: { asksBeforeSecrets: true },
    })
    const turnOff = async () => app.handlers['security/change']({ asksBeforeSecrets: false })
    await expect(turnOff()).rejects.toMatchObject({ code: 'USER_CHECK_REQUIRED' })
    await app.handlers['vault/remove-passphrase'](PASSPHRASE)
    expect(security()).toMatchObject({ userCheck: null, settings: { asksBeforeSecrets: false } })
  })

  it('is asked for anew after a lock, and cannot be set by one who was not asked', async () => {
    const { app } = await open({
      systemUserCheck: { isAvailable: () => true, ask: async () => {} },
    })
    const change = async () => app.handlers['security/change']({ lockOnSuspend: false })
    const required = { code: 'USER_CHECK_REQUIRED' }
    await app.handlers['security/change']({ asksBeforeSecrets: true })
    await expect(app.handlers['vault/set-passphrase'](null, PASSPHRASE)).rejects.toMatchObject(
      required,
    )
    expect(app.sources.vault().protection).toBe('keyring')
    await expect(change()).rejects.toMatchObject(required)
    await app.handlers['vault/confirm-user'](null)
    await app.handlers['vault/lock']()
    await app.handlers['vault/unlock'](null)
    await expect(change()).rejects.toMatchObject(required)
    await app.handlers['vault/confirm-user'](null)
    await change()
    expect(app.sources.security().settings.lockOnSuspend).toBe(false)
  })

  it('takes asking along when a vault is begun afresh by the keyring', async () => {
    const { app } = await open()
    await app.handlers['vault/set-passphrase'](null, PASSPHRASE)
    await app.handlers['security/change']({ asksBeforeSecrets: true })
    await app.handlers['vault/lock']()
    expect(app.sources.security().settings.asksBeforeSecrets).toBe(true)
    await app.handlers['vault/start-afresh']()
    expect(app.sources.vault()).toMatchObject({ state: 'ready', protection: 'keyring' })
    expect(app.sources.security().settings.asksBeforeSecrets).toBe(false)
  })
})
