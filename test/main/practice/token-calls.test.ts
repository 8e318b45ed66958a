import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { authorize, type Bench, call, type Json, openBench, register } from './practice-client.ts'

let bench: Bench
beforeEach(async () => {
  bench = await openBench()
})
afterEach(() => bench.end())

const both = { scope: 'chat:write,team:read', user_scope: 'search:read' }

async function tokens(tokenRotation = false) {
  const app = await register(bench.practice, { tokenRotation })
  const answer = await authorize(bench.practice, app, both)
  const { access_token: user } = answer.authed_user as Json
  return { app, answer, bot: `${answer.access_token}`, user: `${user}` }
}

function bearer(token: string): Record<string, string> {
  return { Authorization: `Bearer ${token}` }
}

describe('auth.test', () => {
  it('says who a bot is, with its scopes in the header', async () => {
    const { bot, app, answer } = await tokens()
    const url = `${bench.practice.url}/api/auth.test`
    const response = await fetch(url, { method: 'POST', headers: bearer(bot) })
    expect(response.headers.get('x-oauth-scopes')).toBe('chat:write,team:read')
    expect(response.headers.get('x-accepted-oauth-scopes')).toBe('')
    expect(await response.json()).toEqual({
      ok: true,
      url: `http://practice-studio.localhost:${bench.practice.port}/`,
      team: 'Practice Studio',
      team_id: 'T0PRACSTUDIO',
      user: 'deploy_bot',
      user_id: answer.bot_user_id,
      bot_id: expect.stringMatching(/^B0/),
      app_id: app.appId,
      app_name: 'Deploy Bot',
      is_enterprise_install: false,
    })
  })

  it('says who a person is, and when the token ends', async () => {
    const { user } = await tokens(true)
    bench.clock.advance(1500)
    const answer = await call(bench.practice, 'auth.test', { token: user })
    expect(answer).toMatchObject({ user: 'robin', user_id: 'U01PRACSTUDIO', expires_in: 43_198 })
    expect(answer).not.toHaveProperty('bot_id')
  })

  it.each<[string, Record<string, string>, Record<string, string>, string]>([
    ['no token', {}, {}, 'not_authed'],
    ['an empty token', { token: '' }, {}, 'not_authed'],
    ['an unknown token', { token: ['xoxb', '1'.repeat(11)].join('-') }, {}, 'invalid_auth'],
    ['a token of rubbish', {}, { Authorization: 'Bearer \u00e9' }, 'invalid_auth'],
  ])('refuses %s', async (_name, form, headers, error) => {
    expect(await call(bench.practice, 'auth.test', form, headers)).toEqual({ ok: false, error })
  })

  it('takes no refresh token, and no token from the address', async () => {
    const { answer, bot } = await tokens(true)
    const refused = await call(bench.practice, 'auth.test', { token: `${answer.refresh_token}` })
    expect(refused).toMatchObject({ error: 'not_allowed_token_type' })
    const response = await fetch(`${bench.practice.url}/api/auth.test?token=${bot}`)
    expect(await response.json()).toMatchObject({ error: 'not_authed' })
  })
})

describe('auth.revoke', () => {
  it('pretends with test', async () => {
    const { bot } = await tokens()
    const answer = await call(bench.practice, 'auth.revoke', { test: '1' }, bearer(bot))
    expect(answer).toEqual({ ok: true, revoked: false })
    expect(await call(bench.practice, 'auth.test', { token: bot })).toMatchObject({ ok: true })
  })

  it('without rotation ends every token of that kind, and what had been granted', async () => {
    const { app, bot, user } = await tokens()
    const again = `${(await authorize(bench.practice, app)).access_token}`
    expect(await call(bench.practice, 'auth.revoke', { token: bot })).toMatchObject({
      revoked: true,
    })
    const left = await Promise.all(
      [bot, again, user].map(async (token) => {
        const answer = await call(bench.practice, 'auth.test', { token })
        return answer.error ?? 'ok'
      }),
    )
    expect(left).toEqual(['token_revoked', 'token_revoked', 'ok'])
    const fresh = await authorize(bench.practice, app, { scope: 'users:read' })
    expect(fresh.scope).toBe('users:read')
  })

  it('with rotation ends one token alone', async () => {
    const { app, bot } = await tokens(true)
    const other = `${(await authorize(bench.practice, app)).access_token}`
    await call(bench.practice, 'auth.revoke', { token: bot })
    expect(await call(bench.practice, 'auth.test', { token: bot })).toMatchObject({
      error: 'token_revoked',
    })
    expect(await call(bench.practice, 'auth.test', { token: other })).toMatchObject({ ok: true })
    expect(await call(bench.practice, 'auth.revoke', { token: bot })).toMatchObject({
      error: 'token_revoked',
    })
  })
})

describe('team.info', () => {
  it('needs team:read', async () => {
    const { bot, user } = await tokens()
    expect(await call(bench.practice, 'team.info', { token: bot })).toMatchObject({
      ok: true,
      team: { id: 'T0PRACSTUDIO', name: 'Practice Studio', domain: 'practice-studio' },
    })
    expect(await call(bench.practice, 'team.info', { token: user })).toEqual({
      ok: false,
      error: 'missing_scope',
      needed: 'team:read',
      provided: 'search:read',
    })
  })
})

describe('calls that nobody should send', () => {
  it.each([
    ['an unknown method', 'users.list', 'token=x', undefined, 'unknown_method'],
    ['a method of objects', 'constructor', 'token=x', undefined, 'unknown_method'],
    ['a field that is there twice', 'auth.test', 'token=x&token=y', undefined, 'invalid_form_data'],
    ['another content type', 'auth.test', 'token=x', 'text/plain', 'invalid_post_type'],
    ['broken JSON', 'auth.test', '{"token":', 'application/json', 'invalid_json'],
    ['JSON that is a list', 'auth.test', '["x"]', 'application/json', 'json_not_object'],
    ['nested JSON', 'auth.test', '{"token":{}}', 'application/json', 'json_not_object'],
  ])('%s', async (_name, method, body, type, error) => {
    const headers = { 'Content-Type': type ?? 'application/x-www-form-urlencoded' }
    const response = await fetch(`${bench.practice.url}/api/${method}`, {
      method: 'POST',
      headers,
      body,
    })
    expect([response.status, await response.json()]).toEqual([200, { ok: false, error }])
  })

  it('an exchange by GET', async () => {
    const { app } = await tokens()
    const url = `${bench.practice.url}/api/oauth.v2.access?client_id=${app.client_id}`
    expect(await (await fetch(url)).json()).toMatchObject({ error: 'invalid_post_type' })
  })

  it('and JSON is taken as well as a form', async () => {
    const { bot } = await tokens()
    const response = await fetch(`${bench.practice.url}/api/auth.test`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ token: bot }),
    })
    expect(await response.json()).toMatchObject({ ok: true })
  })
})
