import { act, screen, waitFor, within } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
// Read beforehand, so that no test waits for a part of the page to be built.
import '../../../../renderer/app/confirm-user/confirm-user-dialog.tsx'
import type { Snapshot } from '../../../../main/contract/views.ts'
import { SettingsView } from '../../../../renderer/views/settings/settings-view.tsx'
import { fail, type Overrides, ok } from '../../fake-api.ts'
import { renderView } from '../../render-view.tsx'
import { sampleSecurity, sampleSnapshot } from '../../sample-snapshot.ts'

const GOOD = 'four unrelated words'
const CURRENT = 'the one until now'
const wrong = fail('VAULT_WRONG_PASSPHRASE', {
  message: 'This is not the passphrase',
  advice: 'Check Caps Lock and the keyboard layout, then try again.',
})

interface ShowOptions {
  readonly protection?: 'keyring' | 'passphrase'
  readonly security?: Partial<Snapshot['security']>
  readonly state?: Snapshot['vault']['state']
}

function show(overrides: Overrides = {}, options: ShowOptions = {}) {
  const base = sampleSnapshot(6)
  const { protection = 'keyring', state = 'ready' } = options
  return renderView(<SettingsView />, {
    overrides,
    snapshot: {
      ...base,
      vault: { ...base.vault, protection, state },
      security: { ...base.security, ...options.security },
    },
    start: { screen: 'settings', settingsSection: 'security' },
  })
}

const BY_PASSPHRASE = { protection: 'passphrase' } as const
const button = (name: string) => screen.getByRole('button', { name })
const field = (name: string) => screen.getByLabelText<HTMLInputElement>(name, { selector: 'input' })
const row = (name: string) => within(screen.getByRole('group', { name }))
const toggle = (name: string) => screen.getByRole<HTMLInputElement>('switch', { name })
const described = (element: HTMLElement) =>
  document.getElementById(element.getAttribute('aria-describedby') ?? '')?.textContent
const dialog = () => screen.queryByRole('dialog')
const page = () => document.documentElement.outerHTML

it('sets a passphrase typed twice, and keeps nothing of it', async () => {
  const { api, user } = await show()
  await user.click(button('Set a passphrase…'))
  expect(document.activeElement).toBe(field('Passphrase'))
  expect(dialog()?.textContent).toContain('The keyring is not asked any more.')
  expect(screen.getByText('It cannot be recovered')).toBeTruthy()
  await user.type(field('Passphrase'), GOOD)
  expect(screen.getByText('Strong')).toBeTruthy()
  await user.type(field('Passphrase again'), `${GOOD}{Enter}`)
  expect(api.callsTo('vault/set-passphrase')).toEqual([[null, GOOD]])
  expect(dialog()).toBeNull()
  expect(page()).not.toContain(GOOD)
  expect(screen.getByText('Passphrase set.')).toBeTruthy()
  await waitFor(() => expect(document.activeElement).toBe(button('Set a passphrase…')))
})

it('asks for nothing that cannot be used, and says it at the field', async () => {
  const { api, user } = await show()
  await user.click(button('Set a passphrase…'))
  await user.type(field('Passphrase'), 'short{Enter}')
  expect(described(field('Passphrase'))).toBe('Use at least 10 characters.')
  await user.clear(field('Passphrase'))
  await user.type(field('Passphrase'), GOOD)
  await user.type(field('Passphrase again'), 'another one{Enter}')
  expect(described(field('Passphrase again'))).toContain('not the same')
  expect(document.activeElement).toBe(field('Passphrase again'))
  expect(api.callsTo('vault/set-passphrase')).toEqual([])
})

it('gives the typed passphrase back when it could not be set', async () => {
  const { user } = await show({ 'vault/set-passphrase': fail('VAULT_WRITE_FAILED') })
  await user.click(button('Set a passphrase…'))
  await user.type(field('Passphrase'), GOOD)
  await user.type(field('Passphrase again'), `${GOOD}{Enter}`)
  expect(screen.getByRole('alert').textContent).toContain('Slack did not answer')
  expect([field('Passphrase').value, field('Passphrase again').value]).toEqual([GOOD, GOOD])
})

it('keeps a dialog with typed text when the page beside it is clicked', async () => {
  const { user, container } = await show()
  await user.click(button('Set a passphrase…'))
  await user.type(field('Passphrase'), 'x')
  await user.click(container.ownerDocument.querySelector('.dialog-scrim') as Element)
  expect(dialog()).not.toBeNull()
  // The focus comes back into the dialog a frame after the click took it.
  await waitFor(() => expect(dialog()?.contains(document.activeElement)).toBe(true))
  await user.keyboard('{Escape}')
  expect(dialog()).toBeNull()
})

async function typeChange(user: Awaited<ReturnType<typeof show>>['user']): Promise<void> {
  await user.click(button('Change…'))
  await user.type(field('Current passphrase'), CURRENT)
  await user.type(field('New passphrase'), GOOD)
  await user.type(field('New passphrase again'), `${GOOD}{Enter}`)
}

it('changes the passphrase with the one until now', async () => {
  const { api, user } = await show({}, BY_PASSPHRASE)
  await typeChange(user)
  expect(api.callsTo('vault/set-passphrase')).toEqual([[CURRENT, GOOD]])
  expect(screen.getByText('Passphrase changed.')).toBeTruthy()
  expect(page()).not.toContain(CURRENT)
  await waitFor(() => expect(document.activeElement).toBe(button('Change…')))
})

it('says at the field that the current one is wrong, and counts down on the button', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], shouldAdvanceTime: true })
  try {
    const retryAtMs = () => Date.now() + 4000
    const { api, user } = await show(
      {
        'vault/set-passphrase': () =>
          fail('VAULT_WRONG_PASSPHRASE', { ...wrong.failure, retryAtMs: retryAtMs() }),
      },
      BY_PASSPHRASE,
    )
    await typeChange(user)
    expect(button('Change in 4 s').getAttribute('aria-disabled')).toBe('true')
    expect(described(field('Current passphrase'))).toContain('you can try again in 4 s.')
    expect(document.activeElement).toBe(field('Current passphrase'))
    expect(field('Current passphrase').value).toBe('')
    expect(field('New passphrase again').value).toBe(GOOD)
    await user.type(field('Current passphrase'), `${CURRENT}{Enter}`)
    expect(api.callsTo('vault/set-passphrase')).toHaveLength(1)
    await act(async () => vi.advanceTimersByTime(4000))
    await user.click(button('Change passphrase'))
    expect(api.callsTo('vault/set-passphrase')).toHaveLength(2)
  } finally {
    vi.useRealTimers()
  }
})

it('removes the passphrase, so that the keyring protects the tokens', async () => {
  const { api, user } = await show({}, BY_PASSPHRASE)
  await user.click(button('Remove…'))
  expect(dialog()?.textContent).toContain('The keyring protects your tokens then.')
  await user.keyboard(`${CURRENT}{Enter}`)
  expect(api.callsTo('vault/remove-passphrase')).toEqual([[CURRENT]])
  expect(screen.getByText('Passphrase removed.')).toBeTruthy()
})

it('wants the current passphrase first', async () => {
  const { api, user } = await show({}, BY_PASSPHRASE)
  await user.click(button('Remove…'))
  await user.keyboard('{Enter}')
  expect(described(field('Current passphrase'))).toContain('Enter the passphrase')
  expect(api.callsTo('vault/remove-passphrase')).toEqual([])
})

it('says in the dialog that there is no keyring to go back to', async () => {
  const { user } = await show(
    { 'vault/remove-passphrase': fail('VAULT_KEYRING_UNAVAILABLE', { message: 'No keyring' }) },
    BY_PASSPHRASE,
  )
  await user.click(button('Remove…'))
  await user.keyboard(`${CURRENT}{Enter}`)
  expect(within(screen.getByRole('dialog')).getByRole('alert').textContent).toContain('No keyring')
  expect(field('Current passphrase').value).toBe('')
})

it('changes nothing while the vault opens', async () => {
  await show({}, { state: 'opening' })
  expect(button('Set a passphrase…').hasAttribute('disabled')).toBe(true)
})

it.each([
  ['Lock after', '15 minutes', { autoLockMinutes: 15 }],
  ['Lock after', 'Never', { autoLockMinutes: 0 }],
  ['Lock after', '1 hour', { autoLockMinutes: 60 }],
  ['Clear the clipboard after', '2 minutes', { clipboardSeconds: 120 }],
])('sets %s to %s at once', async (name, option, change) => {
  const { api, user } = await show({}, { security: sampleSecurity({ autoLockMinutes: 5 }) })
  await user.selectOptions(screen.getByRole('combobox', { name }), option)
  expect(api.callsTo('security/change')).toEqual([[change]])
  expect(row(name).getByRole<HTMLSelectElement>('combobox').selectedOptions[0]?.text).toBe(option)
})

it.each([
  ['Lock when the screen is locked', { lockOnScreenLock: true }],
  ['Lock before sleep', { lockOnSuspend: true }],
  ['Ask before secrets are shown or copied', { asksBeforeSecrets: true }],
  ['Notify me when a token cannot be refreshed', { notifies: false }],
])('switches “%s” with the keyboard', async (name, change) => {
  const { api, user } = await show(
    {},
    { security: { knowsScreenLock: true, userCheck: 'passphrase' } },
  )
  const before = toggle(name).checked
  toggle(name).focus()
  await user.keyboard(' ')
  expect(api.callsTo('security/change')).toEqual([[change]])
  expect(toggle(name).checked).toBe(!before)
})

it('springs back with a notice under its row when a change failed', async () => {
  const { user } = await show({ 'security/change': fail('UNEXPECTED', { message: 'Not saved' }) })
  await user.click(toggle('Lock before sleep'))
  expect(toggle('Lock before sleep').checked).toBe(false)
  const notice = screen.getByRole('alert')
  expect(notice.textContent).toContain('Not saved')
  expect(notice.previousElementSibling).toBe(
    screen.getByRole('group', { name: 'Lock before sleep' }),
  )
})

it('shows what main says, also when another window or the command line changed it', async () => {
  const { api, user } = await show()
  await user.click(toggle('Lock before sleep'))
  await act(async () =>
    api.emit('desk/changed', { security: sampleSecurity({ lockOnSuspend: true }) }),
  )
  await act(async () =>
    api.emit('desk/changed', { security: sampleSecurity({ lockOnSuspend: false }) }),
  )
  expect(toggle('Lock before sleep').checked).toBe(false)
})

it('the last of two quick changes says what is shown, although the first failed', async () => {
  const answers: ((isSaved: boolean) => void)[] = []
  const { user } = await show({
    'security/change': () =>
      new Promise((resolve) => {
        answers.push((isSaved) => resolve(isSaved ? ok(null) : fail('UNEXPECTED')))
      }),
  })
  const select = screen.getByRole<HTMLSelectElement>('combobox', { name: 'Lock after' })
  await user.selectOptions(select, '5 minutes')
  await user.selectOptions(select, '30 minutes')
  await act(async () => answers[0]?.(false))
  expect(select.value).toBe('30')
  await act(async () => answers[1]?.(true))
  expect(select.value).toBe('30')
})

it('asks who it is before the question is turned off', async () => {
  const answers = [fail('USER_CHECK_REQUIRED'), ok(null)]
  const { api, user } = await show(
    { 'security/change': () => answers.shift() ?? ok(null) },
    {
      ...BY_PASSPHRASE,
      security: { ...sampleSecurity({ asksBeforeSecrets: true }), userCheck: 'passphrase' },
    },
  )
  const name = 'Ask before secrets are shown or copied'
  await user.click(toggle(name))
  await user.type(
    await screen.findByLabelText('Passphrase', { selector: 'input' }),
    `${CURRENT}{Enter}`,
  )
  expect(api.callsTo('vault/confirm-user')).toEqual([[CURRENT]])
  expect(api.callsTo('security/change')).toHaveLength(2)
  await waitFor(() => expect(dialog()).toBeNull())
  expect(toggle(name).checked).toBe(false)
})

it('stays on when the user calls that question off', async () => {
  const { user } = await show(
    { 'security/change': fail('USER_CHECK_REQUIRED') },
    { security: { ...sampleSecurity({ asksBeforeSecrets: true }), userCheck: 'passphrase' } },
  )
  const name = 'Ask before secrets are shown or copied'
  await user.click(toggle(name))
  await screen.findByLabelText('Passphrase', { selector: 'input' })
  await user.keyboard('{Escape}')
  await waitFor(() => expect(toggle(name).checked).toBe(true))
  expect(screen.queryByRole('alert')).toBeNull()
  await waitFor(() => expect(document.activeElement).toBe(toggle(name)))
})

it.each([
  ['touch-id', 'With Touch ID.', null],
  ['passphrase', 'With your passphrase.', null],
  [null, 'Set a passphrase first.', 'true'],
] as const)('says what is asked where %s is there', async (userCheck, words, disabled) => {
  const { api, user } = await show({}, { security: { userCheck } })
  const question = toggle('Ask before secrets are shown or copied')
  expect(described(question)).toBe(words)
  expect(question.getAttribute('aria-disabled')).toBe(disabled)
  await user.click(question)
  expect(question.checked).toBe(disabled === null)
  expect(api.callsTo('security/change')).toHaveLength(disabled === null ? 1 : 0)
})

it('can turn the question off although there is nothing to ask for any more', async () => {
  const { api, user } = await show({}, { security: sampleSecurity({ asksBeforeSecrets: true }) })
  await user.click(toggle('Ask before secrets are shown or copied'))
  expect(api.callsTo('security/change')).toEqual([[{ asksBeforeSecrets: false }]])
})

it('says honestly what this system cannot do, and what a lock means', async () => {
  await show()
  expect(screen.queryByRole('switch', { name: 'Lock when the screen is locked' })).toBeNull()
  expect(row('Lock when the screen is locked').getByText(/does not tell programs/)).toBeTruthy()
  expect(row('Screenshots').getByText(/cannot keep a revealed secret out/)).toBeTruthy()
  expect(screen.getByText(/While Token Desk is locked, tokens are not refreshed\./)).toBeTruthy()
})

it('says where screenshots leave the window out', async () => {
  await show({}, { security: { hidesFromScreenshots: true } })
  expect(row('Screenshots').getByText(/left out of screenshots/)).toBeTruthy()
})
