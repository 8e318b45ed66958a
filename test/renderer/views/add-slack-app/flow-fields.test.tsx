import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { AddSlackAppView } from '../../../../renderer/views/add-slack-app/add-slack-app-view.tsx'
import { type RenderedView, renderView } from '../../render-view.tsx'

const SECRET = 'EXAMPLE-ONLY'

function editForm(slackAppId: string): Promise<RenderedView> {
  return renderView(<AddSlackAppView slackAppId={slackAppId} />, {
    start: { screen: 'slack-apps', isEditingSlackApp: true, slackAppId },
  })
}

const field = (name: string | RegExp) =>
  screen.getByLabelText<HTMLInputElement>(name, { selector: 'input' })

describe('ways to ask', () => {
  const choose = (view: RenderedView, name: string) =>
    view.user.click(screen.getByRole('radio', { name }))
  const save = (view: RenderedView) =>
    view.user.click(screen.getByRole('button', { name: 'Save changes' }))

  it('has one list for user scopes alone, and sends no bot scopes then', async () => {
    const view = await editForm('app-deploy')
    await choose(view, 'User only')
    expect(screen.queryByRole('combobox', { name: 'Bot scopes' })).toBeNull()
    await save(view)
    expect(view.api.callsTo('slack-apps/update')[0]?.[1]).toMatchObject({
      flow: 'v2-user',
      botScopes: [],
      userScopes: ['search:read', 'users:read'],
    })
  })

  it('asks for fixed scopes with Sign in with Slack', async () => {
    const view = await editForm('app-deploy')
    await choose(view, 'Sign in with Slack')
    expect(screen.getByRole('checkbox', { name: 'openid' })).toHaveProperty('disabled', true)
    await view.user.click(screen.getByRole('checkbox', { name: 'profile' }))
    await save(view)
    expect(view.api.callsTo('slack-apps/update')[0]?.[1]).toMatchObject({
      flow: 'openid',
      botScopes: [],
      userScopes: ['openid', 'email'],
    })
  })

  it('has no classic apps with PKCE or on GovSlack, and gives the usual way back', async () => {
    const view = await editForm('app-deploy')
    await choose(view, 'Classic app')
    expect(screen.getByRole('combobox', { name: 'Scopes' })).toBeDefined()
    await choose(view, 'GovSlack')
    expect(screen.queryByRole('radio', { name: 'Classic app' })).toBeNull()
    expect(screen.getByRole('radio', { name: 'Install in a workspace' })).toHaveProperty(
      'checked',
      true,
    )
    await choose(view, 'slack.com')
    await choose(view, 'PKCE on http localhost')
    expect(screen.queryByRole('radio', { name: 'Classic app' })).toBeNull()
  })

  it('asks before an app is switched to PKCE, and keeps the form where the answer is no', async () => {
    const view = await editForm('app-deploy')
    await choose(view, 'User only')
    await choose(view, 'PKCE on http localhost')
    expect(screen.getByText(/Turning PKCE on cannot be undone/)).toBeDefined()
    await save(view)
    const asked = () => screen.findByRole('alertdialog', { name: 'Switch Deploy Bot to PKCE?' })
    await asked()
    await view.user.keyboard('{Enter}')
    expect(screen.queryByRole('alertdialog')).toBeNull()
    expect(view.api.callsTo('slack-apps/update')).toEqual([])
    await save(view)
    await view.user.click(within(await asked()).getByRole('button', { name: 'Switch to PKCE' }))
    expect(view.api.callsTo('slack-apps/update')[0]?.[1]).toMatchObject({ strategy: 'pkce' })
  })

  it('says what a relay forwards to, and that it sees the code', async () => {
    const view = await editForm('app-deploy')
    await choose(view, 'Relay')
    const aside = within(screen.getByRole('complementary', { name: 'Relay' }))
    expect(aside.getByText('http://localhost:17874/callback')).toBeDefined()
    expect(aside.getByText('The relay sees the code')).toBeDefined()
    await view.user.type(field('Relay URL'), 'https://relay.test/slack')
    await save(view)
    expect(view.api.callsTo('slack-apps/update')[0]?.[1]).toMatchObject({
      strategy: 'relay',
      redirectUrl: 'https://relay.test/slack',
    })
  })
})

describe('More', () => {
  it('takes the other secrets and the optional scopes', async () => {
    const { user, api, container } = await editForm('app-deploy')
    const more = screen.getByRole('button', { name: 'More' })
    expect(more.getAttribute('aria-expanded')).toBe('false')
    await user.click(more)
    expect(field(/^Signing secret/).placeholder).toBe('Stored. Type to replace it.')
    await user.type(field(/^Verification token/), SECRET)
    await user.click(screen.getByRole('checkbox', { name: 'users:read' }))
    await user.click(screen.getByRole('button', { name: 'Save changes' }))
    expect(api.callsTo('slack-apps/update')[0]?.[1]).toMatchObject({
      signingSecret: null,
      verificationToken: SECRET,
      optionalScopes: ['users:read'],
    })
    expect(container.innerHTML).not.toContain(SECRET)
  })

  it('opens where something in it is wrong, and goes there', async () => {
    const { user, api } = await editForm('app-deploy')
    await user.click(screen.getByRole('button', { name: 'More' }))
    await user.type(field(/^Signing secret/), '12.34')
    await user.click(screen.getByRole('button', { name: 'More' }))
    await user.click(screen.getByRole('button', { name: 'Save changes' }))
    expect(screen.getByText(/^This is a client ID/)).toBeDefined()
    await waitFor(() => expect(field(/^Signing secret/)).toBe(document.activeElement))
    expect(api.callsTo('slack-apps/update')).toEqual([])
  })
})
