import type { Handlers } from './contract/api.ts'
import { CALL_NAMES } from './contract/names.ts'
import type { ConfigurationTokenSecrets } from './sharing/shared-value.ts'
import type { ConfigurationTokenStore } from './workspaces/configuration-token-store.ts'

/** Until each room brings its own; goes before this is merged. */
export const unbuiltHandlers = Object.fromEntries(
  CALL_NAMES.map((name) => [
    name,
    () => {
      throw new TypeError(`${name} is not built`)
    },
  ]),
) as unknown as Handlers

/** Until the room of configuration tokens brings its own; goes with the above. */
export const unbuiltConfigurationTokens: ConfigurationTokenStore & ConfigurationTokenSecrets = {
  add: () => Promise.reject(new TypeError('configuration tokens are not built')),
  secret: () => null,
}
