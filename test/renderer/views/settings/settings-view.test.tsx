import { screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { SettingsView } from '../../../../renderer/views/settings/settings-view.tsx'
import { fail, type Overrides } from '../../fake-api.ts'
import { renderView } from '../../render-view.tsx'
import { sampleSnapshot } from '../../sample-snapshot.ts'

const show = (overrides: Overrides = {}, snapshot = sampleSnapshot(6)) =>
  renderView(<SettingsView />, { overrides, snapshot })
const button = (name: string) => screen.getByRole('button', { name })
const theme = () => screen.getByRole<HTMLInputElement>('radio', { checked: true })

it('goes through the sections with the arrows, in one Tab stop', async () => {
  const { user } = await show()
  await user.tab()
  await user.keyboard('{ArrowDown}')
  expect(screen.getByRole('heading', { name: 'Security' })).toBeTruthy()
  expect(document.activeElement).toBe(button('Security'))
  await user.keyboard('{End}')
  expect(screen.getByRole('heading', { name: 'About' })).toBeTruthy()
  await user.keyboard('{ArrowDown}{Home}')
  expect(screen.getByRole('heading', { name: 'Appearance' })).toBeTruthy()
  await user.tab()
  expect(document.activeElement).toBe(theme())
})

it('sets the theme by key', async () => {
  const { api, user } = await show()
  await user.click(screen.getByRole('radio', { name: 'System' }))
  await user.keyboard('{ArrowRight}')
  expect(api.callsTo('desk/set-theme')).toEqual([['light']])
})

it('springs back when the theme could not be kept, and says why', async () => {
  const { user } = await show({ 'desk/set-theme': fail('UNEXPECTED') })
  await user.click(screen.getByRole('radio', { name: 'Dark' }))
  expect(theme()).toBe(screen.getByRole('radio', { name: 'System' }))
  expect(screen.getByRole('alert')).toBeTruthy()
})

it.each([
  ['keyring', 'This computer’s keyring. It keeps the key that opens the vault.'],
  ['passphrase', 'Your passphrase. It is stored nowhere and cannot be recovered.'],
] as const)('says that the vault is protected by the %s', async (protection, words) => {
  const base = sampleSnapshot(6)
  const { user } = await show({}, { ...base, vault: { ...base.vault, protection } })
  await user.click(button('Security'))
  expect(screen.getByText(words)).toBeTruthy()
})

it('locks', async () => {
  const { api, user } = await show()
  await user.click(button('Security'))
  await user.click(button('Lock now'))
  expect(api.callsTo('vault/lock')).toHaveLength(1)
})

it('shows version, runtime and data folder, opens it and copies diagnostics', async () => {
  const { api, user } = await show()
  await user.click(button('About'))
  expect(screen.getByText('0.1.0')).toBeTruthy()
  expect(screen.getByText(/^Electron 45\.4\.1/)).toBeTruthy()
  expect(screen.queryByText(/out of support/)).toBeNull()
  await user.click(button('Open'))
  await user.click(button('Copy diagnostics'))
  expect(api.callsTo('desk/open-data-folder')).toHaveLength(1)
  expect(screen.getByText('Diagnostics copied.')).toBeTruthy()
})

it('says that the test runtime is out of support', async () => {
  const base = sampleSnapshot(6)
  const { user } = await show({}, { ...base, info: { ...base.info, isTestRuntime: true } })
  await user.click(button('About'))
  expect(screen.getByText('This build runs on an Electron that is out of support')).toBeTruthy()
})

it.each([
  ['Open', 'desk/open-data-folder'],
  ['Copy diagnostics', 'desk/copy-diagnostics'],
] as const)('says beside the row that %s did not work', async (name, call) => {
  const { user } = await show({ [call]: fail('UNEXPECTED') })
  await user.click(button('About'))
  await user.click(button(name))
  expect(screen.getByRole('alert')).toBeTruthy()
  expect(screen.queryByText('Diagnostics copied.')).toBeNull()
})
