import { act, screen, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { UninstallBlock } from '../../../../main/contract/views.ts'
import { WorkspacesView } from '../../../../renderer/views/workspaces/workspaces-view.tsx'
import { fail, type Overrides } from '../../fake-api.ts'
import { renderView } from '../../render-view.tsx'
import { sampleInstallation, sampleSnapshot } from '../../sample-snapshot.ts'

const button = (name: string) => screen.getByRole('button', { name })
const focused = () => document.activeElement

async function open(overrides: Overrides = {}, uninstallBlock: UninstallBlock = null) {
  const view = await renderView(<WorkspacesView />, {
    start: { workspaceId: 'inst-northwind', isDetailOpen: true },
    snapshot: sampleSnapshot(6, { installations: [sampleInstallation({ uninstallBlock })] }),
    overrides,
  })
  act(() => button('Revoke…').focus())
  await view.user.keyboard('{Enter}')
  return view
}

describe('Uninstall app…', () => {
  it('asks twice, by keys alone, and gives the focus back to where it began', async () => {
    const { user, api } = await open()
    act(() => button('Uninstall app…').focus())
    await user.keyboard('{Enter}')
    expect(
      screen.getByRole('alertdialog', { name: 'Uninstall Deploy Bot from Northwind Test?' }),
    ).toBeTruthy()
    expect(focused()).toBe(button('Cancel'))
    await user.keyboard('{Tab}{Enter}')
    const last = screen.getByRole('alertdialog', { name: 'Uninstall Deploy Bot for everyone?' })
    expect(within(last).getAllByRole('button')).toHaveLength(2)
    expect(focused()).toBe(button('Cancel'))
    await user.keyboard('{Tab}{Enter}')
    expect(api.callsTo('workspaces/uninstall')).toEqual([])
    await user.click(
      screen.getByRole('checkbox', { name: 'Deploy Bot leaves Northwind Test for everyone' }),
    )
    act(() => button('Uninstall Deploy Bot').focus())
    await user.keyboard('{Enter}')
    expect(api.callsTo('workspaces/uninstall')).toEqual([['inst-northwind']])
    expect(screen.getByText('Deploy Bot uninstalled from Northwind Test.')).toBeTruthy()
    await expect.poll(focused).toBe(button('Revoke…'))
  })

  it.each([['{Escape}'], ['{Enter}']])('is given up by %s at the first question', async (keys) => {
    const { user, api } = await open()
    await user.click(button('Uninstall app…'))
    await user.keyboard(keys)
    expect(screen.queryByRole('alertdialog')).toBeNull()
    expect(api.callsTo('workspaces/uninstall')).toEqual([])
    await expect.poll(focused).toBe(button('Revoke…'))
  })

  it('says in the dialog why Slack refused, with its code, and leads to what helps', async () => {
    const { user, place } = await open({
      'workspaces/uninstall': fail('SLACK_REFUSED', {
        message: 'Slack did not accept the client secret',
        remedy: 'edit-slack-app',
        slackCode: 'bad_client_secret',
      }),
    })
    await user.click(button('Uninstall app…'))
    await user.click(button('Uninstall…'))
    await user.click(screen.getByRole('checkbox'))
    await user.click(button('Uninstall Deploy Bot'))
    const said = within(screen.getByRole('alertdialog')).getByRole('alert').textContent
    expect(said).toContain('Slack did not accept the client secret')
    expect(said).toContain('bad_client_secret')
    await user.click(button('Edit Slack app'))
    expect(place()).toMatchObject({ slackAppId: 'app-deploy', isEditingSlackApp: true })
  })

  it.each([
    ['no-slack-app', 'this workspace has no Slack app here'],
    ['no-client-secret', 'this app has none'],
    ['no-token', 'Authorize again first'],
  ] as const)('is not there with %s, and the reason is', async (block, words) => {
    await open({}, block)
    expect(screen.queryByRole('button', { name: 'Uninstall app…' })).toBeNull()
    expect(screen.getByRole('alertdialog').textContent).toContain(words)
  })

  it('stands beside the ways that it differs from', async () => {
    await open()
    const ways = screen.getByRole('region', { name: 'Other ways' })
    expect(ways.textContent).toContain('Takes Deploy Bot out of Northwind Test for everyone')
    expect(ways.textContent).toContain('“Remove…” forgets the tokens in Token Desk')
  })
})
