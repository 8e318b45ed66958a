import type { OAuthFlow } from '../contract/redirect.ts'
import { InputError } from '../errors.ts'
import { LOOPBACK_HOSTS } from './loopback-hosts.ts'

/** What goes into an authorize URL. */
export interface AuthorizeUrlOptions {
  /** Such as `https://slack.com/oauth/v2/authorize`: the one of the flow. */
  readonly authorizeEndpoint: string
  readonly flow: OAuthFlow
  readonly clientId: string
  /** Sent by `v2` alone. */
  readonly botScopes: readonly string[]
  /** User scopes of `v2`; the one list of every other flow. */
  readonly userScopes: readonly string[]
  readonly redirectUri: string
  readonly state: string
  /** Slack offers this workspace first; it is a hint alone, so compare what comes back. */
  readonly teamId: string | null
  /** S256 challenge; null where the app does not use PKCE. */
  readonly codeChallenge: string | null
  /** Comes back in the ID token; null for every flow but `openid`. */
  readonly nonce: string | null
}

/**
 * The address to open in the browser. Source: slack-auth 1, 5 and 6, and RFC 7636 section 4.3.
 *
 * @throws InputError on `baseUrl` when the endpoint is not https, nor http on this computer
 */
export function authorizeUrl(options: AuthorizeUrlOptions): string {
  const url = parseEndpoint(options.authorizeEndpoint)
  const query = url.searchParams
  query.set('client_id', options.clientId)
  if (options.flow === 'openid') query.set('response_type', 'code')
  for (const [name, scopes] of scopesOf(options)) if (scopes !== '') query.set(name, scopes)
  query.set('redirect_uri', options.redirectUri)
  query.set('state', options.state)
  if (options.nonce !== null) query.set('nonce', options.nonce)
  if (options.teamId !== null) query.set('team', options.teamId)
  if (options.codeChallenge !== null) {
    query.set('code_challenge', options.codeChallenge)
    query.set('code_challenge_method', 'S256')
  }
  return url.href
}

/**
 * The scope parameters. Slack joins scopes with commas, where RFC 6749 section 3.3 has spaces; the
 * flow of Sign in with Slack has spaces too. Source: slack-auth 1, 5 and 6.
 */
function scopesOf(options: AuthorizeUrlOptions): [name: string, scopes: string][] {
  const { flow, botScopes, userScopes } = options
  switch (flow) {
    case 'v2':
      return [
        ['scope', botScopes.join(',')],
        ['user_scope', userScopes.join(',')],
      ]
    case 'v2-user':
    case 'v1':
      return [['scope', userScopes.join(',')]]
    case 'openid':
      return [['scope', userScopes.join(' ')]]
  }
}

function parseEndpoint(endpoint: string): URL {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : null
  const isSafe =
    url !== null &&
    (url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK_HOSTS.has(url.hostname)))
  if (isSafe && url.username === '' && url.password === '' && url.hash === '') return url
  throw new InputError(
    'baseUrl',
    'This address cannot be used for signing in',
    'Use an https address, or http on localhost, such as https://slack.com.',
  )
}
