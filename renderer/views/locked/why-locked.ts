import type { Snapshot } from '../../../main/contract/views.ts'

/** Why the vault is locked, as one sentence under the heading of the locked page. */
export function whyLocked({ vault, security }: Pick<Snapshot, 'vault' | 'security'>): string {
  switch (vault.lockedBy) {
    case 'idle':
      return `Locked after ${idleTime(security.settings.autoLockMinutes)} without use.`
    case 'screen-lock':
      return 'Locked because the screen was locked.'
    case 'suspend':
      return 'Locked before the computer slept.'
    default:
      return vault.protection === 'passphrase'
        ? 'Your tokens are sealed. Enter your passphrase to go on.'
        : 'Your tokens are sealed with this computer’s keyring.'
  }
}

/** The time may have been changed since it locked; never is said as some time. */
function idleTime(minutes: number): string {
  if (minutes === 0) return 'some time'
  return minutes === 1 ? '1 minute' : `${minutes} minutes`
}
