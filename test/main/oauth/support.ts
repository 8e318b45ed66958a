import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { type AddressInfo, createServer, type Server } from 'node:net'
import type { Log } from '../../../main/platform/log.ts'

/** What a server answered, whole. */
export interface Answered {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly location: string | null
  readonly body: string
}

export interface Asked {
  readonly port: number
  readonly path?: string
  readonly method?: string
  /** 127.0.0.1 unless given. */
  readonly address?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Certificate to trust; with it the request goes over https. */
  readonly ca?: string
}

/** One request on a connection of its own, as a browser that was sent to localhost makes it. */
export function ask(asked: Asked): Promise<Answered> {
  const { port, path = '/', method = 'GET', address = '127.0.0.1' } = asked
  const headers = { Host: `localhost:${port}`, ...asked.headers }
  const base = { host: address, port, path, method, headers, agent: false, setHost: false }
  return new Promise((resolve, reject) => {
    const request =
      asked.ca === undefined
        ? httpRequest(base)
        : httpsRequest({ ...base, ca: asked.ca, servername: 'localhost' })
    request.once('error', reject)
    request.once('response', (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (part: string) => {
        body += part
      })
      response.once('error', reject)
      response.once('end', () => {
        const { statusCode = 0, headers: got } = response
        resolve({ status: statusCode, headers: got, location: got.location ?? null, body })
      })
    })
    request.end(asked.body)
  })
}

/** Another program: accepts connections on one address. Close it. */
export function occupy(port: number, address: string): Promise<Server> {
  const server = createServer((socket) => socket.destroy())
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host: address, ipv6Only: true }, () => resolve(server))
  })
}

export function closed(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()))
}

/** Ports that nobody held a moment ago on either loopback address. */
export async function freePorts(count: number): Promise<number[]> {
  const servers: Server[] = []
  for (let i = 0; i < count; i += 1) servers.push(await occupy(0, '127.0.0.1'))
  const ports = servers.map((server) => (server.address() as AddressInfo).port)
  await Promise.all(servers.map(closed))
  return ports
}

/** True when both loopback addresses of a port can be bound again. */
export async function isFree(port: number): Promise<boolean> {
  for (const address of ['127.0.0.1', '::1']) {
    const server = await occupy(port, address).catch(() => null)
    if (server === null) return false
    await closed(server)
  }
  return true
}

/** Keeps all that was logged, as text. */
export function createCollectingLog(): Log & { text(): string } {
  const lines: string[] = []
  const add = (event: string, fields?: Readonly<Record<string, unknown>>) => {
    lines.push(`${event} ${JSON.stringify(fields ?? {})}`)
  }
  return { debug: add, info: add, error: add, text: () => lines.join('\n') }
}

/** The code of what was thrown, for tables of failures. */
export async function codeOf(run: () => unknown): Promise<string> {
  try {
    await run()
  } catch (thrown) {
    return (thrown as { code?: string }).code ?? `no code: ${String(thrown)}`
  }
  return 'nothing thrown'
}
