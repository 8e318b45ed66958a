/** OAuth 2.0 Security Best Current Practice, RFC 9700 (January 2025): what it asks of a client. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect } from 'vitest'
import { callbackPath, redirectUrls } from '../../main/contract/redirect.ts'
import { PAGE_TEXTS } from '../../main/oauth/page-texts.ts'
import { renderPage } from '../../main/oauth/pages.ts'
import { challengeOf, createPkce } from '../../main/oauth/pkce.ts'
import { Secret } from '../../main/platform/secret.ts'
import { slackEndpoints } from '../../main/slack/environment.ts'
import { sample } from '../main/slack/sample-secrets.ts'
import { raw, refusalOf } from '../main/slack/slack-server.ts'
import {
  codeExchange,
  queryOf,
  startAuthorizing,
  startTokenEndpoint,
  stateOf,
} from './authorizing.ts'
import { openChecklist } from './checklist.ts'

const root = resolve(import.meta.dirname, '../..')

const { line, leftOut, done } = openChecklist('RFC 9700', [
  ...['2.1', '2.1.1', '2.1.2', '2.2.1', '2.2.2', '2.3', '2.4', '2.5', '2.6'],
  ...[
    '4.1.3',
    '4.2.4',
    '4.3.1',
    '4.3.2',
    '4.4.2.1',
    '4.4.2.2',
    '4.5.3.1',
    '4.5.3.2',
    '4.6',
    '4.7.1',
  ],
  ...['4.8', '4.9', '4.10.1', '4.10.2', '4.11.1', '4.11.2', '4.12', '4.13', '4.14', '4.15'],
  ...['4.16', '4.17'],
])

/** All of the product's code that talks OAuth, practice Slack (the other side) left out. */
function clientSources(): string[] {
  return ['oauth', 'slack', 'workspaces'].flatMap((room) =>
    readdirSync(join(root, 'main', room), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(join(root, 'main', room, name), 'utf8')),
  )
}

line(
  '2.1',
  'the redirect URL is the registered one to the letter, and the exchange repeats it',
  async () => {
    const desk = await startAuthorizing()
    const pending = await desk.begin({ strategy: 'https' })
    expect(pending.redirectUri).toBe(`https://localhost:${desk.ports[0]}/callback`)
    expect(queryOf(pending).get('redirect_uri')).toBe(pending.redirectUri)
    await desk.request(pending, desk.redirectPath(pending))
    expect(desk.answers.map(({ redirectUri }) => redirectUri)).toEqual([pending.redirectUri])
    const { server, slack } = await startTokenEndpoint()
    await slack.exchangeCode(server.endpoints, codeExchange({ redirectUri: pending.redirectUri }))
    expect(server.asked[0]?.form.redirect_uri).toBe(pending.redirectUri)
  },
)

line(
  '2.1',
  'a state is one authorization’s own: unguessable, used once, ended with its time',
  async () => {
    const desk = await startAuthorizing()
    const [one, two] = [await desk.begin(), await desk.begin()]
    for (const pending of [one, two]) {
      expect(Buffer.from(stateOf(pending), 'base64url')).toHaveLength(32)
    }
    expect(stateOf(one)).not.toBe(stateOf(two))
    await desk.request(one, desk.redirectPath(one))
    await desk.request(one, desk.redirectPath(one, 'another'))
    expect(desk.answers).toHaveLength(1)
    desk.clock.advance(9 * 60 * 1000)
    const later = await desk.begin()
    desk.clock.advance(60 * 1000)
    await desk.request(later, desk.redirectPath(two))
    expect(desk.answers).toHaveLength(1)
    expect(desk.failures.map(({ code }) => code)).toEqual(['OAUTH_EXPIRED'])
  },
)

line(
  '2.1.1',
  'PKCE with S256 and a fresh verifier wherever Slack lets the app use it',
  async () => {
    const desk = await startAuthorizing()
    const pending = await desk.begin()
    const query = queryOf(pending)
    expect(query.get('code_challenge_method')).toBe('S256')
    await desk.request(pending, desk.redirectPath(pending))
    const verifier = desk.answers[0]?.codeVerifier ?? Secret.of('')
    expect(verifier.expose()).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(query.get('code_challenge')).toBe(challengeOf(verifier))
    expect(pending.authorizeUrl).not.toContain(verifier.expose())
    expect(createPkce().verifier.expose()).not.toBe(createPkce().verifier.expose())
  },
)

line('2.1.2', 'no implicit grant: a code is asked for, never a token', async () => {
  const desk = await startAuthorizing()
  for (const flow of ['v2', 'v2-user', 'v1', 'openid'] as const) {
    const asked = queryOf(await desk.begin({ flow })).get('response_type')
    expect([null, 'code']).toContain(asked)
  }
  const pending = await desk.begin()
  const path = `/callback?access_token=${sample.user()}&token_type=user&state=${stateOf(pending)}`
  expect((await desk.request(pending, path)).location).toBe('/nothing-to-do')
  expect(desk.answers).toEqual([])
  expect(clientSources().filter((text) => /response_type.{0,20}token/.test(text))).toEqual([])
})

leftOut(
  '2.2.1',
  'sender-constrained access tokens (mTLS, DPoP)',
  'Slack issues bearer tokens and nothing else; what is left is to keep them sealed and to send them to one host, see 4.9.',
)

line(
  '2.2.2',
  'a refresh token is sent to the token endpoint alone, once, in the body',
  async () => {
    const { server, slack } = await startTokenEndpoint()
    const spent = sample.refresh()
    server.answer(raw(503, ''))
    await refusalOf(
      slack.refreshToken(server.endpoints, {
        ...{ kind: 'bot', clientId: '1.2', clientSecret: Secret.of(sample.clientSecret()) },
        refreshToken: Secret.of(spent),
      }),
    )
    expect(server.asked).toHaveLength(1)
    expect(server.asked[0]).toMatchObject({ method: 'POST', path: '/api/oauth.v2.access' })
    expect(server.asked[0]?.form).toMatchObject({
      grant_type: 'refresh_token',
      refresh_token: spent,
    })
  },
)

line(
  '2.3',
  'only the scopes that the app asks for are asked of Slack, bot and user apart',
  async () => {
    const desk = await startAuthorizing()
    const query = queryOf(
      await desk.begin({ botScopes: ['chat:write'], userScopes: ['users:read'] }),
    )
    expect([query.get('scope'), query.get('user_scope')]).toEqual(['chat:write', 'users:read'])
    expect(queryOf(await desk.begin({ userScopes: ['users:read'] })).has('scope')).toBe(false)
  },
)

line('2.4', 'no password grant: no call knows such a thing', async () => {
  expect(clientSources().filter((text) => /['"]password['"]/.test(text))).toEqual([])
  const { server, slack } = await startTokenEndpoint()
  await slack.exchangeCode(server.endpoints, codeExchange({ flow: 'v2-user' }))
  expect(server.asked[0]?.form.grant_type).toBe('authorization_code')
})

line(
  '2.5',
  'a client secret goes into the body of the token request, never into an address',
  async () => {
    const { server, slack } = await startTokenEndpoint()
    const secret = sample.clientSecret()
    await slack.exchangeCode(server.endpoints, codeExchange({ clientSecret: Secret.of(secret) }))
    const [asked] = server.asked
    expect(asked?.form.client_secret).toBe(secret)
    expect(`${asked?.path} ${asked?.authorization}`).not.toContain(secret)
    const desk = await startAuthorizing()
    expect(queryOf(await desk.begin()).has('client_secret')).toBe(false)
  },
)

line('2.5', 'a public client (PKCE) sends its verifier and no secret', async () => {
  const { server, slack } = await startTokenEndpoint()
  const codeVerifier = createPkce().verifier
  await slack.exchangeCode(server.endpoints, codeExchange({ codeVerifier }))
  expect(server.asked[0]?.form).toMatchObject({ code_verifier: codeVerifier.expose() })
  expect(server.asked[0]?.form).not.toHaveProperty('client_secret')
})

line('2.6', 'https to the end, or http that stays on this computer', async () => {
  const desk = await startAuthorizing()
  const begun = (authorizeEndpoint: string) => refusalOf(desk.begin({ authorizeEndpoint }))
  for (const url of [
    'http://slack.com/oauth/v2/authorize',
    'http://192.168.0.1/x',
    'ftp://slack.com/',
  ]) {
    expect(await begun(url), url).toMatchObject({ code: 'INPUT_INVALID', field: 'baseUrl' })
  }
  for (const kind of ['slack', 'govslack'] as const) {
    const { apiUrl, authorizeEndpoints, keysUrl } = slackEndpoints({ kind })
    for (const url of [apiUrl, keysUrl, ...Object.values(authorizeEndpoints)]) {
      expect(url).toMatch(/^https:\/\//)
    }
  }
  for (const baseUrl of ['http://slack.example.com', 'http://127.0.0.1.evil.example']) {
    expect(() => slackEndpoints({ kind: 'custom', baseUrl })).toThrow('Plain http')
  }
})

line('4.1.3', 'the answer must arrive at the address that it was asked to come to', async () => {
  const desk = await startAuthorizing()
  const pending = await desk.begin()
  const query = desk.redirectPath(pending).slice('/callback'.length)
  for (const path of ['/callback/', '/callback/x', '/Callback', '//callback', '/other']) {
    expect((await desk.request(pending, path + query)).status, path).toBe(404)
  }
  const headers = { Host: `127.0.0.1:${pending.port}` }
  expect((await desk.request(pending, desk.redirectPath(pending), { headers })).status).toBe(403)
  expect(desk.answers).toEqual([])
})

line(
  '4.2.4',
  'no referrer leaves, nothing is loaded and nothing is linked from where a redirect ends',
  async () => {
    const desk = await startAuthorizing()
    const pending = await desk.begin()
    const { headers } = await desk.request(pending, desk.redirectPath(pending))
    expect(headers).toMatchObject({ 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' })
    for (const name of Object.keys(PAGE_TEXTS) as (keyof typeof PAGE_TEXTS)[]) {
      const page = renderPage(name)
      expect(
        page.match(/<(script|img|iframe|form|a|object|embed|base)\b|@import|url\((?!#)/gi),
      ).toBeNull()
      expect(page.match(/(?:src|href)="(?!data:,")/g)).toBeNull()
    }
  },
)

line(
  '4.3.1',
  'the code does not stay in the history: 303 to an address without a query',
  async () => {
    const desk = await startAuthorizing()
    const pending = await desk.begin()
    const { status, location, body } = await desk.request(pending, desk.redirectPath(pending))
    expect({ status, location, body }).toEqual({ status: 303, location: '/complete', body: '' })
  },
)

line('4.3.1', 'a code that comes twice is exchanged once', async () => {
  const desk = await startAuthorizing()
  const pending = await desk.begin()
  const twice = [1, 2].map(() => desk.request(pending, desk.redirectPath(pending)))
  expect((await Promise.all(twice)).map(({ location }) => location)).toEqual([
    '/complete',
    '/complete',
  ])
  expect(desk.answers).toHaveLength(1)
  const { server, slack } = await startTokenEndpoint()
  server.answer(raw(503, ''))
  await refusalOf(slack.exchangeCode(server.endpoints, codeExchange()))
  expect(server.asked).toHaveLength(1)
})

line(
  '4.3.2',
  'an access token goes into the Authorization header, never into an address',
  async () => {
    const { server, slack } = await startTokenEndpoint()
    const token = sample.bot()
    await refusalOf(slack.testToken(server.endpoints, Secret.of(token)))
    expect(server.asked[0]?.authorization).toBe(`Bearer ${token}`)
    for (const { path, form } of server.asked) {
      expect(path + JSON.stringify(form)).not.toContain(token)
    }
  },
)

leftOut(
  '4.4.2.1',
  'mix-up defence by the issuer in the answer (RFC 9207)',
  'Slack sends no iss parameter, so the other defence of this section is used: 4.4.2.2.',
)

line(
  '4.4.2.2',
  'each foreign Slack has a redirect URL of its own, and only its own is taken',
  async () => {
    const environments = [
      { kind: 'slack' },
      { kind: 'custom', baseUrl: 'https://slack.one.example' },
      { kind: 'custom', baseUrl: 'https://slack.two.example' },
      { kind: 'custom', baseUrl: 'https://slack.two.example/eu' },
    ] as const
    const urls = environments.map((environment) => redirectUrls('https', environment)[0])
    expect(new Set(urls).size).toBe(environments.length)
    const desk = await startAuthorizing()
    const honest = await desk.begin()
    const evil = await desk.begin({ callbackPath: callbackPath(environments[1]) })
    // The other server makes the browser bring the honest one's code to its own address, and back.
    const mixed = `${callbackPath(environments[1])}?code=c&state=${stateOf(honest)}`
    expect((await desk.request(honest, mixed)).location).toBe('/nothing-to-do')
    const back = `/callback?code=c&state=${stateOf(evil)}`
    expect((await desk.request(honest, back)).location).toBe('/nothing-to-do')
    expect(desk.answers).toEqual([])
  },
)

line(
  '4.5.3.1',
  'an injected code is worth nothing: the verifier of this authorization goes with it',
  async () => {
    const desk = await startAuthorizing()
    const [one, two] = [await desk.begin(), await desk.begin()]
    await desk.request(one, desk.redirectPath(one, 'stolen-elsewhere'))
    await desk.request(two, desk.redirectPath(two))
    const challenges = desk.answers.map(({ codeVerifier }) =>
      challengeOf(codeVerifier ?? Secret.of('')),
    )
    expect(challenges).toEqual([one, two].map((pending) => queryOf(pending).get('code_challenge')))
    expect(challenges[0]).not.toBe(challenges[1])
  },
)

line(
  '4.5.3.2',
  'signing in carries a nonce of 256 bits that the ID token has to repeat',
  async () => {
    const desk = await startAuthorizing()
    const pending = await desk.begin({ flow: 'openid' })
    const nonce = queryOf(pending).get('nonce') ?? ''
    expect(Buffer.from(nonce, 'base64url')).toHaveLength(32)
    await desk.request(pending, desk.redirectPath(pending))
    expect(desk.answers[0]?.nonce?.expose()).toBe(nonce)
    const { server, slack } = await startTokenEndpoint()
    await expect(
      slack.exchangeCode(server.endpoints, codeExchange({ flow: 'openid' })),
    ).rejects.toThrow()
    expect(server.asked).toEqual([])
  },
)

line('4.6', 'a token is taken from the token endpoint alone, never from a redirect', async () => {
  const desk = await startAuthorizing()
  const pending = await desk.begin()
  for (const name of ['access_token', 'token', 'id_token']) {
    const path = `/callback?${name}=${sample.user()}&state=${stateOf(pending)}`
    expect((await desk.request(pending, path)).location, name).toBe('/nothing-to-do')
  }
  expect(desk.answers).toEqual([])
  expect(desk.log.text()).not.toContain('xoxp')
})

line('4.7.1', 'an answer that nobody here asked for does nothing', async () => {
  const desk = await startAuthorizing()
  const pending = await desk.begin()
  const state = stateOf(pending)
  const forged = [
    '',
    'x',
    state.slice(1),
    `${state}A`,
    state.toLowerCase(),
    Buffer.alloc(32).toString('base64url'),
  ]
  for (const one of forged) {
    const answered = await desk.request(pending, `/callback?code=c&state=${one}`)
    expect(answered.location).toBe('/nothing-to-do')
  }
  const error = await desk.request(pending, '/callback?error=access_denied&state=x')
  expect(error.location).toBe('/nothing-to-do')
  expect([desk.answers, desk.failures]).toEqual([[], []])
  await desk.request(pending, desk.redirectPath(pending))
  expect(desk.answers).toHaveLength(1)
})

line(
  '4.8',
  'no downgrade: a challenge that was sent is followed by its verifier, and no secret',
  async () => {
    const desk = await startAuthorizing()
    const pending = await desk.begin()
    await desk.request(
      pending,
      `${desk.redirectPath(pending)}&code_challenge=&code_challenge_method=plain`,
    )
    const [answer] = desk.answers
    expect(answer?.codeVerifier).not.toBeNull()
    const { server, slack } = await startTokenEndpoint()
    const { code, redirectUri, codeVerifier = null } = answer ?? {}
    await slack.exchangeCode(server.endpoints, {
      ...codeExchange({ codeVerifier }),
      ...(code === undefined ? {} : { code, redirectUri: redirectUri ?? '' }),
    })
    expect(server.asked[0]?.form.code_verifier).toBe(answer?.codeVerifier?.expose())
  },
)

line(
  '4.9',
  'a token goes to the host of its own environment, and to no other by a redirect',
  async () => {
    const other = await startTokenEndpoint()
    const { server, slack } = await startTokenEndpoint()
    server.answer(raw(302, '', { location: other.server.endpoints.apiUrl }))
    const refused = await refusalOf(slack.testToken(server.endpoints, Secret.of(sample.bot())))
    expect(refused).toMatchObject({ code: 'SLACK_NO_ANSWER' })
    expect(other.server.asked).toEqual([])
  },
)

leftOut(
  '4.10.1',
  'sender-constrained access tokens',
  'Slack offers neither mTLS nor DPoP for Web API tokens.',
)
leftOut(
  '4.10.2',
  'audience-restricted access tokens',
  'Slack’s tokens have one audience, the Web API of their environment; 4.9 tests that they go nowhere else.',
)

line(
  '4.11.1',
  'no open redirector: where it sends a browser is a fixed page of its own',
  async () => {
    const desk = await startAuthorizing()
    const pending = await desk.begin()
    const targets = [
      'https://evil.example',
      '//evil.example',
      '/\\evil.example',
      'javascript:alert(1)',
    ]
    for (const target of targets) {
      const to = encodeURIComponent(target)
      for (const name of ['redirect', 'next', 'url', 'redirect_uri', 'return_to', 'error_uri']) {
        const { location } = await desk.request(pending, `/callback?${name}=${to}&code=c&state=x`)
        expect(location).toBe('/nothing-to-do')
      }
    }
    const path = `${desk.redirectPath(pending)}&next=https%3A%2F%2Fevil.example`
    expect((await desk.request(pending, path)).location).toBe('/complete')
  },
)

leftOut(
  '4.11.2',
  'the authorization server as open redirector',
  'Token Desk is no authorization server; the practice Slack in it answers to registered redirect URLs alone (test/main/practice).',
)

line('4.12', '303 and no other redirect, so that nothing that was sent is sent again', async () => {
  const desk = await startAuthorizing()
  const pending = await desk.begin()
  const paths = ['/callback', '/callback?error=access_denied&state=x', desk.redirectPath(pending)]
  for (const path of paths) expect((await desk.request(pending, path)).status).toBe(303)
  const posted = await desk.request(pending, '/callback', {
    method: 'POST',
    body: 'client_secret=x',
  })
  expect([posted.status, posted.location]).toEqual([405, null])
})

line('4.13', 'headers that a proxy may add count for nothing', async () => {
  const desk = await startAuthorizing()
  const pending = await desk.begin()
  const own = `localhost:${pending.port}`
  const headers = { Host: 'evil.example', 'X-Forwarded-Host': own, Forwarded: `host=${own}` }
  const answered = await desk.request(pending, desk.redirectPath(pending), { headers })
  expect(answered.status).toBe(403)
  expect(desk.answers).toEqual([])
})

line('4.14', 'a used refresh token is a secret until the end: it is in no failure', async () => {
  const { server, slack } = await startTokenEndpoint()
  const spent = sample.refresh()
  server.answer(raw(200, JSON.stringify({ ok: false, error: 'invalid_refresh_token', got: spent })))
  const refused = await refusalOf(
    slack.refreshToken(server.endpoints, {
      ...{ kind: 'user', clientId: '1.2', clientSecret: null, refreshToken: Secret.of(spent) },
    }),
  )
  expect(refused).toMatchObject({ slackCode: 'invalid_refresh_token' })
  expect(JSON.stringify([refused, String(refused)])).not.toContain(spent)
})

leftOut(
  '4.15',
  'a client that chooses its own client_id and passes for a person',
  'Slack hands client IDs out itself, and there is no client credentials grant.',
)

line('4.16', 'no page of ours can be framed', async () => {
  const desk = await startAuthorizing()
  const pending = await desk.begin()
  for (const path of [desk.redirectPath(pending), '/complete', '/nowhere']) {
    const { headers } = await desk.request(pending, path)
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(headers['x-frame-options']).toBe('DENY')
  }
})

line(
  '4.17',
  'no answer by messages between windows: pages run no script and cut the opener off',
  async () => {
    const desk = await startAuthorizing()
    const pending = await desk.begin()
    const { headers } = await desk.request(pending, '/complete')
    expect(headers['cross-origin-opener-policy']).toBe('same-origin')
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(clientSources().filter((text) => /postMessage|response_mode/.test(text))).toEqual([])
  },
)

done()
