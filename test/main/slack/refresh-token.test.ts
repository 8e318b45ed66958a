import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Remedy } from '../../../main/contract/errors.ts'
import type { CredentialState } from '../../../main/contract/views.ts'
import { silentLog } from '../../../main/platform/log.ts'
import { Secret } from '../../../main/platform/secret.ts'
import { refreshStateFor } from '../../../main/slack/advice.ts'
import {
  createSlackApi,
  type RefreshedToken,
  type TokenRefresh,
} from '../../../main/slack/slack-api.ts'
import { createFakeClock } from '../../fakes/fake-clock.ts'
import { sample } from './sample-secrets.ts'
import { json, raw, type SlackServer, startSlackServer } from './slack-server.ts'

const CLIENT_ID = '1234567890.0987654321'
const clock = createFakeClock()

let server: SlackServer
beforeEach(async () => {
  server = await startSlackServer()
})
afterEach(() => server.close())

const slack = () => createSlackApi({ fetch, clock, log: silentLog, repeatAfterMs: 1 })

function refresh(change: Partial<TokenRefresh> = {}): Promise<RefreshedToken> {
  return slack().refreshToken(server.endpoints, {
    kind: 'bot',
    clientId: CLIENT_ID,
    clientSecret: null,
    refreshToken: Secret.of('spent'),
    ...change,
  })
}

function opened({ token, refreshToken, ...rest }: RefreshedToken) {
  return { ...rest, token: token.expose(), refreshToken: refreshToken.expose() }
}

const bot = {
  ok: true,
  app_id: 'A1',
  access_token: 'xoxe.xoxb-1-next',
  refresh_token: 'xoxe-1-next',
  expires_in: 43_200,
  token_type: 'bot',
  scope: 'chat:write,users:read',
  bot_user_id: 'U0BOT',
  team: { id: 'T1', name: 'Northwind' },
  enterprise: null,
}
const user = {
  access_token: 'xoxe.xoxp-1-next',
  refresh_token: 'xoxe-1-user',
  expires_in: 600,
  token_type: 'user',
  scope: 'search:read',
}

const asBot = {
  token: 'xoxe.xoxb-1-next',
  refreshToken: 'xoxe-1-next',
  expiresAtMs: clock.now() + 43_200_000,
  scopes: ['chat:write', 'users:read'],
  kind: 'bot',
  appId: 'A1',
  teamId: 'T1',
  enterpriseId: null,
  userId: 'U0BOT',
}
const asUser = {
  ...asBot,
  token: 'xoxe.xoxp-1-next',
  refreshToken: 'xoxe-1-user',
  expiresAtMs: clock.now() + 600_000,
  scopes: ['search:read'],
  kind: 'user',
  userId: 'U1',
}

describe('refresh', () => {
  it.each([
    { name: 'a bot, flat', kind: 'bot', body: bot, expected: asBot },
    {
      name: 'a granular bot',
      kind: 'bot',
      body: { ...bot, token_type: 'granular_bot' },
      expected: asBot,
    },
    {
      name: 'a bot without a type, by its prefix',
      kind: 'bot',
      body: { ...bot, token_type: undefined },
      expected: asBot,
    },
    {
      name: 'a user, flat',
      kind: 'user',
      body: { ...bot, ...user, user_id: 'U1' },
      expected: asUser,
    },
    {
      name: 'a user, nested',
      kind: 'user',
      body: { ok: true, app_id: 'A1', team: bot.team, authed_user: { id: 'U1', ...user } },
      expected: asUser,
    },
    {
      name: 'a user, nested beside a bot',
      kind: 'user',
      body: { ...bot, authed_user: { id: 'U1', ...user } },
      expected: asUser,
    },
    {
      name: 'a bot beside who authorized it',
      kind: 'bot',
      body: { ...bot, authed_user: { id: 'U1' } },
      expected: asBot,
    },
    {
      name: 'a sign-in, which tells less',
      kind: 'sign-in',
      body: { ok: true, ...user, token_type: 'Bearer', scope: undefined },
      expected: { ...asUser, scopes: [], appId: null, teamId: null, userId: null },
    },
    {
      name: 'a user where a bot was asked for: told, for the caller to refuse',
      kind: 'bot',
      body: { ...bot, ...user, user_id: 'U1' },
      expected: asUser,
    },
    {
      name: 'no new refresh token: the one that was sent goes on (RFC 6749 section 6)',
      kind: 'bot',
      body: { ...bot, refresh_token: undefined },
      expected: { ...asBot, refreshToken: 'spent' },
    },
    {
      name: 'no life: the documented one',
      kind: 'bot',
      body: { ...bot, expires_in: null },
      expected: asBot,
    },
    {
      name: 'an organization',
      kind: 'bot',
      body: { ...bot, team: null, enterprise: { id: 'E1', name: 'Org' } },
      expected: { ...asBot, teamId: null, enterpriseId: 'E1' },
    },
  ] as const)('reads $name', async ({ kind, body, expected }) => {
    server.answer(json(body))
    expect(opened(await refresh({ kind }))).toEqual(expected)
  })

  it.each([
    { name: 'bot', kind: 'bot', path: '/api/oauth.v2.access' },
    { name: 'user', kind: 'user', path: '/api/oauth.v2.access' },
    { name: 'sign-in', kind: 'sign-in', path: '/api/openid.connect.token' },
  ] as const)(
    'sends the refresh token of a $name to $path, with the secret',
    async ({ kind, path }) => {
      const clientSecret = Secret.of(sample.clientSecret())
      server.answer(json(bot))
      await refresh({ kind, clientSecret })
      expect(server.asked).toEqual([
        {
          method: 'POST',
          path,
          authorization: undefined,
          form: {
            client_id: CLIENT_ID,
            client_secret: clientSecret.expose(),
            grant_type: 'refresh_token',
            refresh_token: 'spent',
          },
        },
      ])
    },
  )

  it('sends no secret and no PKCE parameter for a desktop app', async () => {
    server.answer(json(bot))
    await refresh()
    const fields = Object.keys(server.asked[0]?.form ?? {}).sort()
    expect(fields).toEqual(['client_id', 'grant_type', 'refresh_token'])
  })

  it.each([
    { name: 'a 500', reply: raw(500, 'oops'), code: 'SLACK_NO_ANSWER' },
    { name: 'a 429', reply: raw(429, '', { 'retry-after': '7' }), code: 'SLACK_RATE_LIMITED' },
    { name: 'a page', reply: raw(200, '<html>'), code: 'SLACK_GARBAGE' },
    { name: 'no token', reply: json({ ...bot, access_token: '' }), code: 'SLACK_GARBAGE' },
    { name: 'ok: "true"', reply: json({ ...bot, ok: 'true' }), code: 'SLACK_GARBAGE' },
    { name: 'a life of ages', reply: json({ ...bot, expires_in: 1e12 }), code: 'SLACK_GARBAGE' },
    { name: 'a code', reply: json({ ok: false, error: 'internal_error' }), code: 'SLACK_REFUSED' },
  ])('is sent once, whatever comes: $name', async ({ reply, code }) => {
    server.answer(reply)
    await expect(refresh()).rejects.toMatchObject({ code })
    expect(server.asked).toHaveLength(1)
  })
})

describe('exchange', () => {
  const exchange = (token: string) =>
    slack().exchangeToken(server.endpoints, {
      clientId: CLIENT_ID,
      clientSecret: Secret.of('placeholder-client-secret'),
      token: Secret.of(token),
    })

  it('sends the long-lived token, and answers the pair', async () => {
    const long = sample.bot()
    server.answer(json(bot))
    expect(opened(await exchange(long))).toEqual(asBot)
    expect(server.asked).toMatchObject([
      { path: '/api/oauth.v2.exchange', authorization: `Bearer ${long}` },
    ])
    expect(server.asked[0]?.form).toMatchObject({
      client_id: CLIENT_ID,
      client_secret: 'placeholder-client-secret',
    })
  })

  it('takes the user’s part for a user token', async () => {
    server.answer(json({ ...bot, authed_user: { id: 'U1', ...user } }))
    expect(opened(await exchange(sample.user()))).toEqual(asUser)
  })

  it('takes no answer for a pair that nothing renews', async () => {
    server.answer(json({ ...bot, refresh_token: undefined }))
    await expect(exchange(sample.bot())).rejects.toMatchObject({ code: 'SLACK_GARBAGE' })
  })
})

/** Every code that the reference lists for these calls: what it says of the refresh token, and the button. */
const CODES: readonly (readonly [code: string, state: CredentialState | null, remedy: Remedy])[] = [
  ['invalid_refresh_token', 'expired', 'authorize-again'],
  ['invalid_grant', 'expired', 'authorize-again'],
  ['token_expired', 'expired', 'authorize-again'],
  ['token_revoked', 'revoked', 'authorize-again'],
  ['account_inactive', 'revoked', 'authorize-again'],
  ['bad_client_secret', null, 'edit-slack-app'],
  ['invalid_client', null, 'edit-slack-app'],
  ['invalid_client_id', null, 'edit-slack-app'],
  ['unauthorized_client', null, 'edit-slack-app'],
  ['invalid_auth', 'suspended', 'retry'],
  ['accesslimited', 'suspended', 'retry'],
  ['ekm_access_denied', 'suspended', 'retry'],
  ['two_factor_setup_required', 'suspended', 'retry'],
  ['org_login_required', null, 'retry'],
  ['team_added_to_org', null, 'retry'],
  ['user_email_unverified', null, 'retry'],
  ['invalid_grant_type', null, 'report'],
  ['unsupported_grant_type', null, 'report'],
  ['invalid_request', null, 'report'],
  ['invalid_code', null, 'report'],
  ['bad_redirect_uri', null, 'report'],
  ['invalid_code_verifier', null, 'report'],
  ['oauth_authorization_url_mismatch', null, 'report'],
  ['cannot_install_an_org_installed_app', null, 'retry'],
  ['preview_feature_not_available', null, 'none'],
  ['pkce_not_allowed', null, 'edit-slack-app'],
  ['no_scopes', null, 'edit-slack-app'],
  ['internal_error', null, 'retry'],
  ['fatal_error', null, 'retry'],
  ['service_unavailable', null, 'retry'],
  ['request_timeout', null, 'retry'],
  ['server_error', null, 'retry'],
  ['temporarily_unavailable', null, 'retry'],
  ['invalid_token', null, 'authorize-again'],
  ['authorization_not_found', null, 'authorize-again'],
  ['token_already_exchanged', null, 'authorize-again'],
  ['token_rotation_not_enabled', null, 'open-app-settings'],
  ['a_code_of_tomorrow', null, 'retry'],
]

it.each(CODES)('%s puts the token in the state %s and offers %s', async (code, state, remedy) => {
  expect(refreshStateFor(code)).toBe(state)
  server.answer(json({ ok: false, error: code }))
  await expect(refresh()).rejects.toMatchObject({
    code: 'SLACK_REFUSED',
    slackCode: code,
    remedy,
    message: expect.stringMatching(/^\S/),
    advice: expect.stringMatching(/\.$/),
  })
})
