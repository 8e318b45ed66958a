import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { ManifestForm } from '../../../../main/contract/inputs.ts'
import { AddSlackAppView } from '../../../../renderer/views/add-slack-app/add-slack-app-view.tsx'
import { fail, type Overrides } from '../../fake-api.ts'
import { type RenderedView, renderView } from '../../render-view.tsx'

const SECRET = 'EXAMPLE-ONLY'
const add = { screen: 'slack-apps', isAddingSlackApp: true } as const
const edit = { screen: 'slack-apps', isEditingSlackApp: true } as const

function addForm(overrides: Overrides = {}): Promise<RenderedView> {
  return renderView(<AddSlackAppView slackAppId={null} />, { overrides, start: add })
}

function editForm(slackAppId: string, overrides: Overrides = {}): Promise<RenderedView> {
  return renderView(<AddSlackAppView slackAppId={slackAppId} />, {
    overrides,
    start: { ...edit, slackAppId },
  })
}

const field = (name: string | RegExp) =>
  screen.getByLabelText<HTMLInputElement>(name, { selector: 'input' })

/** By keys alone, in the order of the Tab stops. */
async function fillByKeys({ user }: RenderedView): Promise<void> {
  await user.keyboard('Deploy Bot')
  await user.tab()
  await user.tab()
  await user.keyboard('12.34')
  await user.tab()
  await user.keyboard(SECRET)
  await user.tab()
  await user.tab()
  await user.tab()
  await user.keyboard('chat:write{Enter}')
}

describe('adding a Slack app', () => {
  it('is done by keys alone, and hands the secret over once', async () => {
    const view = await addForm()
    expect(field('Name')).toBe(document.activeElement)
    await fillByKeys(view)
    await view.user.tab()
    await view.user.keyboard('users:read{Enter}')
    await view.user.click(screen.getByRole('button', { name: 'Add Slack app' }))
    expect(view.api.callsTo('slack-apps/add')).toEqual([
      [
        {
          name: 'Deploy Bot',
          environment: { kind: 'slack' },
          clientId: '12.34',
          clientSecret: SECRET,
          signingSecret: null,
          verificationToken: null,
          flow: 'v2',
          strategy: 'https',
          redirectUrl: null,
          botScopes: ['chat:write'],
          userScopes: ['users:read'],
          optionalScopes: [],
        },
      ],
    ])
    expect(view.place()).toMatchObject({ slackAppId: 'app-new', isAddingSlackApp: false })
    expect(field('Client secret').value).toBe('')
  })

  it('says each problem beside its field and goes to the first', async () => {
    const { user, api } = await addForm()
    await user.type(field('Client ID'), 'A07QX2M4D')
    await user.click(screen.getByRole('button', { name: 'Add Slack app' }))
    expect(field('Name')).toBe(document.activeElement)
    expect(field('Client ID').getAttribute('aria-invalid')).toBe('true')
    expect(screen.getByText(/^This is an app ID/)).toBeDefined()
    expect(screen.getByText('4 fields need a change')).toBeDefined()
    expect(api.callsTo('slack-apps/add')).toEqual([])
  })

  it('leaves the form as it was when main refuses, the secret included', async () => {
    const view = await addForm({
      'slack-apps/add': fail('INPUT_INVALID', {
        message: 'This is not a client ID',
        advice: 'Copy it again.',
        field: 'clientId',
      }),
    })
    await fillByKeys(view)
    await view.user.click(screen.getByRole('button', { name: 'Add Slack app' }))
    expect(await screen.findByText('This is not a client ID. Copy it again.')).toBeDefined()
    await waitFor(() => expect(field('Client ID')).toBe(document.activeElement))
    expect(field('Client secret').value).toBe(SECRET)
    expect(field('Name').value).toBe('Deploy Bot')
    expect(view.place().isAddingSlackApp).toBe(true)
  })

  it('shows a refusal of no field as a notice whose button tries again', async () => {
    const view = await addForm({ 'slack-apps/add': fail('VAULT_WRITE_FAILED') })
    await fillByKeys(view)
    await view.user.click(screen.getByRole('button', { name: 'Add Slack app' }))
    const notice = await screen.findByRole('alert')
    await view.user.click(within(notice).getByRole('button', { name: 'Try again' }))
    expect(view.api.callsTo('slack-apps/add')).toHaveLength(2)
  })

  it('never puts the secret into the text of the page', async () => {
    const view = await addForm({ 'slack-apps/add': fail('VAULT_WRITE_FAILED') })
    await fillByKeys(view)
    await view.user.click(screen.getByRole('button', { name: 'Add Slack app' }))
    await screen.findByRole('alert')
    expect(view.container.innerHTML).not.toContain(SECRET)
  })

  it('offers both ways out of PKCE with bot scopes', async () => {
    const view = await addForm()
    await fillByKeys(view)
    await view.user.click(screen.getByRole('radio', { name: 'PKCE on http localhost' }))
    await view.user.click(screen.getByRole('button', { name: 'Add Slack app' }))
    await view.user.click(screen.getByRole('button', { name: 'Use https on localhost' }))
    // What was typed before PKCE made it useless is still there.
    expect(field('Client secret').value).toBe(SECRET)
    expect(screen.queryByText(/no bot scopes to an http redirect/)).toBeNull()
    await view.user.click(screen.getByRole('radio', { name: 'PKCE on http localhost' }))
    await view.user.click(screen.getByRole('button', { name: 'Remove bot scopes' }))
    expect(screen.queryByRole('list', { name: 'Chosen bot scopes' })).toBeNull()
  })

  it('copies redirect URLs in main, by number or all', async () => {
    const { user, api } = await addForm()
    await user.click(screen.getByRole('button', { name: 'Copy redirect URL 2' }))
    await user.click(screen.getByRole('button', { name: 'Copy all three' }))
    await user.click(screen.getByRole('radio', { name: 'PKCE on http localhost' }))
    await user.click(screen.getByRole('button', { name: 'Copy redirect URL 1' }))
    expect(api.callsTo('slack-apps/copy-redirect-urls')).toEqual([
      ['https', 1, { kind: 'slack' }],
      ['https', null, { kind: 'slack' }],
      ['pkce', 0, { kind: 'slack' }],
    ])
  })

  it('leads to a new app from a manifest', async () => {
    const { user, place } = await addForm()
    await user.click(screen.getByRole('button', { name: 'New app from a manifest…' }))
    expect(place()).toMatchObject({ isAddingSlackApp: true, addingBy: 'manifest' })
  })

  it('begins with what Slack was told in a manifest', async () => {
    const addDraft: ManifestForm = {
      name: 'Made Bot',
      description: '',
      environment: { kind: 'govslack' },
      strategy: 'paste',
      redirectUrl: 'https://a.test/back',
      botScopes: ['chat:write'],
      userScopes: [],
      optionalScopes: [],
      tokenRotation: false,
      socketMode: false,
      orgDeploy: false,
    }
    await renderView(<AddSlackAppView slackAppId={null} />, {
      start: { ...add, addDraft },
    })
    expect(field('Name').value).toBe('Made Bot')
    expect(screen.getByRole('radio', { name: 'GovSlack' })).toHaveProperty('checked', true)
    expect(field('Redirect URL').value).toBe('https://a.test/back')
  })

  it('asks before changes are lost, and not without changes', async () => {
    const { user, place } = await addForm()
    await user.keyboard('D')
    await user.click(screen.getByRole('button', { name: 'Cancel' }))
    const dialog = await screen.findByRole('alertdialog', { name: 'Discard your changes?' })
    await user.click(within(dialog).getByRole('button', { name: 'Keep editing' }))
    expect(place().isAddingSlackApp).toBe(true)
    expect(field('Name').value).toBe('D')
    await user.clear(field('Name'))
    await user.keyboard('{Escape}')
    expect(place().isAddingSlackApp).toBe(false)
  })
})

describe('changing a Slack app', () => {
  it('keeps the stored secret unless another is typed', async () => {
    const { user, api, place } = await editForm('app-deploy')
    expect(field('Client secret').placeholder).toBe('Stored. Type to replace it.')
    expect(field('Client secret').value).toBe('')
    await user.type(field('Name'), ' 2{Enter}')
    const [id, input] = api.callsTo('slack-apps/update')[0] ?? []
    expect(id).toBe('app-deploy')
    expect(input).toMatchObject({ name: 'Deploy Bot 2', clientSecret: null })
    expect(place().isEditingSlackApp).toBe(false)
  })

  it('needs a secret when a PKCE app becomes one with https', async () => {
    const { user, api } = await editForm('app-standup')
    await user.click(screen.getByRole('radio', { name: 'https on localhost' }))
    await user.click(screen.getByRole('button', { name: 'Save changes' }))
    expect(screen.getByText(/client secret is missing/)).toBeDefined()
    expect(api.callsTo('slack-apps/update')).toEqual([])
  })

  it('keeps the practice environment of the practice app', async () => {
    const { user, api } = await editForm('app-practice')
    expect(screen.getByRole('radio', { name: 'Practice' })).toHaveProperty('checked', true)
    await user.click(screen.getByRole('button', { name: 'Save changes' }))
    expect(api.callsTo('slack-apps/update')[0]?.[1]).toMatchObject({
      environment: { kind: 'practice' },
    })
  })
})
