import type { BaseWindow } from 'electron'
import { expect, it } from 'vitest'
import { createElectronScreenGuard } from '../../../main/platform/electron-screen-guard.ts'

function start(platform: NodeJS.Platform, isDestroyed = false) {
  const told: boolean[] = []
  const window = {
    isDestroyed: () => isDestroyed,
    setContentProtection: (isOn: boolean) => void told.push(isOn),
  } as unknown as BaseWindow
  return { told, guard: createElectronScreenGuard(() => window, platform) }
}

it.each(['darwin', 'win32'] as const)('protects the window on %s', (platform) => {
  const { told, guard } = start(platform)
  guard.hide()
  guard.show()
  expect(guard.isEffective).toBe(true)
  expect(told).toEqual([true, false])
})

it('says that Linux cannot, and asks nothing of it', () => {
  const { told, guard } = start('linux')
  guard.hide()
  expect(guard.isEffective).toBe(false)
  expect(told).toEqual([])
})

it('leaves a window alone that is gone', () => {
  const { told, guard } = start('darwin', true)
  guard.show()
  expect(told).toEqual([])
  createElectronScreenGuard(() => null, 'darwin').show()
})
