/** OAuth 2.0 for Native Apps, RFC 8252 (October 2017): what it asks of a client on a desktop. */
import { readdirSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { join, resolve } from 'node:path'
import { expect } from 'vitest'
import { REDIRECT_PORTS, redirectUrls } from '../../main/contract/redirect.ts'
import { openableUrl } from '../../main/platform/electron-browser.ts'
import { isFree } from '../main/oauth/support.ts'
import {
  codeExchange,
  queryOf,
  startAuthorizing,
  startTokenEndpoint,
  stateOf,
} from './authorizing.ts'
import { openChecklist } from './checklist.ts'

const root = resolve(import.meta.dirname, '../..')

const { line, leftOut, done } = openChecklist('RFC 8252', [
  ...['4.1', '5', '6', '7.1', '7.2', '7.3', '8.1', '8.2', '8.3', '8.4', '8.5', '8.6', '8.7', '8.8'],
  ...['8.9', '8.10', '8.11', '8.12'],
])

function mainSources(): { path: string; text: string }[] {
  return readdirSync(join(root, 'main'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((path) => ({ path, text: readFileSync(join(root, 'main', path), 'utf8') }))
}

/** True when something takes connections there. */
function answersAt(host: string, port: number): Promise<boolean> {
  return new Promise((answer) => {
    const socket = connect({ host, port })
    socket.setTimeout(1_000, () => socket.destroy())
    socket.once('connect', () => {
      answer(true)
      socket.destroy()
    })
    socket.on('error', () => answer(false))
    socket.once('close', () => answer(false))
  })
}

line('4.1', 'the request goes to the browser, the answer comes back to this app', async () => {
  const desk = await startAuthorizing()
  const pending = await desk.begin()
  expect(desk.opened).toEqual([pending.authorizeUrl])
  await desk.request(pending, desk.redirectPath(pending))
  expect(desk.answers).toHaveLength(1)
})

line('5', 'the user’s own browser is used, by an address that only a browser opens', () => {
  expect(openableUrl('https://slack.com/oauth/v2/authorize?x=1')).not.toBeNull()
  expect(openableUrl('http://localhost:17870/oauth/v2/authorize')).not.toBeNull()
  const others = [
    'http://slack.com/',
    'file:///etc/passwd',
    'smb://host/x',
    'slack://open',
    'javascript:0',
  ]
  for (const url of [...others, 'https://user:pass@slack.com/', 'ms-msdt:/id', 'not an address']) {
    expect(openableUrl(url), url).toBeNull()
  }
})

line('6', 'the authorization code grant is used, and a code is no token', async () => {
  const { server, slack } = await startTokenEndpoint()
  await slack.exchangeCode(server.endpoints, codeExchange())
  expect(server.asked.map(({ method, path }) => [method, path])).toEqual([
    ['POST', '/api/oauth.v2.access'],
  ])
})

line('7.1', 'no scheme of its own is registered, which another app could take over', () => {
  const builder = readFileSync(join(root, 'electron-builder.yml'), 'utf8')
  expect(builder).not.toMatch(/^\s*protocols:/m)
  const registering = /setAsDefaultProtocolClient|['"]open-url['"]/
  expect(mainSources().filter(({ text }) => registering.test(text))).toEqual([])
})

leftOut(
  '7.2',
  'https addresses that an app claims from the system',
  'Desktop systems let no app claim one; the https redirects here are loopback addresses.',
)

line('7.3', 'both addresses of the loopback interface answer, IPv4 and IPv6', async () => {
  const desk = await startAuthorizing()
  for (const address of ['127.0.0.1', '::1'] as const) {
    const pending = await desk.begin()
    await desk.request(pending, desk.redirectPath(pending), { address })
  }
  expect(desk.answers).toHaveLength(2)
})

line('7.3', 'the ports are those that are registered, and a busy one is no dead end', async () => {
  expect(redirectUrls('pkce')).toEqual(
    REDIRECT_PORTS.map((port) => `http://localhost:${port}/callback`),
  )
  // Below every system's range of ports for outgoing connections, so that none is taken by chance.
  for (const port of REDIRECT_PORTS) expect(port).toBeLessThan(32_768)
  const desk = await startAuthorizing()
  const first = await desk.begin()
  const other = await desk.begin({ strategy: 'https' })
  expect([first.port, other.port]).toEqual(desk.ports.slice(0, 2))
  for (const pending of [first, other]) {
    expect(queryOf(pending).get('redirect_uri')).toContain(`:${pending.port}/`)
  }
})

line('8.1', 'a public client proves that it is the one that asked (PKCE, RFC 7636)', async () => {
  const desk = await startAuthorizing()
  const pending = await desk.begin()
  expect(queryOf(pending).get('code_challenge')).toMatch(/^[\w-]{43}$/)
  await desk.request(pending, desk.redirectPath(pending))
  expect(desk.answers[0]?.codeVerifier?.expose()).toMatch(/^[\w-]{43}$/)
})

line('8.2', 'no token comes by the front channel', async () => {
  const desk = await startAuthorizing()
  const pending = await desk.begin()
  const path = `/callback?access_token=x&state=${stateOf(pending)}`
  expect((await desk.request(pending, path)).location).toBe('/nothing-to-do')
  expect(desk.answers).toEqual([])
})

line('8.3', 'nothing listens before an authorization or long after it', async () => {
  const desk = await startAuthorizing()
  const [port = 0] = desk.ports
  expect(await isFree(port)).toBe(true)
  const pending = await desk.begin()
  expect(await isFree(port)).toBe(false)
  await desk.request(pending, desk.redirectPath(pending))
  desk.clock.advance(31_000)
  await expect.poll(() => isFree(port)).toBe(true)
})

line('8.3', 'no other address of this computer answers', async () => {
  const desk = await startAuthorizing()
  const { port } = await desk.begin()
  expect(await answersAt('127.0.0.1', port ?? 0)).toBe(true)
  const others = Object.values(networkInterfaces())
    .flat()
    .flatMap((one) =>
      one && !one.internal && !one.address.startsWith('fe80') ? [one.address] : [],
    )
  for (const host of ['127.0.0.2', ...others]) {
    expect(await answersAt(host, port ?? 0), host).toBe(false)
  }
})

line('8.4', 'the whole redirect URL is registered and compared, no pattern of it', async () => {
  const desk = await startAuthorizing()
  const pending = await desk.begin()
  const url = new URL(pending.redirectUri)
  expect([url.search, url.hash, url.username]).toEqual(['', '', ''])
  const below = desk.redirectPath(pending).replace('/callback', '/callback/below')
  expect((await desk.request(pending, below)).status).toBe(404)
})

line('8.5', 'a secret of a distributed app proves nothing: none is built into this one', () => {
  const builtIn = /client_?secret['"]?\s*[:=]\s*['"][0-9a-f]{32}['"]/i
  expect(mainSources().filter(({ text }) => builtIn.test(text))).toEqual([])
})

line('8.6', 'Slack asks the person each time: no request asks it to skip consent', async () => {
  const desk = await startAuthorizing()
  for (const flow of ['v2', 'v2-user', 'v1', 'openid'] as const) {
    const query = queryOf(await desk.begin({ flow }))
    expect([query.has('prompt'), query.has('login_hint'), query.has('id_token_hint')]).toEqual([
      false,
      false,
      false,
    ])
  }
})

line(
  '8.7',
  'the page that asks for the password is the browser’s, where the address can be seen',
  () => {
    const embedded = mainSources().filter(({ text }) =>
      /WebContentsView|BrowserView|<webview/.test(text),
    )
    expect(embedded).toEqual([])
  },
)

leftOut(
  '8.8',
  'a browser that is malicious itself',
  'The user chose it; the RFC names no countermeasure for an app.',
)

line('8.9', 'a state ties the answer to the request', async () => {
  const desk = await startAuthorizing()
  const pending = await desk.begin()
  expect(Buffer.from(stateOf(pending), 'base64url')).toHaveLength(32)
  await desk.request(pending, '/callback?code=c&state=guess')
  await desk.request(pending, '/callback?code=c')
  expect(desk.answers).toEqual([])
})

line(
  '8.10',
  'each server has a redirect URL of its own, so that answers cannot be mixed up',
  async () => {
    const desk = await startAuthorizing()
    const one = await desk.begin({ callbackPath: '/callback-slack.one.example' })
    const two = await desk.begin({ callbackPath: '/callback-slack.two.example' })
    const mixed = desk.redirectPath(one).replace('one.example', 'two.example')
    expect((await desk.request(two, mixed)).location).toBe('/nothing-to-do')
    expect(desk.answers).toEqual([])
  },
)

leftOut(
  '8.11',
  'external user agents that are no browser',
  'The system’s browser is the only one that is opened, see 5.',
)

line('8.12', 'no window of ours shows a page of Slack', () => {
  const loading = mainSources().flatMap(({ path, text }) =>
    [...text.matchAll(/\.(loadURL|loadFile)\(([^)]*)\)/g)].map((match) => `${path} ${match[2]}`),
  )
  expect(loading).toEqual(['window/main-window.ts APP_URL'])
})

done()
