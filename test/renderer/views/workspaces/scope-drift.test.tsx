import { act, screen, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { InstallationView, ScopeDrift } from '../../../../main/contract/views.ts'
import { installationStatus } from '../../../../renderer/views/workspaces/installation-status.ts'
import { WorkspacesView } from '../../../../renderer/views/workspaces/workspaces-view.tsx'
import { fail, type Overrides } from '../../fake-api.ts'
import { renderView } from '../../render-view.tsx'
import { sampleFullInstallation, sampleOrgInstallation } from '../../sample-full.ts'
import {
  SAMPLE_NOW_MS,
  sampleCredential,
  sampleInstallation,
  sampleSnapshot,
} from '../../sample-snapshot.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: SAMPLE_NOW_MS })
})
afterEach(() => {
  vi.useRealTimers()
})

const button = (name: string) => screen.getByRole('button', { name })
const section = (name: string) => within(screen.getByRole('region', { name }))

function open(installation: InstallationView, overrides: Overrides = {}) {
  return renderView(<WorkspacesView />, {
    start: { workspaceId: installation.id, isDetailOpen: true },
    snapshot: sampleSnapshot(6, { installations: [installation] }),
    overrides,
  })
}

const drifted = (drift: ScopeDrift) => sampleInstallation({ drift })
const bot = (scope: string) => ({ side: 'bot', scope }) as const
const user = (scope: string) => ({ side: 'user', scope }) as const

describe('the state of a row', () => {
  const stateOf = (over: Partial<InstallationView>) =>
    installationStatus(sampleInstallation(over), SAMPLE_NOW_MS)
  const missing = { missing: [bot('files:write'), bot('reactions:write')], extra: [] }

  it('names missing scopes, while the badge says that the tokens work', () => {
    const { badge, row, needsAttention } = stateOf({ drift: missing })
    expect([badge.label, row.label, row.tone]).toEqual(['Working', '2 scopes missing', 'warn'])
    expect(needsAttention).toBe(true)
  })

  it('counts a scope that both sides lack once', () => {
    const both = { missing: [bot('files:read'), user('files:read')], extra: [] }
    expect(stateOf({ drift: both }).row.label).toBe('1 scope missing')
  })

  it('is about the tokens first when they are in worse trouble', () => {
    const credentials = [sampleCredential({ state: 'revoked' })]
    expect(stateOf({ drift: missing, credentials }).row.label).toBe('Revoked')
  })

  it('leaves what is only granted too much alone', () => {
    const status = stateOf({ drift: { missing: [], extra: [bot('commands')] } })
    expect([status.row.label, status.needsAttention]).toEqual(['No expiry', false])
  })

  it('takes no notice of an ID token that ended', () => {
    const over = { kind: 'id-token', state: 'unchecked', expiresAtMs: SAMPLE_NOW_MS - 1 } as const
    const credentials = [sampleCredential(), sampleCredential({ id: 'i', ...over })]
    expect(stateOf({ credentials }).badge.label).toBe('Working')
  })
})

describe('missing scopes', () => {
  it('are named, and added in one click', async () => {
    const missing = [bot('files:write'), bot('reactions:write')]
    const { user: keys, api, place } = await open(drifted({ missing, extra: [] }))
    expect(screen.getByText('2 scopes of Deploy Bot are missing')).toBeTruthy()
    expect(screen.getByText('files:write, reactions:write').tagName).toBe('CODE')
    act(() => button('Reinstall to add 2 scopes').focus())
    await keys.keyboard('{Enter}')
    expect(api.callsTo('workspaces/authorize')).toEqual([['app-deploy', 'inst-northwind']])
    expect(place().authorizationId).toBe('auth-1')
  })

  it('are named in the button when there is one', async () => {
    await open(drifted({ missing: [bot('files:write')], extra: [] }))
    expect(screen.getByText('1 scope of Deploy Bot is missing')).toBeTruthy()
    expect(button('Reinstall to add files:write')).toBeTruthy()
  })

  it('are told apart by who lacks them', async () => {
    await open(drifted({ missing: [bot('files:write'), user('search:read')], extra: [] }))
    expect(screen.getByText('Bot:', { exact: false }).textContent).toBe('Bot: files:write')
    expect(screen.getByText('User:', { exact: false }).textContent).toBe('User: search:read')
  })

  it('have the reason beside them when it did not begin', async () => {
    const installation = drifted({ missing: [bot('files:write')], extra: [] })
    const { user: keys } = await open(installation, {
      'workspaces/authorize': fail('OAUTH_PORTS_BUSY', { remedy: 'paste-address' }),
    })
    await keys.click(button('Reinstall to add files:write'))
    expect(screen.getByRole('alert')).toBeTruthy()
    expect(button('Paste the address instead')).toBeTruthy()
  })
})

describe('granted scopes', () => {
  it('show what is missing and what only revoking removes', async () => {
    await open(sampleFullInstallation())
    const scopes = section('Granted scopes')
    expect(scopes.getByText('Bot 6 · User 3 · Sign-in 3')).toBeTruthy()
    expect(scopes.getByText('files:write').textContent).toBe('files:write (missing)')
    const unwanted = scopes.getByText('identify')
    expect(unwanted.textContent).toBe('identify (no longer wanted)')
    expect(unwanted.title).toBe('Only revoking removes it')
    expect(scopes.getByText(/^Slack adds scopes up\. 1 scope is granted/)).toBeTruthy()
  })

  it('say nothing more where all is as it is wanted', async () => {
    await open(sampleInstallation())
    expect(screen.queryByText(/Slack adds scopes up/)).toBeNull()
  })
})

describe('credentials of every flow', () => {
  const row = (name: string) => within(screen.getByRole('group', { name }))

  it('say who signed in, how long they can be refreshed, and what is classic', async () => {
    await open(sampleFullInstallation())
    expect(row('Bot token').getByText('Classic')).toBeTruthy()
    expect(row('User token').getByText('Refresh by 21 Dec')).toBeTruthy()
    expect(row('Sign-in token').getByText('Ada Lovelace, ada@example.com')).toBeTruthy()
    expect(row('ID token').getByText('4 min')).toBeTruthy()
    expect(row('Signing secret').queryByText('No expiry')).toBeNull()
  })
})

describe('details', () => {
  it('tell the history, newest first, and who signed in', async () => {
    await open(sampleFullInstallation())
    const lines = screen.getAllByRole('listitem').map((item) => item.textContent)
    expect(lines).toContain('Reinstalled 21 Nov 2026, added users:read')
    expect(lines.indexOf('Authorized 3 Nov 2026')).toBe(lines.length - 1)
    expect(section('Details').getByText('Ada Lovelace, ada@example.com')).toBeTruthy()
  })

  it('show a long history when asked', async () => {
    const history = Array.from({ length: 9 }, (_, index) => ({
      atMs: SAMPLE_NOW_MS - index * 86_400_000,
      what: 'reinstalled' as const,
      addedScopes: [],
    }))
    const { user: keys } = await open(sampleFullInstallation({ history }))
    expect(screen.getAllByText(/^Reinstalled/)).toHaveLength(4)
    await keys.click(button('Show all 9'))
    expect(screen.getAllByText(/^Reinstalled/)).toHaveLength(9)
    expect(button('Show fewer').getAttribute('aria-expanded')).toBe('true')
  })

  it('list the workspaces of an organization, in reach of the keyboard', async () => {
    await open(sampleOrgInstallation(24))
    expect(screen.getByText('Organization')).toBeTruthy()
    const list = screen.getByRole('list', { name: 'Workspaces of the organization' })
    expect(within(list).getAllByRole('listitem')).toHaveLength(24)
    expect(list.tabIndex).toBe(0)
  })

  it('say how to learn the workspaces that are not known yet', async () => {
    await open(sampleOrgInstallation(0))
    expect(screen.getByText('Not known yet. “Check token” asks Slack for them.')).toBeTruthy()
  })
})
