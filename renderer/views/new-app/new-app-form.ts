import type { ManifestForm } from '../../../main/contract/inputs.ts'
import type { RedirectStrategy } from '../../../main/contract/redirect.ts'
import type { EnvironmentRef } from '../../../main/contract/views.ts'
import { checkBaseUrl, checkOwnUrl } from '../add-slack-app/check-addresses.ts'
import { checkBotScopes, checkUserScopes, type ScopesForm } from '../add-slack-app/check-scopes.ts'
import { environmentOf } from '../add-slack-app/slack-app-form.ts'

/** What the form for a new manifest holds; the flow is the usual one, which a manifest does not name. */
export interface NewAppForm extends ScopesForm {
  readonly name: string
  readonly description: string
  readonly environment: EnvironmentRef['kind']
  readonly baseUrl: string
  readonly flow: 'v2'
  readonly strategy: RedirectStrategy
  readonly redirectUrl: string
  readonly optionalScopes: readonly string[]
  readonly tokenRotation: boolean
  readonly socketMode: boolean
  readonly orgDeploy: boolean
}

export const NEW_APP: NewAppForm = {
  name: '',
  description: '',
  environment: 'slack',
  baseUrl: '',
  flow: 'v2',
  strategy: 'https',
  redirectUrl: '',
  botScopes: [],
  userScopes: [],
  botTyped: '',
  userTyped: '',
  optionalScopes: [],
  tokenRotation: false,
  socketMode: false,
  orgDeploy: false,
}

/** Fields that can have a problem, in the order in which they stand. */
export const NEW_APP_FIELDS = ['name', 'baseUrl', 'redirectUrl', 'botScopes', 'userScopes'] as const
export type NewAppField = (typeof NEW_APP_FIELDS)[number]
export type NewAppProblems = { readonly [F in NewAppField]?: string | undefined }

/** What is wrong with the form, said per field; Slack is not asked with one that has problems. */
export function checkNewApp(form: NewAppForm): NewAppProblems {
  return {
    name: form.name.trim() === '' ? 'Give the app a name.' : undefined,
    baseUrl: form.environment === 'custom' ? checkBaseUrl(form.baseUrl) : undefined,
    redirectUrl: checkOwnUrl(form.strategy, form.redirectUrl),
    botScopes: checkBotScopes(form),
    userScopes: checkUserScopes(form),
  }
}

/** What the manifest is made from. */
export function manifestFormOf(form: NewAppForm): ManifestForm {
  const { strategy, botScopes, userScopes, tokenRotation, socketMode, orgDeploy } = form
  const isOwn = strategy === 'paste' || strategy === 'relay'
  const chosen = [...botScopes, ...userScopes]
  const redirectUrl = form.redirectUrl.trim()
  return {
    name: form.name.trim(),
    description: form.description.trim(),
    environment: environmentOf(form),
    strategy,
    redirectUrl: isOwn && redirectUrl !== '' ? redirectUrl : null,
    botScopes: [...botScopes],
    userScopes: [...userScopes],
    optionalScopes: form.optionalScopes.filter((scope) => chosen.includes(scope)),
    tokenRotation,
    socketMode,
    orgDeploy,
  }
}

/** The form with another scope in the place of one that is not known, in whichever list it stands. */
export function withScope(form: NewAppForm, from: string, to: string): Partial<NewAppForm> {
  const replaced = (scopes: readonly string[]) => [
    ...new Set(scopes.map((scope) => (scope === from ? to : scope))),
  ]
  const { botScopes, userScopes, optionalScopes } = form
  return {
    botScopes: replaced(botScopes),
    userScopes: replaced(userScopes),
    optionalScopes: replaced(optionalScopes),
  }
}
