import { act, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
// Read beforehand, so that no test waits for a part of the page to be built.
import '../../../renderer/app/confirm-user/confirm-user-dialog.tsx'
import '../../../renderer/views/backup/restore-dialog.tsx'
import '../../../renderer/views/locked/locked-page.tsx'
import '../../../renderer/views/settings/settings-view.tsx'
import '../../../renderer/views/workspaces/workspaces-view.tsx'
import type { Result } from '../../../main/contract/errors.ts'
import type { Snapshot } from '../../../main/contract/views.ts'
import { App } from '../../../renderer/app/app.tsx'
import type { Place } from '../../../renderer/app/navigation.ts'
import { createFakeApi, fail, type Overrides, ok } from '../fake-api.ts'
import { sampleRestorePreview } from '../sample-backup.ts'
import { sampleSnapshot } from '../sample-snapshot.ts'

const vault = (over: Partial<Snapshot['vault']>) => ({ ...sampleSnapshot(6).vault, ...over })

async function show(
  over: Partial<Snapshot['vault']>,
  overrides: Overrides,
  start: Partial<Place> = {},
  security: Partial<Snapshot['security']> = {},
) {
  const base = sampleSnapshot(6)
  const snapshot = { ...base, vault: vault(over), security: { ...base.security, ...security } }
  const api = createFakeApi(overrides, snapshot)
  await act(async () => render(<App api={api} start={start} />))
  const becomes = (next: Partial<Snapshot['vault']>) =>
    act(async () => api.emit('desk/changed', { vault: vault(next) }))
  return { api, user: userEvent.setup(), becomes }
}

/** An answer that the test gives when it wants to. */
function later<T>() {
  let give = (_result: Result<T>): void => {}
  const call = () =>
    new Promise<Result<T>>((resolve) => {
      give = resolve
    })
  return { call, give: (result: Result<T>) => act(async () => give(result)) }
}

const button = (name: string) => screen.findByRole('button', { name })
const isLocked = () => screen.queryByRole('navigation', { name: 'Screens' }) === null

async function restoreWhileLocked() {
  const restoring = later<{ added: number; updated: number; kept: number }>()
  const view = await show(
    { state: 'locked', protection: 'passphrase' },
    {
      'backup/open': ok(sampleRestorePreview({ needsNewVault: true })),
      'backup/restore': restoring.call,
    },
  )
  const { user } = view
  await user.click(await button('Restore from a backup…'))
  await user.type(await screen.findByLabelText('Passphrase of the backup'), 'x{Enter}')
  await user.click(await button('Restore 3 workspaces'))
  await view.becomes({ state: 'ready', protection: 'keyring' })
  return { ...view, restoring }
}

it('stays on the locked page until a restore into a new vault has ended', async () => {
  const { api, restoring } = await restoreWhileLocked()
  expect(isLocked()).toBe(true)
  expect(await screen.findByText('Restoring…')).toBeTruthy()
  await restoring.give(ok({ added: 4, updated: 0, kept: 0 }))
  await waitFor(() => expect(isLocked()).toBe(false))
  expect(screen.getByText('Backup restored.')).toBeTruthy()
  expect(api.callsTo('backup/discard')).toEqual([])
})

it('says why a restore failed although the new vault is open already, then goes on', async () => {
  const { user, restoring } = await restoreWhileLocked()
  await restoring.give(fail('VAULT_WRITE_FAILED', { message: 'The vault could not be saved' }))
  expect((await screen.findByRole('alert')).textContent).toContain('could not be saved')
  expect(isLocked()).toBe(true)
  await user.click(await button('Cancel'))
  await waitFor(() => expect(isLocked()).toBe(false))
})

it('keeps the page to say how deleting ended, although the vault closed under it', async () => {
  const deleting = later<never[]>()
  const { user, becomes } = await show(
    {},
    { 'vault/delete-everything': deleting.call },
    { screen: 'settings', settingsSection: 'backup' },
  )
  await user.click(await button('Delete everything here…'))
  await user.click(await button('Delete everything…'))
  await user.click(screen.getByRole('checkbox'))
  await user.click(await button('Delete everything'))
  await becomes({ state: 'locked' })
  await deleting.give(ok([]))
  expect(await screen.findByRole('heading', { name: 'Everything here is deleted' })).toBeTruthy()
})

it('locks at once when nothing holds the page, with the question who it is', async () => {
  const { api, user, becomes } = await show(
    { protection: 'passphrase' },
    { 'sharing/copy-line': fail('USER_CHECK_REQUIRED') },
    { workspaceId: 'inst-acme' },
    { userCheck: 'passphrase' },
  )
  await user.click(await button('Copy env line'))
  expect(await screen.findByRole('dialog', { name: 'Is it you?' })).toBeTruthy()
  await becomes({ state: 'locked', protection: 'passphrase' })
  expect(screen.queryByRole('dialog')).toBeNull()
  expect(await screen.findByRole('heading', { name: 'Token Desk is locked' })).toBeTruthy()
  expect(api.callsTo('sharing/copy-line')).toHaveLength(1)
})
