import type { OAuthFlow, RedirectStrategy } from '../../../main/contract/redirect.ts'
import type { EnvironmentRef } from '../../../main/contract/views.ts'

/** Slack's ways to ask, in Slack's own terms, with what they are for. */
export const FLOWS: readonly {
  readonly id: OAuthFlow
  readonly label: string
  readonly sentence: string
}[] = [
  {
    id: 'v2',
    label: 'Install in a workspace',
    sentence: 'OAuth v2. Installs the app and gives bot and user tokens. Right for most apps.',
  },
  {
    id: 'v2-user',
    label: 'User only',
    sentence: 'OAuth v2_user. Asks for user scopes alone, as plain OAuth 2.0 clients do.',
  },
  {
    id: 'openid',
    label: 'Sign in with Slack',
    sentence:
      'OpenID Connect. Tells who signed in, and gives a token that reads no more than that.',
  },
  {
    id: 'v1',
    label: 'Classic app',
    sentence: 'OAuth v1. For classic apps that exist already; Slack makes no new ones.',
  },
]

/** The scopes of Sign in with Slack; the first is always asked for. Source: slack-auth section 6. */
export const SIGN_IN_SCOPES: readonly string[] = ['openid', 'email', 'profile']

interface Circumstances {
  readonly environment: EnvironmentRef['kind']
  readonly strategy: RedirectStrategy
}

/** Whether Slack has that flow there. GovSlack has no classic apps, and those know no PKCE (slack-auth sections 1 and 5). */
export function isOffered(flow: OAuthFlow, { environment, strategy }: Circumstances): boolean {
  return flow !== 'v1' || (environment !== 'govslack' && strategy !== 'pkce')
}
