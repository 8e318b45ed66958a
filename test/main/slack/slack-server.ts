/** A local HTTP server that answers as told and remembers what it was asked. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type SlackEndpoints, slackEndpoints } from '../../../main/slack/environment.ts'

export interface Asked {
  readonly method: string
  readonly path: string
  readonly authorization: string | undefined
  readonly form: Record<string, string>
}

export interface SlackServer {
  readonly endpoints: SlackEndpoints
  readonly asked: readonly Asked[]
  /** Sets the answer to all that follows. */
  answer(reply: Reply): void
  close(): Promise<void>
}

export type Reply = (response: ServerResponse, request: IncomingMessage) => void

/** The reply that Slack gives: HTTP 200 with JSON. */
export function json(body: unknown, headers: Record<string, string> = {}): Reply {
  return (response) => {
    response.writeHead(200, { 'content-type': 'application/json', ...headers })
    response.end(JSON.stringify(body))
  }
}

/** Any other reply. */
export function raw(status: number, body: string, headers: Record<string, string> = {}): Reply {
  return (response) => {
    response.writeHead(status, headers)
    response.end(body)
  }
}

export async function startSlackServer(): Promise<SlackServer> {
  const asked: Asked[] = []
  let reply: Reply = raw(404, '')
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    asked.push({
      method: request.method ?? '',
      path: request.url ?? '',
      authorization: request.headers.authorization,
      form: Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString())),
    })
    reply(response, request)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    endpoints: slackEndpoints({ kind: 'custom', baseUrl: `http://127.0.0.1:${port}` }),
    asked,
    answer: (next) => {
      reply = next
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** What a call was refused with; fails when it was not refused. */
export async function refusalOf(call: Promise<unknown>): Promise<unknown> {
  try {
    await call
  } catch (thrown) {
    return thrown
  }
  throw new TypeError('the call was answered')
}
