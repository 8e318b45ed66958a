import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { ManifestProblem } from '../../../../main/contract/views.ts'
import { NewAppView } from '../../../../renderer/views/new-app/new-app-view.tsx'
import { fail, type Overrides, ok } from '../../fake-api.ts'
import { type RenderedView, renderView } from '../../render-view.tsx'
import { sampleConfigurationToken, sampleManifest } from '../../sample-manifest.ts'
import { sampleSnapshot } from '../../sample-snapshot.ts'

const start = { screen: 'slack-apps', isAddingSlackApp: true, addingBy: 'manifest' } as const

async function open(
  overrides: Overrides = {},
  configurationTokens = [sampleConfigurationToken()],
): Promise<RenderedView> {
  const view = await renderView(<NewAppView />, {
    snapshot: sampleSnapshot(6, { configurationTokens }),
    overrides,
    start,
  })
  await waitFor(() => expect(preview().value).not.toBe(''))
  return view
}

const preview = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Manifest preview' })
const button = (name: string) => screen.getByRole('button', { name })

/** Enough for Slack, by keys; ends when the preview has followed. */
async function fill({ user, api }: RenderedView): Promise<void> {
  await user.keyboard('Deploy Bot')
  await user.click(screen.getByRole('combobox', { name: 'Bot scopes' }))
  await user.keyboard('chat:write{Enter}')
  await waitFor(() => {
    expect(api.callsTo('manifests/draft').at(-1)?.[0]).toMatchObject({
      name: 'Deploy Bot',
      botScopes: ['chat:write'],
    })
  })
}

describe('the preview', () => {
  it('follows the form, in both spellings, and is copied as shown', async () => {
    const view = await open()
    await fill(view)
    const { user, api } = view
    await user.click(screen.getByRole('checkbox', { name: 'Socket Mode' }))
    await user.click(screen.getByRole('checkbox', { name: 'chat:write' }))
    await waitFor(() => {
      expect(api.callsTo('manifests/draft').at(-1)?.[0]).toMatchObject({
        socketMode: true,
        optionalScopes: ['chat:write'],
      })
    })
    expect(preview().readOnly).toBe(true)
    await user.click(screen.getByRole('radio', { name: 'YAML' }))
    expect(preview().value).toBe(sampleManifest().yaml)
    await user.click(button('Copy manifest'))
    expect(api.callsTo('manifests/copy')).toEqual([[sampleManifest().yaml]])
  })

  it('asks main once for what was typed in one go', async () => {
    const view = await open()
    const before = view.api.callsTo('manifests/draft').length
    await fill(view)
    expect(view.api.callsTo('manifests/draft').length - before).toBeLessThan(6)
  })
})

describe('creating', () => {
  it('says what is missing and asks Slack nothing', async () => {
    const { user, api } = await open()
    await user.click(button('Create on Slack'))
    expect(screen.getByText('Give the app a name.')).toBeDefined()
    expect(screen.getByText('2 fields need a change')).toBeDefined()
    await waitFor(() =>
      expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Name' })),
    )
    expect(api.callsTo('manifests/create')).toEqual([])
  })

  it('has Slack create the app, and opens its page', async () => {
    const view = await open()
    await fill(view)
    await view.user.click(button('Create on Slack'))
    await waitFor(() => expect(view.place().isAddingSlackApp).toBe(false))
    expect(view.api.callsTo('manifests/create')).toEqual([
      [{ kind: 'slack' }, sampleManifest().json],
    ])
    expect(view.place()).toMatchObject({ slackAppId: 'app-deploy', isDetailOpen: true })
    expect(screen.getByText('Deploy Bot created on Slack.')).toBeDefined()
  })

  it('acts on what was typed last, without a wait', async () => {
    const view = await open()
    await fill(view)
    await view.user.type(screen.getByRole('textbox', { name: 'Name' }), ' 2{Enter}')
    await waitFor(() => expect(view.api.callsTo('manifests/create')).toHaveLength(1))
    expect(view.api.callsTo('manifests/draft').at(-1)?.[0]).toMatchObject({ name: 'Deploy Bot 2' })
  })

  it('asks once more before something that cannot be undone', async () => {
    const view = await open()
    await fill(view)
    await view.user.click(screen.getByRole('checkbox', { name: 'Token rotation' }))
    await view.user.click(await screen.findByRole('button', { name: 'Create on Slack…' }))
    const asked = within(
      await screen.findByRole('alertdialog', { name: 'Create Deploy Bot on Slack?' }),
    )
    expect(asked.getByText(/Token rotation cannot be turned off/)).toBeDefined()
    expect(view.api.callsTo('manifests/create')).toEqual([])
    await view.user.click(asked.getByRole('button', { name: 'Create on Slack' }))
    expect(view.api.callsTo('manifests/create')).toHaveLength(1)
  })

  it('shows what Slack refused with its line', async () => {
    const problem = {
      severity: 'problem',
      line: 3,
      message: 'name taken',
      advice: 'Choose another.',
      replace: null,
    } as const
    const view = await open({ 'manifests/create': ok({ kind: 'refused', problems: [problem] }) })
    await fill(view)
    await view.user.click(button('Create on Slack'))
    expect(await screen.findByText('Line 3: name taken')).toBeDefined()
    expect(view.place().isAddingSlackApp).toBe(true)
  })

  it('says why Slack could not be asked, and tries again', async () => {
    const view = await open({ 'manifests/create': fail('SLACK_NO_ANSWER') })
    await fill(view)
    await view.user.click(button('Create on Slack'))
    const alert = within(await screen.findByRole('alert'))
    await view.user.click(alert.getByRole('button', { name: 'Try again' }))
    expect(view.api.callsTo('manifests/create')).toHaveLength(2)
  })

  it('leads to Slack’s page where the app may be there, and creates no second one', async () => {
    const failed = fail('SLACK_NO_ANSWER', { remedy: 'open-app-settings' })
    const view = await open({ 'manifests/create': failed })
    await fill(view)
    await view.user.click(button('Create on Slack'))
    const alert = within(await screen.findByRole('alert'))
    await view.user.click(alert.getByRole('button', { name: 'Open app settings' }))
    expect(view.api.callsTo('slack-apps/open-settings')).toEqual([[{ kind: 'slack' }]])
    expect(view.api.callsTo('manifests/create')).toHaveLength(1)
  })
})

describe('an unknown scope', () => {
  it('is replaced in the form by the one that is meant', async () => {
    const warning: ManifestProblem = {
      severity: 'warning',
      line: 3,
      message: 'unknown scope chat:wirte',
      advice: 'Did you mean chat:write?',
      replace: { from: 'chat:wirte', to: 'chat:write' },
    }
    const view = await open({ 'manifests/draft': ok({ ...sampleManifest(), problems: [warning] }) })
    await view.user.click(screen.getByRole('combobox', { name: 'User scopes' }))
    await view.user.keyboard('chat:wirte{Enter}')
    await view.user.click(await screen.findByRole('button', { name: 'Use chat:write' }))
    await waitFor(() => {
      expect(view.api.callsTo('manifests/draft').at(-1)?.[0]).toMatchObject({
        userScopes: ['chat:write'],
      })
    })
    expect(document.activeElement).toBe(screen.getByRole('combobox', { name: 'User scopes' }))
  })
})

describe('without a configuration token', () => {
  it('says why, opens Slack prefilled, and goes on to the IDs', async () => {
    const view = await open({}, [])
    expect(screen.queryByRole('button', { name: 'Create on Slack' })).toBeNull()
    expect(screen.getByText('Slack creates apps only with a configuration token')).toBeDefined()
    await fill(view)
    await view.user.click(button('Open prefilled in Slack'))
    expect(view.api.callsTo('manifests/open-prefilled')).toEqual([
      [{ kind: 'slack' }, sampleManifest().json],
    ])
    await view.user.click(await screen.findByRole('button', { name: 'Add Slack app' }))
    expect(view.place()).toMatchObject({ isAddingSlackApp: true, addingBy: 'form' })
    expect(view.place().addDraft).toMatchObject({ name: 'Deploy Bot', botScopes: ['chat:write'] })
  })

  it('leads to the import and keeps what was typed', async () => {
    const view = await open({}, [])
    await view.user.keyboard('Deploy')
    await view.user.click(button('Import token'))
    expect(view.place().dialog).toEqual({ kind: 'import' })
    expect(screen.getByDisplayValue('Deploy')).toBeDefined()
  })
})

it('asks before the form is left with changes', async () => {
  const { user, place } = await open()
  await user.keyboard('D{Escape}')
  await user.click(await screen.findByRole('button', { name: 'Discard' }))
  expect(place()).toMatchObject({ isAddingSlackApp: true, addingBy: 'form' })
})
