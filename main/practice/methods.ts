/** All Web API methods that are spoken here. */
import { toolingTokensRotate } from './configuration-tokens.ts'
import { oauthExchange } from './exchange-token.ts'
import { FLOWS } from './flows.ts'
import { MANIFEST_METHODS } from './manifest-methods.ts'
import type { Method } from './method.ts'
import { oauthAccess } from './oauth-access.ts'
import { TEAM_METHODS } from './team-methods.ts'
import { TOKEN_METHODS, uninstall } from './token-methods.ts'

/** They take a code, a secret or a manifest, which by GET would stand in an address. */
const POST_METHODS: ReadonlyMap<string, Method> = new Map<string, Method>([
  ...FLOWS.map((flow): [string, Method] => [flow.exchangeMethod, oauthAccess(flow)]),
  ['oauth.v2.exchange', oauthExchange],
  ['apps.uninstall', uninstall],
  ['tooling.tokens.rotate', toolingTokensRotate],
  ...MANIFEST_METHODS,
])

export const METHODS: ReadonlyMap<string, Method> = new Map<string, Method>([
  ...TOKEN_METHODS,
  ...TEAM_METHODS,
  ...POST_METHODS,
])

/** Whether a method takes its arguments by POST alone. */
export function needsPost(name: string): boolean {
  return POST_METHODS.has(name)
}
