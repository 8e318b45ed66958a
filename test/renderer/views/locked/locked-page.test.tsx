import { screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import type { Failure } from '../../../../main/contract/errors.ts'
import type { Snapshot } from '../../../../main/contract/views.ts'
import { LockedPage } from '../../../../renderer/views/locked/locked-page.tsx'
import { fail, type Overrides } from '../../fake-api.ts'
import { renderView } from '../../render-view.tsx'
import { sampleSnapshot } from '../../sample-snapshot.ts'

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
