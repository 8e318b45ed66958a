import { fail, type Overrides, ok } from '../fake-api.ts'
import { sampleRestorePreview, sampleRestoreRow } from '../sample-backup.ts'
import { SAMPLE_NOW_MS, sampleSecurity } from '../sample-snapshot.ts'
import { type Desk, northwind, type Scenario, scenario, vault } from './scenario.ts'

const security = { screen: 'settings', settingsSection: 'security', isDetailOpen: true } as const
const backup = { screen: 'settings', settingsSection: 'backup', isDetailOpen: true } as const

const keyring = (): Desk => vault({})
const passphrase = (): Desk => ({
  ...vault({ protection: 'passphrase' }),
  security: {
    ...sampleSecurity({ autoLockMinutes: 15, lockOnSuspend: true, asksBeforeSecrets: true }),
    userCheck: 'passphrase',
  },
})
const mac = (): Desk => ({
  ...vault({}),
  security: {
    settings: sampleSecurity({ autoLockMinutes: 5, lockOnScreenLock: true }).settings,
    userCheck: 'touch-id',
    hidesFromScreenshots: true,
    knowsScreenLock: true,
  },
})

const wrong = fail('VAULT_WRONG_PASSPHRASE', {
  message: 'This is not the passphrase',
  advice: 'Check Caps Lock and the keyboard layout, then try again.',
  retryAtMs: SAMPLE_NOW_MS + 4000,
})
const refusing: Overrides = {
  'security/change': fail('UNEXPECTED', {
    message: 'The settings could not be saved',
    advice: 'Check the free space of the data folder, then try again.',
    remedy: 'none',
  }),
  'vault/set-passphrase': wrong,
  'vault/confirm-user': wrong,
  'vault/remove-passphrase': fail('VAULT_KEYRING_UNAVAILABLE', {
    message: 'This computer has no keyring that Token Desk can use',
    advice: 'Set up a keyring first. The passphrase goes on protecting your tokens.',
    remedy: 'none',
  }),
}
const asking: Overrides = {
  'sharing/reveal': fail('USER_CHECK_REQUIRED', { remedy: 'confirm-user' }),
  'vault/confirm-user': wrong,
}
const needed = fail('USER_CHECK_REQUIRED', { remedy: 'confirm-user' })

/** Settings → Security, Backup and restore, and the question who sits here. */
export const SETTINGS_SCENARIOS: Readonly<Record<string, () => Scenario>> = {
  security: () => scenario(keyring(), security),
  'security-passphrase': () => scenario(passphrase(), security),
  'security-mac': () => scenario(mac(), security),
  'security-problem': () => scenario(passphrase(), security, refusing),
  'security-asks': () =>
    scenario(passphrase(), security, { 'security/change': needed, 'vault/confirm-user': wrong }),
  backup: () => scenario(keyring(), backup),
  'backup-problem': () =>
    scenario(keyring(), backup, {
      'backup/create': fail('BACKUP_WRITE_FAILED', {
        message: 'The backup could not be written',
        advice: 'Choose a place with free space where you may write, then try again.',
      }),
      'backup/choose-file': fail('BACKUP_UNREADABLE', {
        message: 'This file cannot be read',
        advice: 'Check that you may read it, or choose another.',
        remedy: 'choose-file',
      }),
    }),
  'restore-problem': () =>
    scenario(keyring(), backup, {
      'backup/open': fail('BACKUP_NOT_A_BACKUP', {
        message: 'This file is no backup of Token Desk',
        advice: 'Choose the file that “Back up…” saved.',
        remedy: 'choose-file',
      }),
    }),
  'restore-nothing': () =>
    scenario(keyring(), backup, {
      'backup/open': ok(
        sampleRestorePreview({
          rows: [
            sampleRestoreRow({ action: 'keep', storedCount: 0 }),
            sampleRestoreRow({
              id: 'row-acme',
              name: 'Acme Sandbox',
              detail: 'T0AC7Q1KL',
              action: 'keep',
              storedCount: 0,
            }),
          ],
        }),
      ),
    }),
  'delete-left': () =>
    scenario(keyring(), backup, {
      'vault/delete-everything': ok([
        { what: 'keyring-item', path: null },
        { what: 'certificate-trust', path: null },
        { what: 'files', path: '~/.config/token-desk' },
      ]),
    }),
  'confirm-user': () => scenario(passphrase(), northwind, asking),
  'confirm-user-touch-id': () =>
    scenario(mac(), northwind, {
      ...asking,
      'vault/confirm-user': fail('USER_CHECK_FAILED', {
        message: 'Touch ID did not confirm that it is you',
        advice: 'Try again, or unlock with your Mac’s password first.',
        remedy: 'retry',
      }),
    }),
}
