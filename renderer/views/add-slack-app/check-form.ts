import { checkBaseUrl, checkOwnUrl } from './check-addresses.ts'
import { checkBotScopes, checkUserScopes } from './check-scopes.ts'
import type { SlackAppForm } from './slack-app-form.ts'

export { checkBaseUrl } from './check-addresses.ts'

/** Fields that can have a problem, in the order in which they stand; main names them the same. */
export const FIELDS = [
  'name',
  'baseUrl',
  'clientId',
  'clientSecret',
  'redirectUrl',
  'botScopes',
  'userScopes',
  'signingSecret',
  'verificationToken',
] as const
export type FieldName = (typeof FIELDS)[number]
export type Problems = { readonly [F in FieldName]?: string | undefined }

/** What is wrong with the form, said per field. Secrets are judged apart, by the functions below. */
export function checkForm(form: SlackAppForm): Problems {
  return {
    name: form.name.trim() === '' ? 'Give the app a name.' : undefined,
    baseUrl: form.environment === 'custom' ? checkBaseUrl(form.baseUrl) : undefined,
    clientId: checkClientId(form.clientId),
    redirectUrl: checkOwnUrl(form.strategy, form.redirectUrl),
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
    return isNeeded ? 'The client secret is missing. It is under Basic Information.' : undefined
  }
  if (/^(xox|xapp)/.test(secret)) return 'This is a token. The client secret has no xox in front.'
  if (/^\d+\.\d+$/.test(secret)) return 'This is a client ID. The client secret is below it.'
  return undefined
}

/** What is wrong with the signing secret or the verification token; both may stay empty. */
export function checkOtherSecret(text: string): string | undefined {
  const secret = text.trim()
  if (/^(xox|xapp)/.test(secret)) return 'This is a token. Copy the value from Basic Information.'
  if (/^\d+\.\d+$/.test(secret)) return 'This is a client ID. The secret is below it.'
  return undefined
}
