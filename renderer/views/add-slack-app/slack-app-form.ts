import type { SlackAppInput } from '../../../main/contract/calls.ts'
import type { RedirectStrategy } from '../../../main/contract/redirect.ts'
import type { EnvironmentRef, SlackAppView } from '../../../main/contract/views.ts'

/** What the form holds. The client secret is not in it: its text lives in the input element alone. */
export interface SlackAppForm {
  readonly name: string
  readonly environment: EnvironmentRef['kind']
  /** Of a custom environment. */
  readonly baseUrl: string
  readonly clientId: string
  readonly strategy: RedirectStrategy
  /** For the paste strategy. */
  readonly redirectUrl: string
  readonly botScopes: readonly string[]
  readonly userScopes: readonly string[]
  /** Typed into the scope pickers but not added yet. */
  readonly botTyped: string
  readonly userTyped: string
}

const EMPTY: SlackAppForm = {
  name: '',
  environment: 'slack',
  baseUrl: '',
  clientId: '',
  strategy: 'https',
  redirectUrl: '',
  botScopes: [],
  userScopes: [],
  botTyped: '',
  userTyped: '',
}

/** The form for a new Slack app, or for changing one. */
export function formOf(app: SlackAppView | undefined): SlackAppForm {
  if (!app) return EMPTY
  const { ref } = app.environment
  return {
    ...EMPTY,
    name: app.name,
    environment: ref.kind,
    baseUrl: ref.kind === 'custom' ? ref.baseUrl : '',
    clientId: app.clientId,
    strategy: app.strategy,
    redirectUrl: app.strategy === 'paste' ? (app.redirectUrls[0] ?? '') : '',
    botScopes: app.botScopes,
    userScopes: app.userScopes,
  }
}

/** The environment that the form names. */
export function environmentOf(form: SlackAppForm): EnvironmentRef {
  return form.environment === 'custom'
    ? { kind: 'custom', baseUrl: form.baseUrl.trim() }
    : { kind: form.environment }
}

/**
 * What goes to main.
 *
 * @param clientSecret as typed; null keeps the stored one
 */
export function inputOf(form: SlackAppForm, clientSecret: string | null): SlackAppInput {
  return {
    name: form.name.trim(),
    environment: environmentOf(form),
    clientId: form.clientId.trim(),
    clientSecret: form.strategy === 'pkce' ? null : clientSecret,
    signingSecret: null,
    verificationToken: null,
    flow: 'v2',
    strategy: form.strategy,
    redirectUrl: form.strategy === 'paste' ? form.redirectUrl.trim() : null,
    botScopes: [...form.botScopes],
    userScopes: [...form.userScopes],
    optionalScopes: [],
  }
}

/** Whether leaving would lose something. */
export function isChanged(form: SlackAppForm, before: SlackAppForm): boolean {
  return JSON.stringify(form) !== JSON.stringify(before)
}
