/** Requests and replies as the rooms of the practice Slack see them: read whole, limits kept. */
import type {
  IncomingHttpHeaders,
  IncomingMessage,
  RequestListener,
  ServerResponse,
} from 'node:http'
import type { Log } from '../platform/log.ts'

export interface PracticeRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  readonly body: string
  /** `http://localhost:PORT`, by the name that the client used. */
  readonly origin: string
}

export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** No reply at all: the connection is cut. */
export const HANG_UP = 'hang-up'

export type Answer = (request: PracticeRequest) => Promise<Reply | typeof HANG_UP>

/** Webhook texts are the longest thing that comes. */
const MAX_BODY_BYTES = 64 * 1024

export function textReply(status: number, body: string): Reply {
  return { status, headers: { 'Content-Type': 'text/plain; charset=utf-8' }, body }
}

export function jsonReply(value: unknown, status = 200): Reply {
  return {
    status,
    headers: { 'Content-Type': 'application/json; charset=utf-8' },
    body: JSON.stringify(value),
  }
}

/** Sent with everything. No CORS header: no web page may read what is said here. */
const COMMON_HEADERS = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
}

/**
 * Reads each request whole and sends the reply. Refuses what names another host (a rebound name, RFC
 * 8252 section 8.3), what a foreign page sends, and what is too large; a defect becomes a bare 500.
 */
export function listenerFor(answer: Answer, log: Log): RequestListener {
  return (incoming, response) => {
    void reply(incoming, answer)
      .catch((thrown: unknown) => {
        log.error('practice request failed', { name: nameOf(thrown) })
        return textReply(500, 'Something went wrong in the practice Slack.\n')
      })
      .then((said) => send(response, said))
  }
}

async function reply(incoming: IncomingMessage, answer: Answer) {
  const host = ownHost(incoming)
  if (host === null) return textReply(403, 'The practice Slack answers on localhost alone.\n')
  const origin = `http://${host}`
  if (isForeign(incoming.headers, origin)) {
    return textReply(403, 'The practice Slack does not answer other pages.\n')
  }
  const target = incoming.url ?? ''
  if (!target.startsWith('/')) return textReply(400, 'This address cannot be read.\n')
  const body = await readBody(incoming)
  if (body === null) return { ...textReply(413, 'The request is too large.\n'), isLast: true }
  const { pathname, searchParams } = new URL(`${origin}${target}`)
  return answer({
    method: incoming.method ?? '',
    path: pathname,
    query: searchParams,
    headers: incoming.headers,
    body,
    origin,
  })
}

/** The Host header when it is one of ours, given once; else null. */
function ownHost(incoming: IncomingMessage): string | null {
  const port = incoming.socket.localPort
  const named = incoming.headersDistinct.host ?? []
  const [host] = named
  const own = [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`]
  return named.length === 1 && host !== undefined && own.includes(host) ? host : null
}

/** Browsers name the page that sends; programs send neither header. `null` is a foreign page too. */
function isForeign(headers: IncomingHttpHeaders, origin: string): boolean {
  return (headers.origin !== undefined && headers.origin !== origin) || isEmbedded(headers)
}

/**
 * True for an image, a frame or a script in a page that is not ours: a browser sends no Origin for
 * those. A link that is followed is a navigation, and may come from anywhere. Source: W3C Fetch Metadata.
 */
function isEmbedded(headers: IncomingHttpHeaders): boolean {
  const { 'sec-fetch-site': site, 'sec-fetch-mode': mode, 'sec-fetch-dest': dest } = headers
  if (site === undefined || site === 'same-origin' || site === 'none') return false
  return mode !== 'navigate' || dest !== 'document'
}

/** Null when it is too large; the rest is then not read, which may cut the connection. */
async function readBody(incoming: IncomingMessage): Promise<string | null> {
  if (Number(incoming.headers['content-length'] ?? 0) > MAX_BODY_BYTES) return null
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MAX_BODY_BYTES) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function send(
  response: ServerResponse,
  said: (Reply & { isLast?: boolean }) | typeof HANG_UP,
): void {
  if (said === HANG_UP) {
    response.destroy()
    return
  }
  const ending = said.isLast === true ? { Connection: 'close' } : {}
  response.writeHead(said.status, { ...COMMON_HEADERS, ...ending, ...said.headers }).end(said.body)
}

function nameOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.name : typeof thrown
}
