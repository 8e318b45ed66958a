/** Which scopes each flow takes. Whether a scope exists is Slack's to say: they are kept as typed. */
import type { SlackAppInput } from '../contract/inputs.ts'
import { InputError } from '../errors.ts'

/** The scopes of Sign in with Slack, which go with no others (slack-auth sections 1 and 6). */
const SIGN_IN_SCOPES: ReadonlySet<string> = new Set(['openid', 'email', 'profile'])

export interface ScopeLists {
  readonly botScopes: string[]
  readonly userScopes: string[]
  readonly optionalScopes: string[]
}

type Lists = Pick<SlackAppInput, 'flow' | 'strategy' | keyof ScopeLists>

/**
 * The three lists, tidied.
 *
 * @throws InputError for the fields `botScopes`, `userScopes` and `optionalScopes`
 */
export function checkScopes(input: Lists): ScopeLists {
  const lists = {
    botScopes: tidy(input.botScopes),
    userScopes: tidy(input.userScopes),
    optionalScopes: tidy(input.optionalScopes),
  }
  refuseBotScopes(input, lists)
  refuseNone(input, lists)
  refuseMixed(input, lists)
  refuseUnchosen(lists)
  return lists
}

/** Slack gives no bot scopes to a desktop redirect (docs: using PKCE). */
function refuseBotScopes({ flow, strategy }: Lists, { botScopes }: ScopeLists): void {
  if (botScopes.length === 0) return
  if (flow !== 'v2') {
    throw new InputError(
      'botScopes',
      'This flow has one list of scopes',
      'Put them under user scopes, or choose OAuth v2.',
    )
  }
  if (strategy === 'pkce') {
    throw new InputError(
      'botScopes',
      'Slack gives no bot scopes to an http redirect',
      'Remove the bot scopes, or choose https on localhost.',
    )
  }
}

function refuseNone({ flow }: Lists, { botScopes, userScopes }: ScopeLists): void {
  if (botScopes.length + userScopes.length > 0) return
  const isOneList = flow !== 'v2'
  throw new InputError(
    isOneList ? 'userScopes' : 'botScopes',
    'No scope is chosen',
    isOneList ? 'Choose at least one scope.' : 'Choose at least one bot or user scope.',
  )
}

function refuseMixed({ flow }: Lists, { botScopes, userScopes }: ScopeLists): void {
  if (flow === 'openid') {
    if (!userScopes.every((scope) => SIGN_IN_SCOPES.has(scope))) throw mixed('userScopes')
    if (userScopes.includes('openid')) return
    throw new InputError(
      'userScopes',
      'Sign in with Slack needs the scope openid',
      'Add openid to the scopes.',
    )
  }
  if (botScopes.some((scope) => SIGN_IN_SCOPES.has(scope))) throw mixed('botScopes')
  if (userScopes.some((scope) => SIGN_IN_SCOPES.has(scope))) throw mixed('userScopes')
}

function mixed(field: 'botScopes' | 'userScopes'): InputError {
  return new InputError(
    field,
    'openid, email and profile cannot be mixed with other scopes',
    'Make a second Slack app entry for sign-in.',
  )
}

/** Source: slack-auth section 9: optional ones must also be in the main list. */
function refuseUnchosen({ botScopes, userScopes, optionalScopes }: ScopeLists): void {
  const unchosen = optionalScopes.filter(
    (scope) => !botScopes.includes(scope) && !userScopes.includes(scope),
  )
  if (unchosen.length === 0) return
  throw new InputError(
    'optionalScopes',
    `${unchosen[0]} is optional but not chosen`,
    'Add it to the scopes, or remove it from the optional ones.',
  )
}

function tidy(scopes: readonly string[]): string[] {
  return [...new Set(scopes.map((scope) => scope.trim()).filter((scope) => scope !== ''))]
}
