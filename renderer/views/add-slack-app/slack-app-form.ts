import type { ManifestForm, SlackAppInput } from '../../../main/contract/inputs.ts'
import type { OAuthFlow, RedirectStrategy } from '../../../main/contract/redirect.ts'
import type { EnvironmentRef, SlackAppView } from '../../../main/contract/views.ts'
import { isOffered, SIGN_IN_SCOPES } from './flows.ts'

/** What the form holds. No secret is in it: their text lives in the input elements alone. */
export interface SlackAppForm {
  readonly name: string
  readonly environment: EnvironmentRef['kind']
  /** Of a custom environment. */
  readonly baseUrl: string
  readonly clientId: string
  readonly flow: OAuthFlow
  readonly strategy: RedirectStrategy
  /** The user's own, for the paste and relay strategies. */
  readonly redirectUrl: string
  readonly botScopes: readonly string[]
  readonly userScopes: readonly string[]
  /** What Sign in with Slack asks for; the other flows do not look at it. */
  readonly signInScopes: readonly string[]
  /** Those of the two lists that the user may untick on Slack's page. */
  readonly optionalScopes: readonly string[]
  /** Typed into the scope pickers but not added yet. */
  readonly botTyped: string
  readonly userTyped: string
}

const EMPTY: SlackAppForm = {
  name: '',
  environment: 'slack',
  baseUrl: '',
  clientId: '',
  flow: 'v2',
  strategy: 'https',
  redirectUrl: '',
  botScopes: [],
  userScopes: [],
  signInScopes: SIGN_IN_SCOPES,
  optionalScopes: [],
  botTyped: '',
  userTyped: '',
}

/** The form for changing a Slack app; for a new one empty, or as Slack was told in a manifest. */
export function formOf(
  app: SlackAppView | undefined,
  draft: ManifestForm | null = null,
): SlackAppForm {
  if (app) return formOfApp(app)
  if (!draft) return EMPTY
  const { name, strategy, botScopes, userScopes, optionalScopes } = draft
  const redirectUrl = draft.redirectUrl ?? ''
  const scopes = { botScopes, userScopes, optionalScopes }
  return { ...EMPTY, ...placeOf(draft.environment), ...scopes, name, strategy, redirectUrl }
}

function formOfApp(app: SlackAppView): SlackAppForm {
  const { name, clientId, flow, strategy, botScopes, userScopes, optionalScopes } = app
  const isOwn = strategy === 'paste' || strategy === 'relay'
  return {
    ...EMPTY,
    ...placeOf(app.environment.ref),
    name,
    clientId,
    flow,
    strategy,
    redirectUrl: isOwn ? (app.redirectUrls[0] ?? '') : '',
    botScopes,
    userScopes: flow === 'openid' ? [] : userScopes,
    signInScopes: flow === 'openid' ? userScopes : SIGN_IN_SCOPES,
    optionalScopes,
  }
}

function placeOf(ref: EnvironmentRef): Pick<SlackAppForm, 'environment' | 'baseUrl'> {
  return { environment: ref.kind, baseUrl: ref.kind === 'custom' ? ref.baseUrl : '' }
}

/** The environment that a form names. */
export function environmentOf(form: Pick<SlackAppForm, 'environment' | 'baseUrl'>): EnvironmentRef {
  return form.environment === 'custom'
    ? { kind: 'custom', baseUrl: form.baseUrl.trim() }
    : { kind: form.environment }
}

/** The form with `over`; a flow that Slack does not have there gives way to the usual one. */
export function changed(form: SlackAppForm, over: Partial<SlackAppForm>): SlackAppForm {
  const next = { ...form, ...over }
  return isOffered(next.flow, next) ? next : { ...next, flow: 'v2' }
}

/** Secrets as typed; null keeps the stored one. */
export type TypedSecrets = Pick<
  SlackAppInput,
  'clientSecret' | 'signingSecret' | 'verificationToken'
>

/** What goes to main. Only what the chosen flow and strategy use is in it. */
export function inputOf(form: SlackAppForm, secrets: TypedSecrets): SlackAppInput {
  const { flow, strategy } = form
  const isOwn = strategy === 'paste' || strategy === 'relay'
  const scopes = askedScopes(form)
  return {
    name: form.name.trim(),
    environment: environmentOf(form),
    clientId: form.clientId.trim(),
    ...secrets,
    clientSecret: strategy === 'pkce' ? null : secrets.clientSecret,
    flow,
    strategy,
    redirectUrl: isOwn ? form.redirectUrl.trim() : null,
    ...scopes,
    optionalScopes: optionalOf(form),
  }
}

/** What the chosen flow asks for. */
export function askedScopes(form: SlackAppForm): { botScopes: string[]; userScopes: string[] } {
  if (form.flow === 'openid') return { botScopes: [], userScopes: [...form.signInScopes] }
  const botScopes = form.flow === 'v2' ? [...form.botScopes] : []
  return { botScopes, userScopes: [...form.userScopes] }
}

/** Marked ones that are still chosen. Only the v2 flows know optional scopes (slack-auth section 1). */
function optionalOf(form: SlackAppForm): string[] {
  if (form.flow !== 'v2' && form.flow !== 'v2-user') return []
  const { botScopes, userScopes } = askedScopes(form)
  return form.optionalScopes.filter((scope) => [...botScopes, ...userScopes].includes(scope))
}

/** Whether leaving would lose something. */
export function isChanged<Form extends object>(form: Form, before: Form): boolean {
  return JSON.stringify(form) !== JSON.stringify(before)
}
