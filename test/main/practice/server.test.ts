import { request } from 'node:http'
import { type AddressInfo, connect, createServer, type Server } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PracticeFault } from '../../../main/practice/practice-parts.ts'
import { startPracticeSlack } from '../../../main/practice/practice-slack.ts'
import { type Bench, call, openBench } from './practice-client.ts'

let bench: Bench
let faults: PracticeFault[]
beforeEach(async () => {
  faults = []
  bench = await openBench({ faults: { next: () => faults.shift() ?? null } })
})
afterEach(() => bench.end())

interface Sent {
  readonly path: string
  readonly method?: string
  readonly headers?: Record<string, string | string[]>
  readonly body?: string
  readonly address?: string
}

/** A raw request; answers the status, or the system's code when the connection was cut. */
function send({ path, method = 'GET', headers, body, address }: Sent): Promise<number | string> {
  return new Promise((resolve) => {
    const { port } = bench.practice
    const host = address ?? '127.0.0.1'
    const sent = request({ host, port, path, method, headers, setHost: false }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode ?? 0))
    })
    sent.once('error', (thrown: NodeJS.ErrnoException) => resolve(thrown.code ?? 'unknown'))
    sent.end(body)
  })
}

describe('the host', () => {
  it.each(['localhost', '127.0.0.1', '[::1]'])('may be %s', async (name) => {
    const headers = { Host: `${name}:${bench.practice.port}` }
    expect(await send({ path: '/token-desk-practice', headers })).toBe(200)
    expect(await send({ path: '/token-desk-practice', headers, address: '::1' })).toBe(200)
  })

  it.each<[string, (port: number) => Record<string, string | string[]>]>([
    ['missing', () => ({})],
    ['a rebound name', (port) => ({ Host: `evil.example:${port}` })],
    ['without the port', () => ({ Host: 'localhost' })],
    ['another port', () => ({ Host: 'localhost:1' })],
    ['a longer name', (port) => ({ Host: `localhost:${port}.evil.example` })],
    ['a workspace of its own', (port) => ({ Host: `practice-studio.localhost:${port}` })],
  ])('%s is refused, whatever is asked', async (_name, headers) => {
    const { port } = bench.practice
    for (const path of ['/token-desk-practice', '/api/auth.test', '/oauth/v2/authorize']) {
      expect(await send({ path, headers: headers(port) })).toBe(403)
    }
  })
})

describe('addresses and methods', () => {
  it.each([
    ['GET', '/nothing', 404],
    ['GET', '/apps', 200],
    ['GET', '/', 200],
    ['GET', '/oauth/v2/authorize/', 404],
    ['GET', '//oauth/v2/authorize', 404],
    ['GET', '/%', 404],
    ['GET', 'http://evil.example/', 400],
    ['PUT', '/oauth/v2/authorize', 405],
    ['HEAD', '/apps', 405],
    ['OPTIONS', '/practice/apps', 405],
    ['POST', '/token-desk-practice', 405],
    ['GET', '/services/T/B/x', 405],
    ['POST', '/services/T/B/x', 404],
  ])('%s %s is answered by %i', async (method, path, status) => {
    const headers = { Host: `localhost:${bench.practice.port}` }
    expect(await send({ path, method, headers })).toBe(status)
  })

  it('gives no web page a way to read an answer', async () => {
    const init = { headers: { Origin: 'https://evil.example' } }
    expect((await fetch(`${bench.practice.url}/token-desk-practice`, init)).status).toBe(403)
    const { headers } = await fetch(`${bench.practice.url}/token-desk-practice`)
    expect(headers.get('access-control-allow-origin')).toBeNull()
  })

  it.each([
    ['cross-site', 'no-cors', 'image', 403],
    ['same-site', 'no-cors', 'script', 403],
    ['cross-site', 'navigate', 'iframe', 403],
    ['cross-site', 'navigate', 'document', 200],
    ['same-site', 'navigate', 'document', 200],
    ['none', 'navigate', 'document', 200],
    ['same-origin', 'no-cors', 'image', 200],
  ])('answers what a page asks %s, as %s, for a %s, by %i', async (site, mode, dest, status) => {
    const host = { Host: `localhost:${bench.practice.port}` }
    const said = { 'Sec-Fetch-Site': site, 'Sec-Fetch-Mode': mode, 'Sec-Fetch-Dest': dest }
    expect(await send({ path: '/apps', headers: { ...host, ...said } })).toBe(status)
  })

  it('refuses what is too large', async () => {
    const headers = { Host: `localhost:${bench.practice.port}` }
    const body = 'x'.repeat(64 * 1024 + 1)
    const told = { ...headers, 'Content-Length': `${body.length}` }
    expect(await send({ path: '/api/auth.test', method: 'POST', headers: told, body })).toBe(413)
    const chunked = { ...headers, 'Transfer-Encoding': 'chunked' }
    const path = '/api/auth.test'
    const untold = await send({ path, method: 'POST', headers: chunked, body })
    expect([413, 'ECONNRESET', 'EPIPE']).toContain(untold)
    const long = { ...headers, Cookie: 'x'.repeat(33 * 1024) }
    expect(await send({ path, headers: long })).toBe(431)
    expect(await send({ path: '/apps', headers })).toBe(200)
  })
})

describe('faults', () => {
  const probe = () => fetch(`${bench.practice.url}/api/auth.test`, { method: 'POST' })

  it('answers as it was told, and counts every call', async () => {
    faults = [{ error: 'fatal_error' }, { status: 503 }, 'garbage', 'hang-up']
    expect(await (await probe()).json()).toEqual({ ok: false, error: 'fatal_error' })
    expect((await probe()).status).toBe(503)
    expect(await (await probe()).text()).toContain('<h1>Sign in</h1>')
    await expect(probe()).rejects.toThrow()
    expect(await (await probe()).json()).toEqual({ ok: false, error: 'not_authed' })
    const outcomes = bench.practice.calls().map(({ outcome }) => outcome)
    expect(outcomes).toEqual(['fatal_error', '503', 'garbage', 'hang-up', 'not_authed'])
  })

  it('slow holds the answer back until the clock says so', async () => {
    faults = ['slow']
    const answer = probe()
    await expect.poll(() => bench.practice.calls().length).toBe(1)
    bench.clock.advance(60_000)
    expect((await answer).status).toBe(200)
  })

  it('keeps no name that a stranger made up', async () => {
    await call(bench.practice, ['xoxb', '1'.repeat(11)].join('-'), {})
    expect(bench.practice.calls()).toMatchObject([{ method: 'unknown', outcome: 'unknown_method' }])
  })
})

describe('closing', () => {
  it('cuts silent, open and waiting connections, and may be called again', async () => {
    faults = ['slow']
    const silent = connect(bench.practice.port, '127.0.0.1')
    const isCut = new Promise((resolve) => silent.once('close', resolve))
    await new Promise((resolve) => silent.once('connect', resolve))
    const waiting = fetch(`${bench.practice.url}/api/auth.test`, { method: 'POST' })
    const isRefused = expect(waiting).rejects.toThrow()
    await expect.poll(() => bench.practice.calls().length).toBe(1)
    await bench.practice.close()
    await Promise.all([isCut, isRefused])
    await bench.practice.close()
    await expect(fetch(bench.practice.url)).rejects.toThrow()
  })
})

describe('the port', () => {
  it.each(['127.0.0.1', '::1'])('counts as busy when %s is taken', async (address) => {
    const other = await listen(address)
    const { port } = other.address() as AddressInfo
    const started = startPracticeSlack({ port, dataDir: bench.dataDir })
    await expect(started).rejects.toMatchObject({ code: 'PRACTICE_PORT_BUSY' })
    await new Promise((resolve) => other.close(resolve))
  })

  it('is left free when the state cannot be used', async () => {
    const free = await listen('127.0.0.1')
    const { port } = free.address() as AddressInfo
    await new Promise((resolve) => free.close(resolve))
    const started = startPracticeSlack({ port, dataDir: '/dev/null/nowhere' })
    await expect(started).rejects.toMatchObject({ code: 'PRACTICE_FAILED' })
    await expect(fetch(`http://localhost:${port}`)).rejects.toThrow()
  })

  it('is not taken from the one that runs, whose state stays as it is', async () => {
    const { port, clientSecret, clientId } = bench.practice
    const second = startPracticeSlack({ port, dataDir: bench.dataDir })
    await expect(second).rejects.toMatchObject({ code: 'PRACTICE_PORT_BUSY' })
    const form = { client_id: clientId, client_secret: clientSecret.expose(), code: 'x' }
    expect(await call(bench.practice, 'oauth.v2.access', form)).toMatchObject({
      error: 'invalid_code',
    })
  })
})

function listen(host: string): Promise<Server> {
  const server = createServer()
  return new Promise((resolve) => server.listen({ host, port: 0 }, () => resolve(server)))
}
