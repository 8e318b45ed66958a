import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { CALLBACK_PATH } from '../contract/redirect.ts'
import type { Log } from '../platform/log.ts'
import type { PageName } from './page-texts.ts'
import { pageAt, pagePath, renderPage, securityHeaders } from './pages.ts'

/** What a request handler needs of the server it belongs to. */
export interface RequestOptions {
  readonly scheme: 'http' | 'https'
  readonly port: number
  /** Where a redirect may arrive at now, beside `/callback` on localhost. */
  readonly returnUrls: () => readonly string[]
  readonly onCallback: (address: URL) => Promise<PageName>
  readonly log: Log
}

/**
 * Answers every request: the callback and the fixed pages; all else is refused with the page that
 * says so. A callback is answered by 303 to a page without a query, so that the code does not stay
 * in the address bar and the history. Source: RFC 9700 section 4.3.1, RFC 9110 section 15.4.4.
 */
export function answerRequests(options: RequestOptions): RequestListener {
  const headers = securityHeaders()
  return (request, response) => {
    const places = placesOf(options)
    const refused = refusal(request, places)
    if (refused !== null) {
      options.log.info('loopback request refused', { status: refused.status, why: refused.why })
      const allow = refused.status === 405 ? { Allow: 'GET' } : {}
      return send(response, refused.status, { ...headers, ...allow }, 'nothing-to-do')
    }
    const place = placeOf(request, places)
    if (place === null) {
      return send(response, 200, headers, pageAt(pathOf(request)) ?? 'nothing-to-do')
    }
    void answerCallback(request, place, options).then((page) => {
      // Without a host, so that the browser stays with a tunnel that brought it here.
      response.writeHead(303, { ...headers, Location: pagePath(page) }).end()
    })
  }
}

/** What cannot be read as HTTP, comes too slowly or is too large gets a bare answer and is cut off. */
export function refuseGarbage(_error: unknown, socket: Duplex): void {
  if (!socket.writable) {
    socket.destroy()
    return
  }
  const lines = Object.entries(securityHeaders()).map(([name, value]) => `${name}: ${value}`)
  socket.end(['HTTP/1.1 400 Bad Request', ...lines, 'Content-Length: 0', '', ''].join('\r\n'), () =>
    socket.destroy(),
  )
}

async function answerCallback(
  request: IncomingMessage,
  place: URL,
  options: RequestOptions,
): Promise<PageName> {
  try {
    return await options.onCallback(new URL(`${place.origin}${request.url}`))
  } catch (thrown) {
    const name = thrown instanceof Error ? thrown.name : typeof thrown
    options.log.error('loopback callback failed', { name })
    return 'failed/UNEXPECTED'
  }
}

/** Our own callback, which always gets an answer, then those of the authorizations that wait. */
function placesOf({ scheme, port, returnUrls }: RequestOptions): URL[] {
  const own = `${scheme}://localhost:${port}${CALLBACK_PATH}`
  return [own, ...returnUrls()].map((url) => new URL(url))
}

/** Where a redirect arrived; null for a request of one of the pages. */
function placeOf(request: IncomingMessage, places: readonly URL[]): URL | null {
  const path = pathOf(request)
  const isPage = pageAt(path) !== null && request.url === path
  const host = hostOf(request)
  const place = places.find((one) => one.host === host && one.pathname === path)
  return isPage ? null : (place ?? null)
}

/** Why a request is refused, in the order that gives a stranger the least; null when it may pass. */
function refusal(
  request: IncomingMessage,
  places: readonly URL[],
): { status: number; why: string } | null {
  if (!isKnownHost(request, places)) return { status: 403, why: 'host' }
  const isPage = pageAt(pathOf(request)) !== null
  if (!isPage && placeOf(request, places) === null) return { status: 404, why: 'path' }
  if (request.method !== 'GET') return { status: 405, why: 'method' }
  if (hasBody(request)) return { status: 400, why: 'body' }
  if (!isNavigation(request)) return { status: 403, why: 'fetch metadata' }
  return null
}

/**
 * Exactly `localhost:PORT`, or the host of a tunnel that is waited for, once. The registered redirect
 * URLs name nothing else, so a browser that comes by 127.0.0.1, [::1] or a rebound foreign name was
 * not sent by Slack. What a proxy adds about the original host (`X-Forwarded-…`) counts for nothing,
 * since anybody may send it.
 */
function isKnownHost(request: IncomingMessage, places: readonly URL[]): boolean {
  const host = hostOf(request)
  return places.some((place) => place.host === host)
}

/** Null where there is none, or more than one. */
function hostOf(request: IncomingMessage): string | null {
  const hosts = request.headersDistinct.host ?? []
  return hosts.length === 1 ? (hosts[0] ?? null) : null
}

function pathOf(request: IncomingMessage): string {
  const [path = ''] = (request.url ?? '').split('?', 1)
  return path
}

function hasBody(request: IncomingMessage): boolean {
  const { headers } = request
  if (headers['transfer-encoding'] !== undefined || headers.expect !== undefined) return true
  return headers['content-length'] !== undefined && headers['content-length'] !== '0'
}

/**
 * A redirect arrives as a top-level navigation. Browsers that send fetch metadata say so; a frame,
 * an image or a script of a foreign page says something else. Source: W3C Fetch Metadata.
 */
function isNavigation(request: IncomingMessage): boolean {
  const mode = request.headers['sec-fetch-mode']
  const dest = request.headers['sec-fetch-dest']
  return (mode === undefined || mode === 'navigate') && (dest === undefined || dest === 'document')
}

function send(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  page: PageName,
): void {
  response
    .writeHead(status, { ...headers, 'Content-Type': 'text/html; charset=utf-8' })
    .end(renderPage(page))
}
