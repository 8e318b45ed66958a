import { act, screen, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { AuthorizationView } from '../../../../main/contract/views.ts'
import { WorkspacesView } from '../../../../renderer/views/workspaces/workspaces-view.tsx'
import { fail, type Overrides } from '../../fake-api.ts'
import { renderView } from '../../render-view.tsx'
import {
  PRACTICE,
  SAMPLE_NOW_MS,
  sampleAuthorization,
  sampleInstallation,
  sampleInstallations,
  sampleSnapshot,
} from '../../sample-snapshot.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: SAMPLE_NOW_MS })
})
afterEach(() => {
  vi.useRealTimers()
})

const button = (name: string) => screen.getByRole('button', { name })
const focused = () => document.activeElement
const failed = fail('SLACK_REFUSED', {
  message: 'Slack did not accept the client secret',
  advice: 'Paste it again from Basic Information.',
  remedy: 'edit-slack-app',
  slackCode: 'bad_client_secret',
  atMs: SAMPLE_NOW_MS,
}).failure

function open(over: Partial<AuthorizationView> = {}, overrides: Overrides = {}) {
  return renderView(<WorkspacesView />, {
    snapshot: sampleSnapshot(6, { authorizations: [sampleAuthorization(over)] }),
    start: { authorizationId: 'auth-1', isDetailOpen: true },
    overrides,
  })
}

describe('waiting', () => {
  it('says what to do and how long there is, with the focus on Open again', async () => {
    const { user, api } = await open()
    expect(screen.getByRole('heading', { name: 'Finish in your browser' })).toBeTruthy()
    expect(screen.getByText('Deploy Bot · slack.com · listening on port 17871')).toBeTruthy()
    expect(screen.getByText('Continue past the certificate warning')).toBeTruthy()
    expect(focused()).toBe(button('Open again'))
    await user.keyboard('{Enter}')
    expect(api.callsTo('authorizations/open-again')).toEqual([['auth-1']])
  })

  it('says when no browser opened, instead of that one did', async () => {
    const browserFailure = fail('OAUTH_BROWSER_FAILED', { message: 'No browser' }).failure
    const { container } = await open({ browserFailure })
    expect(screen.getByRole('alert').textContent).toContain('No browser')
    expect(container.textContent).not.toContain('page is open')
    expect(button('Copy link')).toBeTruthy()
  })

  it.each<[string, Partial<AuthorizationView>, string[], string[]]>([
    ['PKCE', { strategy: 'pkce' }, ['Pick the workspace'], ['certificate', 'Copy the address']],
    ['practice', { environment: PRACTICE }, ['The practice page is open'], ['Pick the workspace']],
    ['another time', { wantedName: 'Acme' }, ['Pick Acme', 'Acme is brought up to date'], []],
    ['paste', { strategy: 'paste', port: null }, ['Copy the address'], ['No free port']],
    ['busy ports', { port: null }, ['No free port', '17873', 'Copy the address'], ['certificate']],
  ])('has its own words for %s', async (_what, over, said, unsaid) => {
    const { container } = await open(over)
    for (const words of said) expect(container.textContent).toContain(words)
    for (const words of unsaid) expect(container.textContent).not.toContain(words)
  })

  it('copies the link', async () => {
    const { user, api } = await open()
    await user.click(button('Copy link'))
    expect(api.callsTo('authorizations/copy-link')).toEqual([['auth-1']])
    expect(screen.getByText('Link copied.')).toBeTruthy()
  })

  it('is cancelled, and the focus goes to the list', async () => {
    const { user, api, place } = await open()
    await user.click(button('Cancel'))
    expect(api.callsTo('authorizations/cancel')).toEqual([['auth-1']])
    expect(place()).toMatchObject({ authorizationId: null, isDetailOpen: false })
    await expect.poll(() => focused()?.closest('[role=listbox]')).toBeTruthy()
  })

  it('says beside the buttons what did not work', async () => {
    const { user } = await open({}, { 'authorizations/open-again': fail('OAUTH_BROWSER_FAILED') })
    await user.click(button('Open again'))
    expect(screen.getByRole('alert')).toBeTruthy()
  })

  it('knows Slack’s own messages, and the way on from a refused redirect URL', async () => {
    const { user, api } = await open()
    await user.click(button('Slack asks for an admin’s approval?'))
    expect(screen.getByText(/Send the request in Slack/)).toBeTruthy()
    await user.click(button('Slack shows an error page?'))
    await user.click(button('What to add in Slack'))
    expect(screen.getByText('https://localhost:17871/callback')).toBeTruthy()
    await user.click(button('Copy redirect URL'))
    expect(api.callsTo('slack-apps/copy-redirect-urls')).toEqual([['https', 0, { kind: 'slack' }]])
    expect(screen.getByText('Copied')).toBeTruthy()
    await user.click(button('Open app settings'))
    expect(api.callsTo('slack-apps/open-settings')).toEqual([[{ kind: 'slack' }]])
    await user.click(button('Slack shows something else'))
    expect(button('Open again')).toBeTruthy()
  })
})

describe('Paste the address instead', () => {
  const shown = 'https://localhost:17871/callback'

  it('lets main read it, then uses it: by keys alone', async () => {
    const { user, api } = await open()
    act(() => button('Paste the address instead').focus())
    await user.keyboard('{Enter}')
    expect(focused()).toBe(button('Paste'))
    await user.keyboard('{Enter}')
    const field = screen.getByRole('textbox', { name: 'Address from the browser' })
    expect(field).toHaveProperty('value', shown)
    expect(field).toHaveProperty('readOnly', true)
    expect(focused()).toBe(button('Use this address'))
    await user.keyboard('{Enter}')
    expect(api.callsTo('authorizations/use-pasted-address')).toEqual([['auth-1']])
    expect(field).toHaveProperty('value', '')
  })

  it('takes Ctrl V in the field, without the page seeing the text', async () => {
    const { user, api } = await open({ strategy: 'paste', port: null })
    const field = screen.getByRole('textbox', { name: 'Address from the browser' })
    await user.click(field)
    await user.paste(`${shown}?code=secret-of-slack&state=x`)
    expect(api.callsTo('authorizations/read-pasted-address')).toEqual([['auth-1']])
    expect(document.documentElement.outerHTML).not.toContain('secret-of-slack')
  })

  it('forgets it on Clear', async () => {
    const { user, api } = await open({ strategy: 'paste', port: null })
    await user.click(button('Paste'))
    await user.click(button('Clear'))
    expect(api.callsTo('authorizations/forget-pasted-address')).toEqual([['auth-1']])
    expect(screen.queryByRole('button', { name: 'Use this address' })).toBeNull()
  })

  it.each(['authorizations/read-pasted-address', 'authorizations/use-pasted-address'] as const)(
    'says beside the field why %s did not work',
    async (name) => {
      const { user } = await open(
        { strategy: 'paste', port: null },
        { [name]: fail('OAUTH_CALLBACK_INVALID') },
      )
      await user.click(button('Paste'))
      const use = screen.queryByRole('button', { name: 'Use this address' })
      if (use) await user.click(use)
      expect(screen.getByRole('alert')).toBeTruthy()
      expect(button('Paste')).toBeTruthy()
    },
  )
})

describe('done', () => {
  const done = { kind: 'done', installationId: 'inst-new' } as const
  const installations = [
    ...sampleInstallations(2),
    sampleInstallation({ id: 'inst-new', name: 'Fresh Workspace' }),
  ]

  it('leads to the workspace, puts itself away, and says so', async () => {
    const { api, place } = await open()
    const authorizations = [sampleAuthorization({ state: { kind: 'exchanging' } })]
    await act(async () => api.emit('desk/changed', { authorizations }))
    expect(screen.getByRole('heading', { name: 'Slack answered' })).toBe(focused())
    await act(async () =>
      api.emit('desk/changed', {
        authorizations: [sampleAuthorization({ state: done })],
        installations,
      }),
    )
    expect(api.callsTo('authorizations/put-away')).toEqual([['auth-1']])
    await act(async () => api.emit('desk/changed', { authorizations: [] }))
    expect(place()).toMatchObject({ workspaceId: 'inst-new', authorizationId: null })
    expect(screen.getByRole('heading', { name: 'Fresh Workspace' })).toBe(focused())
    expect(screen.getByText('Fresh Workspace connected')).toBeTruthy()
  })

  it('leads to the workspace even when it cannot be put away', async () => {
    const { api, place } = await open({}, { 'authorizations/put-away': fail('UNEXPECTED') })
    const authorizations = [sampleAuthorization({ state: done })]
    await act(async () => api.emit('desk/changed', { authorizations, installations }))
    expect(place().workspaceId).toBe('inst-new')
  })

  it('waits for an authorization that main has not told of yet', async () => {
    const { api, place } = await renderView(<WorkspacesView />, {
      start: { authorizationId: 'auth-1' },
    })
    expect(place().authorizationId).toBe('auth-1')
    await act(async () => api.emit('desk/changed', { authorizations: [sampleAuthorization()] }))
    expect(screen.getByRole('heading', { name: 'Finish in your browser' })).toBeTruthy()
  })
})

describe('failed', () => {
  it('says what happened, and leads to what helps', async () => {
    const { user, place } = await open({ state: { kind: 'failed', failure: failed } })
    expect(screen.getByRole('heading', { name: failed.message })).toBe(focused())
    expect(screen.getByText('bad_client_secret')).toBeTruthy()
    expect(screen.getByText('14:52')).toBeTruthy()
    await user.click(button('Edit Slack app'))
    expect(place()).toMatchObject({ slackAppId: 'app-deploy', isEditingSlackApp: true })
  })

  it('is tried again, or put away', async () => {
    const { user, api, place } = await open({ state: { kind: 'failed', failure: failed } })
    await user.click(button('Try again'))
    expect(api.callsTo('authorizations/try-again')).toEqual([['auth-1']])
    expect(place().authorizationId).toBe('auth-2')
    await act(async () => place().go({ authorizationId: 'auth-1' }))
    await user.click(button('Cancel'))
    expect(api.callsTo('authorizations/put-away')).toEqual([['auth-1']])
    expect(place().authorizationId).toBeNull()
  })

  it('shows the exact address where Slack refused the redirect URL', async () => {
    const failure = { ...failed, slackCode: 'bad_redirect_uri' }
    await open({ state: { kind: 'failed', failure } })
    expect(screen.getByText('https://localhost:17871/callback')).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Slack shows something else' })).toBeNull()
  })

  it('does not take the focus from who is searching', async () => {
    const { user, api } = await open()
    await user.click(screen.getByRole('searchbox'))
    const authorizations = [sampleAuthorization({ state: { kind: 'failed', failure: failed } })]
    await act(async () => api.emit('desk/changed', { authorizations }))
    expect(focused()).toBe(screen.getByRole('searchbox'))
    expect(within(screen.getByRole('listbox')).getByText('Stopped')).toBeTruthy()
  })

  it('copies diagnostics for whoever helps', async () => {
    const { user, api } = await open({ state: { kind: 'failed', failure: failed } })
    await user.click(button('Copy diagnostics'))
    expect(api.callsTo('desk/copy-diagnostics')).toHaveLength(1)
    expect(screen.getByText('Diagnostics copied.')).toBeTruthy()
  })
})

describe('another workspace came back', () => {
  const failure = fail('OAUTH_OTHER_TEAM', { message: 'You allowed Acme, but Ours was wanted' })
  const state = { kind: 'other-team', teamName: 'Acme', failure: failure.failure } as const

  it.each([
    ['Keep Acme', 'authorizations/keep-other-team', { workspaceId: 'inst-new' }],
    ['Try again', 'authorizations/try-again', { authorizationId: 'auth-2' }],
    ['Cancel', 'authorizations/refuse-other-team', { authorizationId: null }],
  ] as const)('%s', async (name, call, after) => {
    const { user, api, place } = await open({ state })
    expect(screen.getByRole('heading', { name: failure.failure.message })).toBeTruthy()
    await user.click(button(name))
    expect(api.callsTo(call)).toEqual([['auth-1']])
    expect(place()).toMatchObject(after)
  })

  it('stays with the choice when it did not work', async () => {
    const { user } = await open({ state }, { 'authorizations/keep-other-team': fail('UNEXPECTED') })
    await user.click(button('Keep Acme'))
    expect(screen.getByRole('alert')).toBeTruthy()
    expect(button('Keep Acme')).toBeTruthy()
  })
})
