import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { silentLog } from '../../../main/platform/log.ts'
import { Secret } from '../../../main/platform/secret.ts'
import {
  type CodeExchange,
  createSlackApi,
  type OAuthGrant,
} from '../../../main/slack/slack-api.ts'
import { createFakeClock } from '../../fakes/fake-clock.ts'
import { sample } from './sample-secrets.ts'
import { json, type SlackServer, startSlackServer } from './slack-server.ts'

const REDIRECT_URI = 'https://localhost:17871/callback'
const CLIENT_ID = '1234567890.0987654321'
const clock = createFakeClock()

let server: SlackServer

beforeEach(async () => {
  server = await startSlackServer()
})
afterEach(() => server.close())

function exchange(rest: Partial<CodeExchange> = {}): Promise<OAuthGrant> {
  const api = createSlackApi({ fetch, clock, log: silentLog })
  return api.exchangeCode(server.endpoints, {
    flow: 'v2',
    nonce: null,
    clientId: CLIENT_ID,
    clientSecret: Secret.of(sample.clientSecret()),
    code: Secret.of(sample.code()),
    redirectUri: REDIRECT_URI,
    codeVerifier: null,
    ...rest,
  })
}

const always = {
  ok: true,
  app_id: 'A0123456789',
  team: { id: 'T0123456789', name: 'Northwind' },
  enterprise: null,
  is_enterprise_install: false,
  authed_user: { id: 'U0123456789' },
}

function botFields(token: string) {
  return {
    access_token: token,
    token_type: 'bot',
    scope: 'chat:write,users:read',
    bot_user_id: 'U0BOT',
  }
}

function userFields(token: string) {
  return { access_token: token, token_type: 'user', scope: 'search:read' }
}

/** The grant with its secrets opened, to be compared. */
function opened(grant: OAuthGrant) {
  const open = (granted: OAuthGrant['bot']) =>
    granted && {
      ...granted,
      token: granted.token.expose(),
      refreshToken: granted.refreshToken?.expose() ?? null,
    }
  const webhook = grant.webhook && { ...grant.webhook, url: grant.webhook.url.expose() }
  return { ...grant, bot: open(grant.bot), user: open(grant.user), webhook }
}

const base = {
  appId: 'A0123456789',
  team: { id: 'T0123456789', name: 'Northwind' },
  enterprise: null,
  isEnterpriseInstall: false,
  botUserId: null,
  authedUserId: 'U0123456789',
  bot: null,
  user: null,
  webhook: null,
  isClassic: false,
  signIn: null,
}

function bot(token: string) {
  return {
    token,
    scopes: ['chat:write', 'users:read'],
    expiresAtMs: null,
    refreshToken: null,
  }
}

function user(token: string) {
  return { token, scopes: ['search:read'], expiresAtMs: null, refreshToken: null }
}

describe('what Slack grants', () => {
  const botToken = sample.bot()
  const userToken = sample.user()
  const refresh = sample.refresh()
  const webhookUrl = sample.webhook()
  const rotating = { expires_in: 43200, refresh_token: refresh }
  const rotated = { expiresAtMs: clock.now() + 43_200_000, refreshToken: refresh }
  const botGrant = { ...base, botUserId: 'U0BOT', bot: bot(botToken) }

  it.each<[string, object, object]>([
    ['a bot only', { ...always, ...botFields(botToken) }, botGrant],
    [
      'a user only',
      { ...always, authed_user: { id: 'U0123456789', ...userFields(userToken) } },
      { ...base, user: user(userToken) },
    ],
    [
      'both',
      {
        ...always,
        ...botFields(botToken),
        authed_user: { id: 'U0123456789', ...userFields(userToken) },
      },
      { ...botGrant, user: user(userToken) },
    ],
    [
      'a webhook',
      {
        ...always,
        ...botFields(botToken),
        incoming_webhook: {
          url: webhookUrl,
          channel: '#deploys',
          channel_id: 'C0123456789',
          configuration_url: 'https://northwind.slack.com/services/B0123456789',
        },
      },
      {
        ...botGrant,
        webhook: {
          url: webhookUrl,
          channel: '#deploys',
          channelId: 'C0123456789',
          configurationUrl: 'https://northwind.slack.com/services/B0123456789',
        },
      },
    ],
    [
      'a webhook alone',
      {
        ...always,
        ...botFields(botToken),
        scope: 'incoming-webhook',
        bot_user_id: undefined,
        incoming_webhook: { url: webhookUrl, channel: '#deploys' },
      },
      {
        ...base,
        bot: { ...bot(botToken), scopes: ['incoming-webhook'] },
        webhook: {
          url: webhookUrl,
          channel: '#deploys',
          channelId: '#deploys',
          configurationUrl: '',
        },
      },
    ],
    [
      'a webhook without any token',
      { ...always, incoming_webhook: { url: webhookUrl, channel_id: 'C0123456789' } },
      {
        ...base,
        webhook: {
          url: webhookUrl,
          channel: 'C0123456789',
          channelId: 'C0123456789',
          configurationUrl: '',
        },
      },
    ],
    [
      'a whole organization',
      {
        ...always,
        ...botFields(botToken),
        team: null,
        enterprise: { id: 'E0123456789', name: 'Northwind Group' },
        is_enterprise_install: true,
      },
      {
        ...botGrant,
        team: null,
        enterprise: { id: 'E0123456789', name: 'Northwind Group' },
        isEnterpriseInstall: true,
      },
    ],
    [
      'rotating tokens, each with a refresh token of its own',
      {
        ...always,
        ...botFields(botToken),
        ...rotating,
        authed_user: { id: 'U0123456789', ...userFields(userToken), ...rotating },
      },
      {
        ...botGrant,
        bot: { ...bot(botToken), ...rotated },
        user: { ...user(userToken), ...rotated },
      },
    ],
    [
      'a flat user',
      { ...always, authed_user: undefined, user_id: 'U0123456789', ...userFields(userToken) },
      { ...base, user: user(userToken) },
    ],
    [
      'a flat token without a type',
      { ...always, ...userFields(userToken), token_type: undefined },
      { ...base, user: user(userToken) },
    ],
    ['a granular bot', { ...always, ...botFields(botToken), token_type: 'granular_bot' }, botGrant],
    [
      'a team without a name',
      { ...always, ...botFields(botToken), team: { id: 'T0123456789' } },
      { ...botGrant, team: { id: 'T0123456789', name: null } },
    ],
    [
      'fields that nobody knows yet, and nulls',
      {
        ...always,
        ...botFields(botToken),
        expires_in: null,
        refresh_token: null,
        incoming_webhook: null,
        brand_new: { a: [1] },
      },
      botGrant,
    ],
    [
      'no scope text',
      { ...always, ...botFields(botToken), scope: undefined },
      { ...botGrant, bot: { ...bot(botToken), scopes: [] } },
    ],
  ])('reads %s', async (_case, answer, expected) => {
    server.answer(json(answer))
    expect(opened(await exchange())).toEqual(expected)
  })

  it.each([
    ['no token at all', always],
    ['no app', { ...always, ...botFields(botToken), app_id: undefined }],
    ['a number for a token', { ...always, ...botFields(botToken), access_token: 42 }],
    ['a team in a text', { ...always, ...botFields(botToken), team: 'Northwind' }],
    ['a time in words', { ...always, ...botFields(botToken), expires_in: 'soon' }],
    ['a time before now', { ...always, ...botFields(botToken), expires_in: -1 }],
    ['a webhook without an address', { ...always, ...botFields(botToken), incoming_webhook: {} }],
    ['a list', [always]],
  ])('takes %s for garbage', async (_case, answer) => {
    server.answer(json(answer))
    await expect(exchange()).rejects.toMatchObject({ code: 'SLACK_GARBAGE' })
    expect(server.asked).toHaveLength(1)
  })
})

describe('what is sent', () => {
  beforeEach(() => {
    server.answer(json({ ...always, ...botFields(sample.bot()) }))
  })

  it('is the code with ID and secret, in the body of one POST', async () => {
    const code = sample.code()
    const secret = sample.clientSecret()
    await exchange({ code: Secret.of(code), clientSecret: Secret.of(secret) })
    expect(server.asked).toEqual([
      {
        method: 'POST',
        path: '/api/oauth.v2.access',
        authorization: undefined,
        form: { client_id: CLIENT_ID, client_secret: secret, code, redirect_uri: REDIRECT_URI },
      },
    ])
  })

  it('has no client secret beside a verifier', async () => {
    const verifier = sample.verifier()
    await exchange({ codeVerifier: Secret.of(verifier) })
    expect(server.asked[0]?.form).toMatchObject({ code_verifier: verifier, client_id: CLIENT_ID })
    expect(server.asked[0]?.form).not.toHaveProperty('client_secret')
  })

  it.each([
    ['v2', '/api/oauth.v2.access', undefined],
    ['v2-user', '/api/oauth.v2.user.access', 'authorization_code'],
  ] as const)('goes to the method of the flow %s', async (flow, path, grantType) => {
    await exchange({ flow })
    expect(server.asked).toMatchObject([{ path }])
    expect(server.asked[0]?.form.grant_type).toBe(grantType)
  })

  it('has no client secret where the app has none', async () => {
    await exchange({ clientSecret: null })
    expect(Object.keys(server.asked[0]?.form ?? {}).sort()).toEqual([
      'client_id',
      'code',
      'redirect_uri',
    ])
  })
})

describe('the user-only flow', () => {
  const token = sample.user()
  const nested = {
    ...always,
    token_type: 'user',
    id_token: 'not.looked.at',
    authed_user: { id: 'U0123456789', access_token: token, scope: 'search:read' },
    team: { id: 'T0123456789' },
  }
  const flat = {
    ok: true,
    app_id: 'A0123456789',
    user_id: 'U0123456789',
    team: null,
    enterprise: { id: 'E0123456789' },
    is_enterprise_install: true,
    ...userFields(token),
  }

  it.each([
    ['nested', nested, { ...base, team: { id: 'T0123456789', name: null }, user: user(token) }],
    [
      'flat',
      flat,
      {
        ...base,
        team: null,
        enterprise: { id: 'E0123456789', name: null },
        isEnterpriseInstall: true,
        user: user(token),
      },
    ],
  ])('reads a %s answer', async (_case, answer, expected) => {
    server.answer(json(answer))
    expect(opened(await exchange({ flow: 'v2-user' }))).toEqual(expected)
  })
})

describe('classic OAuth', () => {
  const userToken = sample.user()
  const botToken = sample.bot()
  const webhookUrl = sample.webhook()
  const answer = {
    ok: true,
    access_token: userToken,
    scope: 'identify,bot,incoming-webhook',
    user_id: 'U0123456789',
    team_id: 'T0123456789',
    team_name: 'Northwind',
    enterprise_id: null,
  }
  const classic = {
    ...base,
    appId: null,
    isClassic: true,
    user: {
      token: userToken,
      scopes: ['identify', 'bot', 'incoming-webhook'],
      expiresAtMs: null,
      refreshToken: null,
    },
  }
  const classicBot = { token: botToken, scopes: ['bot'], expiresAtMs: null, refreshToken: null }

  it.each<[string, object, object]>([
    ['a user', answer, classic],
    [
      'a bot beside the user',
      { ...answer, bot: { bot_user_id: 'U0BOT', bot_access_token: botToken } },
      { ...classic, botUserId: 'U0BOT', bot: classicBot },
    ],
    [
      'a webhook, the app and the organization',
      {
        ...answer,
        app_id: 'A0123456789',
        enterprise_id: 'E0123456789',
        incoming_webhook: { url: webhookUrl, channel: '#deploys', channel_id: 'C1' },
      },
      {
        ...classic,
        appId: 'A0123456789',
        enterprise: { id: 'E0123456789', name: null },
        webhook: { url: webhookUrl, channel: '#deploys', channelId: 'C1', configurationUrl: '' },
      },
    ],
    [
      'a team without a name',
      { ...answer, team_name: undefined },
      { ...classic, team: { id: 'T0123456789', name: null } },
    ],
  ])('reads %s', async (_case, told, expected) => {
    server.answer(json(told))
    expect(opened(await exchange({ flow: 'v1' }))).toEqual(expected)
  })

  it.each([
    ['no token', { ...answer, access_token: undefined }],
    ['no team', { ...answer, team_id: undefined }],
    ['a bot in a text', { ...answer, bot: botToken }],
  ])('takes %s for garbage', async (_case, told) => {
    server.answer(json(told))
    await expect(exchange({ flow: 'v1' })).rejects.toMatchObject({ code: 'SLACK_GARBAGE' })
  })

  it('is sent with the secret and without a verifier, which it does not know', async () => {
    server.answer(json(answer))
    const clientSecret = Secret.of(sample.clientSecret())
    await exchange({ flow: 'v1', clientSecret, codeVerifier: Secret.of(sample.verifier()) })
    expect(server.asked).toMatchObject([{ path: '/api/oauth.access' }])
    expect(server.asked[0]?.form).toMatchObject({ client_secret: clientSecret.expose() })
    expect(server.asked[0]?.form).not.toHaveProperty('code_verifier')
  })
})
