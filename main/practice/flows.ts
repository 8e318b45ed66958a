/** Slack's ways to ask for consent: where each begins, and which method exchanges its code. */
import type { OAuthFlow } from '../contract/redirect.ts'

export interface Flow {
  readonly id: OAuthFlow
  readonly authorizePath: string
  readonly exchangeMethod: string
  /** Whose scopes the plain `scope` holds; `user_scope` is read beside bot scopes alone. */
  readonly scopeSide: 'bot' | 'user'
  /** Slack's code when nothing is asked for. */
  readonly noScopesCode: string
  /** Whether it can install on the whole organization. */
  readonly allowsOrganization: boolean
  readonly allowsPkce: boolean
}

/** Source: slack-auth sections 1 (v2, v2_user), 5 (classic) and 6 (Sign in with Slack). */
export const FLOWS: readonly Flow[] = [
  {
    id: 'v2',
    authorizePath: '/oauth/v2/authorize',
    exchangeMethod: 'oauth.v2.access',
    scopeSide: 'bot',
    noScopesCode: 'no_scopes',
    allowsOrganization: true,
    allowsPkce: true,
  },
  {
    id: 'v2-user',
    authorizePath: '/oauth/v2_user/authorize',
    exchangeMethod: 'oauth.v2.user.access',
    scopeSide: 'user',
    noScopesCode: 'no_user_scopes',
    allowsOrganization: true,
    allowsPkce: true,
  },
  {
    id: 'v1',
    authorizePath: '/oauth/authorize',
    exchangeMethod: 'oauth.access',
    scopeSide: 'user',
    noScopesCode: 'no_scopes',
    allowsOrganization: false,
    allowsPkce: false,
  },
  {
    id: 'openid',
    authorizePath: '/openid/connect/authorize',
    exchangeMethod: 'openid.connect.token',
    scopeSide: 'user',
    noScopesCode: 'invalid_scope',
    allowsOrganization: false,
    allowsPkce: true,
  },
]
