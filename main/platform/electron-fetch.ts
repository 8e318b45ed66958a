import type { Session } from 'electron'
import type { Fetch } from './fetch.ts'

/**
 * HTTP through an Electron session, with the system's proxy and certificates. The session is in memory
 * (a partition without `persist:`), has no cache, sends and keeps no cookie, and refuses every
 * redirect, since one would carry a token to another host.
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
  return (input, init) =>
    session.fetch(input instanceof URL ? input.href : input, {
      ...init,
      credentials: 'omit',
      redirect: 'error',
    })
}
