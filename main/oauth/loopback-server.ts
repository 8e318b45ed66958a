/**
 * The server that Slack's redirect comes back to: loopback alone, callback paths, pages without content.
 * It knows no authorization; what a callback means is its caller's `onCallback`. Source: RFC 8252
 * sections 7.3 and 8.3.
 */
import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { connect, type Socket } from 'node:net'
import type { Log } from '../platform/log.ts'
import type { Secret } from '../platform/secret.ts'
import { PortsBusy } from './errors.ts'
import { answerRequests, refuseGarbage } from './loopback-requests.ts'
import type { PageName } from './page-texts.ts'

/** What bounds a client that means no good, or a browser that hangs. */
export interface LoopbackLimits {
  /** Generous: browsers send the cookies of every server on localhost, whatever its port. */
  readonly maxHeaderBytes: number
  /** From the connection to the end of the headers, TLS handshake included. */
  readonly headersTimeoutMs: number
  readonly checkEveryMs: number
  /** A socket that is silent for so long is closed; longer than an answer may take. */
  readonly idleTimeoutMs: number
  /** At one time, on each of the two addresses. */
  readonly maxConnections: number
}

const LIMITS: LoopbackLimits = {
  maxHeaderBytes: 32 * 1024,
  headersTimeoutMs: 5_000,
  checkEveryMs: 1_000,
  idleTimeoutMs: 40_000,
  maxConnections: 256,
}

/** What opens a loopback server. */
export interface LoopbackServerOptions {
  readonly scheme: 'http' | 'https'
  /** Tried in this order. */
  readonly ports: readonly number[]
  /** PEM texts; needed for https. */
  readonly tls?: { readonly key: Secret; readonly cert: string }
  /**
   * The addresses that a redirect may arrive at now, beside `/callback` on localhost: other paths
   * there, and those of a tunnel that keeps its own host. Other hosts and paths are refused.
   */
  readonly returnUrls?: () => readonly string[]
  /** Answers which page the browser gets. The address is the one that the redirect arrived at. */
  readonly onCallback: (address: URL) => Promise<PageName>
  readonly log: Log
  readonly limits?: Partial<LoopbackLimits>
}

/** A server that listens. Whoever opened it closes it. */
export interface LoopbackServer {
  readonly scheme: 'http' | 'https'
  readonly port: number
  /** Ends every connection; resolves when the port is free. May be called again. */
  close(): Promise<void>
}

/** Both, since a browser may resolve `localhost` to either. Source: RFC 8252 section 7.3. */
const ADDRESSES = ['127.0.0.1', '::1'] as const
/** What listening on ::1 says on a computer without IPv6. */
const NO_IPV6: ReadonlySet<string> = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT'])
/** Some systems repeat a refused connection for seconds; a program that is there answers at once. */
const PROBE_MS = 250

/**
 * Listens on 127.0.0.1 and ::1 of the first port that is free on both. A port where something
 * answers already counts as busy even if it could be bound: the browser may reach that one.
 *
 * @throws PortsBusy
 */
export async function openLoopbackServer(options: LoopbackServerOptions): Promise<LoopbackServer> {
  let cause: unknown
  for (const port of options.ports) {
    try {
      return await openOnPort(options, port)
    } catch (thrown) {
      if (systemCode(thrown) === null) throw thrown
      cause = thrown
    }
  }
  throw new PortsBusy(options.ports, cause)
}

async function openOnPort(options: LoopbackServerOptions, port: number): Promise<LoopbackServer> {
  if ((await Promise.all(ADDRESSES.map((address) => answers(address, port)))).includes(true)) {
    throw Object.assign(new Error(`port ${port} is in use`), { code: 'EADDRINUSE' })
  }
  const opened: { close(): Promise<void> }[] = []
  const close = async () => {
    await Promise.all(opened.map((server) => server.close()))
  }
  try {
    for (const address of ADDRESSES) {
      const server = await listen(options, address, port)
      if (server !== null) opened.push(server)
    }
  } catch (thrown) {
    await close()
    throw thrown
  }
  return { scheme: options.scheme, port, close }
}

/** Null where the computer has no such address. */
async function listen(options: LoopbackServerOptions, address: string, port: number) {
  const server = createServer(options, answerRequests({ returnUrls: () => [], ...options, port }))
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen({ host: address, port, exclusive: true, ipv6Only: true }, resolve)
    })
  } catch (thrown) {
    if (address === '::1' && NO_IPV6.has(systemCode(thrown) ?? '')) return null
    throw thrown
  }
  return { close: () => closeServer(server, sockets) }
}

function createServer(options: LoopbackServerOptions, answer: RequestListener): Server {
  const limits = { ...LIMITS, ...options.limits }
  const http = {
    maxHeaderSize: limits.maxHeaderBytes,
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: limits.headersTimeoutMs,
    connectionsCheckingInterval: limits.checkEveryMs,
    keepAliveTimeout: 1,
    // A missing Host is refused by us, with our headers.
    requireHostHeader: false,
  }
  const server =
    options.scheme === 'http'
      ? createHttpServer(http, answer)
      : createHttpsServer({ ...http, ...tlsOptions(options, limits) }, answer)
  server.maxConnections = limits.maxConnections
  server.timeout = limits.idleTimeoutMs
  server.on('clientError', refuseGarbage)
  server.on('tlsClientError', (_error: unknown, socket: Socket) => socket.destroy())
  // Without listeners Node would tell the client to send its body, or answer without our headers.
  server.on('checkContinue', answer)
  server.on('checkExpectation', answer)
  return server
}

function tlsOptions(options: LoopbackServerOptions, limits: LoopbackLimits) {
  if (options.tls === undefined) throw new TypeError('tls must be given for https')
  return {
    key: options.tls.key.expose(),
    cert: options.tls.cert,
    // Source: RFC 8996 (TLS 1.0 and 1.1 are deprecated).
    minVersion: 'TLSv1.2',
    handshakeTimeout: limits.headersTimeoutMs,
  } as const
}

/** True when some program accepts connections there. */
function answers(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port })
    const end = (isAnswered: boolean) => {
      socket.destroy()
      resolve(isAnswered)
    }
    socket.setTimeout(PROBE_MS, () => end(false))
    socket.once('connect', () => end(true))
    socket.once('error', () => end(false))
  })
}

function closeServer(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  return new Promise((resolve) => {
    // A server that is closed already says so by an error, which is what was wanted.
    server.close(() => resolve())
    for (const socket of sockets) socket.destroy()
  })
}

/** The code of an operating system failure, such as `EADDRINUSE`; null for anything else. */
function systemCode(thrown: unknown): string | null {
  if (!(thrown instanceof Error) || !('code' in thrown)) return null
  return typeof thrown.code === 'string' && /^E[A-Z0-9]+$/.test(thrown.code) ? thrown.code : null
}
