import { act, fireEvent, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import type { Snapshot } from '../../../main/contract/views.ts'
import { App } from '../../../renderer/app/app.tsx'
import type { Place } from '../../../renderer/app/navigation.ts'
import { createFakeApi, fail, type Overrides } from '../fake-api.ts'
import { sampleAuthorization, sampleSnapshot } from '../sample-snapshot.ts'

/** The page loads its screens lazily; compiling them is no part of what is waited for. */
beforeAll(async () => {
  await Promise.all([
    import('../../../renderer/views/activity/activity-view.tsx'),
    import('../../../renderer/views/settings/settings-view.tsx'),
    import('../../../renderer/views/workspaces/workspaces-view.tsx'),
    import('../../../renderer/views/locked/locked-page.tsx'),
  ])
}, 60_000)

afterEach(() => {
  delete document.documentElement.dataset.theme
  delete document.documentElement.dataset.ready
})

interface Shown {
  readonly snapshot?: Snapshot
  readonly overrides?: Overrides
  readonly start?: Partial<Place>
}

/** The whole page, beginning in Settings unless told otherwise. */
async function show({ snapshot = sampleSnapshot(6), overrides = {}, start }: Shown = {}) {
  const api = createFakeApi(overrides, snapshot)
  await act(async () => render(<App api={api} start={start ?? { screen: 'settings' }} />))
  return { api, user: userEvent.setup() }
}

const current = () => document.querySelector('nav [aria-current=page]')?.textContent
const button = (name: string) => screen.getByRole('button', { name })
const withVault = (vault: Partial<Snapshot['vault']>): Snapshot => {
  const base = sampleSnapshot(6)
  return { ...base, vault: { ...base.vault, ...vault } }
}

it('begins with the three doors where there is nothing, and says when it is painted', async () => {
  await show({ snapshot: sampleSnapshot(0), start: {} })
  expect(screen.getByRole('heading', { name: 'Connect a Slack workspace' })).toBeTruthy()
  await expect.poll(() => document.documentElement.dataset.ready).toBe('true')
})

it('has its screens in the sidebar, with their counts as descriptions', async () => {
  await show()
  expect(screen.getByRole('button', { name: 'Workspaces', description: '6' })).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Slack apps', description: '4' })).toBeTruthy()
  expect(current()).toBe('Settings')
})

it('goes to a screen by key and takes the focus along', async () => {
  const { user } = await show({ snapshot: sampleSnapshot(0), start: {} })
  await user.keyboard('{Control>}5{/Control}')
  expect(await screen.findByRole('heading', { name: 'Appearance' })).toBeTruthy()
  await expect.poll(() => document.activeElement?.textContent).toBe('Settings')
})

it('shows the workspace that main names, and Activity', async () => {
  const { api } = await show()
  const command = (over: object) =>
    act(async () =>
      api.emit('desk/command', { command: 'workspaces', installationId: null, ...over }),
    )
  await command({ installationId: 'inst-acme' })
  expect(await screen.findByRole('heading', { level: 1, name: 'Acme Sandbox' })).toBeTruthy()
  await command({ command: 'activity' })
  expect(await screen.findByRole('heading', { level: 1, name: 'Activity' })).toBeTruthy()
  expect(current()).toBe('Activity')
})

it('a key that comes within the same frame says where the focus goes', async () => {
  await show()
  const frames: FrameRequestCallback[] = []
  const wait = vi
    .spyOn(globalThis, 'requestAnimationFrame')
    .mockImplementation((f) => frames.push(f))
  const drop = vi.spyOn(globalThis, 'cancelAnimationFrame').mockImplementation((id) => {
    frames[id - 1] = () => undefined
  })
  fireEvent.keyDown(document.body, { key: '1', ctrlKey: true })
  const search = await screen.findByRole('searchbox', { name: 'Search workspaces' })
  fireEvent.keyDown(document.body, { key: 'f', ctrlKey: true })
  for (const frame of frames) frame(0)
  expect(document.activeElement).toBe(search)
  wait.mockRestore()
  drop.mockRestore()
})

it('F6 goes round the panes in both directions', async () => {
  const { user } = await show()
  await screen.findByRole('heading', { name: 'Appearance' })
  const pane = () => document.activeElement?.closest('[data-pane]')?.getAttribute('aria-label')
  const order: unknown[] = []
  for (let presses = 0; presses < 4; presses++) {
    await user.keyboard('{F6}')
    order.push(pane())
  }
  expect(order).toEqual([null, 'Settings list', 'Appearance', null])
  await user.keyboard('{Shift>}{F6}{/Shift}')
  expect(pane()).toBe('Appearance')
})

it.each([
  ['the button', (user: ReturnType<typeof userEvent.setup>) => user.click(button('Lock'))],
  [
    'Ctrl Shift L',
    (user: ReturnType<typeof userEvent.setup>) =>
      user.keyboard('{Control>}{Shift>}L{/Shift}{/Control}'),
  ],
])('locks by %s; the page shows no name then', async (_how, lock) => {
  const { api, user } = await show({ start: { screen: 'settings' } })
  await lock(user)
  expect(api.callsTo('vault/lock')).toHaveLength(1)
  await act(async () => api.emit('desk/changed', { vault: withVault({ state: 'locked' }).vault }))
  expect(await screen.findByRole('heading', { name: 'Token Desk is locked' })).toBeTruthy()
  expect(document.body.textContent).not.toContain('Northwind')
  expect(screen.queryByRole('navigation')).toBeNull()
  await act(async () => api.emit('desk/changed', { vault: withVault({}).vault }))
  expect(current()).toBe('Settings')
  expect(document.activeElement?.textContent).toBe('Settings')
})

it('says beside the sidebar that it could not lock', async () => {
  const { user } = await show({ overrides: { 'vault/lock': fail('UNEXPECTED') } })
  await user.click(button('Lock'))
  expect(screen.getByRole('alert').textContent).toContain('Slack did not answer')
})

it.each([
  ['light', 'light'],
  ['dark', 'dark'],
  ['system', undefined],
] as const)('theme %s', async (theme, attribute) => {
  const base = sampleSnapshot(0)
  await show({ snapshot: { ...base, info: { ...base.info, theme } }, start: {} })
  expect(document.documentElement.dataset.theme).toBe(attribute)
})

it('authorizes the only Slack app when main asks for it', async () => {
  const one = { ...sampleSnapshot(6), slackApps: sampleSnapshot(6).slackApps.slice(0, 1) }
  const { api } = await show({
    snapshot: one,
    overrides: { 'workspaces/authorize': fail('OAUTH_PORTS_BUSY') },
  })
  await act(async () => api.emit('desk/command', { command: 'authorize', installationId: null }))
  expect(api.callsTo('workspaces/authorize')).toEqual([['app-deploy', null]])
  expect(screen.getByRole('alert')).toBeTruthy()
})

it('tells of a workspace that was connected elsewhere, once, and puts its authorization away', async () => {
  const { api } = await show()
  const done = sampleAuthorization({
    state: { kind: 'done', installationId: 'inst-northwind' },
  })
  await act(async () => api.emit('desk/changed', { authorizations: [done] }))
  await act(async () => api.emit('desk/changed', { authorizations: [{ ...done }] }))
  expect(screen.getAllByText('Northwind Test connected.')).toHaveLength(1)
  expect(api.callsTo('authorizations/put-away')).toEqual([['auth-1']])
  expect(button('Show')).toBeTruthy()
})

it('takes messages off when it is locked: they name workspaces and files', async () => {
  const { api } = await show({ start: { screen: 'workspaces' } })
  const done = sampleAuthorization({ state: { kind: 'done', installationId: 'installation-1' } })
  await act(async () => api.emit('desk/changed', { authorizations: [done] }))
  expect(screen.getByRole('button', { name: 'Close' })).toBeTruthy()
  await act(async () => api.emit('desk/changed', { vault: withVault({ state: 'locked' }).vault }))
  expect(screen.queryByRole('button', { name: 'Close' })).toBeNull()
})

it('says that the vault was recovered until it is put away', async () => {
  const recovery = { opened: 'last-good', damagedFile: 'vault.damaged.json' } as const
  const { api, user } = await show({ snapshot: withVault({ recovery }) })
  expect(screen.getByText('The vault file was damaged. Its last good copy is open.')).toBeTruthy()
  await user.click(button('Show the damaged file'))
  await user.click(button('Put this notice away'))
  expect(api.calls.map(({ name }) => name)).toEqual([
    'desk/load',
    'vault/show-damaged-file',
    'vault/dismiss-recovery',
  ])
  await act(async () => api.emit('desk/changed', { vault: withVault({}).vault }))
  expect(screen.queryByText(/was damaged/)).toBeNull()
})

it.each([
  { count: 1, words: '1 entry of the vault cannot be read and is not shown.' },
  { count: 3, words: '3 entries of the vault cannot be read and are not shown.' },
])('says how much of the vault is left out, until it is put away: $count', async (row) => {
  const { api, user } = await show({ snapshot: withVault({ unreadableCount: row.count }) })
  expect(screen.getByText(row.words)).toBeTruthy()
  expect(screen.getByText(/changed by another program\. The file was kept/)).toBeTruthy()
  await user.click(button('Put this notice away'))
  expect(screen.queryByText(row.words)).toBeNull()
  const more = withVault({ unreadableCount: row.count + 1 })
  await act(async () => api.emit('desk/changed', { vault: more.vault }))
  expect(screen.getByText(/entries of the vault cannot be read/)).toBeTruthy()
})
