import type { Session } from 'electron'
import { dropSpellChecker } from './electron-spelling.ts'
import { ConnectionNotTrusted } from './errors.ts'
import type { Fetch } from './fetch.ts'

interface Sessions {
  fromPartition(partition: string, options: { readonly cache: boolean }): Session
}

/**
 * HTTP through Electron sessions, with the system's proxy and certificates. They are in memory
 * (partitions without `persist:`), have no cache, send and keep no cookie, and refuse every redirect,
 * since one would carry a token to another host. The system's proxy is Chromium's default for a
 * session; it is asked for before the first call all the same, so that no default decides. What
 * Chromium says of a certificate stands: nothing here overrides it. The fetch throws
 * ConnectionNotTrusted where it refused one.
 *
 * A request with a `signal` goes over a connection of its own: where one that was used before breaks,
 * Chromium sends the request again by itself, a POST too, and a code, a refresh token or the creation
 * of an app must be sent once. The caller aborts the signal when it is done with the answer.
 *
 * @param sessions Electron's `session`; call after ready
 * @param partition a name of its own, without `persist:`
 */
export function createElectronFetch(sessions: Sessions, partition: string): Fetch {
  if (partition.startsWith('persist:')) throw new TypeError('partition must not be persistent')
  const shared = createCarrier(sessions, partition)
  const carriers = createCarriers((number) => createCarrier(sessions, `${partition}-${number}`))
  return async (input, init) => {
    const url = input instanceof URL ? input.href : input
    const carrier = init?.signal ? await carriers.take(init.signal) : shared
    const session = await carrier.ready()
    try {
      return await session.fetch(url, { ...init, credentials: 'omit', redirect: 'error' })
    } catch (thrown) {
      const isRefused = thrown instanceof Error && CERTIFICATE_ERROR.test(thrown.message)
      throw isRefused ? new ConnectionNotTrusted(hostOf(url)) : thrown
    }
  }
}

interface Carrier {
  /** The session, once it goes through the system's proxy. */
  ready(): Promise<Session>
}

function createCarrier(sessions: Sessions, partition: string): Carrier {
  const session = sessions.fromPartition(partition, { cache: false })
  dropSpellChecker(session)
  let proxied: Promise<void> | null = null
  return {
    async ready() {
      proxied ??= session.setProxy({ mode: 'system' })
      await proxied
      return session
    },
  }
}

/** Carriers for one request at a time each; there are as many as were ever needed at once. */
function createCarriers(create: (number: number) => Carrier) {
  const free: Carrier[] = []
  let count = 0
  return {
    /** One without a connection that was used before; free again when the signal is aborted. */
    async take(signal: AbortSignal): Promise<Carrier> {
      signal.throwIfAborted()
      const carrier = free.pop() ?? create(++count)
      signal.addEventListener('abort', () => free.push(carrier), { once: true })
      await (await carrier.ready()).closeAllConnections()
      return carrier
    },
  }
}

/**
 * The names of Chromium's certificate errors, -200 to -299 (net_error_list.h). Electron hands a net
 * error over by its name, as the whole message and nowhere else.
 */
const CERTIFICATE_ERROR = /^net::ERR_CERT_[A-Z_]+$/

function hostOf(url: string | Request): string {
  return new URL(typeof url === 'string' ? url : url.url).host
}
