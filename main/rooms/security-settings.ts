import type { SecuritySettings, VaultView } from '../contract/views.ts'
import type { Settings } from '../platform/settings.ts'

/** Minutes for who never chose: one who enters a passphrase wants to be locked out of the open desk. */
const BY_PASSPHRASE = 15

/** The choices that hold now, with what stands for those that were never made. */
export function securitySettingsOf(
  settings: Settings,
  protection: VaultView['protection'],
): SecuritySettings {
  const { theme: _theme, recentEnvFiles: _recentEnvFiles, ...chosen } = settings
  const autoLockMinutes =
    chosen.autoLockMinutes ?? (protection === 'passphrase' ? BY_PASSPHRASE : 0)
  return { ...chosen, autoLockMinutes }
}

/** Whether the change asks, locks or clears less than until now. */
export function weakens(now: SecuritySettings, change: Partial<SecuritySettings>): boolean {
  const next = { ...now, ...change }
  return (
    (now.asksBeforeSecrets && !next.asksBeforeSecrets) ||
    (now.lockOnScreenLock && !next.lockOnScreenLock) ||
    (now.lockOnSuspend && !next.lockOnSuspend) ||
    minutesOpen(next) > minutesOpen(now) ||
    next.clipboardSeconds > now.clipboardSeconds
  )
}

function minutesOpen({ autoLockMinutes }: SecuritySettings): number {
  return autoLockMinutes === 0 ? Number.POSITIVE_INFINITY : autoLockMinutes
}
