import { describe, expect, it } from 'vitest'
import { createLazyManifests } from '../../../../main/workspaces/manifests/lazy-manifests.ts'
import { manifestHandlers } from '../../../../main/workspaces/manifests/manifest-handlers.ts'
import { createFakeClipboard } from '../../../fakes/fake-clipboard.ts'
import { formOf, openManifests, SLACK } from './manifests-fixture.ts'

describe('a draft', () => {
  it('is the form in both spellings, without a problem', async () => {
    const { manifests } = await openManifests()
    const view = manifests.draft(formOf({ userScopes: [' search:read ', ''], tokenRotation: true }))
    expect(view).toMatchObject({ problems: [], turnsOnPkce: false, turnsOnRotation: true })
    expect(JSON.parse(view.json)).toMatchObject({
      display_information: { name: 'Deploy Bot', description: 'Announces deploys' },
      oauth_config: {
        redirect_urls: [17871, 17872, 17873].map((port) => `https://localhost:${port}/callback`),
        scopes: { bot: ['chat:write'], user: ['search:read'] },
      },
      settings: { token_rotation_enabled: true },
    })
    expect(manifests.read(view.yaml).json).toBe(view.json)
  })

  it.each([
    {
      strategy: 'pkce',
      redirectUrl: null,
      urls: [17871, 17872, 17873].map((port) => `http://localhost:${port}/callback`),
    },
    {
      strategy: 'paste',
      redirectUrl: ' https://example.org/back ',
      urls: ['https://example.org/back'],
    },
    {
      strategy: 'relay',
      redirectUrl: 'https://relay.example/slack',
      urls: ['https://relay.example/slack'],
    },
    { strategy: 'paste', redirectUrl: null, urls: undefined },
  ] as const)('registers what $strategy needs', async ({ strategy, redirectUrl, urls }) => {
    const { manifests } = await openManifests()
    const form = formOf({ strategy, redirectUrl, botScopes: [], userScopes: ['search:read'] })
    const view = manifests.draft(form)
    expect(JSON.parse(view.json).oauth_config.redirect_urls).toEqual(urls)
    expect(view.turnsOnPkce).toBe(strategy === 'pkce')
  })

  it('says what is wrong with an unfinished form, with the line', async () => {
    const { manifests } = await openManifests()
    const view = manifests.draft(formOf({ name: ' ' }))
    const line = view.json.split('\n').findIndex((text) => text.includes('"name"')) + 1
    expect(view.problems).toContainEqual(
      expect.objectContaining({ severity: 'problem', line, message: 'The app has no name' }),
    )
  })
})

describe('reading', () => {
  it('offers the scope that was meant, on its line of that spelling', async () => {
    const { manifests } = await openManifests()
    const { json, yaml } = manifests.draft(formOf({ botScopes: ['chat:write', 'files:wirte'] }))
    for (const text of [json, yaml]) {
      const line = text.split('\n').findIndex((one) => one.includes('files:wirte')) + 1
      expect(manifests.read(text).problems).toMatchObject([
        { severity: 'warning', line, replace: { from: 'files:wirte', to: 'files:write' } },
      ])
    }
  })

  it('leaves a text as it is that cannot be read', async () => {
    const { manifests } = await openManifests()
    const text = 'a: 1\na: 2'
    expect(manifests.read(text)).toEqual({
      json: text,
      yaml: text,
      problems: [
        {
          severity: 'problem',
          line: 2,
          message: 'has a name for the second time',
          advice: 'Keep one of the two.',
          replace: null,
        },
      ],
      turnsOnPkce: false,
      turnsOnRotation: false,
    })
  })
})

describe('the prefilled page', () => {
  it.each([
    { environment: SLACK, address: 'https://api.slack.com/apps?new_app=1&manifest_json=' },
    {
      environment: { kind: 'govslack' } as const,
      address: 'https://api.slack-gov.com/apps?new_app=1&manifest_json=',
    },
    {
      environment: { kind: 'practice' } as const,
      address: 'http://localhost:17870/apps?new_app=1&manifest_json=',
    },
  ])('opens at $address', async ({ environment, address }) => {
    const { manifests, opened } = await openManifests()
    const { json, yaml } = manifests.draft(formOf({ name: 'Ä & “B”' }))
    await manifests.openPrefilled(environment, yaml)
    const [prepared, url = ''] = opened
    expect(prepared).toBe(`prepared ${environment.kind}`)
    expect(url.startsWith(address)).toBe(true)
    const sent = new URL(url).searchParams.get('manifest_json') ?? ''
    expect(JSON.parse(sent)).toEqual(JSON.parse(json))
  })

  it('is left to Slack where only our rules find a problem', async () => {
    const { manifests, opened } = await openManifests()
    await manifests.openPrefilled(SLACK, manifests.draft(formOf({ name: '' })).json)
    expect(opened).toHaveLength(2)
  })

  it('opens for no text that cannot be read, and for none that fits no address', async () => {
    const { manifests, opened } = await openManifests()
    const invalid = { code: 'MANIFEST_INVALID' }
    await expect(manifests.openPrefilled(SLACK, '[')).rejects.toMatchObject(invalid)
    const long = JSON.stringify({ display_information: { name: 'x'.repeat(20_000) } })
    await expect(manifests.openPrefilled(SLACK, long)).rejects.toMatchObject({
      ...invalid,
      message: 'The manifest is too long for a link',
    })
    expect(opened).toEqual([])
  })
})

describe('manifests that are loaded with their first use', () => {
  it('are made once', async () => {
    const manifests = createLazyManifests((await openManifests()).options)
    expect(await manifests.use()).toBe(await manifests.use())
  })

  it('are waited for before a lock, also when they have only been asked for', async () => {
    const { options, slack, manifests } = await openManifests()
    const { json } = manifests.draft(formOf())
    const lazy = createLazyManifests(options)
    const events: string[] = []
    slack.validateManifest = async () => {
      await new Promise((resolve) => setImmediate(resolve))
      events.push('validated')
      return [{ message: 'no', pointer: null }]
    }
    const created = lazy.use().then((ready) => ready.create(SLACK, json))
    await lazy.settle()
    events.push('settled')
    expect(await created).toMatchObject({ kind: 'refused' })
    expect(events).toEqual(['validated', 'settled'])
  })

  it('need no loading to be forgotten', async () => {
    const manifests = createLazyManifests((await openManifests()).options)
    await manifests.settle()
    manifests.forget()
    expect((await manifests.use()).read('a: 1')).toMatchObject({ problems: expect.any(Array) })
  })
})

describe('the handlers', () => {
  it('copy a manifest as it was typed, and reach the rest', async () => {
    const desk = await openManifests()
    const clipboard = createFakeClipboard()
    const handlers = manifestHandlers({
      ...desk,
      manifests: createLazyManifests(desk.options),
      clipboard,
    })
    await handlers['manifests/copy']('a: 1 # mine')
    expect(await clipboard.readText()).toBe('a: 1 # mine')
    expect(await handlers['manifests/read']('a: 1')).toMatchObject({ json: '{\n  "a": 1\n}' })
    const [token] = desk.configurationTokens.views()
    await expect(handlers['configuration-tokens/refresh'](token?.id ?? '')).rejects.toMatchObject({
      code: 'SECRET_NOT_FOUND',
    })
    await handlers['configuration-tokens/remove'](token?.id ?? '')
    expect(desk.configurationTokens.views()).toEqual([])
  })
})
