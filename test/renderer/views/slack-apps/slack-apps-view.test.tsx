import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { SlackAppsView } from '../../../../renderer/views/slack-apps/slack-apps-view.tsx'
import { fail, type Overrides, ok } from '../../fake-api.ts'
import { type RenderedView, renderView } from '../../render-view.tsx'
import { sampleSlackApp, sampleSnapshot } from '../../sample-snapshot.ts'

const VALUE = 'EXAMPLE-ONLY-5d2e'

function show(slackAppId: string | null, overrides: Overrides = {}): Promise<RenderedView> {
  return renderView(<SlackAppsView />, {
    overrides,
    start: { screen: 'slack-apps', slackAppId },
  })
}

const group = (name: string) => within(screen.getByRole('group', { name }))
const press = (name: string) => screen.getByRole('button', { name })

describe('SlackAppsView', () => {
  it('moves and selects with the arrows, and Enter goes to the detail', async () => {
    const { user, place } = await show('app-deploy')
    screen.getByRole('option', { name: /^Deploy Bot/ }).focus()
    await user.keyboard('{ArrowDown}')
    expect(place().slackAppId).toBe('app-gov')
    expect(screen.getByRole('heading', { level: 1, name: 'Gov Notifier' })).toBeDefined()
    await user.keyboard('{Enter}')
    await waitFor(() => expect(document.activeElement).toBe(press('Authorize workspace')))
  })

  it('authorizes a workspace and leads to its waiting page', async () => {
    const { user, api, place } = await show('app-deploy')
    expect(document.activeElement).toBe(press('Authorize workspace'))
    await user.keyboard('{Enter}')
    expect(api.callsTo('workspaces/authorize')).toEqual([['app-deploy', null]])
    expect(place()).toMatchObject({ screen: 'workspaces', authorizationId: 'auth-1' })
  })

  it('says why an authorization did not begin, and offers to paste the address instead', async () => {
    const busy = fail('OAUTH_PORTS_BUSY', { remedy: 'paste-address' })
    const { user, api, place } = await show('app-deploy', { 'workspaces/authorize': busy })
    await user.click(press('Authorize workspace'))
    expect(await screen.findByRole('alert')).toBeDefined()
    await user.click(press('Paste the address instead'))
    expect(api.callsTo('workspaces/authorize-by-paste')).toEqual([['app-deploy', null]])
    expect(place()).toMatchObject({ screen: 'workspaces', authorizationId: 'auth-1' })
  })

  it('copies and writes the client ID and the client secret', async () => {
    const { user, api, place } = await show('app-deploy')
    await user.click(group('Client ID').getByRole('button', { name: 'Copy env line' }))
    expect(api.callsTo('sharing/copy-line')).toEqual([
      [{ of: 'slack-app', slackAppId: 'app-deploy', field: 'clientId' }],
    ])
    await user.click(group('Client secret').getByRole('button', { name: 'Write to env file…' }))
    expect(place().dialog).toEqual({
      kind: 'write',
      ref: { of: 'slack-app', slackAppId: 'app-deploy', field: 'clientSecret' },
      title: 'Client secret of Deploy Bot',
    })
  })

  it('shows the secret on request, and nothing of it is left once hidden', async () => {
    const { user, container } = await show('app-deploy', {
      'sharing/reveal': ok({ value: VALUE, seconds: 20 }),
    })
    expect(container.innerHTML).not.toContain(VALUE)
    await user.click(group('Client secret').getByRole('button', { name: 'Reveal' }))
    expect(await screen.findByText(VALUE)).toBeDefined()
    await user.click(group('Client secret').getByRole('button', { name: 'Hide' }))
    expect(container.innerHTML).not.toContain(VALUE)
  })

  it('hides the secret when another app is chosen', async () => {
    const { user, container } = await show('app-deploy', {
      'sharing/reveal': ok({ value: VALUE, seconds: 20 }),
    })
    await user.click(group('Client secret').getByRole('button', { name: 'Reveal' }))
    await screen.findByText(VALUE)
    await user.click(screen.getByRole('option', { name: /^Gov Notifier/ }))
    expect(container.innerHTML).not.toContain(VALUE)
  })

  it('has no secret to show of a PKCE app', async () => {
    await show('app-standup')
    expect(screen.queryByRole('group', { name: 'Client secret' })).toBeNull()
    expect(screen.getByText('A PKCE app has no client secret.')).toBeDefined()
  })

  it('says that a redirect URL is the user’s own with the paste strategy', async () => {
    const own = sampleSlackApp({ strategy: 'paste', redirectUrls: ['https://a.test/back'] })
    await renderView(<SlackAppsView />, {
      snapshot: sampleSnapshot(1, { slackApps: [own] }),
      start: { screen: 'slack-apps', slackAppId: own.id },
    })
    expect(screen.getByText('https://a.test/back')).toBeDefined()
    expect(screen.queryByRole('button', { name: 'Copy all three' })).toBeNull()
  })

  it('has a row for each other secret that is stored', async () => {
    const { user, api } = await renderView(<SlackAppsView />, {
      snapshot: sampleSnapshot(1, {
        slackApps: [sampleSlackApp({ verificationTokenMasked: '…9c1b' })],
      }),
      start: { screen: 'slack-apps', slackAppId: 'app-deploy' },
    })
    for (const name of ['Signing secret', 'Verification token']) {
      await user.click(group(name).getByRole('button', { name: 'Copy env line' }))
    }
    expect(api.callsTo('sharing/copy-line').map(([ref]) => ref)).toEqual([
      { of: 'slack-app', slackAppId: 'app-deploy', field: 'signingSecret' },
      { of: 'slack-app', slackAppId: 'app-deploy', field: 'verificationToken' },
    ])
  })

  it('shows what a relay forwards to', async () => {
    const relay = sampleSlackApp({ strategy: 'relay', redirectUrls: ['https://relay.test/slack'] })
    await renderView(<SlackAppsView />, {
      snapshot: sampleSnapshot(1, { slackApps: [relay] }),
      start: { screen: 'slack-apps', slackAppId: relay.id },
    })
    expect(screen.getByText('https://relay.test/slack')).toBeDefined()
    expect(screen.getByText('http://localhost:17874/callback')).toBeDefined()
  })

  it('copies install links and env lines, and says so', async () => {
    const { user, api } = await show('app-deploy')
    await user.click(press('Copy authorize link'))
    await user.click(press('Copy Add to Slack button'))
    await user.click(press('Copy Sign in with Slack button'))
    expect(api.callsTo('slack-apps/copy-install-link')).toEqual([
      ['app-deploy', 'link'],
      ['app-deploy', 'add-to-slack'],
      ['app-deploy', 'sign-in-with-slack'],
    ])
    await user.click(press('Copy env lines'))
    expect(api.callsTo('sharing/copy-app-lines')).toEqual([['app-deploy']])
    expect(await screen.findByText('Env lines copied.')).toBeDefined()
  })

  it('leads to the app’s pages in Slack, and says which step is open', async () => {
    const { user, api } = await renderView(<SlackAppsView />, {
      snapshot: sampleSnapshot(1, { slackApps: [sampleSlackApp({ isUnfinished: true })] }),
      start: { screen: 'slack-apps', slackAppId: 'app-deploy' },
    })
    expect(screen.getByText('Slack created the app, but one step failed')).toBeDefined()
    await user.click(press('Open OAuth & Permissions'))
    for (const button of screen.getAllByRole('button', { name: 'Open app settings' })) {
      await user.click(button)
    }
    expect(api.callsTo('slack-apps/open-page')).toEqual([
      ['app-deploy', 'oauth'],
      ['app-deploy', 'basic'],
      ['app-deploy', 'basic'],
    ])
  })

  it('changes the part of the page with the arrows, and the focus stays', async () => {
    const { user, place } = await show('app-deploy')
    screen.getByRole('radio', { name: 'Overview' }).focus()
    await user.keyboard('{ArrowRight}')
    expect(place().slackAppSegment).toBe('scopes')
    expect(document.activeElement).toBe(screen.getByRole('radio', { name: 'Scopes' }))
    expect(screen.getByText('Post messages as the token owner')).toBeDefined()
    await user.keyboard('{ArrowRight}')
    expect(await screen.findByRole('textbox', { name: 'Manifest' })).toBeDefined()
    expect(document.activeElement).toBe(screen.getByRole('radio', { name: 'Manifest' }))
  })

  it('leads to a workspace and to the forms', async () => {
    const { user, place } = await show('app-deploy')
    await user.click(press('Edit…'))
    expect(place()).toMatchObject({ isEditingSlackApp: true, slackAppId: 'app-deploy' })
    await user.click(press('Add Slack app'))
    expect(place().isAddingSlackApp).toBe(true)
    await user.click(screen.getByRole('button', { name: /^Acme Sandbox/ }))
    expect(place()).toMatchObject({ screen: 'workspaces', workspaceId: 'inst-acme' })
  })

  it('keeps an app that workspaces need, and names them', async () => {
    const { user, api } = await show('app-deploy')
    await user.click(press('Remove…'))
    const dialog = await screen.findByRole('alertdialog', { name: 'Deploy Bot is still in use' })
    expect(dialog.textContent).toContain('Acme Sandbox and Northwind Test were authorized with it')
    await user.keyboard('{Escape}')
    expect(screen.queryByRole('alertdialog')).toBeNull()
    expect(api.callsTo('slack-apps/remove')).toEqual([])
  })

  it('removes one that nothing needs, and says in the dialog why it could not', async () => {
    let answer: ReturnType<typeof fail> | { ok: true; value: null } = fail('VAULT_WRITE_FAILED')
    const { user, place } = await renderView(<SlackAppsView />, {
      snapshot: sampleSnapshot(6, { installations: [] }),
      overrides: { 'slack-apps/remove': () => answer },
      start: { screen: 'slack-apps', slackAppId: 'app-deploy' },
    })
    await user.click(press('Remove…'))
    const dialog = within(await screen.findByRole('alertdialog'))
    expect(document.activeElement).toBe(dialog.getByRole('button', { name: 'Cancel' }))
    await user.click(dialog.getByRole('button', { name: 'Remove' }))
    expect(await dialog.findByRole('alert')).toBeDefined()
    answer = ok(null)
    await user.click(dialog.getByRole('button', { name: 'Remove' }))
    expect(await screen.findByText('Deploy Bot removed.')).toBeDefined()
    expect(place().slackAppId).toBeNull()
  })

  it('leads to the form when there is no app', async () => {
    const { user, place } = await renderView(<SlackAppsView />, {
      snapshot: sampleSnapshot(0),
      start: { screen: 'slack-apps' },
    })
    expect(screen.getByRole('heading', { name: 'No Slack apps yet' })).toBeDefined()
    await user.keyboard('{Enter}')
    expect(place().isAddingSlackApp).toBe(true)
  })
})
