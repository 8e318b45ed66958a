import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Secret } from '../../../main/platform/secret.ts'
import {
  findPractice,
  knowsPracticeApp,
  registerPracticeApp,
} from '../../../main/practice/find-practice.ts'
import { type Bench, openBench, WEB_REDIRECT } from './practice-client.ts'

let bench: Bench
let strangers: Server[]
beforeEach(async () => {
  strangers = []
  bench = await openBench()
})
afterEach(async () => {
  for (const server of strangers) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  await bench.end()
})

async function stranger(answer: RequestListener): Promise<number> {
  const server = createServer(answer)
  strangers.push(server)
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  return (server.address() as AddressInfo).port
}

const app = {
  name: 'Deploy Bot',
  redirectUrls: [WEB_REDIRECT],
  pkce: false as const,
  botScopes: ['chat:write'],
  userScopes: [],
  tokenRotation: true,
}

describe('finding', () => {
  it('describes the one that runs', async () => {
    const { port, url } = bench.practice
    expect(await findPractice(port, fetch)).toEqual({
      product: 'Token Desk practice Slack',
      protocol: 1,
      url,
    })
  })

  it('answers null where nothing runs', async () => {
    const { port } = bench.practice
    await bench.practice.close()
    expect(await findPractice(port, fetch)).toBeNull()
  })

  it.each<[string, RequestListener]>([
    ['something else', (_request, response) => void response.end('<h1>Hello</h1>')],
    ['other JSON', (_request, response) => void response.end('{"product":"Other","protocol":1}')],
    [
      'a newer one',
      (_request, response) =>
        void response.end('{"product":"Token Desk practice Slack","protocol":2,"url":"x"}'),
    ],
    [
      'a redirect',
      (_request, response) =>
        void response
          .writeHead(302, { Location: `${bench.practice.url}/token-desk-practice` })
          .end(),
    ],
    ['a refusal', (_request, response) => void response.writeHead(500).end('{}')],
    ['a cut connection', (request) => void request.socket.destroy()],
  ])('answers null for %s', async (_name, answer) => {
    expect(await findPractice(await stranger(answer), fetch)).toBeNull()
  })
})

describe('registering', () => {
  it('gives a client ID and a secret, known from then on', async () => {
    const { url } = bench.practice
    const registered = await registerPracticeApp(url, fetch, app)
    expect(registered.appId).toMatch(/^A0/)
    expect(registered.clientId).toMatch(/^\d+\.\d+$/)
    expect(registered.clientSecret).toBeInstanceOf(Secret)
    expect(registered.clientSecret.expose()).toMatch(/^[0-9a-f]{32}$/)
    expect(await knowsPracticeApp(url, fetch, registered.clientId)).toBe(true)
    expect(await knowsPracticeApp(url, fetch, '1.2')).toBe(false)
    expect(await knowsPracticeApp(url, fetch, '../token-desk-practice')).toBe(false)
  })

  it('gives a PKCE app no secret', async () => {
    const registered = await registerPracticeApp(bench.practice.url, fetch, { ...app, pkce: true })
    expect(registered.clientSecret).toBeNull()
  })

  it.each([
    ['a fragment', { redirectUrls: [`${WEB_REDIRECT}#x`] }],
    ['no URL', { redirectUrls: ['localhost'] }],
    ['a script', { redirectUrls: ['javascript:alert(1)'] }],
    ['a scope that can be none', { botScopes: ['<b>'] }],
    ['two scopes in one', { botScopes: ['a,b'] }],
    ['no name', { name: ' ' }],
    ['a name beyond Slack’s limit', { name: 'x'.repeat(36) }],
  ])('is refused for %s', async (_name, change) => {
    const registering = registerPracticeApp(bench.practice.url, fetch, { ...app, ...change })
    await expect(registering).rejects.toMatchObject({ code: 'PRACTICE_FAILED' })
  })

  it('fails plainly where nothing answers', async () => {
    const { url } = bench.practice
    await bench.practice.close()
    const failed = { code: 'PRACTICE_FAILED' }
    await expect(registerPracticeApp(url, fetch, app)).rejects.toMatchObject(failed)
    await expect(knowsPracticeApp(url, fetch, '1.2')).rejects.toMatchObject(failed)
  })

  it.each<[string, Record<string, string>, number]>([
    ['a page of another site', { Origin: 'https://evil.example' }, 403],
    ['a page of its own', { Origin: 'own' }, 403],
    ['a form', { 'Content-Type': 'text/plain' }, 415],
  ])('is not for %s', async (_name, change, status) => {
    const { url } = bench.practice
    const headers: Record<string, string> = { 'Content-Type': 'application/json', ...change }
    if (headers.Origin === 'own') headers.Origin = url
    const init = { method: 'POST', headers, body: JSON.stringify(app) }
    expect((await fetch(`${url}/practice/apps`, init)).status).toBe(status)
  })
})
