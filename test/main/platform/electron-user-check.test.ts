import type { SystemPreferences } from 'electron'
import { describe, expect, it, vi } from 'vitest'
import { createElectronUserCheck } from '../../../main/platform/electron-user-check.ts'

function create(platform: NodeJS.Platform, { can = true, refuses = false } = {}) {
  const promptTouchID = vi.fn(async () => {
    if (refuses) throw new Error('User canceled.')
  })
  const canPromptTouchID = vi.fn(() => can)
  const preferences = { canPromptTouchID, promptTouchID } as unknown as SystemPreferences
  return { check: createElectronUserCheck(preferences, platform), canPromptTouchID, promptTouchID }
}

describe('Touch ID', () => {
  it('is there on Macs that have it, and asked for nowhere else', () => {
    expect(create('darwin').check.isAvailable()).toBe(true)
    expect(create('darwin', { can: false }).check.isAvailable()).toBe(false)
    // The calls do not exist there.
    for (const platform of ['linux', 'win32'] as const) {
      const { check, canPromptTouchID } = create(platform)
      expect(check.isAvailable()).toBe(false)
      expect(canPromptTouchID).not.toHaveBeenCalled()
    }
  })

  it('says why it asks, and that the user was not recognised', async () => {
    const { check, promptTouchID } = create('darwin')
    await check.ask('show or copy a secret')
    expect(promptTouchID).toHaveBeenCalledWith('show or copy a secret')
    const refusing = create('darwin', { refuses: true }).check
    await expect(refusing.ask('x')).rejects.toMatchObject({
      code: 'USER_CHECK_FAILED',
      message: 'You were not recognised',
    })
  })
})
