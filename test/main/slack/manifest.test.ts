import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  buildManifest,
  type ManifestForm,
  type ManifestRule,
  manifestRules,
} from '../../../main/slack/manifest.ts'

const LOCALHOST = 'http://localhost:17871/callback'
const HTTPS = 'https://localhost:17871/callback'

function form(change: Partial<ManifestForm> = {}): ManifestForm {
  return {
    name: 'Deploy Bot',
    description: '',
    redirectUrls: [],
    botScopes: [],
    userScopes: [],
    optionalScopes: [],
    pkce: false,
    tokenRotation: false,
    socketMode: false,
    orgDeploy: false,
    ...change,
  }
}

describe('buildManifest', () => {
  it('has a name and settings, and no block that would be empty', () => {
    expect(buildManifest(form({ name: '  Deploy Bot ' }))).toEqual({
      display_information: { name: 'Deploy Bot' },
      settings: {
        org_deploy_enabled: false,
        socket_mode_enabled: false,
        token_rotation_enabled: false,
      },
    })
  })

  it('makes a bot with a user besides', () => {
    const manifest = buildManifest(
      form({
        description: ' Tells of deploys. ',
        redirectUrls: [HTTPS, HTTPS],
        botScopes: ['chat:write', 'incoming-webhook', 'chat:write'],
        userScopes: ['search:read', 'users:read'],
        optionalScopes: ['users:read', 'incoming-webhook', 'files:read'],
        tokenRotation: true,
        socketMode: true,
        orgDeploy: true,
      }),
    )
    expect(manifest).toEqual({
      display_information: { name: 'Deploy Bot', description: 'Tells of deploys.' },
      features: { bot_user: { display_name: 'Deploy Bot', always_online: false } },
      oauth_config: {
        redirect_urls: [HTTPS],
        scopes: {
          bot: ['chat:write', 'incoming-webhook'],
          user: ['search:read', 'users:read'],
          bot_optional: ['incoming-webhook'],
          user_optional: ['users:read'],
        },
      },
      settings: {
        incoming_webhooks: { incoming_webhooks_enabled: true },
        org_deploy_enabled: true,
        socket_mode_enabled: true,
        token_rotation_enabled: true,
      },
    })
  })

  it('makes a PKCE app without a bot', () => {
    const pkce = form({ pkce: true, redirectUrls: [LOCALHOST], userScopes: ['search:read'] })
    const manifest = buildManifest(pkce)
    expect(manifest).not.toHaveProperty('features')
    expect(manifest.oauth_config).toEqual({
      redirect_urls: [LOCALHOST],
      scopes: { user: ['search:read'] },
      pkce_enabled: true,
    })
    expect(manifestRules(manifest)).toEqual([])
  })

  it('turns webhooks on for a user scope too', () => {
    const { settings } = buildManifest(form({ userScopes: ['incoming-webhook'] }))
    expect(settings.incoming_webhooks).toEqual({ incoming_webhooks_enabled: true })
  })

  it('cuts the name of the bot user where Slack does, between characters', () => {
    const { features } = buildManifest(form({ name: '🙂'.repeat(90), botScopes: ['chat:write'] }))
    expect(features?.bot_user.display_name).toBe('🙂'.repeat(80))
  })

  it('never holds an empty list or block, and nothing that our own rules refuse', () => {
    const scopes = fc.uniqueArray(fc.constantFrom('chat:write', 'users:read', 'files:write'))
    const forms = fc.record({
      name: fc.stringMatching(/^\w{1,35}$/),
      description: fc.constantFrom('', 'A bot.'),
      redirectUrls: fc.uniqueArray(fc.constantFrom(HTTPS, 'https://a.example/b')),
      botScopes: scopes,
      userScopes: scopes,
      optionalScopes: scopes,
      pkce: fc.boolean(),
      tokenRotation: fc.boolean(),
      socketMode: fc.boolean(),
      orgDeploy: fc.boolean(),
    })
    fc.assert(
      fc.property(forms, (some) => {
        const manifest = buildManifest(some)
        expect(JSON.stringify(manifest)).not.toMatch(/\[\]|\{\}/)
        expect(manifestRules(manifest)).toEqual([])
      }),
    )
  })
})

const fine = {
  display_information: { name: 'Deploy Bot' },
  features: { bot_user: { display_name: 'Deploy Bot' } },
  oauth_config: { redirect_urls: [HTTPS], scopes: { bot: ['chat:write'], user: ['search:read'] } },
  settings: { socket_mode_enabled: true },
}
const oauth = (change: object) => ({ ...fine, oauth_config: { ...fine.oauth_config, ...change } })
const scopes = (change: object) => oauth({ scopes: { ...fine.oauth_config.scopes, ...change } })
const display = (change: object) => ({
  ...fine,
  display_information: { ...fine.display_information, ...change },
})

type Place = ManifestRule['path']
const BOT = ['oauth_config', 'scopes', 'bot']
const URLS = ['oauth_config', 'redirect_urls']

describe('manifestRules', () => {
  it('has nothing against a fine manifest', () => {
    expect(manifestRules(fine)).toEqual([])
  })

  it.each([null, undefined, 7, 'name: x', [], [fine]])('takes %j for no manifest', (value) => {
    expect(manifestRules(value)).toMatchObject([{ severity: 'problem', path: [] }])
  })

  it.each<[string, unknown, Place, RegExp]>([
    ['no display information', {}, ['display_information', 'name'], /no name/],
    ['no name', display({ name: undefined }), ['display_information', 'name'], /no name/],
    ['a blank name', display({ name: '  ' }), ['display_information', 'name'], /no name/],
    ['a number for a name', display({ name: 7 }), ['display_information', 'name'], /no name/],
    ['a long name', display({ name: 'x'.repeat(36) }), ['display_information', 'name'], /too long/],
    [
      'a long description',
      display({ description: 'x'.repeat(141) }),
      ['display_information', 'description'],
      /too long/,
    ],
    [
      'a long bot name',
      { ...fine, features: { bot_user: { display_name: 'x'.repeat(81) } } },
      ['features', 'bot_user', 'display_name'],
      /too long/,
    ],
    ['bot scopes without a bot user', { ...fine, features: undefined }, BOT, /need a bot user/],
    ['settings in a text', { ...fine, settings: 'none' }, ['settings'], /not a block/],
    ['scopes in a list', oauth({ scopes: ['chat:write'] }), BOT.slice(0, 2), /not a block/],
    ['bot scopes in a text', scopes({ bot: 'chat:write' }), BOT, /not a list/],
    ['a number for a scope', scopes({ bot: [7] }), [...BOT, 0], /not a scope/],
    ['a blank scope', scopes({ bot: ['chat:write', ' '] }), [...BOT, 1], /not a scope/],
    ['a long scope', scopes({ bot: ['x'.repeat(51)] }), [...BOT, 0], /too long/],
    ['many scopes', scopes({ bot: Array(256).fill('chat:write') }), BOT, /too many/],
    [
      'a scope that is optional only',
      scopes({ bot_optional: ['chat:write', 'users:read'] }),
      ['oauth_config', 'scopes', 'bot_optional', 1],
      /users:read is optional only/,
    ],
    [
      'a scope that is optional on the other side',
      scopes({ user_optional: ['chat:write'] }),
      ['oauth_config', 'scopes', 'user_optional', 0],
      /optional only/,
    ],
    ['redirect URLs in a text', oauth({ redirect_urls: HTTPS }), URLS, /not a list/],
    ['a path for a URL', oauth({ redirect_urls: [HTTPS, '/a'] }), [...URLS, 1], /no web address/],
    ['a number for a URL', oauth({ redirect_urls: [7] }), [...URLS, 0], /no web address/],
    ['a fragment', oauth({ redirect_urls: [`${HTTPS}#a`] }), [...URLS, 0], /no #/],
    ['a lone #', oauth({ redirect_urls: [`${HTTPS}#`] }), [...URLS, 0], /no #/],
    ['plain http', oauth({ redirect_urls: ['http://a.example/'] }), [...URLS, 0], /https only/],
    [
      'plain http on a host that only begins as localhost',
      oauth({ pkce_enabled: true, redirect_urls: ['http://localhost.example/'] }),
      [...URLS, 0],
      /https only/,
    ],
    ['http without PKCE', oauth({ redirect_urls: [LOCALHOST] }), [...URLS, 0], /needs PKCE/],
    [
      'http with PKCE in a text',
      oauth({ redirect_urls: [LOCALHOST], pkce_enabled: 'true' }),
      [...URLS, 0],
      /needs PKCE/,
    ],
    [
      'a long URL',
      oauth({ redirect_urls: [`https://a.example/${'x'.repeat(2500)}`] }),
      [...URLS, 0],
      /too long/,
    ],
    ['many URLs', oauth({ redirect_urls: Array(1001).fill(HTTPS) }), URLS, /too many/],
    ['no URL in a list', oauth({ redirect_urls: [] }), URLS, /redirect_urls is empty/],
    [
      'no slash command in a list',
      { ...fine, features: { ...fine.features, slash_commands: [] } },
      ['features', 'slash_commands'],
      /slash_commands is empty/,
    ],
    [
      'no event in a list',
      { ...fine, settings: { event_subscriptions: { bot_events: [] } } },
      ['settings', 'event_subscriptions', 'bot_events'],
      /bot_events is empty/,
    ],
  ])('finds a problem in %s', (_case, manifest, path, message) => {
    const found = manifestRules(manifest)
    expect(found.map((one) => ({ severity: one.severity, path: one.path }))).toEqual([
      { severity: 'problem', path },
    ])
    expect(found[0]?.message).toMatch(message)
    expect(found[0]?.replace).toBeNull()
  })

  it.each<[string, unknown, Place, string | null]>([
    ['a misspelled scope', scopes({ bot: ['files:wirte'] }), [...BOT, 0], 'files:write'],
    [
      'a missing letter',
      scopes({ bot: ['chat:write', 'chanels:read'] }),
      [...BOT, 1],
      'channels:read',
    ],
    ['a scope like no other', scopes({ bot: ['teleport:everywhere'] }), [...BOT, 0], null],
    ['a user scope for the bot', scopes({ bot: ['search:read'] }), [...BOT, 0], null],
    [
      'sign-in scopes beside others',
      scopes({ user: ['search:read', 'openid'] }),
      ['oauth_config', 'scopes', 'user', 1],
      null,
    ],
    [
      'sign-in scopes beside a bot',
      scopes({ user: ['email', 'openid'] }),
      ['oauth_config', 'scopes', 'user', 0],
      null,
    ],
    [
      'an address that Slack does not describe',
      oauth({ pkce_enabled: true, redirect_urls: ['http://127.0.0.1:17871/callback'] }),
      [...URLS, 0],
      null,
    ],
  ])('warns of %s', (_case, manifest, path, to) => {
    const found = manifestRules(manifest)
    expect(found).toMatchObject([{ severity: 'warning', path }])
    expect(found[0]?.replace?.to ?? null).toBe(to)
  })

  it('says what was meant, and that it can be kept', () => {
    expect(manifestRules(scopes({ bot: ['files:wirte'] }))).toMatchObject([
      {
        message: 'Token Desk does not know the scope files:wirte',
        advice: 'Did you mean files:write? You can keep it, but Slack may refuse it.',
        replace: { from: 'files:wirte', to: 'files:write' },
      },
    ])
  })

  it.each<[string, unknown]>([
    ['http on localhost with PKCE', oauth({ pkce_enabled: true, redirect_urls: [LOCALHOST] })],
    ['a custom scheme', oauth({ pkce_enabled: true, redirect_urls: ['msga://oauth/callback'] })],
    ['sign-in scopes alone', scopes({ bot: undefined, user: ['openid', 'email', 'profile'] })],
    ['fields that nobody knows', { ...fine, brand_new: { a: [] }, functions: { f: { a: [] } } }],
    [
      'functions without parameters',
      { ...fine, features: { ...fine.features, functions: [{ input_parameters: [] }] } },
    ],
    ['names as long as Slack takes them', display({ name: '🙂'.repeat(35) })],
  ])('has nothing against %s', (_case, manifest) => {
    expect(manifestRules(manifest)).toEqual([])
  })

  it('ends on a manifest that contains itself', () => {
    const features: Record<string, unknown> = { ...fine.features }
    features.again = features
    expect(manifestRules({ ...fine, features })).toEqual([])
  })

  it('has a word for everything, and changes and throws nothing', () => {
    const broken = fc.oneof(fc.jsonValue(), fc.constant([]), fc.constant({}))
    const anything = fc.record({
      display_information: broken,
      features: fc.oneof(broken, fc.record({ bot_user: broken })),
      oauth_config: fc.record({
        redirect_urls: broken,
        scopes: fc.oneof(broken, fc.record({ bot: broken, user: broken, bot_optional: broken })),
      }),
      settings: broken,
    })
    fc.assert(
      fc.property(anything, (manifest) => {
        const before = JSON.stringify(manifest)
        for (const rule of manifestRules(manifest)) {
          expect(rule.message).toMatch(/[^.]$/)
          expect(rule.advice).toMatch(/\.$/)
        }
        expect(JSON.stringify(manifest)).toBe(before)
      }),
    )
  })
})
