import type { PowerMonitor } from 'electron'
import type { Power, PowerEvent } from './power.ts'

/**
 * Electron's names. Source: Electron powerMonitor docs; `lock-screen` is macOS and Windows alone, and
 * switching to another user of the Mac is an event of its own.
 */
const EVENTS = [
  ['lock-screen', 'screen-lock'],
  ['user-did-resign-active', 'screen-lock'],
  ['suspend', 'suspend'],
  ['resume', 'resume'],
] as const satisfies readonly (readonly [string, PowerEvent])[]

/** Electron's powerMonitor; to be made after `ready`. */
export function createElectronPower(monitor: PowerMonitor, platform: NodeJS.Platform): Power {
  return {
    knowsScreenLock: platform !== 'linux',
    idleSeconds: () => monitor.getSystemIdleTime(),
    listen(listener) {
      const ends = EVENTS.map(([name, event]) => {
        const tell = () => listener(event)
        monitor.on(name as 'resume', tell)
        return () => monitor.off(name as 'resume', tell)
      })
      return () => {
        for (const end of ends) end()
      }
    },
  }
}
