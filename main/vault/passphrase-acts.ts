import type { Keyring } from '../platform/keyring.ts'
import type { Secret } from '../platform/secret.ts'
import { requireStrength } from './derive-key.ts'
import { NoPassphrase, WrongPassphrase } from './errors.ts'
import type { KeyProtector } from './key-protector.ts'
import { createKeyringProtector } from './keyring-protector.ts'
import type { PassphrasePause } from './passphrase-pause.ts'
import type { Vault } from './vault.ts'

/** What is done with the passphrase of an open vault; one at a time, in the turn of its session. */
export interface PassphraseActs {
  /** As `VaultSession.setPassphrase`. */
  set(vault: Vault, current: Secret | null, next: Secret): Promise<void>
  /** As `VaultSession.removePassphrase`. */
  remove(vault: Vault, current: Secret): Promise<void>
  /** As `VaultSession.verifyPassphrase`. */
  verify(vault: Vault, passphrase: Secret): Promise<void>
}

export interface PassphraseActsOptions {
  /** Counts the wrong ones, together with those of unlocking. */
  readonly pause: PassphrasePause
  readonly keyring: Keyring
  readonly protectorOf: (passphrase: Secret) => KeyProtector
}

export function createPassphraseActs(options: PassphraseActsOptions): PassphraseActs {
  const { pause, keyring, protectorOf } = options

  const verify = (vault: Vault, passphrase: Secret): Promise<void> => {
    if (vault.protection !== 'passphrase') return Promise.reject(new NoPassphrase())
    return pause.attempt(() => vault.verify(protectorOf(passphrase)))
  }

  return {
    verify,
    async set(vault, current, next) {
      requireStrength(next)
      if (current !== null) await verify(vault, current)
      // Nothing was tried, so nothing is counted.
      else if (vault.protection === 'passphrase') throw new WrongPassphrase()
      await vault.protect(protectorOf(next))
    },
    async remove(vault, current) {
      await verify(vault, current)
      await vault.protect(createKeyringProtector(keyring))
    },
  }
}
