import type { EnvironmentRef } from './environment-views.ts'

/**
 * The three ports that every Slack app registers for the loopback redirect. Slack compares the port
 * (slack-auth: redirect URL rules), so they are fixed; they lie below every system's ephemeral range.
 * The server, the forms and the documentation all take them from here.
 */
export const REDIRECT_PORTS = [17871, 17872, 17873] as const

/** The path that the loopback server answers on, part of each registered redirect URL. */
export const CALLBACK_PATH = '/callback'

/** The port of the built-in practice Slack when the app runs it. */
export const PRACTICE_PORT = 17870

/**
 * Where a relay forwards to, over plain http: `http://localhost:17874/callback`. One port, since a
 * relay is set up once and cannot look for a free one, and one of its own, since the three above may
 * be held by a listener with https.
 */
export const RELAY_PORT = 17874

/**
 * How Slack's answer comes back. `https`: loopback with our certificate (bot and user tokens).
 * `pkce`: http loopback of a PKCE app (user tokens only). `paste`: the user pastes the address.
 * `relay`: a public https URL that forwards to the loopback.
 */
export const REDIRECT_STRATEGIES = ['https', 'pkce', 'paste', 'relay'] as const
export type RedirectStrategy = (typeof REDIRECT_STRATEGIES)[number]
/** The strategies whose redirect URLs are on this computer. */
export type LoopbackStrategy = 'https' | 'pkce'

/**
 * Slack's ways to ask for consent. `v2`: bot and user scopes. `v2-user`: user scopes alone, for
 * clients that speak plain OAuth 2.0. `v1`: classic apps. `openid`: Sign in with Slack.
 * Source: slack-auth sections 1, 5 and 6.
 */
export const OAUTH_FLOWS = ['v2', 'v2-user', 'v1', 'openid'] as const
export type OAuthFlow = (typeof OAUTH_FLOWS)[number]

/** Host, and the path behind it. The contract knows no URL class: it is neither Node nor page. */
const BASE_URL = /^https?:\/\/([^/?#@]+)([^?#]*)$/i
/** This computer, with any port. */
const LOOPBACK_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/

/**
 * The path that answers of this environment come back to. Slack's own environments and emulators on
 * this computer share `/callback`; every other custom one has a path of its own, which is no sub-path
 * of it: an answer that belongs to one cannot be given to another (RFC 9700 section 4.4, mix-up).
 */
export function callbackPath(environment: EnvironmentRef): string {
  if (environment.kind !== 'custom') return CALLBACK_PATH
  const [, host = '', path = ''] = BASE_URL.exec(environment.baseUrl.trim().toLowerCase()) ?? []
  if (host === '' || LOOPBACK_HOST.test(host)) return CALLBACK_PATH
  const name = `${host}${path.replace(/\/+$/, '')}`
  return `${CALLBACK_PATH}-${name.replace(/[^a-z0-9.-]/g, '-')}`
}

/** One redirect URL, such as `https://localhost:17871/callback`. */
export function redirectUrl(
  strategy: LoopbackStrategy,
  port: number,
  path: string = CALLBACK_PATH,
): string {
  return `${strategy === 'https' ? 'https' : 'http'}://localhost:${port}${path}`
}

/** The redirect URLs to register with Slack for a loopback strategy, in the order they are tried. */
export function redirectUrls(
  strategy: LoopbackStrategy,
  environment: EnvironmentRef = { kind: 'slack' },
): string[] {
  return REDIRECT_PORTS.map((port) => redirectUrl(strategy, port, callbackPath(environment)))
}

/** What a relay has to forward to. */
export function relayTarget(environment: EnvironmentRef = { kind: 'slack' }): string {
  return `http://localhost:${RELAY_PORT}${callbackPath(environment)}`
}
