import type { Handlers } from '../contract/api.ts'
import { Secret } from '../platform/secret.ts'
import type { VaultSession } from './vault-session.ts'

type VaultHandlers = Pick<
  Handlers,
  | 'vault/choose-passphrase'
  | 'vault/unlock'
  | 'vault/lock'
  | 'vault/start-afresh'
  | 'vault/show-damaged-file'
  | 'vault/dismiss-recovery'
  | 'vault/set-passphrase'
  | 'vault/remove-passphrase'
>

export interface VaultHandlerOptions {
  readonly session: VaultSession
  /**
   * Runs what drops or replaces the key: once no answer of Slack is on its way into the vault, and
   * after everything secret that other parts keep was forgotten.
   */
  readonly quietly: (run: () => Promise<void>) => Promise<void>
  /** Shows a file in the system's file manager. */
  readonly showFile: (path: string) => void
}

/** The vault's part of the contract. */
export function vaultHandlers({ session, quietly, showFile }: VaultHandlerOptions): VaultHandlers {
  return {
    'vault/choose-passphrase': (passphrase) => session.choosePassphrase(Secret.of(passphrase)),
    'vault/unlock': (passphrase) =>
      session.unlock(passphrase === null ? null : Secret.of(passphrase)),
    'vault/lock': () => quietly(async () => session.lock('user')),
    'vault/start-afresh': () => quietly(() => session.startAfresh()),
    'vault/show-damaged-file'() {
      const { recovery } = session.view
      if (recovery) showFile(recovery.damagedFile)
    },
    'vault/dismiss-recovery': () => session.dismissRecovery(),
    'vault/set-passphrase': (current, next) =>
      session.setPassphrase(current === null ? null : Secret.of(current), Secret.of(next)),
    'vault/remove-passphrase': (current) => session.removePassphrase(Secret.of(current)),
  }
}
