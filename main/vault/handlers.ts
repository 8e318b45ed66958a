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
  /**
   * Before a first passphrase is set: whoever sets it can show with it that they are the user.
   *
   * @throws UserCheckRequired, UserCheckImpossible
   */
  readonly requireUser: () => void
  /** Told once the user has given the passphrase up. */
  readonly onPassphraseRemoved: () => void
  /** Shows a file in the system's file manager. */
  readonly showFile: (path: string) => void
}

/** The vault's part of the contract. */
export function vaultHandlers(options: VaultHandlerOptions): VaultHandlers {
  const { session, quietly, requireUser, onPassphraseRemoved, showFile } = options
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
    async 'vault/set-passphrase'(current, next) {
      if (current === null) requireUser()
      await session.setPassphrase(current === null ? null : Secret.of(current), Secret.of(next))
    },
    async 'vault/remove-passphrase'(current) {
      await session.removePassphrase(Secret.of(current))
      onPassphraseRemoved()
    },
  }
}
