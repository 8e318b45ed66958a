import type { OAuthFlow, RedirectStrategy } from '../../../main/contract/redirect.ts'
import { SIGN_IN_SCOPES } from './flows.ts'

/** What a form says about scopes; `…Typed` is in the picker but not added yet. */
export interface ScopesForm {
  readonly flow: OAuthFlow
  readonly strategy: RedirectStrategy
  readonly botScopes: readonly string[]
  readonly userScopes: readonly string[]
  readonly botTyped: string
  readonly userTyped: string
}

/** What is wrong with the bot scopes. Only the flow `v2` has them. */
export function checkBotScopes(form: ScopesForm): string | undefined {
  if (form.flow !== 'v2') return undefined
  const { botScopes, userScopes, strategy } = form
  if (form.botTyped.trim() !== '') return notAdded(form.botTyped)
  if (hasForbiddenBotScopes(form)) return forbiddenBotScopes(botScopes.length)
  const isEmpty = botScopes.length + userScopes.length === 0
  return isEmpty && strategy !== 'pkce' ? 'Choose at least one bot or user scope.' : undefined
}

/** Slack gives no bot scopes to a desktop redirect (docs: using PKCE). */
export function hasForbiddenBotScopes(form: ScopesForm): boolean {
  return form.flow === 'v2' && form.strategy === 'pkce' && form.botScopes.length > 0
}

function forbiddenBotScopes(count: number): string {
  const these = count === 1 ? 'this scope' : `these ${count} scopes`
  return `Slack gives no bot scopes to an http redirect. Remove ${these}, or choose https on localhost.`
}

/** What is wrong with the user scopes, or with the one list of a flow that has one. */
export function checkUserScopes(form: ScopesForm): string | undefined {
  if (form.flow === 'openid') return undefined
  if (form.userTyped.trim() !== '') return notAdded(form.userTyped)
  const { flow, userScopes, strategy } = form
  const botScopes = flow === 'v2' ? form.botScopes : []
  if (userScopes.length + botScopes.length === 0 && (strategy === 'pkce' || flow !== 'v2')) {
    return flow === 'v1' ? 'Choose at least one scope.' : 'Choose at least one user scope.'
  }
  const signIn = userScopes.filter((scope) => SIGN_IN_SCOPES.includes(scope))
  if (signIn.length === 0) return undefined
  if (signIn.length < userScopes.length + botScopes.length) {
    return 'openid, email and profile cannot be mixed with other scopes. Make a second Slack app entry for sign-in.'
  }
  return undefined
}

function notAdded(typed: string): string {
  return `“${typed.trim()}” is typed but not added. Press Enter to add it, or clear it.`
}
