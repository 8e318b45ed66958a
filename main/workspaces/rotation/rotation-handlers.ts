import type { Handlers } from '../../contract/api.ts'
import type { Rotation } from './rotation.ts'

/** The part of the contract about refreshing. */
export function rotationHandlers(
  rotation: Rotation,
): Pick<Handlers, 'workspaces/refresh' | 'workspaces/exchange-token'> {
  return {
    'workspaces/refresh': async (id) => ({ refreshed: await rotation.refreshNow(id) }),
    'workspaces/exchange-token': (id, credentialId) => rotation.exchange(id, credentialId),
  }
}
