import type { SlackAppForm } from './slack-app-form.ts'

/** Fields that can have a problem, in the order in which they stand; main names them the same. */
export const FIELDS = [
  'name',
  'baseUrl',
  'clientId',
  'clientSecret',
  'redirectUrl',
  'botScopes',
  'userScopes',
] as const
export type FieldName = (typeof FIELDS)[number]
export type Problems = { readonly [F in FieldName]?: string | undefined }

/** What is wrong with the form, said per field. The secret is judged apart by `checkClientSecret`. */
export function checkForm(form: SlackAppForm): Problems {
  return {
    name: form.name.trim() === '' ? 'Give the app a name.' : undefined,
    baseUrl: form.environment === 'custom' ? checkBaseUrl(form.baseUrl) : undefined,
    clientId: checkClientId(form.clientId),
    redirectUrl: form.strategy === 'paste' ? checkRedirectUrl(form.redirectUrl) : undefined,
    botScopes: checkBotScopes(form),
    userScopes: checkUserScopes(form),
  }
}

const CLIENT_ID_SHAPE = 'The client ID is two numbers with a dot between them.'

/** What people paste in its place, the likeliest first; the last row takes all the rest. */
const CLIENT_ID_MISTAKES: readonly (readonly [RegExp, string])[] = [
  [/^$/, 'The client ID is missing.'],
  [/^A[A-Z0-9]{6,}$/, 'This is an app ID.'],
  [/^[TE][A-Z0-9]{6,}$/, 'This is the ID of a workspace.'],
  [/^(xox|xapp)/, 'This is a token.'],
  [/^[a-f0-9]{24,}$/i, 'This looks like a secret.'],
  [/(?:)/, 'This is not a client ID.'],
]

/** Source: docs, installing with OAuth (client_id). */
function checkClientId(text: string): string | undefined {
  const clientId = text.trim()
  if (/^\d+\.\d+$/.test(clientId)) return undefined
  const mistake = CLIENT_ID_MISTAKES.find(([shape]) => shape.test(clientId))?.[1]
  return `${mistake} ${CLIENT_ID_SHAPE}`
}

/**
 * What is wrong with the client secret.
 *
 * @param isNeeded false for a PKCE app, which has none, and where one is stored already
 */
export function checkClientSecret(text: string, isNeeded: boolean): string | undefined {
  const secret = text.trim()
  if (secret === '') {
    return isNeeded ? 'The client secret is missing. It stands under Basic Information.' : undefined
  }
  if (/^(xox|xapp)/.test(secret)) return 'This is a token. The client secret has no xox in front.'
  if (/^\d+\.\d+$/.test(secret)) return 'This is a client ID. The client secret stands below it.'
  return undefined
}

const HTTPS_ONLY = 'Use https here. Plain http works for localhost only.'
const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

/** What is wrong with the base URL of a custom environment. */
export function checkBaseUrl(text: string): string | undefined {
  const typed = text.trim()
  if (typed === '') return 'The base URL is missing. It looks like https://slack.example.com.'
  const url = webAddress(typed)
  if (!url) return 'This is no web address. It looks like https://slack.example.com.'
  if (url.protocol === 'http:' && !LOOPBACK_HOSTS.has(url.hostname)) return HTTPS_ONLY
  if (url.username !== '' || url.password !== '') {
    return 'A base URL has no user name or password in it.'
  }
  return /[?#]/.test(typed) ? 'A base URL ends before any ? or #.' : undefined
}

/** Slack registers https redirect URLs, or http on localhost, without a fragment (docs: redirect URLs). */
function checkRedirectUrl(text: string): string | undefined {
  const typed = text.trim()
  if (typed === '') return 'The redirect URL is missing. Copy it from OAuth & Permissions.'
  const url = webAddress(typed)
  if (!url) return 'This is no web address. Copy it from OAuth & Permissions.'
  if (url.protocol === 'http:' && url.hostname !== 'localhost') return HTTPS_ONLY
  return typed.includes('#') ? 'A redirect URL ends before any #.' : undefined
}

function webAddress(text: string): URL | null {
  const url = URL.canParse(text) ? new URL(text) : null
  return url && /^https?:$/.test(url.protocol) ? url : null
}

function checkBotScopes(form: SlackAppForm): string | undefined {
  const { botScopes, userScopes, strategy } = form
  if (form.botTyped.trim() !== '') return notAdded(form.botTyped)
  if (hasForbiddenBotScopes(form)) return forbiddenBotScopes(botScopes.length)
  const isEmpty = botScopes.length + userScopes.length === 0
  return isEmpty && strategy !== 'pkce' ? 'Choose at least one bot or user scope.' : undefined
}

/** Slack gives no bot scopes to a desktop redirect (docs: using PKCE). */
export function hasForbiddenBotScopes(form: SlackAppForm): boolean {
  return form.strategy === 'pkce' && form.botScopes.length > 0
}

function forbiddenBotScopes(count: number): string {
  const these = count === 1 ? 'this scope' : `these ${count} scopes`
  return `Slack gives no bot scopes to an http redirect. Remove ${these}, or choose https on localhost.`
}

/** Source: docs, Sign in with Slack (OpenID Connect). */
const SIGN_IN_SCOPES: readonly string[] = ['openid', 'email', 'profile']

function checkUserScopes(form: SlackAppForm): string | undefined {
  const { botScopes, userScopes, strategy } = form
  if (form.userTyped.trim() !== '') return notAdded(form.userTyped)
  if (userScopes.length === 0 && botScopes.length === 0 && strategy === 'pkce') {
    return 'Choose at least one user scope.'
  }
  const signIn = userScopes.filter((scope) => SIGN_IN_SCOPES.includes(scope))
  const isMixed = signIn.length > 0 && signIn.length < userScopes.length + botScopes.length
  if (!isMixed) return undefined
  return 'openid, email and profile cannot be mixed with other scopes. Make a second Slack app entry for sign-in.'
}

function notAdded(typed: string): string {
  return `“${typed.trim()}” is typed but not added. Press Enter to add it, or clear it.`
}
