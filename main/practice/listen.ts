/** Listens on this computer alone, on both of its addresses. Source: RFC 8252 section 7.3. */
import { createServer, type RequestListener, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { PracticeFailed, PracticePortBusy, systemCode } from './errors.ts'

export interface Listening {
  readonly port: number
  /** Ends every connection; resolves when the port is free. May be called again. */
  close(): Promise<void>
}

const ADDRESSES = ['127.0.0.1', '::1'] as const
/** What listening on ::1 says on a computer without IPv6. */
const NO_IPV6: ReadonlySet<string | null> = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT'])
/** Some systems repeat a refused connection for seconds; a program that is there answers at once. */
const PROBE_MS = 250
/** How often a free port is looked for when none was named. */
const FREE_PORT_TRIES = 20

/** Bounds for clients that hang or mean no good. Browsers send the cookies of all of localhost, hence 32 kB. */
const LIMITS = {
  maxHeaderSize: 32 * 1024,
  headersTimeout: 5_000,
  requestTimeout: 15_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
  requireHostHeader: false,
}
const MAX_CONNECTIONS = 256

/**
 * Serves on 127.0.0.1 and ::1 of one port. A port where something answers on either address counts as
 * busy even if it could be bound, since a browser may reach that program.
 *
 * @param port 0 takes any that is free on both
 * @throws PracticePortBusy, or PracticeFailed when the system does not allow it
 */
export async function listenOnLoopback(port: number, answer: RequestListener): Promise<Listening> {
  const tries = port === 0 ? FREE_PORT_TRIES : 1
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await listenOnBoth(port, answer)
    } catch (thrown) {
      const code = systemCode(thrown)
      if (code !== 'EADDRINUSE') {
        throw new PracticeFailed('The practice Slack could not listen on this computer', thrown)
      }
      if (attempt === tries) throw new PracticePortBusy(port, thrown)
    }
  }
}

async function listenOnBoth(port: number, answer: RequestListener): Promise<Listening> {
  if (
    port !== 0 &&
    (await Promise.all(ADDRESSES.map((one) => answers(one, port)))).includes(true)
  ) {
    throw Object.assign(new Error(`port ${port} is in use`), { code: 'EADDRINUSE' })
  }
  const first = await listen('127.0.0.1', port, answer)
  const servers = [first]
  const chosen = (first.address() as AddressInfo).port
  try {
    servers.push(await listen('::1', chosen, answer))
  } catch (thrown) {
    if (!NO_IPV6.has(systemCode(thrown))) {
      await closeServer(first)
      throw thrown
    }
  }
  return {
    port: chosen,
    async close() {
      await Promise.all(servers.map(closeServer))
    },
  }
}

async function listen(host: string, port: number, answer: RequestListener): Promise<Server> {
  const server = createServer(LIMITS, answer)
  server.maxConnections = MAX_CONNECTIONS
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port, exclusive: true, ipv6Only: host === '::1' }, resolve)
  })
  return server
}

/** True when some program accepts connections there. */
function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port })
    const end = (isAnswered: boolean) => {
      socket.destroy()
      resolve(isAnswered)
    }
    socket.setTimeout(PROBE_MS, () => end(false))
    socket.once('connect', () => end(true))
    socket.once('error', () => end(false))
  })
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // A server that is closed already says so by an error, which is what was wanted.
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
