import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError } from '../../../main/errors.ts'
import {
  type Answer,
  AUTHORIZATION_LIFE_MS,
  type Authorizations,
  type BeginOptions,
  createAuthorizations,
} from '../../../main/oauth/authorizations.ts'
import {
  createLoopbackCertificate,
  type LoopbackCertificate,
} from '../../../main/oauth/certificate.ts'
import { challengeOf } from '../../../main/oauth/pkce.ts'
import { systemClock } from '../../../main/platform/clock.ts'
import { BrowserFailed } from '../../../main/platform/errors.ts'
import { Secret } from '../../../main/platform/secret.ts'
import { createFakeClock, type FakeClock } from '../../fakes/fake-clock.ts'
import { type Answered, ask, codeOf, createCollectingLog, freePorts, isFree } from './support.ts'

const CODE = 'code-9f8e7d'
let certificate: LoopbackCertificate
let clock: FakeClock
let ports: number[]
let log: ReturnType<typeof createCollectingLog>
let openedUrls: string[]
let open: (url: string) => Promise<void>
let authorizations: Authorizations
let answers: Answer[]
let failures: string[]

beforeAll(async () => {
  certificate = await createLoopbackCertificate({ clock: systemClock })
})

beforeEach(async () => {
  clock = createFakeClock()
  ports = await freePorts(3)
  log = createCollectingLog()
  openedUrls = []
  answers = []
  failures = []
  open = async (url) => {
    openedUrls.push(url)
  }
  authorizations = createAuthorizations({
    clock,
    log,
    ports,
    browser: { open: (url) => open(url) },
    certificate: async () => certificate,
  })
})

afterEach(async () => {
  await authorizations.close()
  expect(log.text()).not.toContain(CODE)
  for (const url of openedUrls) expect(log.text()).not.toContain(stateIn(url))
})

const begin = (options: Partial<BeginOptions> = {}) =>
  authorizations.begin({
    authorizeEndpoint: 'https://slack.com/oauth/v2/authorize',
    flow: 'v2',
    clientId: '1.2',
    strategy: 'pkce',
    registeredRedirectUrl: null,
    callbackPath: '/callback',
    botScopes: [],
    userScopes: ['users:read'],
    teamId: null,
    onAnswer: async (answer) => {
      answers.push(answer)
    },
    onFailure: (error) => failures.push(error.code),
    ...options,
  })

const stateIn = (url: string) => new URL(url).searchParams.get('state') ?? ''

/** The redirect that Slack would send the browser to. */
function redirect(pending: { authorizeUrl: string }, query = `code=${CODE}`): URL {
  const asked = new URL(pending.authorizeUrl).searchParams
  const state = encodeURIComponent(asked.get('state') ?? '')
  return new URL(`${asked.get('redirect_uri')}?${query}&state=${state}`)
}

async function follow(address: URL): Promise<Answered> {
  const ca = address.protocol === 'https:' ? { ca: certificate.certPem } : {}
  const path = address.pathname + address.search
  const answered = await ask({ port: Number(address.port), path, ...ca })
  expect(JSON.stringify(answered)).not.toContain(CODE)
  return answered
}

const paste = (pending: { id: string }, address: URL | string) =>
  authorizations.usePastedAddress(pending.id, Secret.of(String(address)))

describe('the way back from Slack', () => {
  it('over https: code and redirect URL are handed on, without a verifier', async () => {
    const pending = await begin({ strategy: 'https', botScopes: ['chat:write'] })
    expect(pending).toMatchObject({
      port: ports[0],
      redirectUri: `https://localhost:${ports[0]}/callback`,
      expiresAtMs: clock.now() + AUTHORIZATION_LIFE_MS,
      browserFailure: null,
    })
    expect(openedUrls).toEqual([pending.authorizeUrl])
    expect(new URL(pending.authorizeUrl).searchParams.has('code_challenge')).toBe(false)
    expect((await follow(redirect(pending))).location).toBe('/complete')
    expect(answers).toMatchObject([{ redirectUri: pending.redirectUri, codeVerifier: null }])
    expect(answers[0]?.code.expose()).toBe(CODE)
    expect(failures).toEqual([])
  })

  it('over http: the verifier belongs to the challenge that was sent', async () => {
    const pending = await begin()
    expect(pending.redirectUri).toBe(`http://localhost:${ports[0]}/callback`)
    await follow(redirect(pending))
    const verifier = answers[0]?.codeVerifier
    expect(verifier && challengeOf(verifier)).toBe(
      new URL(pending.authorizeUrl).searchParams.get('code_challenge'),
    )
  })

  it.each(['v2', 'v2-user', 'v1'] as const)('of the flow %s: no nonce', async (flow) => {
    const pending = await begin({ flow, strategy: 'https' })
    expect(new URL(pending.authorizeUrl).searchParams.has('nonce')).toBe(false)
    await follow(redirect(pending))
    expect(answers).toMatchObject([{ nonce: null }])
  })

  it('of Sign in with Slack: the nonce that was sent, 256 bits, new each time', async () => {
    const [one, two] = [await begin({ flow: 'openid' }), await begin({ flow: 'openid' })]
    for (const pending of [one, two]) await follow(redirect(pending))
    const sent = [one, two].map((p) => new URL(p.authorizeUrl).searchParams.get('nonce') ?? '')
    expect(answers.map(({ nonce }) => nonce?.expose())).toEqual(sent)
    expect(new Set(sent).size).toBe(2)
    for (const nonce of sent) expect(Buffer.from(nonce, 'base64url')).toHaveLength(32)
    for (const nonce of sent) expect(JSON.stringify(answers) + log.text()).not.toContain(nonce)
  })

  it('of the flow v1: no verifier, since its exchange takes none', async () => {
    const pending = await begin({ flow: 'v1' })
    expect(pending.authorizeUrl).not.toContain('code_challenge')
    await follow(redirect(pending))
    expect(answers).toMatchObject([{ codeVerifier: null }])
  })

  it('has a state of 256 bits, new each time', async () => {
    const states = await Promise.all([begin(), begin(), begin()]).then((all) =>
      all.map((pending) => stateIn(pending.authorizeUrl)),
    )
    for (const state of states) expect(Buffer.from(state, 'base64url')).toHaveLength(32)
    expect(new Set(states).size).toBe(3)
  })

  it('counts once: a repeated callback gets the same page and no second exchange', async () => {
    const pending = await begin()
    const first = await Promise.all([follow(redirect(pending)), follow(redirect(pending))])
    const later = await follow(redirect(pending, 'code=another'))
    expect([...first, later].map(({ location }) => location)).toEqual(Array(3).fill('/complete'))
    expect(answers).toHaveLength(1)
    expect(await codeOf(() => paste(pending, redirect(pending)))).toBe('OAUTH_STATE_UNKNOWN')
  })

  it('has spent the state before the code is handed on', async () => {
    let inside = ''
    const pending = await begin({
      onAnswer: async () => {
        inside = await codeOf(() => paste(pending, redirect(pending)))
        authorizations.cancel(pending.id)
      },
    })
    expect((await follow(redirect(pending))).location).toBe('/complete')
    expect(inside).toBe('OAUTH_STATE_UNKNOWN')
    expect(failures).toEqual([])
  })

  it('two that wait share a listener and get their own answers', async () => {
    const got: string[] = []
    const one = await begin({ onAnswer: async ({ code }) => void got.push(`1 ${code.expose()}`) })
    const two = await begin({ onAnswer: async ({ code }) => void got.push(`2 ${code.expose()}`) })
    expect(two.port).toBe(one.port)
    await follow(redirect(two, 'code=b'))
    await follow(redirect(one, 'code=a'))
    expect(got).toEqual(['2 b', '1 a'])
  })

  it('http and https begun at once never share a port', async () => {
    const all = await Promise.all([begin(), begin({ strategy: 'https' }), begin()])
    expect(all[0].port).toBe(all[2].port)
    expect(new Set(all.map(({ port }) => port)).size).toBe(2)
    for (const pending of all) expect((await follow(redirect(pending))).location).toBe('/complete')
  })
})

describe('a callback that is not ours', () => {
  it.each([
    { name: 'wrong state', query: (s: string) => `code=${CODE}&state=${s.replace(/./, '!')}` },
    { name: 'part of the state', query: (s: string) => `code=${CODE}&state=${s.slice(1)}` },
    { name: 'no state', query: () => `code=${CODE}` },
    { name: 'empty state', query: () => `code=${CODE}&state=` },
    { name: 'state twice', query: (s: string) => `code=${CODE}&state=${s}&state=${s}` },
    { name: 'code twice', query: (s: string) => `code=${CODE}&code=x&state=${s}` },
    { name: 'no code', query: (s: string) => `state=${s}` },
    { name: 'code and refusal', query: (s: string) => `code=${CODE}&error=x&state=${s}` },
    { name: 'refusal without state', query: () => 'error=access_denied' },
  ])('$name: nothing happens, and the wait goes on', async ({ query }) => {
    const pending = await begin()
    const address = new URL(`${pending.redirectUri}?${query(stateIn(pending.authorizeUrl))}`)
    expect((await follow(address)).location).toBe('/nothing-to-do')
    expect([answers, failures]).toEqual([[], []])
    expect((await follow(redirect(pending))).location).toBe('/complete')
  })

  it('200 at once do not keep the right one out', async () => {
    const pending = await begin()
    const wrong = Array.from({ length: 200 }, (_, i) =>
      follow(new URL(`${pending.redirectUri}?code=${CODE}&state=${i}`)),
    )
    expect((await follow(redirect(pending))).location).toBe('/complete')
    for (const { location } of await Promise.all(wrong)) expect(location).toBe('/nothing-to-do')
    expect(answers).toHaveLength(1)
  })

  it('the state of one listener says nothing on another', async () => {
    const [http, https] = [await begin(), await begin({ strategy: 'https' })]
    const crossed = new URL(`${https.redirectUri}${redirect(http).search}`)
    expect((await follow(crossed)).location).toBe('/nothing-to-do')
    expect(answers).toEqual([])
  })
})

describe('environments with callback paths of their own', () => {
  const callbackPath = '/callback-slack.example.com'

  it('each gets its own answer on the listener they share', async () => {
    const [one, two] = [await begin(), await begin({ callbackPath })]
    expect(two.redirectUri).toBe(`http://localhost:${one.port}${callbackPath}`)
    expect((await follow(redirect(two))).location).toBe('/complete')
    expect((await follow(redirect(one))).location).toBe('/complete')
    expect(answers.map(({ redirectUri }) => redirectUri)).toEqual([
      two.redirectUri,
      one.redirectUri,
    ])
  })

  it('the state of one on the path of the other does nothing, and both go on waiting', async () => {
    const [one, two] = [await begin(), await begin({ callbackPath })]
    const crossed = [
      new URL(`${two.redirectUri}${redirect(one).search}`),
      new URL(`${one.redirectUri}${redirect(two).search}`),
    ]
    for (const address of crossed) {
      expect((await follow(address)).location).toBe('/nothing-to-do')
    }
    expect(await codeOf(() => paste(one, crossed[0] ?? ''))).toBe('OAUTH_CALLBACK_INVALID')
    expect([answers, failures]).toEqual([[], []])
    for (const pending of [one, two]) {
      expect((await follow(redirect(pending))).location).toBe('/complete')
    }
  })

  it('a path below the own one is the other environment’s, when that one waits there', async () => {
    const [one, two] = [await begin(), await begin({ callbackPath: '/callback/below' })]
    const crossed = new URL(`${two.redirectUri}${redirect(one).search}`)
    expect((await follow(crossed)).location).toBe('/nothing-to-do')
    expect(answers).toEqual([])
  })

  it('a path that nobody waits on is not there', async () => {
    await begin()
    const there = { port: ports[0] ?? 0, path: `${callbackPath}?code=${CODE}&state=s` }
    expect((await ask(there)).status).toBe(404)
    const pending = await begin({ callbackPath })
    expect((await ask(there)).location).toBe('/nothing-to-do')
    authorizations.cancel(pending.id)
    expect((await ask(there)).status).toBe(404)
  })
})

describe('an authorization that fails', () => {
  it('Slack refuses: told with its code, page with it', async () => {
    const told: AppError[] = []
    const pending = await begin({ onFailure: (error) => told.push(error) })
    const { location } = await follow(redirect(pending, 'error=access_denied'))
    expect(location).toBe('/failed/access_denied')
    expect(told).toMatchObject([{ code: 'OAUTH_ACCESS_DENIED', slackCode: 'access_denied' }])
    expect((await follow(redirect(pending))).location).toBe('/failed/access_denied')
    expect(answers).toEqual([])
  })

  it.each([
    { slackCode: 'bad_client_secret', page: '/failed/bad_client_secret' },
    { slackCode: 'never_heard_of', page: '/failed/SLACK_REFUSED' },
  ])('the exchange fails with $slackCode: page, and no second telling', async (row) => {
    const details = { message: 'm', advice: 'a', slackCode: row.slackCode }
    const pending = await begin({
      onAnswer: async () => {
        throw new AppError('SLACK_REFUSED', details)
      },
    })
    expect((await follow(redirect(pending))).location).toBe(row.page)
    expect(failures).toEqual([])
  })

  it('the exchange takes long: the browser is sent back to the app, the answer still counts', async () => {
    let finish = () => {}
    let began = () => {}
    const isExchanging = new Promise<void>((resolve) => {
      began = resolve
    })
    const pending = await begin({
      onAnswer: () => {
        began()
        return new Promise<void>((resolve) => {
          finish = resolve
        })
      },
    })
    const held = follow(redirect(pending))
    await isExchanging
    clock.advance(20_000)
    expect((await held).location).toBe('/go-back')
    finish()
    expect((await follow(redirect(pending))).location).toBe('/complete')
  })

  it('nothing comes for 10 minutes: expired, port free', async () => {
    const pending = await begin()
    clock.advance(AUTHORIZATION_LIFE_MS - 1)
    expect(failures).toEqual([])
    clock.advance(1)
    expect(failures).toEqual(['OAUTH_EXPIRED'])
    expect(await codeOf(() => paste(pending, redirect(pending)))).toBe('OAUTH_STATE_UNKNOWN')
    await authorizations.close()
    expect(failures).toEqual(['OAUTH_EXPIRED'])
  })

  it('a computer that slept past the end: the late answer does nothing', async () => {
    const startMs = clock.now()
    let sleptMs = 0
    await authorizations.close()
    authorizations = createAuthorizations({
      clock: { now: () => startMs + sleptMs, after: () => () => {} },
      log,
      ports,
      browser: { open },
      certificate: async () => certificate,
    })
    const [one, two] = [await begin(), await begin()]
    sleptMs = AUTHORIZATION_LIFE_MS
    expect((await follow(redirect(one))).location).toBe('/nothing-to-do')
    expect(await codeOf(() => paste(two, redirect(two)))).toBe('OAUTH_EXPIRED')
    expect(failures).toEqual(['OAUTH_EXPIRED', 'OAUTH_EXPIRED'])
    expect(answers).toEqual([])
  })

  it('cancelled: told once, the state is dead', async () => {
    const [kept, pending] = [await begin(), await begin()]
    authorizations.cancel(pending.id)
    authorizations.cancel(pending.id)
    authorizations.cancel('unknown')
    expect(failures).toEqual(['OAUTH_CANCELLED'])
    expect((await follow(redirect(pending))).location).toBe('/nothing-to-do')
    expect((await follow(redirect(kept))).location).toBe('/complete')
  })

  it('a caller that throws when told breaks nothing', async () => {
    const pending = await begin({
      onFailure: () => {
        throw new Error('defect')
      },
    })
    const { location } = await follow(redirect(pending, 'error=access_denied'))
    expect(location).toBe('/failed/access_denied')
    expect(log.text()).toContain('telling a failed authorization failed')
  })
})

describe('a pasted address', () => {
  const registeredRedirectUrl = 'https://example.com/slack/callback?from=slack'

  it('with the paste strategy needs no listener', async () => {
    const pending = await begin({ strategy: 'paste', registeredRedirectUrl })
    expect(pending).toMatchObject({ port: null, redirectUri: registeredRedirectUrl })
    for (const port of ports) expect(await isFree(port)).toBe(true)
    const state = stateIn(pending.authorizeUrl)
    await paste(pending, `<${registeredRedirectUrl}&code=${CODE}&state=${state}>\n`)
    expect(answers).toMatchObject([{ redirectUri: registeredRedirectUrl, codeVerifier: null }])
    expect(await codeOf(() => paste(pending, redirect(pending)))).toBe('OAUTH_STATE_UNKNOWN')
  })

  it('works while the listener waits, which then shows the same end', async () => {
    const pending = await begin({ strategy: 'https' })
    await paste(pending, redirect(pending))
    expect((await follow(redirect(pending))).location).toBe('/complete')
    expect(answers).toHaveLength(1)
  })

  it('works without a listener when all ports are busy', async () => {
    const pending = await begin({ isListening: false })
    expect(pending.port).toBeNull()
    await paste(pending, redirect(pending))
    expect(answers[0]?.codeVerifier).not.toBeNull()
  })

  it.each([
    { name: 'no address', code: 'OAUTH_CALLBACK_INVALID', text: () => 'hello' },
    {
      name: 'page after the redirect',
      code: 'OAUTH_CALLBACK_INVALID',
      text: (u: URL) => `${u.origin}/complete`,
    },
    {
      name: 'other host',
      code: 'OAUTH_CALLBACK_INVALID',
      text: (u: URL) => u.href.replace('localhost', 'localhost.evil.example'),
    },
    {
      name: 'other port',
      code: 'OAUTH_CALLBACK_INVALID',
      text: (u: URL) => u.href.replace(u.port, '1'),
    },
    {
      name: 'other scheme',
      code: 'OAUTH_CALLBACK_INVALID',
      text: (u: URL) => u.href.replace('http:', 'https:'),
    },
    {
      name: 'path that only begins alike',
      code: 'OAUTH_CALLBACK_INVALID',
      text: (u: URL) => u.href.replace('callback', 'callback2'),
    },
    {
      name: 'no code',
      code: 'OAUTH_CALLBACK_INVALID',
      text: (u: URL) => u.href.replace('code', 'kode'),
    },
    { name: 'code twice', code: 'OAUTH_CALLBACK_INVALID', text: (u: URL) => `${u.href}&code=x` },
    { name: 'other state', code: 'OAUTH_STATE_UNKNOWN', text: (u: URL) => `${u.href}x` },
  ])('$name: $code, and the wait goes on', async ({ code, text }) => {
    const pending = await begin()
    expect(await codeOf(() => paste(pending, text(redirect(pending))))).toBe(code)
    expect([answers, failures]).toEqual([[], []])
    await paste(pending, redirect(pending))
    expect(answers).toHaveLength(1)
  })

  it('of another authorization is refused', async () => {
    const [one, two] = [await begin(), await begin()]
    expect(await codeOf(() => paste(one, redirect(two)))).toBe('OAUTH_STATE_UNKNOWN')
  })

  it('rejects as the exchange did, and as Slack refused', async () => {
    const failing = await begin({
      onAnswer: async () => {
        throw new AppError('SLACK_NO_ANSWER', { message: 'm', advice: 'a' })
      },
    })
    expect(await codeOf(() => paste(failing, redirect(failing)))).toBe('SLACK_NO_ANSWER')
    const denied = await begin()
    const address = redirect(denied, 'error=access_denied')
    expect(await codeOf(() => paste(denied, address))).toBe('OAUTH_ACCESS_DENIED')
    expect(failures).toEqual(['OAUTH_ACCESS_DENIED'])
  })

  it.each([null, '', 'nonsense', 'ftp://x/y', 'https://example.com/#part'])(
    'cannot be begun for %j',
    async (url) => {
      const options = { strategy: 'paste', registeredRedirectUrl: url } as const
      expect(await codeOf(() => begin(options))).toBe('INPUT_INVALID')
    },
  )
})

describe('the browser', () => {
  it('that does not open is reported, and the wait goes on', async () => {
    open = async () => {
      throw new BrowserFailed()
    }
    const pending = await begin()
    expect(pending.browserFailure?.code).toBe('OAUTH_BROWSER_FAILED')
    expect(await codeOf(() => authorizations.openAgain(pending.id))).toBe('OAUTH_BROWSER_FAILED')
    expect((await follow(redirect(pending))).location).toBe('/complete')
  })

  it.each([
    { name: 'rejects with something else', fail: () => Promise.reject(new Error('x')) },
    {
      name: 'throws at once',
      fail: () => {
        throw new Error('x')
      },
    },
  ])('that $name is reported too', async ({ fail }) => {
    open = fail
    expect((await begin()).browserFailure?.code).toBe('OAUTH_BROWSER_FAILED')
  })

  it('that answers only when it is closed does not hold things up', async () => {
    let asked = () => {}
    const isAsked = new Promise<void>((resolve) => {
      asked = resolve
    })
    open = () => {
      asked()
      return new Promise(() => {})
    }
    const beginning = begin()
    await isAsked
    clock.advance(2_000)
    expect((await beginning).browserFailure).toBeNull()
  })

  it('opens the same address again, until it is over', async () => {
    const pending = await begin()
    await authorizations.openAgain(pending.id)
    expect(openedUrls).toEqual([pending.authorizeUrl, pending.authorizeUrl])
    authorizations.cancel(pending.id)
    expect(await codeOf(() => authorizations.openAgain(pending.id))).toBe('OAUTH_STATE_UNKNOWN')
  })
})

describe('close', () => {
  it('cancels all, frees the ports, lets nothing begin, and may be called again', async () => {
    const all = [await begin(), await begin({ strategy: 'https' })]
    await Promise.all([authorizations.close(), authorizations.close()])
    expect(failures).toEqual(['OAUTH_CANCELLED', 'OAUTH_CANCELLED'])
    for (const { port } of all) expect(await isFree(port ?? 0)).toBe(true)
    expect(await codeOf(() => begin())).toBe('OAUTH_CANCELLED')
    expect(openedUrls).toHaveLength(2)
  })

  it('ends one that is just beginning, before its browser opens', async () => {
    const beginning = codeOf(() => begin())
    await authorizations.close()
    expect(await beginning).toBe('OAUTH_CANCELLED')
    expect(openedUrls).toEqual([])
    for (const port of ports) expect(await isFree(port)).toBe(true)
  })

  it('after an answer frees the port at once', async () => {
    const pending = await begin()
    await follow(redirect(pending))
    await authorizations.close()
    expect(await isFree(pending.port ?? 0)).toBe(true)
  })
})

it('an endpoint that is not safe holds no port', async () => {
  const authorizeEndpoint = 'http://slack.com/oauth/v2/authorize'
  expect(await codeOf(() => begin({ authorizeEndpoint }))).toBe('INPUT_INVALID')
  await vi.waitFor(async () => expect(await isFree(ports[0] ?? 0)).toBe(true))
})
