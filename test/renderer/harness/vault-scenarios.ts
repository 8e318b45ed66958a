import type { Failure } from '../../../main/contract/errors.ts'
import { fail, ok } from '../fake-api.ts'
import { sampleRestorePreview, sampleRestoreRow } from '../sample-backup.ts'
import { SAMPLE_NOW_MS, sampleSecurity } from '../sample-snapshot.ts'
import { type Desk, northwind, type Scenario, scenario, vault } from './scenario.ts'

const LOCKED = { state: 'locked', protection: 'passphrase' } as const
const idle = (): Desk => ({
  ...vault({ ...LOCKED, lockedBy: 'idle' }),
  security: sampleSecurity({ autoLockMinutes: 15 }),
})
const wrong = fail('VAULT_WRONG_PASSPHRASE', {
  message: 'This is not the passphrase',
  advice: 'Check Caps Lock and the keyboard layout, then try again.',
})
const wait = { ...wrong, failure: { ...wrong.failure, retryAtMs: SAMPLE_NOW_MS + 4000 } }

const lostKey: Failure = {
  code: 'VAULT_KEYRING_LOST_KEY',
  message: 'The keyring does not have Token Desk’s key any more',
  advice: 'Restore from a backup, or start afresh; the old vault is kept.',
  remedy: 'restore-backup',
}
const noKeyring: Failure = {
  code: 'VAULT_KEYRING_UNAVAILABLE',
  message: 'The keyring did not answer',
  advice: 'Unlock the keyring of this computer, then try again. Nothing was changed.',
  remedy: 'retry',
}
const newer: Failure = {
  code: 'VAULT_NEWER_VERSION',
  message: 'This vault was made by a newer Token Desk',
  advice: 'Install the newest version of Token Desk. Nothing was changed.',
  remedy: 'quit',
}
const damaged: Failure = {
  code: 'VAULT_DAMAGED',
  message: 'The key in the vault file is damaged',
  advice: 'Put a copy of the file back, or start afresh. The old vault is kept.',
  remedy: 'start-afresh',
}
const blocked = (failure: Failure) => vault({ state: 'blocked', failure })
const intoNewVault = {
  'backup/open': ok(
    sampleRestorePreview({
      needsNewVault: true,
      rows: [
        sampleRestoreRow({ staleCount: 2 }),
        sampleRestoreRow({ id: 'row-acme', name: 'Acme Sandbox', detail: 'T0AC7Q1KL' }),
      ],
    }),
  ),
}

/** The pages while the vault is not open, and the strips after it was found damaged. */
export const VAULT_SCENARIOS: Readonly<Record<string, () => Scenario>> = {
  locked: () => scenario(idle(), {}, intoNewVault),
  'locked-screen': () => scenario(vault({ ...LOCKED, lockedBy: 'screen-lock' })),
  'locked-keyring': () => scenario(vault({ state: 'locked', lockedBy: 'suspend' })),
  'wrong-passphrase': () => scenario(idle(), {}, { 'vault/unlock': wrong }),
  'wrong-passphrase-wait': () => scenario(idle(), {}, { 'vault/unlock': wait }),
  'choose-passphrase': () =>
    scenario(vault({ state: 'choose-passphrase', protection: null }, 0), {}, intoNewVault),
  'keyring-gone': () => scenario(blocked(lostKey), {}, intoNewVault),
  'keyring-silent': () => scenario(blocked(noKeyring)),
  'newer-vault': () => scenario(blocked(newer)),
  'damaged-vault': () => scenario(blocked(damaged)),
  recovered: () =>
    scenario(
      vault({ recovery: { opened: 'last-good', damagedFile: 'vault.damaged-20261123.json' } }),
      northwind,
    ),
  'recovered-incomplete': () =>
    scenario(
      vault({ recovery: { opened: 'incomplete', damagedFile: 'vault.found-20261123.json' } }),
      northwind,
    ),
}
