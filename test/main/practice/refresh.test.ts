import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { REFRESH_GRACE_MS } from '../../../main/practice/refresh.ts'
import {
  authorize,
  type Bench,
  type Client,
  call,
  DESKTOP_REDIRECT,
  type Json,
  openBench,
  PKCE,
  register,
} from './practice-client.ts'

const HOUR_MS = 3600_000
const DAY_MS = 24 * HOUR_MS

let bench: Bench
beforeEach(async () => {
  bench = await openBench()
})
afterEach(() => bench.end())

function refresh({ client_id, client_secret }: Client, token: unknown): Promise<Json> {
  return call(bench.practice, 'oauth.v2.access', {
    client_id,
    ...(client_secret === undefined ? {} : { client_secret }),
    grant_type: 'refresh_token',
    refresh_token: `${token}`,
  })
}

async function stateOf(token: unknown): Promise<unknown> {
  const answer = await call(bench.practice, 'auth.test', { token: `${token}` })
  return answer.ok === true ? 'ok' : answer.error
}

const rotatingApp = () => register(bench.practice, { tokenRotation: true })

it('gives tokens the life that it was started with, for a first and for every other', async () => {
  const short = await openBench({ tokenLifeSeconds: 60 })
  const app = await register(short.practice, { tokenRotation: true })
  const first = await authorize(short.practice, app)
  const form = { grant_type: 'refresh_token', refresh_token: `${first.refresh_token}` }
  const { client_id, client_secret = '' } = app
  const second = await call(short.practice, 'oauth.v2.access', {
    client_id,
    client_secret,
    ...form,
  })
  expect([first.expires_in, second.expires_in]).toEqual([60, 60])
  short.clock.advance(60_000)
  const late = await call(short.practice, 'auth.test', { token: `${second.access_token}` })
  expect(late.error).toBe('token_expired')
  await short.end()
})

describe('a refresh', () => {
  it('answers flat for a bot', async () => {
    const app = await rotatingApp()
    const first = await authorize(bench.practice, app)
    const second = await refresh(app, first.refresh_token)
    expect(second).toEqual({
      ok: true,
      app_id: app.appId,
      access_token: expect.stringMatching(/^xoxe\.xoxb-1-/),
      refresh_token: expect.stringMatching(/^xoxe-1-/),
      expires_in: 43_200,
      token_type: 'bot',
      scope: 'chat:write,team:read',
      bot_user_id: first.bot_user_id,
      team: first.team,
      enterprise: null,
      is_enterprise_install: false,
    })
    expect(second.access_token).not.toBe(first.access_token)
    expect(second.refresh_token).not.toBe(first.refresh_token)
  })

  it('answers flat for a person, with the user ID', async () => {
    const app = await rotatingApp()
    const first = await authorize(bench.practice, app, { user_scope: 'search:read' })
    const user = first.authed_user as Json
    const second = await refresh(app, user.refresh_token)
    expect(second).toMatchObject({ token_type: 'user', user_id: user.id, scope: 'search:read' })
    expect(second).not.toHaveProperty('authed_user')
  })

  it('leaves the old access token alive, two at most', async () => {
    const app = await rotatingApp()
    const first = await authorize(bench.practice, app)
    const second = await refresh(app, first.refresh_token)
    expect(await stateOf(first.access_token)).toBe('ok')
    const third = await refresh(app, second.refresh_token)
    const all = [first, second, third].map(({ access_token }) => stateOf(access_token))
    expect(await Promise.all(all)).toEqual(['token_revoked', 'ok', 'ok'])
  })

  it('takes a used token in the grace period alone', async () => {
    const app = await rotatingApp()
    const { refresh_token } = await authorize(bench.practice, app)
    expect(await refresh(app, refresh_token)).toMatchObject({ ok: true })
    bench.clock.advance(REFRESH_GRACE_MS - 1)
    expect(await refresh(app, refresh_token)).toMatchObject({ ok: true })
    bench.clock.advance(1)
    expect(await refresh(app, refresh_token)).toEqual({ ok: false, error: 'invalid_refresh_token' })
  })

  it('twice at once gives two pairs, of which one can be refreshed', async () => {
    const app = await rotatingApp()
    const { refresh_token } = await authorize(bench.practice, app)
    const pairs = await Promise.all([1, 2].map(() => refresh(app, refresh_token)))
    expect(pairs.map(({ ok }) => ok)).toEqual([true, true])
    const next = []
    for (const pair of pairs) next.push((await refresh(app, pair.refresh_token)).ok)
    expect(next.filter(Boolean)).toHaveLength(1)
  })

  it('works long after the access token expired', async () => {
    const app = await rotatingApp()
    const first = await authorize(bench.practice, app)
    bench.clock.advance(12 * HOUR_MS - 1)
    expect(await stateOf(first.access_token)).toBe('ok')
    bench.clock.advance(1)
    expect(await stateOf(first.access_token)).toBe('token_expired')
    bench.clock.advance(300 * DAY_MS)
    expect(await refresh(app, first.refresh_token)).toMatchObject({ ok: true })
  })

  it('takes scopes that were added since', async () => {
    const app = await rotatingApp()
    const first = await authorize(bench.practice, app)
    await authorize(bench.practice, app, { scope: 'users:read' })
    expect(await refresh(app, first.refresh_token)).toMatchObject({
      scope: 'chat:write,team:read,users:read',
    })
  })
})

describe('a refresh is refused', () => {
  it('with a wrong or missing secret', async () => {
    const app = await rotatingApp()
    const { refresh_token } = await authorize(bench.practice, app)
    const refused = { ok: false, error: 'bad_client_secret' }
    const { client_id } = app
    expect(await refresh({ client_id }, refresh_token)).toEqual(refused)
    expect(await refresh({ client_id, client_secret: 'x' }, refresh_token)).toEqual(refused)
  })

  it('for another app, an access token, or anything else', async () => {
    const app = await rotatingApp()
    const other = await rotatingApp()
    const { refresh_token, access_token } = await authorize(bench.practice, app)
    const refused = { ok: false, error: 'invalid_refresh_token' }
    expect(await refresh(other, refresh_token)).toEqual(refused)
    expect(await refresh(app, access_token)).toEqual(refused)
    expect(await refresh(app, '')).toEqual(refused)
  })

  it('after the refresh token was revoked', async () => {
    const app = await rotatingApp()
    const first = await authorize(bench.practice, app)
    const token = `${first.refresh_token}`
    expect(await call(bench.practice, 'auth.revoke', { token })).toEqual({
      ok: true,
      revoked: true,
    })
    expect(await refresh(app, token)).toMatchObject({ error: 'invalid_refresh_token' })
    expect(await stateOf(first.access_token)).toBe('ok')
  })
})

describe('a refresh without a secret', () => {
  const query = { user_scope: 'search:read', redirect_uri: DESKTOP_REDIRECT, ...PKCE }

  it('works for a desktop redirect, for 30 days', async () => {
    const app = await register(bench.practice, { pkce: true })
    const { authed_user: user } = await authorize(bench.practice, app, query)
    bench.clock.advance(30 * DAY_MS - 1)
    const second = await refresh(app, (user as Json).refresh_token)
    expect(second).toMatchObject({ ok: true, token_type: 'user' })
    bench.clock.advance(30 * DAY_MS)
    expect(await refresh(app, second.refresh_token)).toMatchObject({
      error: 'invalid_refresh_token',
    })
  })
})
