import type { Handlers } from '../contract/api.ts'
import type { SecuritySettings } from '../contract/views.ts'
import { Secret } from '../platform/secret.ts'
import type { SettingsStore } from '../platform/settings.ts'
import { UserCheckImpossible } from '../sharing/errors.ts'
import type { UserCheck } from '../sharing/user-check.ts'
import { weakens } from './security-settings.ts'

export interface SecurityHandlerOptions {
  readonly settings: SettingsStore
  /** The choices that hold now. */
  readonly chosen: () => SecuritySettings
  readonly userCheck: UserCheck
  readonly deleteEverything: () => Promise<Awaited<ReturnType<Handlers['vault/delete-everything']>>>
  readonly onChange: () => void
}

/** A field that is there without a value changes nothing. */
function withoutUndefined<T extends object>(
  change: T,
): { [K in keyof T]-?: Exclude<T[K], undefined> } {
  const given = Object.entries(change).filter(([, value]) => value !== undefined)
  return Object.fromEntries(given) as { [K in keyof T]-?: Exclude<T[K], undefined> }
}

/** The part of the contract about locking, asking and deleting. */
export function securityHandlers(
  options: SecurityHandlerOptions,
): Pick<Handlers, 'vault/confirm-user' | 'vault/delete-everything' | 'security/change'> {
  const { settings, chosen, userCheck, deleteEverything, onChange } = options
  return {
    async 'vault/confirm-user'(passphrase) {
      const seconds = await userCheck.confirm(passphrase === null ? null : Secret.of(passphrase))
      return { seconds }
    },
    'vault/delete-everything'() {
      // Also while locked, where nobody can be asked: it cannot be undone, and a lock is no way around.
      userCheck.require()
      return deleteEverything()
    },
    'security/change'(given) {
      const change = withoutUndefined(given)
      const now = chosen()
      const turnsOn = change.asksBeforeSecrets && !now.asksBeforeSecrets
      if (turnsOn && userCheck.kind === null) throw new UserCheckImpossible(false)
      // Else whoever must not see a secret would only have to turn the question off first.
      if (weakens(now, change)) userCheck.require()
      settings.update(change)
      onChange()
    },
  }
}
