import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { configurationToken, MANIFEST, manifestCall } from './manifest-client.ts'
import { authorize, type Bench, call, openBench, register } from './practice-client.ts'

const HOUR_MS = 3600_000

let bench: Bench
beforeEach(async () => {
  bench = await openBench()
})
afterEach(() => bench.end())

const rotate = (refresh_token: string) =>
  call(bench.practice, 'tooling.tokens.rotate', { refresh_token })
const validate = (token: string) =>
  manifestCall(bench.practice, 'validate', token, { manifest: MANIFEST })

describe('a configuration token', () => {
  it('looks like a rotating user token, and lives twelve hours', async () => {
    const made = await configurationToken(bench.practice)
    expect(made).toEqual({
      token: expect.stringMatching(/^xoxe\.xoxp-1-[A-Za-z0-9]{164}$/),
      refreshToken: expect.stringMatching(/^xoxe-1-[A-Za-z0-9]{146}$/),
      teamId: 'T0PRACSTUDIO',
      userId: 'U01PRACSTUDIO',
      exp: Math.floor(bench.clock.now() / 1000) + 43_200,
    })
    expect(await validate(made.token)).toMatchObject({ ok: true })
    bench.clock.advance(12 * HOUR_MS)
    expect(await validate(made.token)).toEqual({ ok: false, error: 'token_expired' })
  })

  it('is rotated once; the old access token lives to its end', async () => {
    const made = await configurationToken(bench.practice)
    bench.clock.advance(HOUR_MS)
    const answer = await rotate(made.refreshToken)
    const iat = Math.floor(bench.clock.now() / 1000)
    expect(answer).toEqual({
      ok: true,
      token: expect.stringMatching(/^xoxe\.xoxp-1-/),
      refresh_token: expect.stringMatching(/^xoxe-1-/),
      team_id: 'T0PRACSTUDIO',
      user_id: 'U01PRACSTUDIO',
      iat,
      exp: iat + 43_200,
    })
    const refused = { ok: false, error: 'invalid_refresh_token' }
    expect(await rotate(made.refreshToken)).toEqual(refused)
    expect(await rotate('')).toEqual(refused)
    for (const token of [made.token, `${answer.token}`]) {
      expect(await validate(token)).toMatchObject({ ok: true })
    }
  })

  it('can be rotated long after it expired, and after a restart', async () => {
    const { refreshToken } = await configurationToken(bench.practice)
    bench.clock.advance(100 * 24 * HOUR_MS)
    await bench.restart()
    expect(await rotate(refreshToken)).toMatchObject({ ok: true })
  })

  it('says in auth.test whose it is, and can be revoked', async () => {
    const { token, refreshToken } = await configurationToken(bench.practice)
    const answer = await call(bench.practice, 'auth.test', { token })
    expect(answer).toMatchObject({ user: 'robin', expires_in: 43_200 })
    expect(answer).not.toHaveProperty('app_id')
    const pretended = await call(bench.practice, 'auth.revoke', { token, test: '1' })
    expect(pretended).toEqual({ ok: true, revoked: false })
    expect(await call(bench.practice, 'auth.revoke', { token })).toMatchObject({ revoked: true })
    expect(await validate(token)).toMatchObject({ error: 'token_revoked' })
    expect(await rotate(refreshToken)).toMatchObject({ error: 'invalid_refresh_token' })
  })
})

describe('the wrong kind of token', () => {
  it('changes no app', async () => {
    const app = await register(bench.practice)
    const answer = await authorize(bench.practice, app)
    const refused = { ok: false, error: 'not_allowed_token_type' }
    expect(await validate(`${answer.access_token}`)).toEqual(refused)
    expect(await validate('')).toEqual({ ok: false, error: 'not_authed' })
    expect(await validate('xoxe-1-unknown')).toEqual({ ok: false, error: 'invalid_auth' })
  })

  it('reads no workspace', async () => {
    const { token } = await configurationToken(bench.practice)
    expect(await call(bench.practice, 'team.info', { token })).toEqual({
      ok: false,
      error: 'not_allowed_token_type',
    })
  })
})

describe('the program interface', () => {
  it('makes a token for another workspace', async () => {
    const init = { method: 'POST', headers: { 'Content-Type': 'application/json' } }
    const url = `${bench.practice.url}/practice/configuration-tokens`
    const response = await fetch(url, { ...init, body: '{"teamId":"T0PRACLAB"}' })
    expect([response.status, await response.json()]).toEqual([
      201,
      expect.objectContaining({ teamId: 'T0PRACLAB', userId: 'U01PRACLAB' }),
    ])
    expect((await fetch(url, { ...init, body: '{"teamId":"T1"}' })).status).toBe(400)
  })

  it.each(['/practice/configuration-tokens', '/practice/answers'])(
    '%s is not for web pages',
    async (path) => {
      const { url } = bench.practice
      const headers = { 'Content-Type': 'application/json', Origin: url }
      const response = await fetch(`${url}${path}`, { method: 'POST', headers, body: '{}' })
      expect(response.status).toBe(403)
    },
  )
})
