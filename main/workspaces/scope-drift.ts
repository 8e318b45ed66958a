/** Scopes that a Slack app is configured to ask for, against those that Slack granted. */
import type { ScopeDrift, SidedScope } from '../contract/views.ts'
import type { CredentialMeta } from './records.ts'
import type { SlackApp } from './slack-apps.ts'

/** What the app asks for. */
export type ConfiguredScopes = Pick<
  SlackApp,
  'flow' | 'botScopes' | 'userScopes' | 'optionalScopes'
>

type Side = SidedScope['side']

/** Slack adds it to every user token by itself. */
const IMPLIED = 'identify'

/**
 * Null when nothing differs, or where there is nothing to compare: only the flows `v2` and `v2-user`
 * ask for the scopes one by one. Slack adds up what it grants, so an extra scope stays until the
 * token is revoked (slack-auth section 1).
 */
export function scopeDrift(
  app: ConfiguredScopes,
  credentials: readonly CredentialMeta[],
): ScopeDrift | null {
  if (app.flow !== 'v2' && app.flow !== 'v2-user') return null
  const sides = [
    compare('bot', app.botScopes, grantedTo('bot', credentials), app.optionalScopes),
    compare('user', app.userScopes, grantedTo('user', credentials), app.optionalScopes),
  ]
  const missing = sides.flatMap((side) => side.missing)
  const extra = sides.flatMap((side) => side.extra)
  return missing.length + extra.length === 0 ? null : { missing, extra }
}

function compare(
  side: Side,
  configured: readonly string[],
  granted: readonly string[] | null,
  optional: readonly string[],
): ScopeDrift {
  if (granted === null) return { missing: [], extra: [] }
  const sided = (scope: string): SidedScope => ({ side, scope })
  const isMissing = (scope: string) => !granted.includes(scope) && !optional.includes(scope)
  const isExtra = (scope: string) => !configured.includes(scope) && scope !== IMPLIED
  return {
    missing: configured.filter(isMissing).map(sided),
    extra: granted.filter(isExtra).map(sided),
  }
}

/**
 * The scopes of one side; empty where that side was never authorized, null where they are not known:
 * where every token has ended, or of one that came through classic OAuth, or of which Slack told no scope.
 */
function grantedTo(side: Side, credentials: readonly CredentialMeta[]): readonly string[] | null {
  const tokens = credentials.filter(({ kind }) => kind === side)
  if (tokens.length === 0) return []
  const token = lastGranted(tokens.filter(({ state }) => state !== 'revoked'))
  const isKnown = token !== null && !token.isClassic && token.scopes.length > 0
  return isKnown ? token.scopes : null
}

/** Of several users' tokens the one that came last: it was asked for with the latest scopes. */
function lastGranted(tokens: readonly CredentialMeta[]): CredentialMeta | null {
  return tokens.reduce<CredentialMeta | null>(
    (last, token) =>
      last === null || (token.grantedAtMs ?? 0) >= (last.grantedAtMs ?? 0) ? token : last,
    null,
  )
}
