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
>

export interface VaultHandlerOptions {
  readonly session: VaultSession
  /** Forgets everything secret that other parts keep; called before the key is dropped or replaced. */
  readonly beforeLock: () => Promise<void>
  /** Shows a file in the system's file manager. */
  readonly showFile: (path: string) => void
}

/** The vault's part of the contract. */
export function vaultHandlers({
  session,
  beforeLock,
  showFile,
}: VaultHandlerOptions): VaultHandlers {
  return {
    'vault/choose-passphrase': (passphrase) => session.choosePassphrase(Secret.of(passphrase)),
    'vault/unlock': (passphrase) =>
      session.unlock(passphrase === null ? null : Secret.of(passphrase)),
    async 'vault/lock'() {
      await beforeLock()
      session.lock()
    },
    async 'vault/start-afresh'() {
      await beforeLock()
      await session.startAfresh()
    },
    'vault/show-damaged-file'() {
      const { recovery } = session.view
      if (recovery) showFile(recovery.damagedFile)
    },
    'vault/dismiss-recovery': () => session.dismissRecovery(),
  }
}
