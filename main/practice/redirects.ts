/** Slack's rules for redirect URLs. Source: slack-auth section 2 (docs: installing-with-oauth, using-pkce). */

/**
 * `web`: https. `desktop`: a custom scheme, or http on localhost for an app that uses PKCE.
 * `refused`: everything else, `http://127.0.0.1` included, which Slack's text does not name.
 */
export type RedirectKind = 'web' | 'desktop' | 'refused'

export function redirectKind(uri: string, isPkceApp: boolean): RedirectKind {
  const { protocol, hostname } = new URL(uri)
  if (protocol === 'https:') return 'web'
  if (protocol !== 'http:') return 'desktop'
  return isPkceApp && hostname === 'localhost' ? 'desktop' : 'refused'
}

/** True when Slack could save it: a scheme with `://`, no fragment, no user name. */
export function isRedirectUrl(text: string): boolean {
  if (!/^[a-z][a-z0-9+.-]*:\/\/[^\s#\\]+$/i.test(text) || !URL.canParse(text)) return false
  const { username, password } = new URL(text)
  return username === '' && password === ''
}

/** Scheme, host and port are equal, and the path is the saved one or below it. */
export function matchesRedirectUrl(sent: string, saved: string): boolean {
  if (!isRedirectUrl(sent)) return false
  const [a, b] = [new URL(sent), new URL(saved)]
  if (a.protocol !== b.protocol || a.host !== b.host) return false
  const folder = b.pathname.endsWith('/') ? b.pathname : `${b.pathname}/`
  return a.pathname === b.pathname || a.pathname.startsWith(folder)
}

/** The redirect URL with these parameters added to what its query holds. */
export function withParameters(uri: string, parameters: Readonly<Record<string, string>>): string {
  const url = new URL(uri)
  for (const [name, value] of Object.entries(parameters)) url.searchParams.append(name, value)
  return url.href
}
