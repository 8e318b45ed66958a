import { InputError } from '../errors.ts'

/** What goes into an authorize URL. */
export interface AuthorizeUrlOptions {
  /** Such as `https://slack.com/oauth/v2/authorize`. */
  readonly authorizeEndpoint: string
  readonly clientId: string
  readonly botScopes: readonly string[]
  readonly userScopes: readonly string[]
  readonly redirectUri: string
  readonly state: string
  /** Slack offers this workspace first; it is a hint alone, so compare what comes back. */
  readonly teamId: string | null
  /** S256 challenge; null where the app does not use PKCE. */
  readonly codeChallenge: string | null
}

/** Hosts that are this computer, where http is as good as https. Source: RFC 8252 section 8.3. */
const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * The address to open in the browser. Source: slack-auth 1 (Slack joins scopes with commas, where
 * RFC 6749 section 3.3 has spaces) and RFC 7636 section 4.3.
 *
 * @throws InputError on `baseUrl` when the endpoint is not https, nor http on this computer
 */
export function authorizeUrl(options: AuthorizeUrlOptions): string {
  const url = parseEndpoint(options.authorizeEndpoint)
  const query = url.searchParams
  query.set('client_id', options.clientId)
  if (options.botScopes.length > 0) query.set('scope', options.botScopes.join(','))
  if (options.userScopes.length > 0) query.set('user_scope', options.userScopes.join(','))
  query.set('redirect_uri', options.redirectUri)
  query.set('state', options.state)
  if (options.teamId !== null) query.set('team', options.teamId)
  if (options.codeChallenge !== null) {
    query.set('code_challenge', options.codeChallenge)
    query.set('code_challenge_method', 'S256')
  }
  return url.href
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
