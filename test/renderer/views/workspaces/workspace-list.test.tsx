import { act, screen, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Snapshot } from '../../../../main/contract/views.ts'
import { Shell } from '../../../../renderer/app/shell.tsx'
import { WorkspacesView } from '../../../../renderer/views/workspaces/workspaces-view.tsx'
import { fail } from '../../fake-api.ts'
import { renderView } from '../../render-view.tsx'
import {
  SAMPLE_NOW_MS,
  sampleAuthorization,
  sampleInstallation,
  sampleSlackApp,
  sampleSnapshot,
} from '../../sample-snapshot.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: SAMPLE_NOW_MS })
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const list = () => screen.getByRole('listbox', { name: 'Workspaces' })
const names = () =>
  within(list())
    .getAllByRole('option')
    .map((row) => row.textContent)
const searchBox = () => screen.getByRole('searchbox', { name: 'Search workspaces' })
const focused = () => document.activeElement
const oneApp = (over: Partial<Snapshot> = {}) =>
  sampleSnapshot(6, { slackApps: [sampleSlackApp()], ...over })

describe('rows', () => {
  it('say name, app, environment and state, by name', async () => {
    await renderView(<WorkspacesView />)
    expect(names()).toEqual([
      expect.stringMatching(/Acme Sandbox.*Deploy Bot.*No expiry/),
      expect.stringMatching(/Contoso QA Grid.*Expires in 40 min/),
      expect.stringMatching(/Fabrikam Dev.*Revoked/),
      expect.stringMatching(/Harbor Gov Test.*GovSlack.*7 h 3 min/),
      expect.stringMatching(/Northwind Test.*9 h 12 min/),
      expect.stringMatching(/Practice Studio.*Practice.*11 h 40 min/),
    ])
  })

  it('have what waits on top, and leave it out of a search', async () => {
    const waiting = [
      sampleAuthorization(),
      sampleAuthorization({ id: 'auth-2', wantedName: 'Acme', state: { kind: 'exchanging' } }),
    ]
    const { user } = await renderView(<WorkspacesView />, {
      snapshot: sampleSnapshot(2, { authorizations: waiting }),
    })
    expect(names()[0]).toMatch(/New workspace.*8 min left/)
    expect(names()[1]).toMatch(/Acme.*Finishing…/)
    await user.type(searchBox(), 'acme')
    expect(names()).toHaveLength(1)
  })

  it('stay few in the document when there are 1,000', async () => {
    vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(600)
    vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(304)
    const { user } = await renderView(<WorkspacesView />, { snapshot: sampleSnapshot(1000) })
    const shown = names().length
    expect(shown).toBeGreaterThan(5)
    expect(shown).toBeLessThan(60)
    await user.type(searchBox(), 'workspace-99')
    expect(screen.getByText('6 of 1,000 match')).toBeTruthy()
  })
})

describe('search and filter', () => {
  it('narrows the rows, and Esc brings all back', async () => {
    const { user } = await renderView(<WorkspacesView />)
    await user.type(searchBox(), 'standup')
    expect(names()).toHaveLength(2)
    expect(screen.getByText('2 of 6 match')).toBeTruthy()
    await user.keyboard('{Escape}')
    expect(names()).toHaveLength(6)
    expect(focused()).toBe(searchBox())
  })

  it('names the enterprise that it was found by', async () => {
    const { user } = await renderView(<WorkspacesView />, {
      snapshot: sampleSnapshot(6, {
        installations: [sampleInstallation({ name: 'QA Grid', enterpriseName: 'Contoso' })],
      }),
    })
    await user.type(searchBox(), 'contoso')
    expect(names()).toEqual([expect.stringContaining('Contoso · Deploy Bot · T0C4Q7ZL2')])
  })

  it('says when nothing matches', async () => {
    const { user } = await renderView(<WorkspacesView />)
    await user.type(searchBox(), 'nobody')
    expect(screen.getByText('No workspace matches “nobody”.')).toBeTruthy()
    await user.click(screen.getAllByRole('button', { name: 'Clear search' })[0] ?? document.body)
    expect(names()).toHaveLength(6)
  })

  it('goes down into the rows, and Enter opens the first match', async () => {
    const { user, place } = await renderView(<WorkspacesView />)
    await user.type(searchBox(), 'fabrikam{ArrowDown}')
    expect(focused()).toBe(within(list()).getByRole('option', { name: /Fabrikam/ }))
    await user.clear(searchBox())
    await user.type(searchBox(), 'acme{Enter}')
    expect(place().workspaceId).toBe('inst-acme')
    await expect.poll(focused).toBe(screen.getByRole('button', { name: 'Check token' }))
  })

  it('shows only those that need attention', async () => {
    const { user } = await renderView(<WorkspacesView />)
    await user.click(screen.getByRole('radio', { name: 'Needs attention 2' }))
    expect(names()).toHaveLength(2)
    await user.click(screen.getByRole('radio', { name: 'All 6' }))
    expect(names()).toHaveLength(6)
  })

  it('says when nothing needs attention', async () => {
    const { user } = await renderView(<WorkspacesView />, { snapshot: sampleSnapshot(1) })
    await user.click(screen.getByRole('radio', { name: 'Needs attention 0' }))
    expect(screen.getByText('No workspace needs attention.')).toBeTruthy()
  })
})

describe('keys', () => {
  it('move through the rows without leaving the list; Enter goes to the detail', async () => {
    const { user, place } = await renderView(<WorkspacesView />)
    act(() => list().focus())
    await user.keyboard('{ArrowDown}{ArrowDown}')
    expect(place().workspaceId).toBe('inst-fabrikam')
    expect(screen.getByRole('heading', { name: 'Fabrikam Dev' })).toBeTruthy()
    expect(focused()).toBe(within(list()).getByRole('option', { name: /Fabrikam/ }))
    await user.keyboard('{Enter}')
    await expect.poll(focused).toBe(screen.getByRole('button', { name: 'Check token' }))
    expect(place().isDetailOpen).toBe(true)
  })

  it('walk past what waits without losing the focus to it', async () => {
    const { user } = await renderView(<WorkspacesView />, {
      snapshot: sampleSnapshot(6, { authorizations: [sampleAuthorization()] }),
    })
    act(() => list().focus())
    await user.keyboard('{ArrowDown}{ArrowUp}')
    expect(screen.getByRole('heading', { name: 'Finish in your browser' })).toBeTruthy()
    expect(focused()).toBe(within(list()).getByRole('option', { name: /New workspace/ }))
  })

  it.each(['{Control>}c{/Control}', '{Meta>}c{/Meta}'])('%s copies the bot token', async (keys) => {
    const { user, api } = await renderView(<WorkspacesView />)
    act(() => list().focus())
    await user.keyboard(`{ArrowDown}${keys}`)
    expect(api.callsTo('sharing/copy-line')).toEqual([
      [{ of: 'credential', installationId: 'inst-contoso', credentialId: 'cred-bot' }],
    ])
    expect(await screen.findByText('Env line copied.')).toBeTruthy()
  })

  it('of the shell lead to the search and to the choice of a Slack app', async () => {
    const { user } = await renderView(<Shell />)
    await screen.findByRole('listbox', { name: 'Workspaces' })
    await user.keyboard('{Control>}f{/Control}')
    expect(focused()).toBe(searchBox())
    await user.keyboard('{Control>}n{/Control}')
    expect(await screen.findByRole('menuitem', { name: /Standup Bot/ })).toBeTruthy()
  })
})

describe('Authorize workspace', () => {
  it('asks which of several Slack apps', async () => {
    const { user, api, place } = await renderView(<WorkspacesView />)
    await user.click(screen.getByRole('button', { name: 'Authorize workspace' }))
    await user.click(screen.getByRole('menuitem', { name: /Gov Notifier/ }))
    expect(api.callsTo('workspaces/authorize')).toEqual([['app-gov', null]])
    expect(place().authorizationId).toBe('auth-1')
  })

  it('begins at once with the only one', async () => {
    const { user, api } = await renderView(<WorkspacesView />, { snapshot: oneApp() })
    await user.click(screen.getByRole('button', { name: 'Authorize workspace' }))
    expect(api.callsTo('workspaces/authorize')).toEqual([['app-deploy', null]])
  })

  it('leads to the form where there is none', async () => {
    const { user, place } = await renderView(<WorkspacesView />, {
      snapshot: sampleSnapshot(6, { slackApps: [] }),
    })
    await user.click(screen.getByRole('button', { name: 'Authorize workspace' }))
    expect(place()).toMatchObject({ screen: 'slack-apps', isAddingSlackApp: true })
  })

  it('says beside it why it did not begin, and tries again', async () => {
    const { user, api } = await renderView(<WorkspacesView />, {
      snapshot: oneApp(),
      overrides: { 'workspaces/authorize': fail('SLACK_NO_ANSWER') },
    })
    await user.click(screen.getByRole('button', { name: 'Authorize workspace' }))
    expect((await screen.findByRole('alert')).textContent).toMatch('Slack did not answer')
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(api.callsTo('workspaces/authorize')).toHaveLength(2)
  })

  it('is the one act where there is no workspace yet', async () => {
    const { user, api, place } = await renderView(<WorkspacesView />, {
      snapshot: oneApp({ installations: [] }),
    })
    expect(screen.getByRole('heading', { name: 'No workspaces yet' })).toBeTruthy()
    expect(screen.getByText(/Authorize one with Deploy Bot/)).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Authorize workspace' }))
    expect(api.callsTo('workspaces/authorize')).toHaveLength(1)
    await user.click(screen.getByRole('button', { name: 'Import token' }))
    expect(place().dialog).toEqual({ kind: 'import' })
  })
})

it('asks to choose a workspace while none is chosen', async () => {
  await renderView(<WorkspacesView />, { start: { workspaceId: 'gone' } })
  expect(screen.getByRole('heading', { name: 'Choose a workspace' })).toBeTruthy()
})
