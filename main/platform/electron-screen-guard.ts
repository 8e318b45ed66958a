import type { BaseWindow } from 'electron'
import type { ScreenGuard } from './screen-guard.ts'

/** `setContentProtection`: macOS and Windows alone. Source: Electron BaseWindow docs. */
export function createElectronScreenGuard(
  window: () => BaseWindow | null,
  platform: NodeJS.Platform,
): ScreenGuard {
  const protect = (isProtected: boolean) => window()?.setContentProtection(isProtected)
  return {
    isEffective: platform !== 'linux',
    hide: () => protect(true),
    show: () => protect(false),
  }
}
