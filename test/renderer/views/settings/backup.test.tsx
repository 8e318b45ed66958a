import { act, screen, waitFor, within } from '@testing-library/react'
import { expect, it } from 'vitest'
// Read beforehand, so that no test waits for a part of the page to be built.
import '../../../../renderer/app/confirm-user/confirm-user-dialog.tsx'
import '../../../../renderer/views/backup/restore-dialog.tsx'
import type { Snapshot } from '../../../../main/contract/views.ts'
import { SettingsView } from '../../../../renderer/views/settings/settings-view.tsx'
import { fail, type Overrides, ok } from '../../fake-api.ts'
import { renderView } from '../../render-view.tsx'
import { sampleRestorePreview, sampleRestoreRow } from '../../sample-backup.ts'
import { sampleSnapshot } from '../../sample-snapshot.ts'

const GOOD = 'four unrelated words'

function show(overrides: Overrides = {}, snapshot: Snapshot = sampleSnapshot(6)) {
  const start = { screen: 'settings', settingsSection: 'backup' } as const
  return renderView(<SettingsView />, { overrides, snapshot, start })
}

const button = (name: string) => screen.getByRole('button', { name })
const field = (name: string) => screen.getByLabelText<HTMLInputElement>(name)
const backupField = () => screen.findByLabelText<HTMLInputElement>('Passphrase of the backup')
const dialog = () => within(screen.getByRole('dialog'))
const page = () => document.documentElement.outerHTML
const described = (element: HTMLElement) =>
  document.getElementById(element.getAttribute('aria-describedby') ?? '')?.textContent

type User = Awaited<ReturnType<typeof show>>['user']

async function typeTwice(user: User): Promise<void> {
  await user.click(button('Back up…'))
  await user.type(field('Passphrase of the backup'), GOOD)
  await user.type(field('Passphrase of the backup again'), `${GOOD}{Enter}`)
}

it('saves a backup with a passphrase of its own and says where', async () => {
  const { api, user } = await show()
  await typeTwice(user)
  expect(api.callsTo('backup/create')).toEqual([[GOOD]])
  const words = 'Backup of 6 workspaces saved to ~/token-desk-2026-11-23.tdbackup.'
  expect(screen.getByText(words)).toBeTruthy()
  expect(page()).not.toContain(GOOD)
  await waitFor(() => expect(document.activeElement).toBe(button('Back up…')))
})

it('says what goes into the file, and to keep file and passphrase apart', async () => {
  const { user } = await show()
  await user.click(button('Back up…'))
  expect(document.activeElement).toBe(field('Passphrase of the backup'))
  expect(dialog().getByText(/^6 workspaces and 4 Slack apps go into one/)).toBeTruthy()
  expect(dialog().getByText(/Rotating tokens are in it as they are now/)).toBeTruthy()
  expect(dialog().getByText('Keep the file and its passphrase apart.')).toBeTruthy()
})

it('is silent about rotation where nothing rotates', async () => {
  const { user } = await show({}, { ...sampleSnapshot(0) })
  await user.click(button('Back up…'))
  expect(dialog().queryByText(/Rotating/)).toBeNull()
})

it.each([
  ['the save dialog was closed', ok(null), 0],
  ['it could not be written', fail('BACKUP_WRITE_FAILED'), 1],
] as const)('stays with what was typed when %s', async (_case, answer, alerts) => {
  const { user } = await show({ 'backup/create': answer })
  await typeTwice(user)
  expect(field('Passphrase of the backup again').value).toBe(GOOD)
  expect(dialog().queryAllByRole('alert')).toHaveLength(alerts)
  expect(screen.queryByText(/^Backup of/)).toBeNull()
})

it('asks who it is before a backup where main wants to know', async () => {
  const base = sampleSnapshot(6)
  const answers = [fail('USER_CHECK_REQUIRED')]
  const { api, user } = await show(
    {
      'backup/create': () =>
        answers.shift() ??
        ok({
          displayPath: '~/b',
          installationCount: 1,
          slackAppCount: 0,
          configurationTokenCount: 0,
        }),
    },
    { ...base, security: { ...base.security, userCheck: 'passphrase' } },
  )
  await typeTwice(user)
  await user.type(await screen.findByLabelText('Passphrase'), 'the vault’s own{Enter}')
  expect(api.callsTo('vault/confirm-user')).toEqual([['the vault’s own']])
  expect(await screen.findByText('Backup of 1 workspace saved to ~/b.')).toBeTruthy()
  expect(page()).not.toContain(GOOD)
})

async function open(user: User): Promise<void> {
  await user.click(button('Restore…'))
  await user.type(await backupField(), `${GOOD}{Enter}`)
}

it('opens a chosen backup, shows what changes, and restores it', async () => {
  const { api, user } = await show()
  await open(user)
  expect(api.callsTo('backup/open')).toEqual([['backup-1', GOOD]])
  expect(page()).not.toContain(GOOD)
  expect(screen.getByRole('dialog', { name: 'Restore this backup?' })).toBeTruthy()
  const heads = dialog().getAllByRole('heading', { level: 2 })
  expect(heads.map(({ textContent }) => textContent)).toEqual([
    'New 3',
    'Newer in the backup 1',
    'Kept as it is here 2',
  ])
  const rows = within(dialog().getByRole('region', { name: 'Newer in the backup 1' }))
  expect(rows.getByText('Acme Sandbox')).toBeTruthy()
  expect(rows.getByText('1 of 3 secrets')).toBeTruthy()
  expect(dialog().getByText('3 rotating tokens may have been refreshed since')).toBeTruthy()
  expect(api.callsTo('backup/restore')).toEqual([])
  expect(document.activeElement).toBe(button('Restore 3 workspaces'))
  await user.keyboard('{Enter}')
  expect(api.callsTo('backup/restore')).toEqual([['backup-1', { intoNewVault: false }]])
  expect(screen.getByText('Backup restored.')).toBeTruthy()
  expect(screen.getByText('3 added, 1 updated.')).toBeTruthy()
  expect(api.callsTo('backup/discard')).toEqual([])
  await waitFor(() => expect(document.activeElement).toBe(button('Restore…')))
})

it('does nothing when the file dialog was closed', async () => {
  const { user } = await show({ 'backup/choose-file': ok(null) })
  await user.click(button('Restore…'))
  expect(screen.queryByRole('dialog')).toBeNull()
  expect(screen.queryByRole('alert')).toBeNull()
})

it('says beside the button that no file could be chosen, and chooses another', async () => {
  const answers = [fail('BACKUP_UNREADABLE', { remedy: 'choose-file', message: 'Unreadable' })]
  const chosen = ok({ backupId: 'backup-2', fileName: 'b' })
  const { user } = await show({ 'backup/choose-file': () => answers.shift() ?? chosen })
  await user.click(button('Restore…'))
  expect(screen.getByRole('alert').textContent).toContain('Unreadable')
  await user.click(button('Choose another file…'))
  expect(await backupField()).toBeTruthy()
})

it('says at the field that the passphrase is wrong, and empties it', async () => {
  const { user } = await show({
    'backup/open': fail('BACKUP_WRONG_PASSPHRASE', {
      message: 'This is not the passphrase of the backup',
      advice: 'Check Caps Lock and the keyboard layout, then try again.',
    }),
  })
  await open(user)
  expect(described(field('Passphrase of the backup'))).toContain('This is not the passphrase of')
  expect(field('Passphrase of the backup').value).toBe('')
  expect(document.activeElement).toBe(field('Passphrase of the backup'))
})

it('says in the dialog what else is wrong with the file, with the way to another', async () => {
  const files = ['backup-1', 'backup-2']
  const { api, user } = await show({
    'backup/choose-file': () => ok({ backupId: files.shift() ?? '', fileName: 'b' }),
    'backup/open': fail('BACKUP_NOT_A_BACKUP', { remedy: 'choose-file', message: 'No backup' }),
  })
  await open(user)
  expect(dialog().getByRole('alert').textContent).toContain('No backup')
  await user.click(button('Choose another file…'))
  await waitFor(() => expect(screen.queryByRole('alert')).toBeNull())
  expect(api.callsTo('backup/discard')).toEqual([['backup-1']])
})

it('keeps what is chosen when another file was not chosen after all', async () => {
  const answers = [ok({ backupId: 'backup-1', fileName: 'mine.tdbackup' }), ok(null)]
  const { api, user } = await show({ 'backup/choose-file': () => answers.shift() ?? ok(null) })
  await user.click(button('Restore…'))
  await backupField()
  await user.click(button('Choose another file…'))
  expect(screen.getByText('mine.tdbackup')).toBeTruthy()
  expect(api.callsTo('backup/discard')).toEqual([])
})

it('forgets the file on Cancel, before and after it was opened', async () => {
  const { api, user } = await show()
  await user.click(button('Restore…'))
  await backupField()
  await user.click(button('Cancel'))
  await open(user)
  await user.keyboard('{Escape}')
  await waitFor(() => expect(document.activeElement).toBe(button('Restore…')))
  expect(api.callsTo('backup/discard')).toEqual([['backup-1'], ['backup-1']])
  expect(api.callsTo('backup/restore')).toEqual([])
})

it('says that there is nothing to restore', async () => {
  const rows = [sampleRestoreRow({ action: 'keep', storedCount: 0 })]
  const { api, user } = await show({ 'backup/open': ok(sampleRestorePreview({ rows })) })
  await open(user)
  expect(screen.getByRole('dialog', { name: 'Nothing to restore' })).toBeTruthy()
  expect(dialog().getByText(/is here already/)).toBeTruthy()
  expect(screen.queryByRole('button', { name: /^Restore \d/ })).toBeNull()
  await user.keyboard('{Enter}')
  expect(screen.queryByRole('dialog')).toBeNull()
  expect(api.callsTo('backup/restore')).toEqual([])
})

it('stays with the reason when the restore failed', async () => {
  const { api, user } = await show({
    'backup/restore': fail('VAULT_WRITE_FAILED', { message: 'The vault could not be saved' }),
  })
  await open(user)
  await user.click(button('Restore 3 workspaces'))
  expect(dialog().getByRole('alert').textContent).toContain('The vault could not be saved')
  await user.click(button('Cancel'))
  expect(api.callsTo('backup/discard')).toEqual([['backup-1']])
})

async function agree(user: User): Promise<void> {
  await user.click(button('Delete everything here…'))
  await user.click(button('Delete everything…'))
  await user.click(screen.getByRole('checkbox'))
}

it('says what is deleted and what is not, with the focus on Cancel', async () => {
  const { user } = await show()
  await user.click(button('Delete everything here…'))
  const asked = within(screen.getByRole('alertdialog'))
  expect(asked.getByText('The vault with 6 workspaces and 4 Slack apps')).toBeTruthy()
  expect(asked.getByRole('region', { name: 'Not touched' }).textContent).toContain(
    'they keep working. To end them, revoke them first.',
  )
  expect(document.activeElement).toBe(button('Cancel'))
  await user.keyboard('{Enter}')
  expect(screen.queryByRole('alertdialog')).toBeNull()
  await waitFor(() => expect(document.activeElement).toBe(button('Delete everything here…')))
})

it('deletes only after it asked twice', async () => {
  const { api, user } = await show()
  await user.click(button('Delete everything here…'))
  await user.click(button('Delete everything…'))
  expect(document.activeElement).toBe(button('Cancel'))
  await user.click(button('Delete everything'))
  expect(api.callsTo('vault/delete-everything')).toEqual([])
  await user.click(screen.getByRole('checkbox'))
  await user.click(button('Delete everything'))
  expect(api.callsTo('vault/delete-everything')).toHaveLength(1)
  expect(screen.getByRole('heading', { name: 'Everything here is deleted' })).toBeTruthy()
  await user.keyboard('{Escape}')
  expect(document.activeElement).toBe(button('Quit'))
  await user.keyboard('{Enter}')
  expect(api.callsTo('desk/quit')).toHaveLength(1)
})

it('lists what could not be deleted, with words and paths', async () => {
  const { user } = await show({
    'vault/delete-everything': ok([
      { what: 'keyring-item', path: null },
      { what: 'practice', path: '~/.config/token-desk/practice' },
    ]),
  })
  await agree(user)
  await user.click(button('Delete everything'))
  expect(screen.getByRole('heading', { name: 'Some things could not be deleted' })).toBeTruthy()
  const items = screen.getAllByRole('listitem').filter((item) => item.closest('.delete-left'))
  expect(items.map(({ textContent }) => textContent)).toEqual([
    expect.stringContaining('The key in the keyring'),
    expect.stringContaining('~/.config/token-desk/practice'),
  ])
})

it('says why nothing was deleted, and lets go', async () => {
  const { user } = await show({ 'vault/delete-everything': fail('UNEXPECTED', { message: 'No' }) })
  await agree(user)
  await user.click(button('Delete everything'))
  expect(screen.getByRole('alert').textContent).toContain('No')
  await user.click(button('Cancel'))
  expect(screen.queryByRole('alertdialog')).toBeNull()
  await waitFor(() => expect(document.activeElement).toBe(button('Delete everything here…')))
})

it('only quits where it failed with the vault closed already', async () => {
  let refuse = (): void => {}
  const { api, user } = await show({
    'vault/delete-everything': () =>
      new Promise((resolve) => {
        refuse = () => resolve(fail('UNEXPECTED', { message: 'Half way' }))
      }),
  })
  await agree(user)
  await user.click(button('Delete everything'))
  expect(button('Cancel').hasAttribute('disabled')).toBe(true)
  await act(async () =>
    api.emit('desk/changed', { vault: { ...sampleSnapshot(6).vault, state: 'locked' } }),
  )
  await act(async () => refuse())
  expect(screen.getByRole('heading', { name: 'Not everything was deleted' })).toBeTruthy()
  expect(screen.getByRole('alert').textContent).toContain('Half way')
  expect(screen.queryByRole('button', { name: 'Cancel' })).toBeNull()
})
