import { connect, type Server } from 'node:net'
import { connect as tlsConnect } from 'node:tls'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  createLoopbackCertificate,
  type LoopbackCertificate,
} from '../../../main/oauth/certificate.ts'
import {
  type LoopbackServer,
  type LoopbackServerOptions,
  openLoopbackServer,
} from '../../../main/oauth/loopback-server.ts'
import type { PageName } from '../../../main/oauth/page-texts.ts'
import { systemClock } from '../../../main/platform/clock.ts'
import { silentLog } from '../../../main/platform/log.ts'
import { Secret } from '../../../main/platform/secret.ts'
import { ask, closed, codeOf, freePorts, isFree, occupy } from './support.ts'

const opened: LoopbackServer[] = []
const others: Server[] = []
let certificate: LoopbackCertificate
const callbacks: string[] = []

beforeAll(async () => {
  certificate = await createLoopbackCertificate({ clock: systemClock })
})

afterEach(async () => {
  await Promise.all(opened.splice(0).map((server) => server.close()))
  await Promise.all(others.splice(0).map(closed))
  callbacks.length = 0
})

async function open(options: Partial<LoopbackServerOptions> = {}): Promise<LoopbackServer> {
  const server = await openLoopbackServer({
    scheme: 'http',
    ports: await freePorts(1),
    log: silentLog,
    onCallback: async (address): Promise<PageName> => {
      callbacks.push(address.href)
      return 'complete'
    },
    ...options,
  })
  opened.push(server)
  return server
}

const openHttps = () =>
  open({ scheme: 'https', tls: { key: certificate.keyPem, cert: certificate.certPem } })

describe('a callback', () => {
  it.each(['127.0.0.1', '::1'])('is answered by 303 without a query on %s', async (address) => {
    const { port } = await open()
    const answered = await ask({ port, address, path: '/callback?code=abc123&state=s' })
    expect(answered).toMatchObject({ status: 303, location: '/complete', body: '' })
    expect(JSON.stringify(answered)).not.toContain('abc123')
    expect(callbacks).toEqual([`http://localhost:${port}/callback?code=abc123&state=s`])
    expect((await ask({ port, address, path: '/complete' })).body).toContain('Auth complete')
  })

  it('is answered over https with the certificate of this installation', async () => {
    const { port } = await openHttps()
    const ca = certificate.certPem
    const answered = await ask({ port, ca, path: '/callback?code=c&state=s' })
    expect(answered).toMatchObject({ status: 303, location: '/complete' })
    expect(callbacks).toEqual([`https://localhost:${port}/callback?code=c&state=s`])
    await expect(ask({ port, path: '/callback?code=c&state=s' })).rejects.toThrow()
  })

  it('gets the page for a defect when its caller throws one', async () => {
    const { port } = await open({
      onCallback: async () => {
        throw new Error('abc123')
      },
    })
    const answered = await ask({ port, path: '/callback?code=abc123' })
    expect(answered).toMatchObject({ status: 303, location: '/failed/UNEXPECTED' })
    expect(JSON.stringify(answered)).not.toContain('abc123')
  })
})

describe('a request that is not the callback', () => {
  const path = '/callback?code=abc123&state=s'
  it.each([
    { name: 'POST', asked: { method: 'POST' }, status: 405 },
    { name: 'HEAD', asked: { method: 'HEAD' }, status: 405 },
    { name: 'OPTIONS', asked: { method: 'OPTIONS' }, status: 405 },
    { name: 'PUT', asked: { method: 'PUT' }, status: 405 },
    {
      name: 'GET with a body',
      asked: { headers: { 'Content-Length': '5' }, body: '12345' },
      status: 400,
    },
    { name: 'chunked body', asked: { headers: { 'Transfer-Encoding': 'chunked' } }, status: 400 },
    { name: 'Expect', asked: { headers: { Expect: '100-continue' } }, status: 400 },
    { name: 'odd Expect', asked: { headers: { Expect: 'else' } }, status: 400 },
    { name: 'root', asked: { path: '/' }, status: 404 },
    { name: 'path below', asked: { path: '/callback/x?code=abc123&state=s' }, status: 404 },
    { name: 'trailing slash', asked: { path: '/callback/?code=abc123&state=s' }, status: 404 },
    { name: 'other case', asked: { path: '/Callback?code=abc123&state=s' }, status: 404 },
    { name: 'escaped path', asked: { path: '/%63allback?code=abc123&state=s' }, status: 404 },
    { name: 'dot segments', asked: { path: '/x/../callback?code=abc123&state=s' }, status: 404 },
    { name: 'double slash', asked: { path: '//callback?code=abc123&state=s' }, status: 404 },
    {
      name: 'absolute form',
      asked: { path: 'http://localhost/callback?code=abc123' },
      status: 404,
    },
    { name: 'prototype name', asked: { path: '/constructor' }, status: 404 },
    { name: 'foreign host', asked: { headers: { Host: 'evil.example' } }, status: 403 },
    { name: 'localhost without port', asked: { headers: { Host: 'localhost' } }, status: 403 },
    { name: 'localhost, other port', asked: { headers: { Host: 'localhost:1' } }, status: 403 },
    { name: 'empty host', asked: { headers: { Host: '' } }, status: 403 },
    { name: 'frame', asked: { headers: { 'Sec-Fetch-Dest': 'iframe' } }, status: 403 },
    { name: 'fetch', asked: { headers: { 'Sec-Fetch-Mode': 'cors' } }, status: 403 },
    { name: 'image', asked: { headers: { 'Sec-Fetch-Mode': 'no-cors' } }, status: 403 },
  ])('$name: $status, and nothing happens', async ({ asked, status }) => {
    const { port } = await open()
    const answered = await ask({ port, path, ...asked })
    expect(answered.status).toBe(status)
    expect(answered.headers['content-security-policy']).toContain("default-src 'none'")
    expect(JSON.stringify(answered)).not.toContain('abc123')
    expect(callbacks).toEqual([])
  })

  it.each(['127.0.0.1', '[::1]', 'LOCALHOST', 'localhost.'])('host %s is foreign', async (host) => {
    const { port } = await open()
    expect((await ask({ port, path, headers: { Host: `${host}:${port}` } })).status).toBe(403)
    expect(callbacks).toEqual([])
  })

  it.each([
    { name: 'no host', lines: ['GET /callback?code=c HTTP/1.1'], status: '403' },
    {
      name: 'two hosts',
      lines: ['GET /callback HTTP/1.1', 'Host: HOST', 'Host: HOST'],
      status: '403',
    },
    { name: 'HTTP/1.0', lines: ['GET /callback HTTP/1.0'], status: '403' },
    { name: 'not HTTP', lines: ['\u0016\u0003\u0001'], status: '400' },
    { name: 'junk', lines: ['what is this'], status: '400' },
    {
      name: 'oversize header',
      lines: ['GET / HTTP/1.1', `X: ${'x'.repeat(40_000)}`],
      status: '400',
    },
    { name: 'oversize path', lines: [`GET /${'x'.repeat(40_000)} HTTP/1.1`], status: '400' },
    {
      name: 'smuggled',
      lines: ['GET / HTTP/1.1', 'Host: HOST', 'Content-Length: 1', 'Transfer-Encoding: chunked'],
      status: '400',
    },
  ])('$name: $status with our headers', async ({ lines, status }) => {
    const { port } = await open()
    const text = [...lines, '', ''].join('\r\n').replaceAll('HOST', `localhost:${port}`)
    const answer = await converse(port, text)
    expect(answer.split(' ')[1]).toBe(status)
    expect(answer).toMatch(/^cache-control: no-store/im)
    expect(callbacks).toEqual([])
  })

  it('a navigation of a browser passes', async () => {
    const { port } = await open()
    const headers = {
      'Sec-Fetch-Mode': 'navigate',
      'Sec-Fetch-Dest': 'document',
      'Sec-Fetch-Site': 'cross-site',
      Cookie: `other=${'c'.repeat(20_000)}`,
    }
    expect((await ask({ port, path, headers })).status).toBe(303)
  })
})

it('sends its headers with every answer and keeps no connection', async () => {
  const { port } = await open()
  for (const path of ['/callback?code=c&state=s', '/complete', '/nowhere']) {
    expect((await ask({ port, path })).headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      connection: 'close',
    })
  }
})

describe('limits', () => {
  it('cuts off clients that are slow with their headers, or say nothing', async () => {
    const { port } = await open({ limits: { headersTimeoutMs: 150, checkEveryMs: 30 } })
    const slow = Array.from({ length: 20 }, () => converse(port, 'GET /callback HTTP/1.1\r\nX: '))
    const silent = Array.from({ length: 5 }, () => converse(port, ''))
    expect((await ask({ port, path: '/callback?code=c&state=s' })).status).toBe(303)
    for (const answer of await Promise.all(slow)) expect(answer).toMatch(/^HTTP\/1.1 400 /)
    expect(await Promise.all(silent)).toHaveLength(5)
  })

  it('takes no more connections than it may, and goes on when one is free again', async () => {
    const limits = { maxConnections: 2, headersTimeoutMs: 150, checkEveryMs: 30 }
    const { port } = await open({ limits })
    const held = [converse(port, 'GET '), converse(port, 'GET ')]
    await Promise.all(held.map((one) => one.connected))
    await expect(ask({ port, path: '/complete' })).rejects.toThrow()
    await Promise.all(held)
    expect((await ask({ port, path: '/complete' })).status).toBe(200)
  })

  it('speaks no TLS below 1.2', async () => {
    const { port } = await openHttps()
    const version = (maxVersion: 'TLSv1.1' | 'TLSv1.2') =>
      new Promise<string>((resolve) => {
        const options = { minVersion: 'TLSv1' as const, maxVersion, ciphers: 'DEFAULT@SECLEVEL=0' }
        const socket = tlsConnect({ port, host: '127.0.0.1', ca: certificate.certPem, ...options })
        socket.once('error', () => resolve('refused'))
        socket.once('secureConnect', () => {
          resolve(socket.getProtocol() ?? '')
          socket.destroy()
        })
      })
    expect(await version('TLSv1.1')).toBe('refused')
    expect(await version('TLSv1.2')).toBe('TLSv1.2')
  })
})

describe('ports', () => {
  it.each(['127.0.0.1', '::1', '0.0.0.0', '::'])(
    'one that is held on %s counts as busy',
    async (address) => {
      const ports = await freePorts(2)
      const [busy = 0, free = 0] = ports
      others.push(await occupy(busy, address))
      expect((await open({ ports })).port).toBe(free)
      expect(await isFree(busy)).toBe(false)
    },
  )

  it('all busy: names them, offers to paste, and holds none of them', async () => {
    const ports = await freePorts(3)
    for (const port of ports) others.push(await occupy(port, '::1'))
    await expect(open({ ports })).rejects.toMatchObject({
      code: 'OAUTH_PORTS_BUSY',
      message: 'No free port to come back to',
      remedy: 'paste-address',
      advice: expect.stringContaining(`${ports[0]}, ${ports[1]} and ${ports[2]} are in use`),
    })
    await Promise.all(others.splice(0).map(closed))
    for (const port of ports) expect(await isFree(port)).toBe(true)
  })

  it('a key that does not fit is a defect, not a busy port', async () => {
    const tls = { key: Secret.of('no key'), cert: certificate.certPem }
    expect(await codeOf(() => open({ scheme: 'https', tls }))).not.toBe('OAUTH_PORTS_BUSY')
  })

  it('listens on loopback alone', async () => {
    const { port } = await open()
    expect(await isFree(port)).toBe(false)
    await expect(converse(port, 'GET / HTTP/1.1\r\n\r\n', '127.0.0.2')).rejects.toThrow()
  })
})

describe('close', () => {
  it('ends open connections, frees the port, and may be called again', async () => {
    const server = await open()
    const held = converse(server.port, 'GET ')
    await held.connected
    await Promise.all([server.close(), server.close()])
    await server.close()
    expect(await held).toBe('')
    expect(await isFree(server.port)).toBe(true)
  })

  it('ends a request that is being held', async () => {
    let arrived = () => {}
    const isHeld = new Promise<void>((resolve) => {
      arrived = resolve
    })
    const server = await open({
      onCallback: () => {
        arrived()
        return new Promise(() => {})
      },
    })
    const answer = ask({ port: server.port, path: '/callback?code=c&state=s' })
    const ended = expect(answer).rejects.toThrow()
    await isHeld
    await server.close()
    await ended
  })
})

/** Writes raw text, reads until the server ends the connection. */
function converse(
  port: number,
  text: string,
  host = '127.0.0.1',
): Promise<string> & { connected: Promise<void> } {
  const socket = connect({ port, host })
  const connected = new Promise<void>((resolve) => {
    socket.once('connect', () => {
      socket.write(text, 'latin1', () => resolve())
    })
  })
  const answer = new Promise<string>((resolve, reject) => {
    let got = ''
    let hasConnected = false
    socket.setEncoding('latin1').on('data', (part: string) => {
      got += part
    })
    socket.once('connect', () => {
      hasConnected = true
    })
    // A reset after the connection stood is one way of ending it.
    socket.on('error', (error) => (hasConnected ? resolve(got) : reject(error)))
    socket.once('close', () => resolve(got))
  })
  return Object.assign(answer, { connected })
}
