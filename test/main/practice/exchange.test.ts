import { WebClient } from '@slack/web-api'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  authorize,
  type Bench,
  call,
  consent,
  DESKTOP_REDIRECT,
  openBench,
  PKCE,
  register,
  VERIFIER,
  WEB_REDIRECT,
} from './practice-client.ts'

let bench: Bench
beforeEach(async () => {
  bench = await openBench()
})
afterEach(() => bench.end())

const both = { scope: 'chat:write,team:read', user_scope: 'search:read' }

describe('the exchange', () => {
  it('answers bot and user in the shape of oauth.v2.access', async () => {
    const app = await register(bench.practice)
    const answer = await authorize(bench.practice, app, both)
    expect(answer).toEqual({
      ok: true,
      app_id: app.appId,
      authed_user: {
        id: 'U01PRACSTUDIO',
        scope: 'search:read',
        access_token: expect.stringMatching(/^xoxp(-[0-9]{10,13}){3}-practice[a-zA-Z0-9]{24}$/),
        token_type: 'user',
      },
      scope: 'chat:write,team:read',
      token_type: 'bot',
      access_token: expect.stringMatching(/^xoxb(-[0-9]{10,13}){2}-practice[a-zA-Z0-9]{16}$/),
      bot_user_id: expect.stringMatching(/^U0[0-9A-Z]{9}$/),
      team: { id: 'T0PRACSTUDIO', name: 'Practice Studio' },
      enterprise: null,
      is_enterprise_install: false,
    })
  })

  it('gives user scopes alone no token at the top', async () => {
    const answer = await authorize(bench.practice, await register(bench.practice), {
      user_scope: 'search:read',
    })
    expect(answer).toMatchObject({ ok: true, authed_user: { token_type: 'user' } })
    expect(answer).not.toHaveProperty('access_token')
  })

  it('gives expiring tokens with refresh tokens where rotation is on', async () => {
    const app = await register(bench.practice, { tokenRotation: true })
    const answer = await authorize(bench.practice, app, both)
    expect(answer).toMatchObject({
      access_token: expect.stringMatching(/^xoxe\.xoxb-1-[A-Za-z0-9]{164}$/),
      refresh_token: expect.stringMatching(/^xoxe-1-[A-Za-z0-9]{146}$/),
      expires_in: 43_200,
      authed_user: {
        access_token: expect.stringMatching(/^xoxe\.xoxp-1-[A-Za-z0-9]{164}$/),
        refresh_token: expect.stringMatching(/^xoxe-1-[A-Za-z0-9]{146}$/),
        expires_in: 43_200,
      },
    })
  })

  it('gives a webhook for the chosen channel, which takes messages until the bot is revoked', async () => {
    const query = { scope: 'incoming-webhook' }
    const answer = await authorize(bench.practice, await register(bench.practice), query, {
      channel: '1',
    })
    const hook = answer.incoming_webhook as Record<string, string>
    expect(hook).toMatchObject({ channel: '#general', channel_id: 'C02PRACSTUDIO' })
    const url = hook.url ?? ''
    expect(url.startsWith(`${bench.practice.url}/services/T0PRACSTUDIO/B0`)).toBe(true)
    const post = (body: string) => fetch(url, { method: 'POST', body })
    expect(await (await post('{"text":"hello"}')).text()).toBe('ok')
    expect(await (await post('{"text":""}')).text()).toBe('no_text')
    expect(await (await post('no json')).text()).toBe('invalid_payload')
    await call(bench.practice, 'auth.revoke', { token: `${answer.access_token}` })
    expect((await post('{"text":"hello"}')).status).toBe(404)
  })

  it('takes the client by HTTP Basic', async () => {
    const app = await register(bench.practice)
    const query = { client_id: app.client_id, scope: 'chat:write' }
    const code = (await consent(bench.practice, query)).get('code') ?? ''
    const pair = Buffer.from(`${app.client_id}:${app.client_secret}`).toString('base64')
    const headers = { Authorization: `Basic ${pair}` }
    expect(await call(bench.practice, 'oauth.v2.access', { code }, headers)).toMatchObject({
      ok: true,
    })
  })

  it('adds scopes up, in another workspace or for another person apart', async () => {
    const app = await register(bench.practice)
    const first = await authorize(bench.practice, app, { scope: 'chat:write' })
    const again = await authorize(bench.practice, app, { scope: 'users:read' })
    const lab = { team: 'T0PRACLAB' }
    const other = await authorize(bench.practice, app, { scope: 'users:read' }, lab)
    expect([first.scope, again.scope, other.scope]).toEqual([
      'chat:write',
      'chat:write,users:read',
      'users:read',
    ])
    expect(again.bot_user_id).toBe(first.bot_user_id)
    expect(other.bot_user_id).not.toBe(first.bot_user_id)
    expect(other.team).toEqual({ id: 'T0PRACLAB', name: 'Practice Lab' })
  })

  it('gives a second person a token of their own', async () => {
    const app = await register(bench.practice)
    const query = { user_scope: 'search:read' }
    const robin = await authorize(bench.practice, app, query)
    const sam = await authorize(bench.practice, app, query, { person: '1' })
    const names = await Promise.all(
      [robin, sam].map(async ({ authed_user: user }) => {
        const { access_token: token } = user as { access_token: string }
        return (await call(bench.practice, 'auth.test', { token })).user
      }),
    )
    expect(names).toEqual(['robin', 'sam'])
    expect(sam.authed_user).toMatchObject({ id: 'U02PRACSTUDIO' })
  })
})

describe('the exchange refuses', () => {
  const wrong = 'f'.repeat(32)
  it.each([
    ['an unknown client', { client_id: '1.2' }, 'invalid_client_id'],
    ['no client', { client_id: '' }, 'invalid_client_id'],
    ['a wrong secret', { client_secret: wrong }, 'bad_client_secret'],
    ['an empty secret', { client_secret: '' }, 'bad_client_secret'],
    ['an unknown code', { code: '1.2.abc' }, 'invalid_code'],
    ['no code', { code: '' }, 'invalid_code'],
    ['another redirect', { redirect_uri: `${WEB_REDIRECT}/` }, 'bad_redirect_uri'],
    ['another grant', { grant_type: 'password' }, 'invalid_grant_type'],
    ['a verifier for an app without PKCE', { code_verifier: VERIFIER }, 'pkce_not_allowed'],
  ])('%s, and the code still works afterwards', async (_name, change, error) => {
    const app = await register(bench.practice)
    const query = { client_id: app.client_id, redirect_uri: WEB_REDIRECT, scope: 'chat:write' }
    const code = (await consent(bench.practice, query)).get('code') ?? ''
    const { appId: _, ...client } = app
    const right = { ...client, code, redirect_uri: WEB_REDIRECT }
    const refused = await call(bench.practice, 'oauth.v2.access', { ...right, ...change })
    expect(refused).toEqual({ ok: false, error })
    expect(await call(bench.practice, 'oauth.v2.access', right)).toMatchObject({ ok: true })
  })

  it('a redirect_uri left out that the authorize URL had, and the other way round', async () => {
    const { appId: _, ...app } = await register(bench.practice)
    const query = { client_id: app.client_id, scope: 'chat:write' }
    const bare = (await consent(bench.practice, query)).get('code') ?? ''
    const full =
      (await consent(bench.practice, { ...query, redirect_uri: WEB_REDIRECT })).get('code') ?? ''
    const sent = { ...app, code: bare, redirect_uri: WEB_REDIRECT }
    expect(await call(bench.practice, 'oauth.v2.access', sent)).toMatchObject({
      error: 'bad_redirect_uri',
    })
    expect(await call(bench.practice, 'oauth.v2.access', { ...app, code: full })).toMatchObject({
      error: 'bad_redirect_uri',
    })
  })

  it('a code that is used, old, or of another app', async () => {
    const { appId: _, ...app } = await register(bench.practice)
    const { appId: __, ...other } = await register(bench.practice)
    const query = { client_id: app.client_id, scope: 'chat:write' }
    const code = (await consent(bench.practice, query)).get('code') ?? ''
    const refused = { ok: false, error: 'invalid_code' }
    expect(await call(bench.practice, 'oauth.v2.access', { ...other, code })).toEqual(refused)
    const all = await Promise.all(
      [1, 2, 3].map(() => call(bench.practice, 'oauth.v2.access', { ...app, code })),
    )
    expect(all.filter(({ ok }) => ok)).toHaveLength(1)
    const late = (await consent(bench.practice, query)).get('code') ?? ''
    bench.clock.advance(600_000)
    expect(await call(bench.practice, 'oauth.v2.access', { ...app, code: late })).toEqual(refused)
  })
})

describe('PKCE', () => {
  const desktop = { user_scope: 'search:read', redirect_uri: DESKTOP_REDIRECT, ...PKCE }

  it('gives a rotating user token without a secret, rotation on or off', async () => {
    const app = await register(bench.practice, { pkce: true })
    expect(app.client_secret).toBeUndefined()
    expect(await authorize(bench.practice, app, desktop)).toMatchObject({
      ok: true,
      authed_user: { expires_in: 43_200, refresh_token: expect.stringMatching(/^xoxe-1-/) },
    })
  })

  it('is optional on an https redirect, and a bot token comes by it', async () => {
    const app = await register(bench.practice, { pkce: true })
    expect(await authorize(bench.practice, app, { scope: 'chat:write', ...PKCE })).toMatchObject({
      ok: true,
      token_type: 'bot',
    })
  })

  it.each([
    ['no verifier', {}, 'bad_client_secret'],
    ['a wrong verifier', { code_verifier: 'a'.repeat(43) }, 'invalid_code_verifier'],
    ['a short verifier', { code_verifier: VERIFIER.slice(1) }, 'invalid_code_verifier'],
    ['an empty verifier', { code_verifier: '' }, 'invalid_code_verifier'],
    [
      'the challenge for a verifier',
      { code_verifier: PKCE.code_challenge },
      'invalid_code_verifier',
    ],
    ['a secret too', { code_verifier: VERIFIER, client_secret: 'x' }, 'internal_error'],
  ])('refuses %s', async (_name, proof, error) => {
    const { appId: _, ...app } = await register(bench.practice, { pkce: true })
    const code =
      (await consent(bench.practice, { client_id: app.client_id, ...desktop })).get('code') ?? ''
    const form = { ...app, code, redirect_uri: DESKTOP_REDIRECT, ...proof }
    expect(await call(bench.practice, 'oauth.v2.access', form)).toEqual({ ok: false, error })
  })

  it('refuses a verifier for a code that had no challenge', async () => {
    const { appId: _, ...app } = await register(bench.practice, { pkce: true })
    const query = { client_id: app.client_id, scope: 'chat:write' }
    const code = (await consent(bench.practice, query)).get('code') ?? ''
    const form = { ...app, code, code_verifier: VERIFIER }
    expect(await call(bench.practice, 'oauth.v2.access', form)).toMatchObject({
      error: 'invalid_code_verifier',
    })
  })
})

describe('the built-in apps', () => {
  it('work with the secret of this start', async () => {
    const { practice } = bench
    const client = { client_id: practice.clientId, client_secret: practice.clientSecret.expose() }
    expect(await authorize(practice, client)).toMatchObject({ ok: true, expires_in: 43_200 })
    const pkce = { client_id: practice.pkceClientId }
    const query = { user_scope: 'search:read', redirect_uri: DESKTOP_REDIRECT, ...PKCE }
    expect(await authorize(practice, pkce, query)).toMatchObject({ ok: true })
  })
})

describe('Slack’s own client', () => {
  it('exchanges, tests, asks for the team and revokes', async () => {
    const app = await register(bench.practice)
    const query = { client_id: app.client_id, redirect_uri: WEB_REDIRECT, ...both }
    const code = (await consent(bench.practice, query)).get('code') ?? ''
    const slackApiUrl = `${bench.practice.url}/api/`
    const answer = await new WebClient(undefined, { slackApiUrl }).oauth.v2.access({
      client_id: app.client_id,
      client_secret: app.client_secret ?? '',
      code,
      redirect_uri: WEB_REDIRECT,
    })
    const client = new WebClient(answer.access_token, { slackApiUrl })
    const test = await client.auth.test()
    expect(test).toMatchObject({ team: 'Practice Studio', team_id: 'T0PRACSTUDIO' })
    expect(test.bot_id).toMatch(/^B0/)
    expect(test.response_metadata?.scopes).toEqual(['chat:write', 'team:read'])
    expect((await client.team.info()).team).toMatchObject({ domain: 'practice-studio' })
    expect(await client.auth.revoke({ test: true })).toMatchObject({ revoked: false })
    expect(await client.auth.revoke()).toMatchObject({ revoked: true })
    await expect(client.auth.test()).rejects.toMatchObject({ data: { error: 'token_revoked' } })
  })
})
