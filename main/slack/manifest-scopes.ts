/** The scopes of a manifest. Source: slack-auth sections 1, 9 and 10. */
import known from '../contract/slack-scopes.json' with { type: 'json' }
import { blockAt, type ManifestRule, problem, warning } from './manifest-rule.ts'
import { nearestName } from './nearest-name.ts'

type Side = 'bot' | 'user'

const MAX_SCOPES = 255
const MAX_LENGTH = 50
const SCOPES = ['oauth_config', 'scopes'] as const
/** Of Sign in with Slack; they go in a request of their own. */
const SIGN_IN = ['openid', 'email', 'profile']

const KNOWN: Readonly<Record<Side, readonly string[]>> = {
  bot: known.bot.map((scope) => scope.name),
  user: [...known.user.map((scope) => scope.name), ...SIGN_IN],
}

export function scopeRules(manifest: unknown): ManifestRule[] {
  const scopes = blockAt(manifest, ...SCOPES)
  return [
    ...listRules(scopes, 'bot'),
    ...listRules(scopes, 'user'),
    ...optionalRules(scopes, 'bot'),
    ...optionalRules(scopes, 'user'),
    ...signInRules(scopes),
  ]
}

function listRules(scopes: Record<string, unknown>, side: Side): ManifestRule[] {
  const path = [...SCOPES, side]
  return [
    ...shapeRules(scopes[side], path),
    ...textsOf(scopes[side]).flatMap(([scope, index]) => nameRules(scope, side, [...path, index])),
  ]
}

function optionalRules(scopes: Record<string, unknown>, side: Side): ManifestRule[] {
  const optional = scopes[`${side}_optional`]
  const path = [...SCOPES, `${side}_optional`]
  const main = textsOf(scopes[side]).map(([scope]) => scope)
  return [
    ...shapeRules(optional, path),
    ...textsOf(optional)
      .filter(([scope]) => !main.includes(scope))
      .map(([scope, index]) =>
        problem(
          [...path, index],
          `${scope} is optional only`,
          `Add it to the ${side} scopes too: an optional scope stands in both lists.`,
        ),
      ),
  ]
}

/** How a list of scopes has to look, apart from their names. */
function shapeRules(list: unknown, path: ManifestRule['path']): ManifestRule[] {
  if (list === undefined) return []
  if (!Array.isArray(list)) {
    return [problem(path, `${path.at(-1)} is not a list`, 'Put each scope on a line of its own.')]
  }
  const tooMany = list.length > MAX_SCOPES
  return [
    ...(tooMany ? [problem(path, 'There are too many scopes', 'Slack takes 255 in a list.')] : []),
    ...list
      .slice(0, MAX_SCOPES)
      .flatMap((scope, index) => scopeShapeRules(scope, [...path, index])),
  ]
}

function scopeShapeRules(scope: unknown, path: ManifestRule['path']): ManifestRule[] {
  if (typeof scope !== 'string' || scope.trim() === '') {
    return [problem(path, 'This is not a scope', 'A scope is a name such as chat:write.')]
  }
  if (scope.length <= MAX_LENGTH) return []
  return [problem(path, 'This scope is too long', 'Slack takes 50 characters.')]
}

function nameRules(scope: string, side: Side, path: ManifestRule['path']): ManifestRule[] {
  if (KNOWN[side].includes(scope)) return []
  const other = side === 'bot' ? 'user' : 'bot'
  if (KNOWN[other].includes(scope)) {
    return [
      warning(
        path,
        `${scope} is a ${other} scope`,
        `Move it to the ${other} scopes. You can keep it, but Slack may refuse it.`,
      ),
    ]
  }
  const nearest = nearestName(scope, KNOWN[side])
  return [
    warning(
      path,
      `Token Desk does not know the scope ${scope}`,
      `${nearest === null ? '' : `Did you mean ${nearest}? `}You can keep it, but Slack may refuse it.`,
      nearest === null ? null : { from: scope, to: nearest },
    ),
  ]
}

/** An app may have both; asking for them in one request is what Slack refuses. */
function signInRules(scopes: Record<string, unknown>): ManifestRule[] {
  const isSignIn = ([scope]: readonly [string, number]) => SIGN_IN.includes(scope)
  const user = textsOf(scopes.user)
  const first = user.find(isSignIn)
  const others = user.filter((one) => !isSignIn(one)).length + textsOf(scopes.bot).length
  if (first === undefined || others === 0) return []
  return [
    warning(
      [...SCOPES, 'user', first[1]],
      'Sign-in scopes stand beside others',
      'Slack refuses openid, email and profile in one request with other scopes. Authorize twice, or use an app of its own to sign in.',
    ),
  ]
}

/** The usable scopes with their places. */
function textsOf(list: unknown): [scope: string, index: number][] {
  if (!Array.isArray(list)) return []
  return list
    .slice(0, MAX_SCOPES)
    .flatMap((scope, index): [string, number][] =>
      typeof scope === 'string' && scope.trim() !== '' && scope.length <= MAX_LENGTH
        ? [[scope, index]]
        : [],
    )
}
