import { describe, expect, it, vi } from 'vitest'
import type { SecuritySettings } from '../../../main/contract/views.ts'
import { silentLog } from '../../../main/platform/log.ts'
import { openSettings } from '../../../main/platform/settings.ts'
import { securityHandlers } from '../../../main/rooms/security-handlers.ts'
import { securitySettingsOf } from '../../../main/rooms/security-settings.ts'
import { UserCheckRequired } from '../../../main/sharing/errors.ts'
import type { UserCheck } from '../../../main/sharing/user-check.ts'

const STRICT: SecuritySettings = {
  autoLockMinutes: 5,
  lockOnScreenLock: true,
  lockOnSuspend: true,
  asksBeforeSecrets: true,
  clipboardSeconds: 30,
  notifies: true,
}

/** Settings in memory; `isKnown` says whether the user was asked lately. */
function create({ kind = 'passphrase' as UserCheck['kind'], isKnown = false } = {}) {
  const store = { path: '', read: () => ({}), write() {} }
  const settings = openSettings(() => store, silentLog)
  settings.update(STRICT)
  const confirm = vi.fn(async () => 60)
  const userCheck: UserCheck = {
    kind,
    confirm,
    require() {
      if (settings.get().asksBeforeSecrets && !isKnown) throw new UserCheckRequired()
    },
    forget() {},
  }
  const onChange = vi.fn()
  const chosen = () => securitySettingsOf(settings.get(), 'passphrase')
  const deleteEverything = vi.fn(async () => [])
  const handlers = securityHandlers({ settings, chosen, userCheck, deleteEverything, onChange })
  return {
    handlers,
    settings,
    chosen,
    confirm,
    deleteEverything,
    onChange,
    change: handlers['security/change'],
  }
}

describe('changing the security settings', () => {
  it.each<Partial<SecuritySettings>>([
    { asksBeforeSecrets: false },
    { autoLockMinutes: 15 },
    { autoLockMinutes: 0 },
    { lockOnScreenLock: false },
    { lockOnSuspend: false },
    { autoLockMinutes: 1, lockOnSuspend: false },
    { clipboardSeconds: 120 },
  ])('asks less or locks less only for the user: %j', async (weaker) => {
    const stranger = create()
    await expect(async () => stranger.change(weaker)).rejects.toMatchObject({
      code: 'USER_CHECK_REQUIRED',
    })
    expect(stranger.chosen()).toEqual(STRICT)
    expect(stranger.onChange).not.toHaveBeenCalled()
    const user = create({ isKnown: true })
    await user.change(weaker)
    expect(user.chosen()).toEqual({ ...STRICT, ...weaker })
    expect(user.onChange).toHaveBeenCalledTimes(1)
  })

  it.each<Partial<SecuritySettings>>([
    { autoLockMinutes: 1 },
    { autoLockMinutes: 5, lockOnSuspend: true },
    { clipboardSeconds: 10 },
    { notifies: false },
    {},
  ])('asks nobody for the rest: %j', async (change) => {
    const { change: act, chosen } = create()
    await act(change)
    expect(chosen()).toEqual({ ...STRICT, ...change })
  })

  it('asks nobody where the user does not want to be asked', async () => {
    const { change, chosen, settings } = create()
    settings.update({ asksBeforeSecrets: false })
    await change({ autoLockMinutes: 0, lockOnScreenLock: false, lockOnSuspend: false })
    expect(chosen()).toMatchObject({ autoLockMinutes: 0, lockOnSuspend: false })
  })

  it('turns asking on only where there is something to ask', async () => {
    const vain = create({ kind: null })
    vain.settings.update({ asksBeforeSecrets: false })
    await expect(async () => vain.change({ asksBeforeSecrets: true })).rejects.toMatchObject({
      code: 'USER_CHECK_IMPOSSIBLE',
      advice: 'Set a passphrase first, or turn on Touch ID.',
    })
    expect(vain.chosen().asksBeforeSecrets).toBe(false)
    const useful = create({ kind: 'touch-id' })
    useful.settings.update({ asksBeforeSecrets: false })
    await useful.change({ asksBeforeSecrets: true })
    expect(useful.chosen().asksBeforeSecrets).toBe(true)
  })

  it('hands what the user shows to the check', async () => {
    const { handlers, confirm } = create()
    expect(await handlers['vault/confirm-user'](null)).toEqual({ seconds: 60 })
    expect(confirm).toHaveBeenLastCalledWith(null)
    await handlers['vault/confirm-user']('four unrelated words')
    const [[given]] = confirm.mock.calls.slice(1) as unknown as [[{ expose(): string }]]
    expect(given.expose()).toBe('four unrelated words')
  })
})

it('deletes everything only for the user', async () => {
  const stranger = create()
  await expect(async () => stranger.handlers['vault/delete-everything']()).rejects.toMatchObject({
    code: 'USER_CHECK_REQUIRED',
  })
  expect(stranger.deleteEverything).not.toHaveBeenCalled()
  const user = create({ isKnown: true })
  expect(await user.handlers['vault/delete-everything']()).toEqual([])
})

describe('locking by itself', () => {
  it.each([
    { chosen: null, protection: 'passphrase', minutes: 15 },
    { chosen: null, protection: 'keyring', minutes: 0 },
    { chosen: null, protection: null, minutes: 0 },
    { chosen: 0, protection: 'passphrase', minutes: 0 },
    { chosen: 30, protection: 'keyring', minutes: 30 },
  ] as const)('comes after $minutes minutes for $chosen and $protection', (given) => {
    const { settings } = create()
    settings.update({ autoLockMinutes: given.chosen })
    const shown = securitySettingsOf(settings.get(), given.protection)
    expect(shown.autoLockMinutes).toBe(given.minutes)
    expect(Object.keys(shown).sort()).toEqual(Object.keys(STRICT).sort())
  })
})
