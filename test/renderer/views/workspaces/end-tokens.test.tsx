import { act, screen, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CredentialView } from '../../../../main/contract/views.ts'
import {
  revokeChoices,
  revokeNote,
} from '../../../../renderer/views/workspaces/detail/revoke-choices.ts'
import { WorkspacesView } from '../../../../renderer/views/workspaces/workspaces-view.tsx'
import { fail, ok } from '../../fake-api.ts'
import { renderView } from '../../render-view.tsx'
import {
  SAMPLE_NOW_MS,
  sampleCredential,
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

const start = { workspaceId: 'inst-northwind', isDetailOpen: true }
const button = (name: string) => screen.getByRole('button', { name })
const focused = () => document.activeElement

describe('revokeChoices', () => {
  const bot = sampleCredential()
  const hook = sampleCredential({ id: 'w', kind: 'webhook', channel: '#a', masked: 'hooks…x' })
  const user = sampleCredential({ id: 'u', kind: 'user', rotates: true })
  const app = sampleCredential({ id: 'p', kind: 'app' })
  const dead = (one: CredentialView): CredentialView => ({ ...one, state: 'revoked' })

  it.each<[string, CredentialView[], [string, string, boolean][]]>([
    ['a bot token', [bot], [['Bot token', 'What the app does as a bot.', true]]],
    ['a bot with a webhook', [bot, hook], [['Bot token', 'Also ends the webhook for #a.', true]]],
    [
      'a bot with two webhooks',
      [bot, hook, { ...hook, id: 'w2', channel: '#b' }],
      [['Bot token', 'Also ends its 2 webhooks.', true]],
    ],
    [
      'a webhook alone',
      [hook],
      [['Webhook URL', 'Remove it on the app’s page, under Incoming Webhooks.', false]],
    ],
    [
      'a rotating user token and an app-level one',
      [user, app],
      [
        ['User token and its refresh token', 'Only your own; other people’s stay.', true],
        ['App-level token', 'Revoke it on the app’s page, under Basic Information.', false],
      ],
    ],
    ['what is dead already', [dead(bot), dead(hook)], []],
  ])('%s', (_what, credentials, expected) => {
    const choices = revokeChoices(sampleInstallation({ credentials }))
    expect(choices.map((one) => [one.title, one.sentence, one.canRevoke])).toEqual(expected)
  })

  it('warns of more than was asked for, unless every token rotates', () => {
    const note = (credentials: CredentialView[]) =>
      revokeNote(sampleInstallation({ credentials })).title
    expect(note([user])).toBe('Deploy Bot stays installed in Slack')
    expect(note([user, bot])).toBe('This may end the whole installation')
    expect(note([user, dead(bot), app])).toBe('Deploy Bot stays installed in Slack')
  })
})

describe('Revoke…', () => {
  const open = async (overrides = {}) => {
    const view = await renderView(<WorkspacesView />, { start, overrides })
    await view.user.click(button('Revoke…'))
    return view
  }

  it('begins on Cancel, and Esc changes nothing', async () => {
    const { user, api } = await open()
    expect(
      screen.getByRole('alertdialog', { name: 'Revoke tokens of Northwind Test?' }),
    ).toBeTruthy()
    expect(focused()).toBe(button('Cancel'))
    await user.keyboard('{Escape}')
    expect(screen.queryByRole('alertdialog')).toBeNull()
    expect(api.callsTo('workspaces/revoke')).toEqual([])
  })

  it('ends the ticked tokens, by keys alone', async () => {
    const { user, api } = await open()
    act(() => screen.getByRole('checkbox', { name: 'User token' }).focus())
    await user.keyboard(' ')
    act(() => button('Revoke 1 token').focus())
    await user.keyboard('{Enter}')
    expect(api.callsTo('workspaces/revoke')).toEqual([['inst-northwind', ['cred-bot']]])
    expect(screen.getByText('1 token of Northwind Test revoked.')).toBeTruthy()
    expect(screen.queryByRole('alertdialog')).toBeNull()
  })

  it('does nothing with nothing ticked', async () => {
    const { user, api } = await open()
    for (const box of screen.getAllByRole('checkbox')) await user.click(box)
    await user.click(button('Revoke 0 tokens'))
    expect(api.callsTo('workspaces/revoke')).toEqual([])
  })

  it('says in the dialog what Slack did not do, and keeps the rest ticked', async () => {
    const { failure } = fail('SLACK_NO_ANSWER')
    const { api } = await open({
      'workspaces/revoke': ok({ revoked: 1, failures: [{ credentialId: 'cred-user', failure }] }),
    })
    await act(async () => button('Revoke 2 tokens').click())
    const dialog = within(screen.getByRole('alertdialog'))
    expect(dialog.getByRole('alert').textContent).toContain('Slack did not answer')
    const [first, ...others] = sampleInstallations(6).filter(({ id }) => id === 'inst-northwind')
    const credentials = first?.credentials.map((one) =>
      one.kind === 'bot' ? { ...one, state: 'revoked' as const } : one,
    )
    expect(others).toEqual([])
    const installations = [sampleInstallation({ credentials: credentials ?? [] })]
    await act(async () => api.emit('desk/changed', { installations }))
    expect(button('Revoke 1 token')).toBeTruthy()
  })

  it('is off, with the reason, where nothing can be revoked', async () => {
    const snapshot = sampleSnapshot(6)
    const { user, container } = await renderView(<WorkspacesView />, {
      start: { workspaceId: 'inst-fabrikam' },
      snapshot,
    })
    await user.click(button('Revoke…'))
    expect(screen.queryByRole('alertdialog')).toBeNull()
    expect(container.textContent).toContain('no token here that Slack can end')
  })
})

describe('Remove…', () => {
  it('forgets the workspace and goes on to the next row', async () => {
    const { user, api, place } = await renderView(<WorkspacesView />, { start })
    act(() => button('Remove…').focus())
    await user.keyboard('{Enter}')
    expect(focused()).toBe(button('Cancel'))
    await user.keyboard('{Tab}{Enter}')
    expect(api.callsTo('workspaces/remove')).toEqual([['inst-northwind']])
    const installations = sampleInstallations(6).filter(({ id }) => id !== 'inst-northwind')
    await act(async () => api.emit('desk/changed', { installations }))
    expect(screen.getByText('Northwind Test removed.')).toBeTruthy()
    expect(place()).toMatchObject({ workspaceId: 'inst-practice', isDetailOpen: false })
    await expect.poll(focused).toBe(screen.getByRole('option', { name: /Practice Studio/ }))
  })

  it('leads to the empty page after the last one', async () => {
    const { user, api } = await renderView(<WorkspacesView />, {
      start,
      snapshot: sampleSnapshot(1),
    })
    await user.click(button('Remove…'))
    await user.click(button('Remove'))
    await act(async () => api.emit('desk/changed', { installations: [] }))
    await expect.poll(() => focused()?.textContent).toBe('Workspaces')
    expect(screen.getByRole('heading', { name: 'No workspaces yet' })).toBeTruthy()
  })

  it('says in the dialog why it did not work', async () => {
    const { user } = await renderView(<WorkspacesView />, {
      start,
      overrides: { 'workspaces/remove': fail('VAULT_WRITE_FAILED') },
    })
    await user.click(button('Remove…'))
    await user.click(button('Remove'))
    expect(within(screen.getByRole('alertdialog')).getByRole('alert')).toBeTruthy()
  })
})
