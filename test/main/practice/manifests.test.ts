import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  configurationToken,
  createApp,
  MANIFEST,
  manifestCall,
  PKCE_MANIFEST,
} from './manifest-client.ts'
import {
  authorize,
  type Bench,
  call,
  DESKTOP_REDIRECT,
  openBench,
  PKCE,
  register,
} from './practice-client.ts'

let bench: Bench
let token: string
beforeEach(async () => {
  bench = await openBench()
  token = (await configurationToken(bench.practice)).token
})
afterEach(() => bench.end())

const manifest = (name: string, form: Parameters<typeof manifestCall>[3]) =>
  manifestCall(bench.practice, name, token, form)

describe('an app from a manifest', () => {
  it('is made with all its credentials', async () => {
    const answer = await manifest('create', { manifest: MANIFEST })
    const { client_id } = answer.credentials as { client_id: string }
    expect(answer).toEqual({
      ok: true,
      app_id: expect.stringMatching(/^A0/),
      credentials: {
        client_id: expect.stringMatching(/^\d+\.\d+$/),
        client_secret: expect.stringMatching(/^[0-9a-f]{32}$/),
        signing_secret: expect.stringMatching(/^[0-9a-f]{32}$/),
        verification_token: expect.stringMatching(/^[A-Za-z0-9]{24}$/),
      },
      oauth_authorize_url: `${bench.practice.url}/oauth/v2/authorize?client_id=${client_id}&scope=chat%3Awrite&user_scope=search%3Aread`,
      team_id: 'T0PRACSTUDIO',
      team_domain: 'practice-studio',
    })
    const { status } = await fetch(`${answer.oauth_authorize_url}`)
    expect(status).toBe(200)
  })

  it('does what its manifest says: redirect, PKCE, rotation', async () => {
    const app = await createApp(bench.practice, token, PKCE_MANIFEST)
    const query = { user_scope: 'search:read', redirect_uri: DESKTOP_REDIRECT, ...PKCE }
    const answer = await authorize(bench.practice, { client_id: app.client_id }, query)
    expect(answer).toMatchObject({ ok: true, authed_user: { expires_in: 43_200 } })
  })

  it('is exported whole, with what nobody here knows', async () => {
    const { appId } = await createApp(bench.practice, token)
    expect(await manifest('export', { app_id: appId })).toEqual({ ok: true, manifest: MANIFEST })
  })

  it('is updated whole, and says whether permissions changed', async () => {
    const { appId } = await createApp(bench.practice, token)
    const renamed = { ...MANIFEST, display_information: { name: 'Renamed' } }
    expect(await manifest('update', { app_id: appId, manifest: renamed })).toEqual({
      ok: true,
      app_id: appId,
      permissions_updated: false,
    })
    const { settings: _, ...smaller } = renamed
    const scopes = { bot: ['chat:write', 'users:read'] }
    const wider = { ...smaller, oauth_config: { ...smaller.oauth_config, scopes } }
    expect(await manifest('update', { app_id: appId, manifest: wider })).toMatchObject({
      permissions_updated: true,
    })
    expect(await manifest('export', { app_id: appId })).toEqual({ ok: true, manifest: wider })
  })

  it('is deleted with its tokens', async () => {
    const app = await createApp(bench.practice, token)
    const answer = await authorize(bench.practice, app)
    expect(await manifest('delete', { app_id: app.appId })).toEqual({ ok: true })
    const test = await call(bench.practice, 'auth.test', { token: `${answer.access_token}` })
    expect(test).toMatchObject({ error: 'invalid_auth' })
    expect(await manifest('export', { app_id: app.appId })).toMatchObject({
      error: 'invalid_app_id',
    })
  })

  it('that was registered by a program has a manifest as well', async () => {
    const { appId } = await register(bench.practice, {
      botScopes: ['chat:write'],
      optionalScopes: ['chat:write'],
      orgDeploy: true,
    })
    expect(await manifest('export', { app_id: appId })).toMatchObject({
      manifest: {
        display_information: { name: 'Deploy Bot' },
        oauth_config: { scopes: { bot: ['chat:write'], bot_optional: ['chat:write'] } },
        settings: { org_deploy_enabled: true },
      },
    })
  })

  it('survives a restart', async () => {
    const { appId } = await createApp(bench.practice, token)
    await bench.restart()
    expect(await manifest('export', { app_id: appId })).toEqual({ ok: true, manifest: MANIFEST })
  })
})

describe('the built-in apps', () => {
  it('are neither changed nor deleted', async () => {
    const { practice } = bench
    const page = await (await fetch(`${practice.url}/apps`)).text()
    const app_id = /href="\/apps\/(A0\w+)">Practice app</.exec(page)?.[1] ?? ''
    const refused = { ok: false, error: 'app_not_eligible' }
    expect(await manifest('update', { app_id, manifest: MANIFEST })).toEqual(refused)
    expect(await manifest('delete', { app_id })).toEqual(refused)
    expect(await manifest('export', { app_id })).toMatchObject({ ok: true })
  })
})

describe('a manifest is refused', () => {
  const oauth = MANIFEST.oauth_config
  it.each<[string, unknown, string]>([
    ['that is no object', [], '/'],
    ['without a name', { display_information: {} }, '/display_information/name'],
    [
      'with a long name',
      { ...MANIFEST, display_information: { name: 'x'.repeat(36) } },
      '/display_information/name',
    ],
    [
      'with a short long description',
      { display_information: { name: 'x', long_description: 'short' } },
      '/display_information/long_description',
    ],
    ['of version 3', { ...MANIFEST, _metadata: { major_version: 3 } }, '/_metadata/major_version'],
    [
      'with no slash commands in a list',
      { ...MANIFEST, features: { ...MANIFEST.features, slash_commands: [] } },
      '/features/slash_commands',
    ],
    [
      'with plain http and without PKCE',
      { ...MANIFEST, oauth_config: { ...oauth, redirect_urls: [DESKTOP_REDIRECT] } },
      '/oauth_config/redirect_urls/0',
    ],
    [
      'with plain http elsewhere',
      {
        ...PKCE_MANIFEST,
        oauth_config: { redirect_urls: ['http://x.example/'], pkce_enabled: true },
      },
      '/oauth_config/redirect_urls/0',
    ],
    [
      'with a fragment in a redirect URL',
      { ...MANIFEST, oauth_config: { ...oauth, redirect_urls: ['https://x/#y'] } },
      '/oauth_config/redirect_urls/0',
    ],
    [
      'with an optional scope of its own',
      {
        ...MANIFEST,
        oauth_config: { ...oauth, scopes: { bot: ['chat:write'], bot_optional: ['users:read'] } },
      },
      '/oauth_config/scopes/bot_optional/0',
    ],
    ['with bot scopes and no bot', { ...MANIFEST, features: {} }, '/features/bot_user'],
    [
      'with an event and without its scope',
      { ...MANIFEST, settings: { event_subscriptions: { bot_events: ['app_mention'] } } },
      '/settings/event_subscriptions/bot_events/0',
    ],
    [
      'with eleven addresses',
      { ...MANIFEST, settings: { allowed_ip_address_ranges: Array(11).fill('10.0.0.0/8') } },
      '/settings/allowed_ip_address_ranges',
    ],
  ])('%s', async (_name, wrong, pointer) => {
    const refused = {
      ok: false,
      error: 'invalid_manifest',
      errors: [{ message: expect.stringMatching(/./), pointer }],
    }
    expect(await manifest('validate', { manifest: wrong })).toEqual(refused)
    expect(await manifest('create', { manifest: wrong })).toEqual(refused)
  })

  it('that is no JSON', async () => {
    expect(
      await call(bench.practice, 'apps.manifest.create', { token, manifest: '{' }),
    ).toMatchObject({ error: 'invalid_manifest', errors: [{ pointer: '/' }] })
  })

  it('that turns PKCE or rotation off again', async () => {
    const { appId: app_id } = await createApp(bench.practice, token, PKCE_MANIFEST)
    const off = {
      ...PKCE_MANIFEST,
      oauth_config: { ...PKCE_MANIFEST.oauth_config, redirect_urls: [], pkce_enabled: false },
      settings: {},
    }
    for (const name of ['update', 'validate']) {
      expect(await manifest(name, { app_id, manifest: off })).toMatchObject({
        error: 'invalid_manifest',
        errors: [
          { pointer: '/oauth_config/pkce_enabled' },
          { pointer: '/settings/token_rotation_enabled' },
        ],
      })
    }
  })
})

describe('a manifest that is good', () => {
  it.each([MANIFEST, PKCE_MANIFEST])('is validated, and nothing is made', async (good) => {
    expect(await manifest('validate', { manifest: good })).toEqual({ ok: true, errors: [] })
    expect(await (await fetch(`${bench.practice.url}/apps`)).text()).not.toContain(
      good.display_information.name,
    )
  })
})
