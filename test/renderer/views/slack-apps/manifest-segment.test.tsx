import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { SlackAppsView } from '../../../../renderer/views/slack-apps/slack-apps-view.tsx'
import { fail, type Overrides, ok } from '../../fake-api.ts'
import { type RenderedView, renderView } from '../../render-view.tsx'
import {
  sampleComparison,
  sampleConfigurationToken,
  sampleManifest,
} from '../../sample-manifest.ts'
import { GOV, sampleSnapshot } from '../../sample-snapshot.ts'

const start = {
  screen: 'slack-apps',
  slackAppId: 'app-deploy',
  slackAppSegment: 'manifest',
} as const

async function open(
  overrides: Overrides = {},
  configurationTokens = [sampleConfigurationToken()],
): Promise<RenderedView> {
  const view = await renderView(<SlackAppsView />, {
    snapshot: sampleSnapshot(6, { configurationTokens }),
    overrides,
    start,
  })
  await waitFor(() => expect(editor().value).not.toBe(''))
  return view
}

const editor = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Manifest' })
const button = (name: string) => screen.getByRole('button', { name })

describe('the editor', () => {
  it('names the line of a misspelt scope, and puts the right one in its place', async () => {
    const { user } = await open()
    await screen.findByText('Line 16: unknown scope files:wirte')
    await user.click(button('Use files:write'))
    expect(editor().value).toContain('"files:write"')
    await waitFor(() => expect(screen.queryByText(/^Line 16/)).toBeNull())
    expect(await screen.findByText('1 change')).toBeDefined()
  })

  it('shows YAML as it was loaded, and converts what was edited', async () => {
    const { user, api } = await open()
    await user.click(screen.getByRole('radio', { name: 'YAML' }))
    expect(editor().value).toBe(sampleManifest().yaml)
    await user.type(editor(), '# note')
    const edited = editor().value
    await user.click(screen.getByRole('radio', { name: 'JSON' }))
    await waitFor(() => expect(editor().value).toBe(sampleManifest().json))
    expect(api.callsTo('manifests/read')).toContainEqual([edited])
  })

  it('keeps a text that cannot be converted as it is', async () => {
    const broken = sampleManifest({
      json: '',
      yaml: '',
      problems: [
        { severity: 'problem', line: 1, message: 'not JSON', advice: 'Close it.', replace: null },
      ],
    })
    const { user } = await open({ 'manifests/read': ok(broken) })
    await user.clear(editor())
    await user.type(editor(), 'x')
    await user.click(screen.getByRole('radio', { name: 'YAML' }))
    expect(editor().value).toBe('x')
    expect(await screen.findByText('Line 1: not JSON')).toBeDefined()
    expect(screen.getByRole('radio', { name: 'JSON' })).toHaveProperty('checked', true)
  })

  it('asks before edits are lost, by another part, another app, or Slack’s own text', async () => {
    const { user, place } = await open()
    await user.type(editor(), ' ')
    await user.click(screen.getByRole('radio', { name: 'Scopes' }))
    await user.click(await screen.findByRole('button', { name: 'Keep editing' }))
    expect(place().slackAppSegment).toBe('manifest')
    await user.click(screen.getByRole('option', { name: /^Gov Notifier/ }))
    await user.click(await screen.findByRole('button', { name: 'Keep editing' }))
    expect(place().slackAppId).toBe('app-deploy')
    await user.click(button('Get it from Slack'))
    await user.click(await screen.findByRole('button', { name: 'Replace' }))
    expect(await screen.findByText('As Slack has it.')).toBeDefined()
    expect(editor().value).toBe(sampleManifest().json)
    await user.click(screen.getByRole('radio', { name: 'Scopes' }))
    expect(place().slackAppSegment).toBe('scopes')
  })

  it('says why there is no manifest, and tries again', async () => {
    let answer: ReturnType<typeof fail> | ReturnType<typeof ok<ReturnType<typeof sampleManifest>>> =
      fail('SLACK_NO_ANSWER')
    const { user } = await renderView(<SlackAppsView />, {
      overrides: { 'manifests/of-app': () => answer },
      start,
    })
    const alert = await screen.findByRole('alert')
    answer = ok(sampleManifest())
    await user.click(within(alert).getByRole('button', { name: 'Try again' }))
    await waitFor(() => expect(editor().value).toBe(sampleManifest().json))
  })
})

describe('with a configuration token', () => {
  it('compares by key, and changes nothing', async () => {
    const { user, api } = await open()
    await user.keyboard('{Control>}s{/Control}')
    const dialog = await screen.findByRole('dialog', { name: 'Compared with Slack' })
    expect(dialog.textContent).toContain('1 line added, 1 removed')
    await user.keyboard('{Escape}')
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(api.callsTo('manifests/update')).toEqual([])
  })

  it('says when Slack has the same', async () => {
    const same = sampleComparison({ lines: [], addedCount: 0, removedCount: 0 })
    const { user } = await open({ 'manifests/compare': ok(same) })
    await user.click(button('Update on Slack…'))
    expect(await screen.findByText('Slack has exactly this manifest.')).toBeDefined()
    expect(screen.queryByRole('button', { name: 'Update on Slack' })).toBeNull()
  })

  it('updates after the difference was shown, and says who has to reinstall', async () => {
    const { user, api } = await open()
    await user.type(editor(), ' ')
    const text = editor().value
    await user.click(button('Update on Slack…'))
    await user.click(await screen.findByRole('button', { name: 'Update on Slack' }))
    expect(api.callsTo('manifests/update')).toEqual([['app-deploy', text, 'comparison-1']])
    expect(await screen.findByText('Scopes changed. 2 workspaces need a reinstall.')).toBeDefined()
    // What was sent is not unsaved any more.
    await user.click(screen.getByRole('radio', { name: 'Overview' }))
    expect(screen.queryByRole('alertdialog')).toBeNull()
  })

  it('asks twice before PKCE or rotation is turned on', async () => {
    const oneWay = sampleComparison({ turnsOnPkce: true, turnsOnRotation: true })
    const { user, api } = await open({ 'manifests/compare': ok(oneWay) })
    await user.click(button('Update on Slack…'))
    const first = within(await screen.findByRole('dialog', { name: 'Update Deploy Bot on Slack?' }))
    expect(first.getByText(/Turning PKCE on cannot be undone/)).toBeDefined()
    await user.click(first.getByRole('button', { name: 'Update on Slack…' }))
    const second = within(
      await screen.findByRole('alertdialog', {
        name: 'Turn on PKCE and token rotation for Deploy Bot?',
      }),
    )
    expect(api.callsTo('manifests/update')).toEqual([])
    await user.click(second.getByRole('button', { name: 'Turn on and update' }))
    expect(api.callsTo('manifests/update')).toHaveLength(1)
  })

  it('shows what Slack refused with its line, until the text is changed', async () => {
    const refused = {
      kind: 'refused',
      problems: [
        { severity: 'problem', line: 11, message: 'bad URL', advice: 'Use https.', replace: null },
      ],
    } as const
    const { user } = await open({
      'manifests/update': ok({ kind: 'refused', problems: [...refused.problems] }),
    })
    await user.click(button('Update on Slack…'))
    await user.click(await screen.findByRole('button', { name: 'Update on Slack' }))
    expect(await screen.findByText('Slack refused the manifest')).toBeDefined()
    expect(screen.getByText('Line 11: bad URL')).toBeDefined()
    await user.type(editor(), ' ')
    expect(screen.queryByText('Slack refused the manifest')).toBeNull()
  })

  it('compares again when Slack’s manifest changed in between', async () => {
    const { user, api } = await open({ 'manifests/update': fail('MANIFEST_CHANGED_AT_SLACK') })
    await user.click(button('Update on Slack…'))
    await user.click(await screen.findByRole('button', { name: 'Update on Slack' }))
    await user.click(await screen.findByRole('button', { name: 'Compare again' }))
    expect(api.callsTo('manifests/compare')).toHaveLength(2)
  })
})

describe('without one for that environment', () => {
  it('opens Slack’s page prefilled, and says why', async () => {
    const gov = sampleConfigurationToken({ environment: GOV })
    const { user, api, place } = await open({}, [gov])
    expect(screen.queryByRole('button', { name: 'Update on Slack…' })).toBeNull()
    await user.click(button('Copy manifest'))
    await user.click(button('Open prefilled in Slack'))
    const { json } = sampleManifest()
    expect(api.callsTo('manifests/copy')).toEqual([[json]])
    expect(api.callsTo('manifests/open-prefilled')).toEqual([[{ kind: 'slack' }, json]])
    await user.click(button('Import token'))
    expect(place().dialog).toEqual({ kind: 'import' })
  })
})
