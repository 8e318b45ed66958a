import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { configurationToken, createApp, MANIFEST, manifestCall } from './manifest-client.ts'
import { authorize, type Bench, call, type Json, openBench, register } from './practice-client.ts'

let bench: Bench
beforeEach(async () => {
  bench = await openBench()
})
afterEach(() => bench.end())

const both = { scope: 'chat:write', user_scope: 'search:read' }

/** An app with long-lived tokens whose rotation was turned on afterwards. */
async function switchedApp() {
  const { token } = await configurationToken(bench.practice)
  const { appId, ...client } = await createApp(bench.practice, token)
  const answer = await authorize(bench.practice, client, both, { 'keep-user': 'search:read' })
  const turnOn = async () => {
    const manifest = { ...MANIFEST, settings: { token_rotation_enabled: true } }
    await manifestCall(bench.practice, 'update', token, { app_id: appId, manifest })
  }
  const user = `${(answer.authed_user as Json).access_token}`
  return { appId, client, bot: `${answer.access_token}`, user, turnOn }
}

function exchange(client: Record<string, string>, token: string): Promise<Json> {
  return call(bench.practice, 'oauth.v2.exchange', { ...client, token })
}

async function stateOf(token: unknown): Promise<unknown> {
  const answer = await call(bench.practice, 'auth.test', { token: `${token}` })
  return answer.ok === true ? 'ok' : answer.error
}

describe('oauth.v2.exchange', () => {
  it('gives a first pair; the old token dies at the first refresh', async () => {
    const { appId, client, bot, turnOn } = await switchedApp()
    await turnOn()
    const pair = await exchange(client, bot)
    expect(pair).toMatchObject({
      ok: true,
      app_id: appId,
      access_token: expect.stringMatching(/^xoxe\.xoxb-1-/),
      refresh_token: expect.stringMatching(/^xoxe-1-/),
      expires_in: 43_200,
      token_type: 'bot',
      scope: 'chat:write',
      team: { id: 'T0PRACSTUDIO' },
    })
    expect([await stateOf(bot), await stateOf(pair.access_token)]).toEqual(['ok', 'ok'])
    const refresh = { grant_type: 'refresh_token', refresh_token: `${pair.refresh_token}` }
    const next = await call(bench.practice, 'oauth.v2.access', { ...client, ...refresh })
    const states = [bot, pair.access_token, next.access_token].map(stateOf)
    expect(await Promise.all(states)).toEqual(['token_revoked', 'ok', 'ok'])
  })

  it('works once for each token', async () => {
    const { client, bot, user, turnOn } = await switchedApp()
    await turnOn()
    await exchange(client, bot)
    expect(await exchange(client, bot)).toEqual({ ok: false, error: 'token_already_exchanged' })
    expect(await exchange(client, user)).toMatchObject({
      token_type: 'user',
      user_id: 'U01PRACSTUDIO',
    })
  })

  it('needs rotation, the app’s own secret, and a long-lived token of the app', async () => {
    const { client, bot, turnOn } = await switchedApp()
    const error = async (change: Record<string, string>, token: string) =>
      (await exchange({ ...client, ...change }, token)).error
    expect(await error({}, bot)).toBe('token_rotation_not_enabled')
    await turnOn()
    expect(await error({ client_id: '1.2' }, bot)).toBe('invalid_client_id')
    expect(await error({ client_secret: 'x' }, bot)).toBe('bad_client_secret')
    expect(await error({}, 'unknown')).toBe('invalid_token')
    const other = await authorize(bench.practice, await register(bench.practice))
    expect(await error({}, `${other.access_token}`)).toBe('invalid_token')
    const pair = await exchange(client, bot)
    expect(await error({}, `${pair.access_token}`)).toBe('invalid_token')
    expect(await error({}, `${pair.refresh_token}`)).toBe('invalid_token')
  })

  it('finds no authorization for a revoked token', async () => {
    const { client, bot, turnOn } = await switchedApp()
    await turnOn()
    await call(bench.practice, 'auth.revoke', { token: bot })
    expect(await exchange(client, bot)).toEqual({ ok: false, error: 'authorization_not_found' })
  })
})

describe('apps.uninstall', () => {
  it('ends every token and webhook of that installation, and of no other', async () => {
    const { appId: _, ...client } = await register(bench.practice)
    const asked = { ...both, scope: 'chat:write,incoming-webhook' }
    const first = await authorize(bench.practice, client, asked)
    const lab = await authorize(bench.practice, client, asked, { team: 'T0PRACLAB' })
    const sam = await authorize(
      bench.practice,
      client,
      { user_scope: 'search:read' },
      { person: '1' },
    )
    const users = [first, sam].map((one) => `${(one.authed_user as Json).access_token}`)
    const uninstall = (token: string, change = {}) =>
      call(bench.practice, 'apps.uninstall', { ...client, token, ...change })
    expect(await uninstall(`${first.access_token}`)).toEqual({ ok: false, error: 'no_permission' })
    expect(await uninstall(users[0] ?? '')).toEqual({ ok: true })
    const states = [first.access_token, ...users, lab.access_token].map(stateOf)
    expect(await Promise.all(states)).toEqual([
      'token_revoked',
      'token_revoked',
      'token_revoked',
      'ok',
    ])
    const post = { method: 'POST', body: '{"text":"hello"}' }
    const hooks = [first, lab].map((one) => `${(one.incoming_webhook as Json).url}`)
    const posts = await Promise.all(hooks.map(async (url) => (await fetch(url, post)).status))
    expect(posts).toEqual([404, 200])
  })

  it.each([
    ['client_id', '1.2', 'invalid_client_id'],
    ['client_secret', 'x', 'bad_client_secret'],
    ['token', '', 'not_authed'],
    ['token', 'x', 'invalid_auth'],
  ])('refuses a wrong %s %s', async (name, value, error) => {
    const { appId: _, ...client } = await register(bench.practice)
    const answer = await authorize(bench.practice, client, { user_scope: 'search:read' })
    const token = `${(answer.authed_user as Json).access_token}`
    const form = { ...client, token, [name]: value }
    expect(await call(bench.practice, 'apps.uninstall', form)).toEqual({ ok: false, error })
    expect(await stateOf(token)).toBe('ok')
  })

  it('refuses the token of another app', async () => {
    const { appId: _, ...client } = await register(bench.practice)
    const other = await register(bench.practice)
    const answer = await authorize(bench.practice, other, { user_scope: 'search:read' })
    const token = `${(answer.authed_user as Json).access_token}`
    expect(await call(bench.practice, 'apps.uninstall', { ...client, token })).toEqual({
      ok: false,
      error: 'client_id_token_mismatch',
    })
  })
})
