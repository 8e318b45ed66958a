import type { Session } from 'electron'
import { dropSpellChecker } from './electron-spelling.ts'
import { ConnectionNotTrusted } from './errors.ts'
import type { Fetch } from './fetch.ts'

/**
 * HTTP through an Electron session, with the system's proxy and certificates. The session is in memory
 * (a partition without `persist:`), has no cache, sends and keeps no cookie, and refuses every
 * redirect, since one would carry a token to another host. The system's proxy is Chromium's default
 * for a session; it is asked for before the first call all the same, so that no default decides.
 * What Chromium says of a certificate stands: nothing here overrides it. The fetch throws
 * ConnectionNotTrusted where it refused one.
 *
 * @param sessions Electron's `session`; call after ready
 * @param partition a name of its own, without `persist:`
 */
export function createElectronFetch(
  sessions: { fromPartition(partition: string, options: { readonly cache: boolean }): Session },
  partition: string,
): Fetch {
  if (partition.startsWith('persist:')) throw new TypeError('partition must not be persistent')
  const session = sessions.fromPartition(partition, { cache: false })
  dropSpellChecker(session)
  let proxied: Promise<void> | null = null
  const useSystemProxy = () => {
    proxied ??= session.setProxy({ mode: 'system' })
    return proxied
  }
  return async (input, init) => {
    await useSystemProxy()
    const url = input instanceof URL ? input.href : input
    try {
      return await session.fetch(url, { ...init, credentials: 'omit', redirect: 'error' })
    } catch (thrown) {
      const isRefused = thrown instanceof Error && CERTIFICATE_ERROR.test(thrown.message)
      throw isRefused ? new ConnectionNotTrusted(hostOf(url)) : thrown
    }
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
