import type { Handlers } from '../contract/api.ts'
import type { CheckService } from './check.ts'
import type { Installations } from './installations.ts'
import type { RevokeService } from './revoke.ts'

export interface InstallationHandlerOptions {
  readonly installations: Installations
  readonly check: CheckService
  readonly revoke: RevokeService
}

/** The part of the contract about installations that are here. */
export function installationHandlers(options: InstallationHandlerOptions) {
  const { installations, check, revoke } = options
  return {
    'workspaces/check': (id) => check.check(id),
    'workspaces/rename': (id, name) => installations.rename(id, name),
    'workspaces/set-note': (id, note) => installations.setNote(id, note),
    'workspaces/revoke': (id, credentialIds) => revoke.revoke(id, credentialIds),
    'workspaces/remove': (id) => installations.remove(id),
  } satisfies Partial<Handlers>
}
