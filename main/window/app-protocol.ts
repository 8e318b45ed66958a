/**
 * Serves the page over `app://desk/`: GET only, files of the bundle only, with the page's content
 * security policy from the handler (Electron security checklist, items 7 and 18).
 */
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import type { Protocol } from 'electron'

export const APP_SCHEME = 'app'
export const APP_HOST = 'desk'
export const APP_URL = `${APP_SCHEME}://${APP_HOST}/index.html`

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
}

/** Must run before Electron is ready. `codeCache` lets V8 keep the page's compiled script. */
export function registerAppScheme(protocol: Protocol): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, codeCache: true } },
  ])
}

/**
 * Answers `app://desk/…` from `rendererDir`.
 *
 * @param onPageSent told once, when the page and its first scripts were handed over: the page's process
 *   runs them then, and main is free for slow work
 */
export function serveApp(protocol: Protocol, rendererDir: string, onPageSent: () => void): void {
  const sending = countSending(onPageSent)
  protocol.handle(APP_SCHEME, async (request) => {
    const sent = sending(new URL(request.url).pathname.endsWith('.js'))
    const response = await respond(rendererDir, request)
    return new Response(toldWhenRead(response, sent), response)
  })
}

/** Each answer under way is counted; `onPageSent` is told when none is left and a script was among them. */
function countSending(onPageSent: () => void): (isScript: boolean) => () => void {
  let underWay = 0
  let hasScript = false
  let isTold = false
  return (isScript) => {
    underWay += 1
    hasScript ||= isScript
    return () => {
      underWay -= 1
      if (underWay > 0 || !hasScript || isTold) return
      isTold = true
      onPageSent()
    }
  }
}

/** The body, and a word to the caller once all of it was taken. */
function toldWhenRead(response: Response, onRead: () => void) {
  const told = new TransformStream<Uint8Array, Uint8Array>({
    flush() {
      // In a turn of its own: Electron hands the last piece on first.
      setImmediate(onRead)
    },
  })
  return (response.body ?? new Response('').body)?.pipeThrough(told) ?? null
}

/** One answer of the app protocol; apart from Electron, so that hostile addresses can be tried. */
export async function respond(rendererDir: string, request: Request): Promise<Response> {
  const file = bundleFile(rendererDir, request)
  if (!file) return new Response('', { status: 404 })
  try {
    const bytes = await readFile(file)
    return extname(file) === '.html' ? page(bytes.toString('utf8')) : asset(file, bytes)
  } catch {
    // Only files of the bundle are asked for; one that is not there is a 404 and no more.
    return new Response('', { status: 404 })
  }
}

/** The file that a request names, or null when it is not a GET for a known type inside the bundle. */
function bundleFile(rendererDir: string, request: Request): string | null {
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.host !== APP_HOST || url.search !== '') return null
  const path = decodePath(url.pathname)
  if (path === null || path.includes('\0') || !(extname(path) in CONTENT_TYPES)) return null
  const file = normalize(join(rendererDir, path))
  return file.startsWith(normalize(rendererDir) + sep) ? file : null
}

function decodePath(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname)
  } catch {
    // A malformed escape names no file.
    return null
  }
}

/** A fresh nonce each load: react-aria adds style elements, and only those with it may act. */
function page(html: string): Response {
  const nonce = randomBytes(16).toString('base64')
  return new Response(html.replaceAll('__CSP_NONCE__', nonce), {
    headers: { ...headers('.html'), 'Content-Security-Policy': contentSecurityPolicy(nonce) },
  })
}

function asset(file: string, bytes: Buffer): Response {
  return new Response(new Uint8Array(bytes), { headers: headers(extname(file)) })
}

function headers(extension: string): Record<string, string> {
  return {
    'Content-Type': CONTENT_TYPES[extension] ?? 'application/octet-stream',
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
  }
}

function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ')
}
