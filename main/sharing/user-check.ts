/** Asks who sits here before a secret leaves, where the user wants that. */
import type { UserCheckKind } from '../contract/views.ts'
import type { Clock } from '../platform/clock.ts'
import type { Secret } from '../platform/secret.ts'
import type { SettingsStore } from '../platform/settings.ts'
import type { SystemUserCheck } from '../platform/user-check.ts'
import type { VaultSession } from '../vault/vault-session.ts'

export interface UserCheckOptions {
  readonly system: SystemUserCheck
  readonly session: VaultSession
  readonly settings: SettingsStore
  readonly clock: Clock
}

export interface UserCheck {
  /** What can be asked; null where nothing can. */
  readonly kind: UserCheckKind
  /** @throws UserCheckRequired where the user wants to be asked and was not lately */
  require(): void
  /** Touch ID for null. @returns seconds that it holds for @throws UserCheckFailed, WrongPassphrase, TryLater, UserCheckImpossible */
  confirm(passphrase: Secret | null): Promise<number>
  /** Called on lock. */
  forget(): void
}

export function createUserCheck(_options: UserCheckOptions): UserCheck {
  return {
    kind: null,
    require() {},
    confirm: async () => 0,
    forget() {},
  }
}
