import { EventEmitter } from 'node:events'
import type { PowerMonitor } from 'electron'
import { expect, it } from 'vitest'
import { createElectronPower } from '../../../main/platform/electron-power.ts'

function create(platform: NodeJS.Platform) {
  const monitor = Object.assign(new EventEmitter(), { getSystemIdleTime: () => 42 })
  const power = createElectronPower(monitor as unknown as PowerMonitor, platform)
  return { monitor, power }
}

it('tells what happens to the computer, until nobody listens', () => {
  const { monitor, power } = create('darwin')
  const heard: string[] = []
  const end = power.listen((event) => heard.push(event))
  const names = ['lock-screen', 'user-did-resign-active', 'suspend', 'resume', 'unlock-screen']
  for (const name of names) monitor.emit(name)
  expect(heard).toEqual(['screen-lock', 'screen-lock', 'suspend', 'resume'])
  end()
  for (const name of names) monitor.emit(name)
  expect(heard).toHaveLength(4)
  expect(monitor.eventNames()).toEqual([])
})

it('counts the time without use, and knows where a locked screen is told', () => {
  expect(create('win32').power.idleSeconds()).toBe(42)
  const knows = (['darwin', 'win32', 'linux'] as const).map((p) => create(p).power.knowsScreenLock)
  expect(knows).toEqual([true, true, false])
})
