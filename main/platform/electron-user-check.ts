import type { SystemPreferences } from 'electron'
import { UserCheckFailed } from './errors.ts'
import type { SystemUserCheck } from './user-check.ts'

/** Touch ID, on Macs that have it. Source: Electron systemPreferences docs. */
export function createElectronUserCheck(
  preferences: SystemPreferences,
  platform: NodeJS.Platform,
): SystemUserCheck {
  return {
    isAvailable: () => platform === 'darwin' && preferences.canPromptTouchID(),
    async ask(reason) {
      try {
        await preferences.promptTouchID(reason)
      } catch (cause) {
        throw new UserCheckFailed(cause)
      }
    },
  }
}
