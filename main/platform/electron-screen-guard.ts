import type { BaseWindow } from 'electron'
import type { ScreenGuard } from './screen-guard.ts'

/** `setContentProtection`: macOS and Windows alone. Source: Electron BaseWindow docs. */
export function createElectronScreenGuard(
  window: () => BaseWindow | null,
  platform: NodeJS.Platform,
): ScreenGuard {
  const isEffective = platform === 'darwin' || platform === 'win32'
  const protect = (isProtected: boolean) => {
    const guarded = window()
    // Its timer may outlive the window while the app quits.
    if (!isEffective || guarded === null || guarded.isDestroyed()) return
    guarded.setContentProtection(isProtected)
  }
  return { isEffective, hide: () => protect(true), show: () => protect(false) }
}
