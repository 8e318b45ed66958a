import { createHash } from 'node:crypto'
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ID_TOKEN_FAULTS } from '../../../main/practice/id-token-fault.ts'
import {
  authorize,
  authorizeUrl,
  type Bench,
  type Client,
  call,
  consent,
  DESKTOP_REDIRECT,
  type Json,
  openBench,
  PKCE,
  register,
} from './practice-client.ts'

let bench: Bench
beforeEach(async () => {
  bench = await openBench()
})
afterEach(() => bench.end())

const asked = { scope: 'openid,email,profile', response_type: 'code', nonce: 'n-0S6_WzA2Mj' }

function signIn(client: Client, change: Record<string, string> = {}, choice = {}): Promise<Json> {
  return authorize(bench.practice, client, { ...asked, ...change }, choice, 'openid')
}

/** Checks a token as a careful client does. */
async function verify(token: unknown, { client_id }: Client) {
  const discovery = `${bench.practice.url}/.well-known/openid-configuration`
  const { issuer, jwks_uri } = (await (await fetch(discovery)).json()) as Record<string, string>
  const keys = createRemoteJWKSet(new URL(jwks_uri ?? ''))
  const currentDate = new Date(bench.clock.now())
  const checks = { issuer: issuer ?? '', audience: client_id, algorithms: ['RS256'], currentDate }
  return jwtVerify(`${token}`, keys, checks)
}

describe('an ID token', () => {
  it('says who signed in, and stands under a served key', async () => {
    const app = await register(bench.practice)
    const answer = await signIn(app)
    expect(answer).toEqual({
      ok: true,
      access_token: expect.stringMatching(/^xoxp-/),
      token_type: 'Bearer',
      id_token: expect.any(String),
    })
    const { payload, protectedHeader } = await verify(answer.id_token, app)
    const iat = Math.floor(bench.clock.now() / 1000)
    const digest = createHash('sha256').update(`${answer.access_token}`).digest()
    expect(protectedHeader).toMatchObject({
      alg: 'RS256',
      kid: expect.stringMatching(/^practice-/),
    })
    expect(payload).toEqual({
      iss: bench.practice.url,
      sub: 'U01PRACSTUDIO',
      aud: app.client_id,
      iat,
      exp: iat + 300,
      auth_time: iat,
      nonce: asked.nonce,
      at_hash: digest.subarray(0, 16).toString('base64url'),
      'https://slack.com/team_id': 'T0PRACSTUDIO',
      'https://slack.com/user_id': 'U01PRACSTUDIO',
      'https://slack.com/team_name': 'Practice Studio',
      'https://slack.com/team_domain': 'practice-studio',
      email: 'robin@practice.example',
      email_verified: true,
      name: 'Robin Practice',
      given_name: 'Robin',
      family_name: 'Practice',
      locale: 'en-US',
    })
  })

  it('says no more than the scopes allow, and has no nonce where none was sent', async () => {
    const app = await register(bench.practice)
    const query = { scope: 'openid', response_type: 'code' }
    const answer = await authorize(bench.practice, app, query, {}, 'openid')
    const { payload } = await verify(answer.id_token, app)
    expect(payload).not.toHaveProperty('email')
    expect(payload).not.toHaveProperty('name')
    expect(payload).not.toHaveProperty('nonce')
  })

  it('is signed by a new key after a restart', async () => {
    const app = await register(bench.practice)
    const before = decodeProtectedHeader(`${(await signIn(app)).id_token}`).kid
    await bench.restart()
    const answer = await signIn(app)
    expect(decodeProtectedHeader(`${answer.id_token}`).kid).not.toBe(before)
    await verify(answer.id_token, app)
  })

  it('the key set holds public keys alone', async () => {
    const answer = await fetch(`${bench.practice.url}/openid/connect/keys`)
    const { keys } = (await answer.json()) as { keys: Json[] }
    expect(keys.map((key) => Object.keys(key).sort())).toEqual([
      ['alg', 'e', 'kid', 'kty', 'n', 'use'],
    ])
  })
})

describe('an ID token that was to be wrong', () => {
  /** What a careful client finds. */
  const FOUND = {
    'wrong-nonce': null,
    'wrong-audience': 'ERR_JWT_CLAIM_VALIDATION_FAILED',
    'wrong-issuer': 'ERR_JWT_CLAIM_VALIDATION_FAILED',
    expired: 'ERR_JWT_EXPIRED',
    'bad-signature': 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
  }

  async function expectWrong(fault: (typeof ID_TOKEN_FAULTS)[number], app: Client, token: unknown) {
    const code = FOUND[fault]
    if (code !== null) await expect(verify(token, app)).rejects.toMatchObject({ code })
    expect(decodeJwt(`${token}`).nonce === asked.nonce).toBe(fault !== 'wrong-nonce')
  }

  it.each(ID_TOKEN_FAULTS)('%s, by the consent page', async (fault) => {
    const app = await register(bench.practice)
    const answer = await signIn(app, {}, { decision: 'answer', answer: `id-token:${fault}` })
    await expectWrong(fault, app, answer.id_token)
  })

  it.each(ID_TOKEN_FAULTS)('%s, by a fault', async (fault) => {
    const faults = [{ idToken: fault }]
    await bench.end()
    bench = await openBench({ faults: { next: () => faults.shift() ?? null } })
    const app = await register(bench.practice)
    await expectWrong(fault, app, (await signIn(app)).id_token)
    await verify((await signIn(app)).id_token, app)
  })
})

describe('the token of a sign-in', () => {
  it('reads who somebody is, and no more', async () => {
    const app = await register(bench.practice)
    const token = `${(await signIn(app)).access_token}`
    expect(await call(bench.practice, 'openid.connect.userInfo', { token })).toMatchObject({
      ok: true,
      sub: 'U01PRACSTUDIO',
      email: 'robin@practice.example',
      'https://slack.com/team_id': 'T0PRACSTUDIO',
    })
    expect(await call(bench.practice, 'team.info', { token })).toMatchObject({
      error: 'missing_scope',
    })
  })

  it('rotates at its own method alone', async () => {
    const { appId: _, ...app } = await register(bench.practice, { tokenRotation: true })
    const first = await signIn(app)
    expect(first).toMatchObject({ expires_in: 43_200 })
    const refresh = { grant_type: 'refresh_token', refresh_token: `${first.refresh_token}` }
    expect(await call(bench.practice, 'oauth.v2.access', { ...app, ...refresh })).toMatchObject({
      error: 'invalid_refresh_token',
    })
    expect(await call(bench.practice, 'openid.connect.token', { ...app, ...refresh })).toEqual({
      ok: true,
      token_type: 'Bearer',
      access_token: expect.stringMatching(/^xoxe\.xoxp-1-/),
      refresh_token: expect.stringMatching(/^xoxe-1-/),
      expires_in: 43_200,
    })
  })

  it('comes by PKCE without a secret too', async () => {
    const app = await register(bench.practice, { pkce: true })
    const answer = await signIn(app, { redirect_uri: DESKTOP_REDIRECT, ...PKCE })
    expect(answer).toMatchObject({ ok: true, token_type: 'Bearer' })
  })

  it('does not widen what the person allowed otherwise', async () => {
    const app = await register(bench.practice)
    await authorize(bench.practice, app, { user_scope: 'search:read' })
    const token = `${(await signIn(app)).access_token}`
    const url = `${bench.practice.url}/api/auth.test`
    const headers = { Authorization: `Bearer ${token}` }
    const response = await fetch(url, { method: 'POST', headers })
    expect(response.headers.get('x-oauth-scopes')).toBe('openid,email,profile')
  })
})

describe('the sign-in page', () => {
  it.each([
    ['no response type', { response_type: '' }, 'response_type must be code'],
    ['an implicit response', { response_type: 'id_token' }, 'response_type must be code'],
    ['no openid', { scope: 'email,profile' }, 'scope openid is missing'],
    ['nothing', { scope: '' }, 'scope openid is missing'],
  ])('refuses %s', async (_name, change, said) => {
    const { client_id } = await register(bench.practice)
    const url = authorizeUrl(bench.practice, { client_id, ...asked, ...change }, 'openid')
    expect(await (await fetch(url)).text()).toContain(said)
  })

  it('takes scopes with spaces between, and gives the state back', async () => {
    const { client_id } = await register(bench.practice)
    const query = { client_id, ...asked, scope: 'openid email', state: 's1' }
    const answer = await consent(bench.practice, query, {}, 'openid')
    expect(answer.get('state')).toBe('s1')
    const page = await (await fetch(authorizeUrl(bench.practice, query, 'openid'))).text()
    expect(page).toContain('Sign in to')
    expect(page).not.toContain('all of it')
  })
})
