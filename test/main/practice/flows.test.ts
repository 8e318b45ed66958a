import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { OAUTH_FLOWS } from '../../../main/contract/redirect.ts'
import {
  authorize,
  authorizeUrl,
  type Bench,
  call,
  consent,
  DESKTOP_REDIRECT,
  flowOf,
  formToken,
  type Json,
  openBench,
  PKCE,
  register,
  sendForm,
  WEB_REDIRECT,
} from './practice-client.ts'

let bench: Bench
beforeEach(async () => {
  bench = await openBench()
})
afterEach(() => bench.end())

/** What each flow may ask for. */
const ASKED = {
  v2: { scope: 'chat:write', user_scope: 'search:read' },
  'v2-user': { scope: 'search:read' },
  v1: { scope: 'bot,commands' },
  openid: { scope: 'openid email', response_type: 'code' },
} as const

describe('a code', () => {
  const pairs = OAUTH_FLOWS.flatMap((from) =>
    OAUTH_FLOWS.filter((to) => to !== from).map((to) => [from, to] as const),
  )
  it.each(pairs)('of %s is refused by the exchange of %s, and still works', async (from, to) => {
    const { appId: _, ...app } = await register(bench.practice)
    const query = { client_id: app.client_id, ...ASKED[from] }
    const code = (await consent(bench.practice, query, {}, from)).get('code') ?? ''
    expect(await call(bench.practice, flowOf(to).exchangeMethod, { ...app, code })).toEqual({
      ok: false,
      error: 'oauth_authorization_url_mismatch',
    })
    const right = await call(bench.practice, flowOf(from).exchangeMethod, { ...app, code })
    expect(right).toMatchObject({ ok: true })
  })

  it.each(OAUTH_FLOWS)('of %s counts once', async (flow) => {
    const { appId: _, ...app } = await register(bench.practice)
    const query = { client_id: app.client_id, ...ASKED[flow] }
    const code = (await consent(bench.practice, query, {}, flow)).get('code') ?? ''
    const method = flowOf(flow).exchangeMethod
    expect(await call(bench.practice, method, { ...app, code })).toMatchObject({ ok: true })
    const error = flow === 'v1' ? 'code_already_used' : 'invalid_code'
    expect(await call(bench.practice, method, { ...app, code })).toEqual({ ok: false, error })
  })

  it('does not come from the page of another flow', async () => {
    const { client_id } = await register(bench.practice)
    const form = await formToken(bench.practice, { client_id, ...ASKED.v1 }, 'v1')
    const response = await sendForm(bench.practice, { form, decision: 'allow' }, {}, 'v2')
    expect([response.status, response.headers.get('location')]).toEqual([400, null])
  })
})

describe('sign-in scopes', () => {
  it.each([
    ['v2', { scope: 'chat:write,openid' }],
    ['v2', { scope: 'chat:write', user_scope: 'email' }],
    ['v2-user', { scope: 'search:read,profile' }],
    ['v1', { scope: 'bot,openid' }],
    ['openid', { scope: 'openid,chat:write', response_type: 'code' }],
  ] as const)('cannot be mixed with others on the page of %s', async (flow, query) => {
    const { client_id } = await register(bench.practice)
    const page = await (
      await fetch(authorizeUrl(bench.practice, { client_id, ...query }, flow))
    ).text()
    expect(page).toContain('cannot be combined with other scopes')
    expect(page).toContain('invalid_scope')
  })
})

describe('the user-only flow', () => {
  it('takes user scopes in scope, and answers flat', async () => {
    const app = await register(bench.practice)
    const answer = await authorize(bench.practice, app, ASKED['v2-user'], {}, 'v2-user')
    expect(answer).toEqual({
      ok: true,
      app_id: app.appId,
      access_token: expect.stringMatching(/^xoxp-/),
      token_type: 'user',
      scope: 'search:read',
      user_id: 'U01PRACSTUDIO',
      team: { id: 'T0PRACSTUDIO', name: 'Practice Studio' },
      enterprise: null,
      is_enterprise_install: false,
    })
  })

  it('works with PKCE and without a secret, and refreshes at its own method and at v2', async () => {
    const app = await register(bench.practice, { pkce: true })
    const query = { ...ASKED['v2-user'], redirect_uri: DESKTOP_REDIRECT, ...PKCE }
    let answer = await authorize(bench.practice, app, query, {}, 'v2-user')
    for (const method of ['oauth.v2.user.access', 'oauth.v2.access']) {
      const refresh = { grant_type: 'refresh_token', refresh_token: `${answer.refresh_token}` }
      answer = await call(bench.practice, method, { client_id: app.client_id, ...refresh })
      expect(answer).toMatchObject({ ok: true, token_type: 'user', user_id: 'U01PRACSTUDIO' })
    }
  })

  it('does not refresh a bot', async () => {
    const { appId: _, ...app } = await register(bench.practice, { tokenRotation: true })
    const first = await authorize(bench.practice, app)
    const refresh = { grant_type: 'refresh_token', refresh_token: `${first.refresh_token}` }
    expect(await call(bench.practice, 'oauth.v2.user.access', { ...app, ...refresh })).toEqual({
      ok: false,
      error: 'invalid_refresh_token',
    })
  })

  it('says that no user scope was asked for', async () => {
    const { client_id } = await register(bench.practice)
    const url = authorizeUrl(bench.practice, { client_id, user_scope: 'search:read' }, 'v2-user')
    expect(await (await fetch(url)).text()).toContain('no_user_scopes')
  })
})

describe('the classic flow', () => {
  it('gives a user token, a bot token and a webhook, none of which rotates', async () => {
    const app = await register(bench.practice, { tokenRotation: true })
    const query = { scope: 'bot,incoming-webhook' }
    const answer = await authorize(bench.practice, app, query, { channel: '2' }, 'v1')
    expect(answer).toEqual({
      ok: true,
      access_token: expect.stringMatching(/^xoxp-/),
      scope: 'bot,incoming-webhook',
      user_id: 'U01PRACSTUDIO',
      team_id: 'T0PRACSTUDIO',
      team_name: 'Practice Studio',
      enterprise_id: null,
      bot: {
        bot_user_id: expect.stringMatching(/^U0/),
        bot_access_token: expect.stringMatching(/^xoxb-/),
      },
      incoming_webhook: expect.objectContaining({ channel: '#alerts' }),
    })
    const { bot_access_token: token, bot_user_id } = answer.bot as { [key: string]: string }
    expect(await call(bench.practice, 'auth.test', { token: token ?? '' })).toMatchObject({
      user_id: bot_user_id,
      bot_id: expect.stringMatching(/^B0/),
    })
  })

  it('gives no bot that was not asked for, and names the organization', async () => {
    const app = await register(bench.practice)
    const north = { team: 'T0PRACNORTH' }
    const answer = await authorize(bench.practice, app, { scope: 'commands' }, north, 'v1')
    expect(answer).toMatchObject({ enterprise_id: 'E0PRACORG', team_id: 'T0PRACNORTH' })
    expect(answer).not.toHaveProperty('bot')
  })

  it('keeps its grants apart from granular ones', async () => {
    const app = await register(bench.practice)
    await authorize(bench.practice, app, ASKED.v1, {}, 'v1')
    expect(await authorize(bench.practice, app, ASKED.v2)).toMatchObject({
      scope: 'chat:write',
      authed_user: { scope: 'search:read' },
    })
  })

  it('knows no refresh and no desktop redirect', async () => {
    const { appId: _, ...app } = await register(bench.practice, { pkce: true })
    const url = { ...ASKED.v1, client_id: app.client_id, redirect_uri: DESKTOP_REDIRECT }
    const page = await (await fetch(authorizeUrl(bench.practice, url, 'v1'))).text()
    expect(page).toContain('needs an https redirect URL')
    const refresh = { grant_type: 'refresh_token', refresh_token: 'x' }
    expect(await call(bench.practice, 'oauth.access', { ...app, ...refresh })).toEqual({
      ok: false,
      error: 'invalid_token',
    })
  })
})

describe('optional scopes', () => {
  const scopes = {
    botScopes: ['chat:write', 'users:read'],
    userScopes: ['search:read', 'users:read'],
    optionalScopes: ['users:read', 'search:read'],
  }
  const query = { scope: 'chat:write,users:read', user_scope: 'search:read,users:read' }

  it('are ticked boxes on the page, the others are not', async () => {
    const { client_id } = await register(bench.practice, scopes)
    const page = await (await fetch(authorizeUrl(bench.practice, { client_id, ...query }))).text()
    const boxes = [...page.matchAll(/name="(keep-\w+)" value="([^"]+)" checked/g)]
    expect(boxes.map(([, side, scope]) => `${side} ${scope}`)).toEqual([
      'keep-bot users:read',
      'keep-user search:read',
      'keep-user users:read',
    ])
  })

  it('are granted where they stay ticked', async () => {
    const app = await register(bench.practice, scopes)
    const choice = { 'keep-user': 'search:read' }
    const answer = await authorize(bench.practice, app, query, choice)
    expect([answer.scope, (answer.authed_user as Json).scope]).toEqual([
      'chat:write',
      'search:read',
    ])
  })

  it('all unticked, with nothing else asked for, lead nowhere', async () => {
    const { client_id } = await register(bench.practice, scopes)
    const asked = { client_id, redirect_uri: WEB_REDIRECT, user_scope: 'search:read' }
    const form = await formToken(bench.practice, asked)
    const response = await sendForm(bench.practice, { form, decision: 'allow' })
    expect(await response.text()).toContain('Nothing is left to allow')
  })

  it('must be among the scopes of the app', async () => {
    const registering = register(bench.practice, { ...scopes, optionalScopes: ['files:read'] })
    await expect(registering).rejects.toMatchObject({ code: 'PRACTICE_FAILED' })
  })
})
