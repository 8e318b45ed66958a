import { act, screen, waitFor, within } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
// Read beforehand, so that no test waits for a part of the page to be built.
import '../../../../renderer/views/backup/restore-dialog.tsx'
import type { Failure } from '../../../../main/contract/errors.ts'
import type { Snapshot } from '../../../../main/contract/views.ts'
import { LockedPage } from '../../../../renderer/views/locked/locked-page.tsx'
import { fail, type Overrides, ok } from '../../fake-api.ts'
import { renderView } from '../../render-view.tsx'
import { sampleRestorePreview } from '../../sample-backup.ts'
import { sampleSecurity, sampleSnapshot } from '../../sample-snapshot.ts'

function show(vault: Partial<Snapshot['vault']>, overrides: Overrides = {}) {
  const base = sampleSnapshot(6)
  return renderView(<LockedPage />, {
    snapshot: { ...base, vault: { ...base.vault, ...vault } },
    overrides,
  })
}

const passphrase = () => screen.getByLabelText<HTMLInputElement>('Passphrase')
const again = () => screen.getByLabelText<HTMLInputElement>('Passphrase again')
const button = (name: string) => screen.getByRole('button', { name })
const said = () => document.querySelector('.said-only')?.textContent
const LOCKED = { state: 'locked', protection: 'passphrase' } as const
const CHOOSE = { state: 'choose-passphrase', protection: null } as const
const RESTORE = 'Restore from a backup…'
const GOOD = 'four unrelated words'

const wrong = fail('VAULT_WRONG_PASSPHRASE', {
  message: 'This is not the passphrase',
  advice: 'Check Caps Lock and the keyboard layout, then try again.',
})
const blocked = (over: Partial<Failure>) =>
  ({ state: 'blocked', failure: fail('VAULT_DAMAGED', over).failure }) as const

it('begins in the field, unlocks with Enter and empties the field', async () => {
  const { api, user } = await show(LOCKED)
  expect(document.activeElement).toBe(passphrase())
  await user.keyboard(`${GOOD}{Enter}`)
  expect(api.callsTo('vault/unlock')).toEqual([[GOOD]])
  expect(passphrase().value).toBe('')
  expect(document.body.innerHTML).not.toContain(GOOD)
})

it('says at the field that the passphrase is wrong, and lets the user type again', async () => {
  const { user } = await show(LOCKED, { 'vault/unlock': wrong })
  await user.keyboard(`${GOOD}{Enter}`)
  const note = document.getElementById(passphrase().getAttribute('aria-describedby') ?? '')
  expect(note?.textContent).toContain('This is not the passphrase. Check Caps Lock')
  expect(passphrase().getAttribute('aria-invalid')).toBe('true')
  expect(document.activeElement).toBe(passphrase())
  expect(passphrase().value).toBe('')
})

it('asks the keyring with the button alone', async () => {
  const { api, user } = await show({ state: 'locked', protection: 'keyring' })
  expect(screen.queryByLabelText('Passphrase')).toBeNull()
  await user.keyboard('{Enter}')
  expect(api.callsTo('vault/unlock')).toEqual([[null]])
})

it('shows no name of any workspace', async () => {
  const { container } = await show(LOCKED)
  expect(container.textContent).not.toMatch(/Northwind|Acme|Deploy Bot/)
})

it('starts afresh only after it asked', async () => {
  const { api, user } = await show(LOCKED)
  await user.click(button('I forgot the passphrase'))
  await user.click(button('Start afresh…'))
  expect(document.activeElement).toBe(button('Cancel'))
  await user.keyboard('{Enter}')
  expect(api.callsTo('vault/start-afresh')).toEqual([])
  await user.click(button('Start afresh…'))
  await user.click(button('Start afresh'))
  expect(api.callsTo('vault/start-afresh')).toHaveLength(1)
})

it('chooses a passphrase that was typed twice, and empties both fields', async () => {
  const { api, user } = await show(CHOOSE)
  await user.type(passphrase(), GOOD)
  await user.type(again(), GOOD)
  await user.click(button('Protect my tokens'))
  expect(api.callsTo('vault/choose-passphrase')).toEqual([[GOOD]])
  expect([passphrase().value, again().value]).toEqual(['', ''])
})

it.each([
  ['short', 'short', 'Use at least 10 characters.', 'Passphrase'],
  [GOOD, `${GOOD}s`, 'This is not the same as above. Type it once more.', 'Passphrase again'],
  [GOOD, '', 'This is not the same as above. Type it once more.', 'Passphrase again'],
])('refuses %j and %j at the field', async (first, second, problem, field) => {
  const { api, user } = await show(CHOOSE)
  await user.type(passphrase(), first)
  if (second) await user.type(again(), second)
  await user.click(button('Protect my tokens'))
  expect(api.callsTo('vault/choose-passphrase')).toEqual([])
  expect(screen.getByText(problem)).toBeTruthy()
  expect(document.activeElement).toBe(screen.getByLabelText(field))
})

it('says what main refused', async () => {
  const { user } = await show(CHOOSE, {
    'vault/choose-passphrase': fail('VAULT_WRITE_FAILED', {
      message: 'The vault could not be saved',
    }),
  })
  await user.type(passphrase(), GOOD)
  await user.type(again(), GOOD)
  await user.click(button('Protect my tokens'))
  expect(screen.getByRole('alert').textContent).toContain('The vault could not be saved')
})

it.each([
  ['start-afresh', [RESTORE, 'Try again', 'Start afresh…', 'Quit']],
  ['restore-backup', [RESTORE, 'Try again', 'Start afresh…', 'Quit']],
  ['retry', ['Try again', RESTORE, 'Quit']],
  ['quit', ['Quit']],
] as const)('a blocked vault with remedy %s offers %j', async (remedy, names) => {
  await show(blocked({ remedy, message: 'The vault cannot be opened' }))
  expect(screen.getByRole('heading', { name: 'The vault cannot be opened' })).toBeTruthy()
  expect(screen.getAllByRole('button').map(({ textContent }) => textContent)).toEqual(names)
})

it('tries a blocked vault again and says why it still does not open', async () => {
  const { api, user } = await show(blocked({ remedy: 'retry' }), {
    'vault/unlock': fail('VAULT_KEYRING_UNAVAILABLE', { message: 'The keyring did not answer' }),
  })
  await user.click(button('Try again'))
  expect(api.callsTo('vault/unlock')).toEqual([[null]])
  expect(screen.getByRole('heading', { name: 'The keyring did not answer' })).toBeTruthy()
})

it.each([
  ['idle', 15, 'Locked after 15 minutes without use.'],
  ['idle', 1, 'Locked after 1 minute without use.'],
  ['idle', 0, 'Locked after some time without use.'],
  ['screen-lock', 0, 'Locked because the screen was locked.'],
  ['suspend', 0, 'Locked before the computer slept.'],
  ['user', 0, 'Your tokens are sealed. Enter your passphrase to go on.'],
  [null, 0, 'Your tokens are sealed. Enter your passphrase to go on.'],
] as const)('says why it is locked: %s, %i min', async (lockedBy, autoLockMinutes, words) => {
  const base = sampleSnapshot(6)
  await renderView(<LockedPage />, {
    snapshot: {
      ...base,
      vault: { ...base.vault, ...LOCKED, lockedBy },
      security: sampleSecurity({ autoLockMinutes }),
    },
  })
  expect(screen.getByText(words)).toBeTruthy()
})

it('counts down after a wrong passphrase; Enter does nothing until then', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], shouldAdvanceTime: true })
  try {
    const { api, user } = await show(LOCKED, {
      'vault/unlock': () =>
        fail('VAULT_WRONG_PASSPHRASE', { ...wrong.failure, retryAtMs: Date.now() + 4000 }),
    })
    await user.keyboard(`${GOOD}{Enter}`)
    expect(button('Unlock in 4 s').hasAttribute('disabled')).toBe(true)
    expect(said()).toContain('you can try again in 4 s.')
    await user.keyboard(`${GOOD}{Enter}`)
    expect(api.callsTo('vault/unlock')).toHaveLength(1)
    await act(async () => vi.advanceTimersByTime(4000))
    expect(said()).toBe('You can try again now.')
    await user.keyboard('{Enter}')
    expect(api.callsTo('vault/unlock')).toHaveLength(2)
  } finally {
    vi.useRealTimers()
  }
})

it('counts down for tries that were made before, such as on the command line', async () => {
  await show({ ...LOCKED, retryAtMs: Date.now() + 65_000 })
  expect(screen.getByRole('button', { name: /^Unlock in 1 min/ })).toBeTruthy()
})

it('wants a passphrase before it asks main', async () => {
  const { api, user } = await show(LOCKED)
  await user.keyboard('{Enter}')
  expect(api.callsTo('vault/unlock')).toEqual([])
  expect(screen.getByText('Enter your passphrase.')).toBeTruthy()
})

it('says that a forgotten passphrase cannot be recovered, and what there is instead', async () => {
  const { user } = await show(LOCKED)
  await user.click(button('I forgot the passphrase'))
  expect(
    screen.getByText(/^It cannot be recovered\. Restore a backup, or start afresh/),
  ).toBeTruthy()
  expect(button(RESTORE)).toBeTruthy()
})

const NEW_VAULT = { 'backup/open': ok(sampleRestorePreview({ needsNewVault: true })) }

it.each([
  ['locked', LOCKED, 'The locked vault is kept aside'],
  [
    'blocked',
    blocked({ remedy: 'restore-backup' }),
    'The vault that cannot be opened is kept aside',
  ],
  ['choose', CHOOSE, 'The passphrase of the backup protects your tokens here'],
] as const)(
  'restores into a new vault where it is %s, and says so',
  async (_case, vault, words) => {
    const { api, user } = await show(vault, NEW_VAULT)
    await user.click(button(RESTORE))
    await user.type(await screen.findByLabelText('Passphrase of the backup'), `${GOOD}{Enter}`)
    expect(within(screen.getByRole('dialog')).getByText(words)).toBeTruthy()
    expect(api.callsTo('vault/unlock')).toEqual([])
    expect(api.callsTo('vault/choose-passphrase')).toEqual([])
    await user.click(button('Restore 3 workspaces'))
    expect(api.callsTo('backup/restore')).toEqual([['backup-1', { intoNewVault: true }]])
  },
)

it('gives the focus back when the restore is called off', async () => {
  const { user } = await show(blocked({ remedy: 'restore-backup' }))
  expect(document.activeElement).toBe(button(RESTORE))
  await user.keyboard('{Enter}')
  await screen.findByLabelText('Passphrase of the backup')
  await user.keyboard('{Escape}')
  await waitFor(() => expect(document.activeElement).toBe(button(RESTORE)))
})

it.each([
  ['locked', LOCKED],
  ['blocked', blocked({ remedy: 'retry' })],
  ['choose', CHOOSE],
] as const)('says on the %s page why no backup could be chosen', async (_case, vault) => {
  const { user } = await show(vault, {
    'backup/choose-file': fail('BACKUP_UNREADABLE', { message: 'This file cannot be read' }),
  })
  await user.click(button(RESTORE))
  const alerts = screen.getAllByRole('alert').map(({ textContent }) => textContent)
  expect(alerts.join()).toContain('This file cannot be read')
})
