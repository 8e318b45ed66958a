import { act, screen, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Result } from '../../../../main/contract/errors.ts'
import type { CredentialView } from '../../../../main/contract/views.ts'
import { WorkspacesView } from '../../../../renderer/views/workspaces/workspaces-view.tsx'
import { fail, ok } from '../../fake-api.ts'
import { renderView } from '../../render-view.tsx'
import {
  SAMPLE_NOW_MS,
  sampleCredential,
  sampleInstallation,
  sampleSnapshot,
} from '../../sample-snapshot.ts'

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ['Date', 'setInterval', 'clearInterval', 'performance'],
    now: SAMPLE_NOW_MS,
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const SHOWN = 'EXAMPLE-ONLY-THIS-IS-NOT-A-TOKEN-k3Zq'
const start = { workspaceId: 'inst-northwind' }
const botRef = { of: 'credential', installationId: 'inst-northwind', credentialId: 'cred-bot' }
const row = (name = 'Bot token') => within(screen.getByRole('group', { name }))
const button = (name: string) => screen.getByRole('button', { name })
const page = () => document.documentElement.outerHTML
const only = (...credentials: CredentialView[]) =>
  sampleSnapshot(6, { installations: [sampleInstallation({ credentials })] })

describe('Reveal', () => {
  it('shows the value until Hide now, and nothing of it stays', async () => {
    const { user, api } = await renderView(<WorkspacesView />, { start })
    await user.click(row().getByRole('button', { name: 'Reveal' }))
    expect(api.callsTo('sharing/reveal')).toEqual([[botRef]])
    expect(row().getByText(SHOWN)).toBeTruthy()
    expect(row().getByText('Bot token shown. It hides in 20 s.')).toBeTruthy()
    await user.click(row().getByRole('button', { name: 'Hide now' }))
    expect(page()).not.toContain(SHOWN)
    expect(row().getByText('Bot token hidden.')).toBeTruthy()
  })

  it('counts down and hides by itself', async () => {
    const { user } = await renderView(<WorkspacesView />, { start })
    await user.click(row().getByRole('button', { name: 'Reveal' }))
    await act(async () => vi.advanceTimersByTime(6000))
    expect(row().getByText('Hides in 14 s, or when you leave this page.')).toBeTruthy()
    expect(page()).toContain(SHOWN)
    await act(async () => vi.advanceTimersByTime(13_999))
    expect(page()).toContain(SHOWN)
    await act(async () => vi.advanceTimersByTime(1))
    expect(page()).not.toContain(SHOWN)
    expect(row().getByRole('button', { name: 'Reveal' })).toBeTruthy()
  })

  it('hides with its own button and when the window goes out of sight', async () => {
    const { user } = await renderView(<WorkspacesView />, { start })
    await user.click(row().getByRole('button', { name: 'Reveal' }))
    await user.click(row().getByRole('button', { name: 'Hide' }))
    expect(page()).not.toContain(SHOWN)
    await user.click(row().getByRole('button', { name: 'Reveal' }))
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
    await act(async () => document.dispatchEvent(new Event('visibilitychange')))
    expect(page()).not.toContain(SHOWN)
  })

  it('hides when another workspace is chosen, and empties the element that leaves', async () => {
    const { user, place } = await renderView(<WorkspacesView />, { start })
    await user.click(row().getByRole('button', { name: 'Reveal' }))
    const box = row().getByText(SHOWN)
    await act(async () => place().go({ workspaceId: 'inst-acme' }))
    expect(page()).not.toContain(SHOWN)
    expect(box.textContent).toBe('')
  })

  it('hides when another token takes its place', async () => {
    const { user, api } = await renderView(<WorkspacesView />, { start })
    await user.click(row().getByRole('button', { name: 'Reveal' }))
    const installations = [
      sampleInstallation({ credentials: [sampleCredential({ masked: 'xoxb-…NEW1' })] }),
    ]
    await act(async () => api.emit('desk/changed', { installations }))
    expect(page()).not.toContain(SHOWN)
    expect(row().getByText('xoxb-…NEW1')).toBeTruthy()
  })

  it('drops an answer that comes after the user has left', async () => {
    let answer: (result: Result<{ value: string; seconds: number }>) => void = () => {}
    const { user, place } = await renderView(<WorkspacesView />, {
      start,
      overrides: {
        'sharing/reveal': () =>
          new Promise((resolve) => {
            answer = resolve
          }),
      },
    })
    await user.click(row().getByRole('button', { name: 'Reveal' }))
    await act(async () => place().go({ workspaceId: 'inst-acme' }))
    await act(async () => answer(ok({ value: SHOWN, seconds: 20 })))
    expect(page()).not.toContain(SHOWN)
  })

  it('says in the row why it did not work', async () => {
    const { user } = await renderView(<WorkspacesView />, {
      start,
      overrides: { 'sharing/reveal': fail('VAULT_RECORD_DAMAGED', { message: 'It is damaged' }) },
    })
    await user.click(row().getByRole('button', { name: 'Reveal' }))
    expect(row().getByRole('alert').textContent).toContain('It is damaged')
    expect(screen.getAllByRole('alert')).toHaveLength(1)
  })
})

describe('Copy env line', () => {
  it('asks main and says when it is cleared', async () => {
    const { user, api } = await renderView(<WorkspacesView />, { start })
    await user.click(row('User token').getByRole('button', { name: 'Copy env line' }))
    expect(api.callsTo('sharing/copy-line')).toEqual([[{ ...botRef, credentialId: 'cred-user' }]])
    expect(await row('User token').findByRole('button', { name: 'Copied' })).toBeTruthy()
    expect(screen.getByText(/Cleared in 30 s/)).toBeTruthy()
  })

  it('says in the row why it did not work', async () => {
    const { user } = await renderView(<WorkspacesView />, {
      start,
      overrides: { 'sharing/copy-line': fail('CLIPBOARD_FAILED') },
    })
    await user.click(row('Webhook URL').getByRole('button', { name: 'Copy env line' }))
    expect(row('Webhook URL').getByRole('alert')).toBeTruthy()
    expect(row('Webhook URL').queryByRole('button', { name: 'Copied' })).toBeNull()
  })
})

it('opens the write dialog for the credential', async () => {
  const { user, place } = await renderView(<WorkspacesView />, { start })
  await user.click(row('App-level token').getByRole('button', { name: 'Write to env file…' }))
  expect(place().dialog).toEqual({
    kind: 'write',
    ref: { ...botRef, credentialId: 'cred-app' },
    title: 'App-level token of Northwind Test',
  })
})

describe('Check token', () => {
  it('says that the tokens work', async () => {
    const { user, api } = await renderView(<WorkspacesView />, { start })
    await user.click(button('Check token'))
    expect(api.callsTo('workspaces/check')).toEqual([['inst-northwind']])
    expect(screen.getByText('All 2 tokens work.')).toBeTruthy()
  })

  it('keeps its failure for this workspace until the next check', async () => {
    const answers = [fail('SLACK_NO_ANSWER'), ok(null)]
    const { user, place } = await renderView(<WorkspacesView />, {
      start,
      overrides: { 'workspaces/check': () => answers.shift() ?? ok(null) },
    })
    await user.click(button('Check token'))
    expect(screen.getByRole('alert').textContent).toContain('Slack did not answer')
    await act(async () => place().go({ workspaceId: 'inst-acme' }))
    expect(screen.queryByRole('alert')).toBeNull()
    await act(async () => place().go({ workspaceId: 'inst-northwind' }))
    await user.click(button('Try again'))
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it('goes on while the user looks elsewhere', async () => {
    const { user, place } = await renderView(<WorkspacesView />, {
      start,
      overrides: { 'workspaces/check': () => new Promise(() => {}) },
    })
    await user.click(button('Check token'))
    await act(async () => place().go({ workspaceId: 'inst-acme' }))
    expect(screen.getByRole('option', { name: /Northwind Test.*Checking…/ })).toBeTruthy()
  })

  it('leads to authorizing again where Slack says the token is dead', async () => {
    const { user, api } = await renderView(<WorkspacesView />, {
      start,
      overrides: { 'workspaces/check': fail('SLACK_REFUSED', { remedy: 'authorize-again' }) },
    })
    await user.click(button('Check token'))
    await user.click(button('Authorize again'))
    expect(api.callsTo('workspaces/authorize')).toEqual([['app-deploy', 'inst-northwind']])
  })

  it('is off, with the reason, where Slack cannot check anything', async () => {
    const app = sampleCredential({ id: 'a', kind: 'app', state: 'unchecked' })
    const { user, api } = await renderView(<WorkspacesView />, { start, snapshot: only(app) })
    await user.click(button('Check token'))
    expect(api.callsTo('workspaces/check')).toEqual([])
    expect(page()).toContain('Slack has no way to check what is here.')
  })
})

describe('a dead token', () => {
  const revoked = sampleCredential({ state: 'revoked', slackCode: 'token_revoked' })

  it('offers only to authorize again, and says why it is dead', async () => {
    const { user, api, place } = await renderView(<WorkspacesView />, {
      start,
      snapshot: only(revoked),
    })
    expect(row().getByText('Slack: token_revoked')).toBeTruthy()
    expect(row().getAllByRole('button')).toHaveLength(1)
    await user.click(row().getByRole('button', { name: 'Authorize again' }))
    expect(api.callsTo('workspaces/authorize')).toEqual([['app-deploy', 'inst-northwind']])
    expect(place().authorizationId).toBe('auth-1')
  })

  it('offers nothing where no Slack app is known', async () => {
    const imported = sampleInstallation({ slackAppId: null, credentials: [revoked] })
    await renderView(<WorkspacesView />, {
      start,
      snapshot: sampleSnapshot(1, { installations: [imported] }),
    })
    expect(row().queryAllByRole('button')).toHaveLength(0)
  })
})

it('shows what Slack granted and where it came from', async () => {
  const { user, place } = await renderView(<WorkspacesView />, { start })
  expect(screen.getByText('Bot 6 · User 2 · App-level 1')).toBeTruthy()
  expect(screen.getByText('20 Nov 2026, 14:52')).toBeTruthy()
  expect(screen.getByText(/T0C4Q7ZL2 · northwind-test.slack.com · checked 4 min ago/)).toBeTruthy()
  await user.click(button('Deploy Bot'))
  expect(place()).toMatchObject({ screen: 'slack-apps', slackAppId: 'app-deploy' })
})

describe('Name and note', () => {
  const named = sampleInstallation({ name: 'Ours', teamName: 'Northwind', localName: 'Ours' })
  const snapshot = sampleSnapshot(1, { installations: [named] })
  const field = (name: string) => screen.getByRole('textbox', { name })

  it('saves what changed, and an empty name means Slack’s own', async () => {
    const { user, api } = await renderView(<WorkspacesView />, { start, snapshot })
    await user.click(button('Name and note…'))
    expect(document.activeElement).toBe(field('Name optional'))
    await user.clear(field('Name optional'))
    await user.type(field('Note optional'), 'For load tests')
    await user.click(button('Save'))
    expect(api.callsTo('workspaces/rename')).toEqual([['inst-northwind', null]])
    expect(api.callsTo('workspaces/set-note')).toEqual([['inst-northwind', 'For load tests']])
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it('asks nothing of main when nothing changed', async () => {
    const { user, api } = await renderView(<WorkspacesView />, { start, snapshot })
    await user.click(button('Name and note…'))
    await user.keyboard('{Enter}')
    expect(api.calls.map(({ name }) => name)).toEqual(['desk/load'])
  })

  it('stays open with the text when it is refused', async () => {
    const { user } = await renderView(<WorkspacesView />, {
      start,
      snapshot,
      overrides: { 'workspaces/rename': fail('VAULT_WRITE_FAILED') },
    })
    await user.click(button('Name and note…'))
    await user.type(field('Name optional'), ' test')
    await user.click(button('Save'))
    expect(within(screen.getByRole('dialog')).getByRole('alert')).toBeTruthy()
    expect(field('Name optional')).toHaveProperty('value', 'Ours test')
  })
})
