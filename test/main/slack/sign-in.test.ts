import { createHash } from 'node:crypto'
import { inspect } from 'node:util'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Clock, systemClock } from '../../../main/platform/clock.ts'
import { silentLog } from '../../../main/platform/log.ts'
import { Secret } from '../../../main/platform/secret.ts'
import {
  type CodeExchange,
  createSlackApi,
  type OAuthGrant,
} from '../../../main/slack/slack-api.ts'
import { createFakeClock } from '../../fakes/fake-clock.ts'
import { sample } from './sample-secrets.ts'
import {
  json,
  type Reply,
  raw,
  refusalOf,
  type SlackServer,
  startSlackServer,
} from './slack-server.ts'

const CLIENT_ID = '1234567890.0987654321'
const REDIRECT_URI = 'https://localhost:17871/callback'
const clock = createFakeClock()
const now = clock.now() / 1000
/** The time stands still, so that ID tokens do not age; the waits between repeats are real. */
const waitingClock: Clock = { now: clock.now, after: systemClock.after }

type Keys = Awaited<ReturnType<typeof generateKeyPair>>
let ours: Keys
let theirs: Keys
let server: SlackServer
let keysReply: Reply

beforeAll(async () => {
  ours = await generateKeyPair('RS256')
  theirs = await generateKeyPair('RS256')
})
beforeEach(async () => {
  server = await startSlackServer()
  keysReply = json({ keys: [await publicKey(ours, 'key-1')] })
})
afterEach(() => server.close())

async function publicKey({ publicKey: key }: Keys, kid: string) {
  return { ...(await exportJWK(key)), kid, alg: 'RS256', use: 'sig' }
}

const nonce = sample.verifier()
const accessToken = sample.user()

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest().subarray(0, 16).toString('base64url')
}

/** What Slack says of somebody who signed in; `change` says what is different, undefined leaves out. */
function claims(change: Record<string, unknown> = {}): JWTPayload {
  const all = {
    iss: server.endpoints.issuer,
    sub: 'U0123456789',
    aud: CLIENT_ID,
    exp: now + 300,
    iat: now,
    auth_time: now,
    nonce,
    at_hash: hashOf(accessToken),
    'https://slack.com/team_id': 'T0123456789',
    'https://slack.com/user_id': 'U0123456789',
    'https://slack.com/team_name': 'Northwind',
    email: 'ada@northwind.example',
    name: 'Ada Lovelace',
    ...change,
  }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}

function signed(payload: JWTPayload, keys = ours, kid = 'key-1'): Promise<string> {
  return new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid }).sign(keys.privateKey)
}

function answerWith(idToken: string | undefined, rest: object = {}): void {
  const answer = { ok: true, access_token: accessToken, token_type: 'Bearer', id_token: idToken }
  server.answer((response, request) => {
    const isKeys = request.url === '/openid/connect/keys'
    const reply = isKeys ? keysReply : json({ ...answer, ...rest })
    reply(response, request)
  })
}

const code = sample.code()
const clientSecret = sample.clientSecret()

function signIn(change: Partial<CodeExchange> = {}, limitMs = 5_000): Promise<OAuthGrant> {
  const api = createSlackApi({
    ...{ fetch, clock: waitingClock, log: silentLog, limitMs, repeatAfterMs: 1 },
  })
  return api.exchangeCode(server.endpoints, {
    flow: 'openid',
    clientId: CLIENT_ID,
    clientSecret: Secret.of(clientSecret),
    code: Secret.of(code),
    redirectUri: REDIRECT_URI,
    codeVerifier: null,
    nonce: Secret.of(nonce),
    ...change,
  })
}

describe('signing in', () => {
  it('tells who signed in, and where', async () => {
    const idToken = await signed(claims())
    answerWith(idToken)
    const grant = await signIn()
    expect(grant).toMatchObject({
      appId: null,
      team: { id: 'T0123456789', name: 'Northwind' },
      enterprise: null,
      isEnterpriseInstall: false,
      authedUserId: 'U0123456789',
      bot: null,
      user: null,
      webhook: null,
      isClassic: false,
      signIn: {
        idTokenExpiresAtMs: (now + 300) * 1000,
        userId: 'U0123456789',
        userName: 'Ada Lovelace',
        email: 'ada@northwind.example',
        token: { expiresAtMs: null, refreshToken: null, scopes: [] },
      },
    })
    expect(grant.signIn?.token.token.expose()).toBe(accessToken)
    expect(grant.signIn?.idToken.expose()).toBe(idToken)
  })

  it('keeps what rotates, and the scopes of the header', async () => {
    const refresh = sample.refresh()
    const rotating = { refresh_token: refresh, expires_in: 43200 }
    const idToken = await signed(claims({ email: undefined, name: undefined }))
    server.answer((response, request) => {
      const answer = { ok: true, access_token: accessToken, id_token: idToken, ...rotating }
      const isKeys = request.url === '/openid/connect/keys'
      const reply = isKeys ? keysReply : json(answer, { 'x-oauth-scopes': 'openid,email' })
      reply(response, request)
    })
    const { signIn: who } = await signIn()
    expect(who).toMatchObject({ userName: null, email: null })
    expect(who?.token).toMatchObject({
      scopes: ['openid', 'email'],
      expiresAtMs: clock.now() + 43_200_000,
    })
    expect(who?.token.refreshToken?.expose()).toBe(refresh)
  })

  it('knows an organization by its claims', async () => {
    const enterprise = {
      'https://slack.com/team_id': undefined,
      'https://slack.com/enterprise_id': 'E0123456789',
      'https://slack.com/enterprise_name': 'Northwind Group',
    }
    answerWith(await signed(claims(enterprise)))
    expect(await signIn()).toMatchObject({
      team: null,
      enterprise: { id: 'E0123456789', name: 'Northwind Group' },
      isEnterpriseInstall: true,
    })
  })

  it('takes claims named by the issuer itself', async () => {
    const own = `${server.endpoints.issuer}/team_id`
    answerWith(await signed(claims({ 'https://slack.com/team_id': undefined, [own]: 'T2' })))
    expect(await signIn()).toMatchObject({ team: { id: 'T2' } })
  })

  it('asks for the keys, then sends the code once', async () => {
    answerWith(await signed(claims()))
    await signIn()
    expect(server.asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /openid/connect/keys',
      'POST /api/openid.connect.token',
    ])
    expect(server.asked[0]).toMatchObject({ authorization: undefined, form: {} })
    expect(server.asked[1]?.form).toEqual({
      client_id: CLIENT_ID,
      client_secret: clientSecret,
      code,
      redirect_uri: REDIRECT_URI,
      grant_type: 'authorization_code',
    })
  })

  it('sends no client secret beside a verifier', async () => {
    answerWith(await signed(claims()))
    const verifier = sample.verifier()
    await signIn({ codeVerifier: Secret.of(verifier) })
    expect(server.asked[1]?.form).toMatchObject({ code_verifier: verifier })
    expect(server.asked[1]?.form).not.toHaveProperty('client_secret')
  })

  it('sends nothing without a nonce', async () => {
    await expect(signIn({ nonce: null })).rejects.toThrow(TypeError)
    expect(server.asked).toEqual([])
  })

  it.each([
    ['no ID token', undefined, {}],
    ['no access token', 'a.b.c', { access_token: '' }],
  ])('takes an answer with %s for garbage', async (_case, idToken, rest) => {
    answerWith(idToken, rest)
    expect(await refusalOf(signIn())).toMatchObject({ code: 'SLACK_GARBAGE' })
  })

  it('hands on what Slack says', async () => {
    answerWith(undefined, { ok: false, error: 'invalid_grant' })
    expect(await refusalOf(signIn())).toMatchObject({
      code: 'SLACK_REFUSED',
      slackCode: 'invalid_grant',
    })
  })
})

describe('an ID token', () => {
  it.each<[string, Record<string, unknown>]>([
    ['for a list with this app alone', { aud: [CLIENT_ID] }],
    ['for several apps, given to this one', { aud: [CLIENT_ID, '1.2'], azp: CLIENT_ID }],
    ['without a hash of the access token', { at_hash: undefined }],
    ['that expired less than a minute ago', { iat: now - 300, exp: now - 59 }],
    ['made a little later than now', { iat: now + 59 }],
    ['that names the user as its subject alone', { 'https://slack.com/user_id': undefined }],
  ])('%s is taken', async (_case, change) => {
    answerWith(await signed(claims(change)))
    expect(await signIn()).toMatchObject({ signIn: { userId: 'U0123456789' } })
  })

  it.each<[string, Record<string, unknown>, string]>([
    ['of another issuer', { iss: 'https://slack.example' }, 'issuer'],
    ['of no issuer', { iss: undefined }, 'issuer'],
    ['for another app', { aud: '1.2' }, 'audience'],
    ['for nobody', { aud: undefined }, 'audience'],
    ['for several apps', { aud: [CLIENT_ID, '1.2'] }, 'audience'],
    ['for several apps, given to another', { aud: [CLIENT_ID, '1.2'], azp: '1.2' }, 'audience'],
    ['given to another app', { azp: '1.2' }, 'audience'],
    ['that has expired', { iat: now - 400, exp: now - 61 }, 'expiry'],
    ['that never expires', { exp: undefined }, 'expiry'],
    ['that lives longer than dates go', { exp: 1e17 }, 'shape'],
    ['made in the future', { iat: now + 3600, exp: now + 7200 }, 'age'],
    ['made long ago', { iat: now - 7200 }, 'age'],
    ['made at no time', { iat: undefined }, 'age'],
    ['of another sign-in', { nonce: sample.verifier() }, 'nonce'],
    ['of no sign-in', { nonce: undefined }, 'nonce'],
    ['with a number for a nonce', { nonce: 7 }, 'nonce'],
    ['of another access token', { at_hash: hashOf('another') }, 'access-token'],
    ['with a number for a hash', { at_hash: 7 }, 'access-token'],
    ['of no workspace', { 'https://slack.com/team_id': undefined }, 'shape'],
    ['of nobody', { sub: undefined, 'https://slack.com/user_id': undefined }, 'shape'],
    ['with a number for a name', { name: 7 }, 'shape'],
  ])('%s is refused: %s', async (_case, change, check) => {
    const idToken = await signed(claims(change))
    answerWith(idToken)
    await expectRefused(check, idToken)
  })

  it('signed by somebody else is refused', async () => {
    const idToken = await signed(claims(), theirs)
    answerWith(idToken)
    await expectRefused('signature', idToken)
  })

  it('that was changed afterwards is refused', async () => {
    const [head, , signature] = (await signed(claims())).split('.')
    const payload = Buffer.from(JSON.stringify(claims({ name: 'Eve' }))).toString('base64url')
    const idToken = `${head}.${payload}.${signature}`
    answerWith(idToken)
    await expectRefused('signature', idToken)
  })

  it('signed with a key that is not published is refused', async () => {
    const idToken = await signed(claims(), ours, 'key-2')
    answerWith(idToken)
    await expectRefused('signature', idToken)
  })

  it('signed with the public key as a shared secret is refused', async () => {
    const { n } = await exportJWK(ours.publicKey)
    const idToken = await new SignJWT(claims())
      .setProtectedHeader({ alg: 'HS256', kid: 'key-1' })
      .sign(Buffer.from(`${n}`))
    answerWith(idToken)
    await expectRefused('algorithm', idToken)
  })

  it('without a signature is refused', async () => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const idToken = `${part({ alg: 'none' })}.${part(claims())}.`
    answerWith(idToken)
    await expectRefused('algorithm', idToken)
  })

  it.each(['', 'garbage', 'a.b.c', 'a.b', '{}'])(
    'of the shape %j is not taken',
    async (idToken) => {
      answerWith(idToken)
      const failure = await refusalOf(signIn())
      const code = idToken === '' ? 'SLACK_GARBAGE' : 'SLACK_ID_TOKEN_INVALID'
      expect(failure).toMatchObject({ code })
    },
  )

  it('whose published key cannot be used is refused', async () => {
    keysReply = json({ keys: [{ kty: 'RSA', kid: 'key-1', alg: 'RS256', n: 'AQAB', e: 'AQAB' }] })
    const idToken = await signed(claims())
    answerWith(idToken)
    await expectRefused('signature', idToken)
  })

  /** Says which check it was and what to do, and holds nothing of the answer. */
  async function expectRefused(check: string, idToken: string): Promise<void> {
    const failure = await refusalOf(signIn())
    expect(failure).toMatchObject({ code: 'SLACK_ID_TOKEN_INVALID', check, remedy: 'retry' })
    expect(failure).toHaveProperty('advice', expect.stringMatching(/^[A-Z][^!]{9,180}\.$/))
    const printed = inspect(failure, { depth: 20, showHidden: true })
    for (const secret of [idToken, accessToken, nonce, 'ada@northwind']) {
      expect(printed).not.toContain(secret)
    }
  }
})

describe('the published keys', () => {
  it('are asked for again while Slack is in trouble', async () => {
    let count = 0
    const keys = keysReply
    keysReply = (response, request) => {
      count += 1
      const reply = count < 3 ? raw(503, '') : keys
      reply(response, request)
    }
    answerWith(await signed(claims()))
    expect(await signIn()).toMatchObject({ signIn: { userId: 'U0123456789' } })
    expect(count).toBe(3)
  })

  it.each<[string, Reply, string]>([
    ['500', raw(500, ''), 'SLACK_NO_ANSWER'],
    ['a connection that ends', (response) => response.destroy(), 'SLACK_NO_ANSWER'],
    ['a redirect', raw(302, '', { location: 'https://elsewhere.example/' }), 'SLACK_NO_ANSWER'],
    ['half an answer', halfAnAnswer, 'SLACK_NO_ANSWER'],
    ['too much', raw(200, ' '.repeat(2 * 1024 * 1024)), 'SLACK_NO_ANSWER'],
    ['404', raw(404, 'not found'), 'SLACK_GARBAGE'],
    ['a page', raw(200, '<html></html>'), 'SLACK_GARBAGE'],
    ['nothing', raw(200, ''), 'SLACK_GARBAGE'],
    ['429', raw(429, '', { 'retry-after': '7' }), 'SLACK_RATE_LIMITED'],
  ])('that come as %s cost no code', async (_case, reply, code) => {
    keysReply = reply
    answerWith(await signed(claims()))
    expect(await refusalOf(signIn())).toMatchObject({ code })
    expect(server.asked.filter(({ path }) => path.startsWith('/api/'))).toEqual([])
  })

  it('that never come cost no code', async () => {
    keysReply = () => {}
    answerWith(await signed(claims()))
    expect(await refusalOf(signIn({}, 80))).toMatchObject({ code: 'SLACK_NO_ANSWER' })
    expect(server.asked.map(({ path }) => path)).toEqual(['/openid/connect/keys'])
  })

  it.each([{}, { keys: [] }, { keys: 'none' }, { keys: [7] }, [], null])(
    'are none in %j, and then nobody is signed in',
    async (keys) => {
      keysReply = json(keys)
      answerWith(await signed(claims()))
      expect(await refusalOf(signIn())).toMatchObject({ code: 'SLACK_GARBAGE' })
    },
  )
})

function halfAnAnswer(response: Parameters<Reply>[0]): void {
  response.writeHead(200, { 'content-length': '1000' })
  response.write('{"keys":')
  setImmediate(() => response.destroy())
}
