import { connect } from 'node:net'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  type Answer,
  type Authorizations,
  type BeginOptions,
  createAuthorizations,
  type PendingAuthorization,
} from '../../../main/oauth/authorizations.ts'
import { LINGER_MS } from '../../../main/oauth/listeners.ts'
import { silentLog } from '../../../main/platform/log.ts'
import { Secret } from '../../../main/platform/secret.ts'
import { createFakeClock, type FakeClock } from '../../fakes/fake-clock.ts'
import { ask, closed, codeOf, freePorts, isFree, occupy } from './support.ts'

const HOST = 'desk.tunnel.example'
const REGISTERED = `https://${HOST}/slack/oauth`

let clock: FakeClock
let ports: number[]
let relayPort: number
let authorizations: Authorizations
let answers: Answer[]

beforeEach(async () => {
  clock = createFakeClock()
  const [one = 0, two = 0] = await freePorts(2)
  ports = [one]
  relayPort = two
  answers = []
  authorizations = createAuthorizations({
    ...{ clock, log: silentLog, ports, relayPort },
    browser: { open: async () => {} },
    certificate: () => Promise.reject(new Error('relays need none')),
  })
})

afterEach(() => authorizations.close())

const begin = (options: Partial<BeginOptions> = {}) =>
  authorizations.begin({
    authorizeEndpoint: 'https://slack.com/oauth/v2/authorize',
    flow: 'v2',
    clientId: '1.2',
    strategy: 'relay',
    registeredRedirectUrl: REGISTERED,
    callbackPath: '/callback',
    botScopes: ['chat:write'],
    userScopes: [],
    teamId: null,
    onAnswer: async (answer) => {
      answers.push(answer)
    },
    onFailure: () => {},
    ...options,
  })

const queryOf = (pending: PendingAuthorization) =>
  `?code=abc123&state=${new URL(pending.authorizeUrl).searchParams.get('state')}`

/** A request as a tunnel passes it on. */
const forward = (path: string, host = HOST, headers: Record<string, string> = {}) =>
  ask({ port: relayPort, path, headers: { ...headers, Host: host } })

const paste = (pending: PendingAuthorization, address: string) =>
  authorizations.usePastedAddress(pending.id, Secret.of(address))

describe('a relay', () => {
  it('sends Slack the registered URL, and listens on the port of relays alone', async () => {
    const pending = await begin()
    expect(pending).toMatchObject({ redirectUri: REGISTERED, port: relayPort })
    const asked = new URL(pending.authorizeUrl).searchParams
    expect(asked.get('redirect_uri')).toBe(REGISTERED)
    expect(asked.has('code_challenge')).toBe(false)
    expect(await isFree(ports[0] ?? 0)).toBe(true)
  })

  it.each([
    { name: 'redirects the browser here', path: '/callback', host: () => `localhost:${relayPort}` },
    { name: 'is a tunnel that keeps the path', path: '/slack/oauth', host: () => HOST },
    { name: 'is a tunnel to our path', path: '/callback', host: () => HOST },
  ])('that $name: the code arrives, and the page follows', async ({ path, host }) => {
    const pending = await begin()
    const answered = await forward(`${path}${queryOf(pending)}`, host())
    expect(answered).toMatchObject({ status: 303, location: '/complete', body: '' })
    expect(answers).toMatchObject([{ redirectUri: REGISTERED, codeVerifier: null }])
    expect((await forward('/complete', host())).body).toContain('Auth complete')
    expect((await forward(`${path}${queryOf(pending)}`, host())).location).toBe('/complete')
    expect(answers).toHaveLength(1)
  })

  it('may have a port, a query and capital letters in its registered URL', async () => {
    const registeredRedirectUrl = 'https://Desk.Tunnel.example:8443/cb?from=slack'
    const pending = await begin({ registeredRedirectUrl })
    expect(pending.redirectUri).toBe(registeredRedirectUrl)
    const query = queryOf(pending).replace('?', '?from=slack&')
    expect((await forward(`/cb${query}`)).status).toBe(403)
    expect((await forward(`/cb${query}`, `${HOST}:8443`)).location).toBe('/complete')
  })

  it('whose path is that of a page still brings the code', async () => {
    const pending = await begin({ registeredRedirectUrl: `https://${HOST}/complete` })
    expect((await forward(`/complete${queryOf(pending)}`)).location).toBe('/complete')
    expect(answers).toHaveLength(1)
    expect((await forward('/complete')).body).toContain('Auth complete')
  })

  it('keeps to the callback path of its environment', async () => {
    const pending = await begin({ callbackPath: '/callback-slack.example.com' })
    const own = `localhost:${relayPort}`
    expect((await forward(`/callback${queryOf(pending)}`, own)).location).toBe('/nothing-to-do')
    expect((await forward(`/callback${queryOf(pending)}`)).status).toBe(404)
    const there = `/callback-slack.example.com${queryOf(pending)}`
    expect((await forward(there, own)).location).toBe('/complete')
  })

  it('of another environment: state of one on the host or path of the other does nothing', async () => {
    const one = await begin()
    const two = await begin({
      registeredRedirectUrl: 'https://other.example/slack/oauth',
      callbackPath: '/callback-other',
    })
    const crossed = [
      await forward(`/slack/oauth${queryOf(one)}`, 'other.example'),
      await forward(`/callback-other${queryOf(one)}`, `localhost:${relayPort}`),
      await forward(`/slack/oauth${queryOf(two)}`),
      await forward(`/callback${queryOf(two)}`, `localhost:${relayPort}`),
    ]
    expect(crossed.map(({ location }) => location)).toEqual(Array(4).fill('/nothing-to-do'))
    expect(answers).toEqual([])
    expect((await forward(`/slack/oauth${queryOf(one)}`)).location).toBe('/complete')
  })

  it('with its port taken says which, and that the address can be pasted', async () => {
    const other = await occupy(relayPort, '127.0.0.1')
    await expect(begin()).rejects.toMatchObject({
      code: 'OAUTH_PORTS_BUSY',
      remedy: 'paste-address',
      advice: expect.stringMatching(new RegExp(`^Port ${relayPort} .*Paste the address instead`)),
    })
    const pending = await begin({ isListening: false })
    expect(pending).toMatchObject({ redirectUri: REGISTERED, port: null })
    await paste(pending, `http://localhost:${relayPort}/callback${queryOf(pending)}`)
    expect(answers).toHaveLength(1)
    await closed(other)
  })

  it.each([
    { name: 'registered URL', base: () => REGISTERED },
    { name: 'loopback address', base: () => `http://localhost:${relayPort}/callback` },
  ])('lets the $name be pasted', async ({ base }) => {
    const pending = await begin()
    await paste(pending, `${base()}${queryOf(pending)}`)
    expect(answers).toMatchObject([{ redirectUri: REGISTERED }])
  })

  it.each([
    { name: 'other host', base: () => 'https://evil.example/slack/oauth' },
    { name: 'registered URL over http', base: () => `http://${HOST}/slack/oauth` },
    { name: 'loopback over https', base: () => `https://localhost:${relayPort}/callback` },
    { name: 'other port', base: () => 'http://localhost:1/callback' },
  ])('refuses a pasted address: $name', async ({ base }) => {
    const pending = await begin()
    const code = await codeOf(() => paste(pending, `${base()}${queryOf(pending)}`))
    expect(code).toBe('OAUTH_CALLBACK_INVALID')
    expect(answers).toEqual([])
  })

  it.each([
    ...[null, '', 'nonsense', 'http://desk.example/cb', 'ftp://desk.example/cb'],
    ...['https://desk.example/cb#part', 'https://desk.example/cb#', 'https://u:p@desk.example/cb'],
    ...['https://localhost/cb', 'https://LOCALHOST:17874/cb', 'https://desk.localhost/cb'],
    ...['https://localhost./cb', 'https://127.0.0.1/cb', 'https://127.1/cb', 'https://[::1]/cb'],
    ...['https://0.0.0.0/cb', 'https://2130706433/cb'],
  ])('cannot be begun for %j, and holds no port', async (registeredRedirectUrl) => {
    await expect(begin({ registeredRedirectUrl })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      field: 'redirectUrl',
    })
    await authorizations.close()
    expect(await isFree(relayPort)).toBe(true)
  })
})

describe('the host of a request', () => {
  const refused = async (pending: PendingAuthorization, host: string, headers = {}) => {
    const answered = await forward(`/slack/oauth${queryOf(pending)}`, host, headers)
    return answered.status === 403 && answers.length === 0
  }

  it.each([
    ...['evil.example', `${HOST}:443`, `${HOST}:80`, `${HOST}.`, `x${HOST}`, `x.${HOST}`],
    ...[`${HOST}.evil.example`, `${HOST}@evil.example`, `evil.example@${HOST}`, `${HOST}/`],
    ...[HOST.toUpperCase(), 'Desk.tunnel.example', 'tunnel.example', '', `${HOST},${HOST}`],
    ...[`https://${HOST}`, `${HOST} evil.example`, '127.0.0.1', 'localhost', '[::1]'],
  ])('%j is refused', async (host) => {
    expect(await refused(await begin(), host)).toBe(true)
  })

  it('is nothing but the registered one, whatever it is', async () => {
    const pending = await begin()
    const hosts = fc.oneof(
      fc.domain(),
      fc.stringMatching(/^[a-zA-Z0-9.:@[\]-]{1,40}$/),
      fc.constantFrom('', '.', ':443', '-').map((end) => `a${HOST}${end}`),
    )
    await fc.assert(
      fc.asyncProperty(hosts, async (host) => {
        fc.pre(host !== HOST && host !== `localhost:${relayPort}`)
        expect(await refused(pending, host)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  it('is not what a proxy says that it was', async () => {
    const headers = {
      Forwarded: `host=${HOST};proto=https`,
      'X-Forwarded-Host': HOST,
      'X-Forwarded-Proto': 'https',
      'X-Original-Host': HOST,
    }
    const pending = await begin()
    expect(await refused(pending, 'evil.example', headers)).toBe(true)
    const others = { 'X-Forwarded-Host': 'evil.example', 'X-Forwarded-For': '203.0.113.1' }
    const passed = await forward(`/slack/oauth${queryOf(pending)}`, HOST, others)
    expect(passed).toMatchObject({ status: 303, location: '/complete' })
  })

  it.each([
    { name: 'two hosts, both right', lines: ['GET PATH HTTP/1.1', 'Host: HOST', 'Host: HOST'] },
    { name: 'two hosts', lines: ['GET PATH HTTP/1.1', 'Host: HOST', 'Host: evil.example'] },
    { name: 'no host', lines: ['GET PATH HTTP/1.1'] },
    { name: 'host in the URL alone', lines: ['GET https://HOSTPATH HTTP/1.1', 'Host: x'] },
    { name: 'absolute URL', lines: ['GET https://HOSTPATH HTTP/1.1', 'Host: HOST'] },
    { name: 'foreign absolute URL', lines: ['GET http://evil.examplePATH HTTP/1.1', 'Host: HOST'] },
    { name: 'authority', lines: ['GET //HOSTPATH HTTP/1.1', 'Host: HOST'] },
  ])('$name: refused', async ({ lines }) => {
    const pending = await begin()
    const path = `/slack/oauth${queryOf(pending)}`
    const text = [...lines, 'Connection: close', '', ''].join('\r\n')
    const status = await statusOf(text.replaceAll('HOST', HOST).replace('PATH', path))
    expect(['403', '404']).toContain(status)
    expect(answers).toEqual([])
  })

  it.each([
    { name: 'frame', headers: { 'Sec-Fetch-Dest': 'iframe' } },
    { name: 'fetch', headers: { 'Sec-Fetch-Mode': 'cors' } },
  ])('right, but from a $name: refused', async ({ headers }) => {
    expect(await refused(await begin(), HOST, headers)).toBe(true)
  })

  it('counts only while a relay with it waits, and for the page after it', async () => {
    const other = await begin({ registeredRedirectUrl: 'https://other.example/cb' })
    const path = '/slack/oauth?code=c&state=s'
    expect((await forward(path)).status).toBe(403)
    const cancelled = await begin()
    expect((await forward(path)).location).toBe('/nothing-to-do')
    authorizations.cancel(cancelled.id)
    expect((await forward(path)).status).toBe(403)
    const answered = await begin()
    await forward(`/slack/oauth${queryOf(answered)}`)
    authorizations.cancel(other.id)
    expect((await forward('/complete')).status).toBe(200)
    clock.advance(LINGER_MS)
    await vi.waitFor(async () => expect(await isFree(relayPort)).toBe(true))
  })

  it('of a tunnel is foreign to the other listeners', async () => {
    const [pkce, relay] = [await begin({ strategy: 'pkce', userScopes: ['a'] }), await begin()]
    const port = pkce.port ?? 0
    const there = { port, path: `/slack/oauth${queryOf(relay)}`, headers: { Host: HOST } }
    expect((await ask(there)).status).toBe(403)
    const crossed = await ask({ port, path: `/callback${queryOf(relay)}` })
    expect(crossed.location).toBe('/nothing-to-do')
    expect(answers).toEqual([])
  })
})

/** The status of what comes back for raw text. */
function statusOf(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let got = ''
    const socket = connect({ port: relayPort, host: '127.0.0.1' }, () => socket.write(text))
    socket.setEncoding('latin1').on('data', (part: string) => {
      got += part
    })
    socket.once('error', reject)
    socket.once('close', () => resolve(got.split(' ')[1] ?? ''))
  })
}
