import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openConfStore } from '../../../main/platform/conf-store.ts'
import { UserCheckFailed } from '../../../main/platform/errors.ts'
import { silentLog } from '../../../main/platform/log.ts'
import { Secret } from '../../../main/platform/secret.ts'
import { openSettings } from '../../../main/platform/settings.ts'
import { createUserCheck, stopAskingInVain } from '../../../main/sharing/user-check.ts'
import { createFakeClock } from '../../fakes/fake-clock.ts'
import { boxWith, sessionIn } from '../vault/session-fixture.ts'

const PASSPHRASE = Secret.of('four unrelated words')
const required = expect.objectContaining({ code: 'USER_CHECK_REQUIRED', remedy: 'confirm-user' })
const impossible = expect.objectContaining({ code: 'USER_CHECK_IMPOSSIBLE' })

/** A real vault, open; a Mac's Touch ID whose prompt the test answers. */
async function create({ touchId = false, passphrase = false, asks = true } = {}) {
  const box = await boxWith(passphrase ? { passphrase: PASSPHRASE.expose() } : 'keyring')
  const { session } = await sessionIn(box)
  if (passphrase) await session.unlock(PASSPHRASE)
  const directory = mkdtempSync(join(tmpdir(), 'user-check-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  const settings = openSettings(() => openConfStore({ directory, name: 'settings' }), silentLog)
  settings.update({ asksBeforeSecrets: asks })
  const prompts: { reason: string; answer: (isUser: boolean) => void }[] = []
  const system = {
    available: touchId,
    isAvailable: () => system.available,
    ask: (reason: string) =>
      new Promise<void>((resolve, reject) => {
        const answer = (isUser: boolean) => (isUser ? resolve() : reject(new UserCheckFailed()))
        prompts.push({ reason, answer })
      }),
  }
  const clock = createFakeClock()
  let setMs = 0
  const check = createUserCheck({
    ...{ system, session, settings },
    clock: { after: clock.after, now: () => clock.now() + setMs },
  })
  return {
    ...{ check, session, settings, system, prompts, clock },
    setClock: (ms: number) => {
      setMs += ms
    },
  }
}

describe('who sits here', () => {
  it('is not asked unless the user wants it', async () => {
    const { check } = await create({ asks: false })
    expect(() => check.require()).not.toThrow()
  })

  it.each([
    { touchId: true, passphrase: true, kind: 'touch-id' },
    { touchId: true, passphrase: false, kind: 'touch-id' },
    { touchId: false, passphrase: true, kind: 'passphrase' },
    { touchId: false, passphrase: false, kind: null },
  ])('is asked for what there is: $kind', async ({ kind, ...there }) => {
    expect((await create(there)).check.kind).toBe(kind)
  })

  it('shows it by the passphrase, for a minute', async () => {
    const { check, clock } = await create({ passphrase: true })
    expect(() => check.require()).toThrow(required)
    expect(await check.confirm(PASSPHRASE)).toBe(60)
    clock.advance(59_999)
    expect(() => check.require()).not.toThrow()
    clock.advance(1)
    expect(() => check.require()).toThrow(required)
  })

  it('shows it by Touch ID, in one prompt however often the page asks', async () => {
    const { check, prompts } = await create({ touchId: true })
    const both = Promise.all([check.confirm(null), check.confirm(null)])
    expect(prompts.map(({ reason }) => reason)).toEqual([
      'let secrets out, change what protects them, or delete them',
    ])
    expect(() => check.require()).toThrow(required)
    prompts[0]?.answer(true)
    expect(await both).toEqual([60, 60])
    expect(() => check.require()).not.toThrow()
  })

  it('is not taken for the user after a refusal, and may try again', async () => {
    const { check, prompts } = await create({ touchId: true })
    const refused = check.confirm(null)
    prompts[0]?.answer(false)
    await expect(refused).rejects.toMatchObject({ code: 'USER_CHECK_FAILED', remedy: 'retry' })
    expect(() => check.require()).toThrow(required)
    const passed = check.confirm(null)
    prompts[1]?.answer(true)
    expect(await passed).toBe(60)
  })

  it('may use the passphrase where the finger fails', async () => {
    const { check } = await create({ touchId: true, passphrase: true })
    expect(await check.confirm(PASSPHRASE)).toBe(60)
  })

  it('is held up by wrong passphrases, as at the locked page', async () => {
    const { check, session } = await create({ passphrase: true })
    const wrong = () => check.confirm(Secret.of('wrong passphrase'))
    for (let count = 0; count < 3; count += 1) {
      await expect(wrong()).rejects.toMatchObject({ code: 'VAULT_WRONG_PASSPHRASE' })
    }
    await expect(check.confirm(PASSPHRASE)).rejects.toMatchObject({ code: 'VAULT_TRY_LATER' })
    expect(session.view.retryAtMs).not.toBeNull()
    expect(() => check.require()).toThrow(required)
  })

  it('is asked again after a lock, also for what was being confirmed', async () => {
    const { check, prompts } = await create({ touchId: true })
    const first = check.confirm(null)
    prompts[0]?.answer(true)
    await first
    check.forget()
    expect(() => check.require()).toThrow(required)
    const second = check.confirm(null)
    check.forget()
    prompts[1]?.answer(true)
    await expect(second).rejects.toMatchObject({ code: 'VAULT_LOCKED' })
    expect(() => check.require()).toThrow(required)
  })

  it('confirms nothing while the vault is locked', async () => {
    const { check, session, prompts } = await create({ touchId: true, passphrase: true })
    session.lock()
    for (const by of [null, PASSPHRASE]) {
      await expect(check.confirm(by)).rejects.toMatchObject({ code: 'VAULT_LOCKED' })
    }
    expect(prompts).toEqual([])
  })

  it.each([-3_600_000, 3_600_000])('is asked again when the clock is set by %d ms', async (ms) => {
    const { check, setClock } = await create({ passphrase: true })
    await check.confirm(PASSPHRASE)
    setClock(ms)
    expect(() => check.require()).toThrow(required)
  })
})

describe('where nothing can be asked', () => {
  it('no secret leaves, and it is said what to do', async () => {
    const { check } = await create()
    expect(() => check.require()).toThrow(impossible)
    await expect(check.confirm(null)).rejects.toMatchObject({
      code: 'USER_CHECK_IMPOSSIBLE',
      advice: expect.stringContaining('restore from a backup'),
    })
    await expect(check.confirm(PASSPHRASE)).rejects.toMatchObject({ code: 'VAULT_NO_PASSPHRASE' })
    expect(() => check.require()).toThrow(impossible)
  })

  it('Touch ID that went away leaves the passphrase', async () => {
    const { check, system } = await create({ touchId: true, passphrase: true })
    system.available = false
    await expect(check.confirm(null)).rejects.toMatchObject({ code: 'USER_CHECK_FAILED' })
    expect(() => check.require()).toThrow(required)
  })

  it('asking is turned off where that is known, and there alone', async () => {
    const vain = await create()
    stopAskingInVain(vain)
    expect(vain.settings.get().asksBeforeSecrets).toBe(false)
    for (const there of [{ touchId: true }, { passphrase: true }]) {
      const useful = await create(there)
      stopAskingInVain(useful)
      expect(useful.settings.get().asksBeforeSecrets).toBe(true)
    }
  })
})
