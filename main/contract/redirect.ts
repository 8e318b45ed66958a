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
 * How Slack's answer comes back. `https`: loopback with our certificate (bot and user tokens).
 * `pkce`: http loopback of a PKCE app (user tokens only). `paste`: the user pastes the address.
 */
export const REDIRECT_STRATEGIES = ['https', 'pkce', 'paste'] as const
export type RedirectStrategy = (typeof REDIRECT_STRATEGIES)[number]

/** One redirect URL, such as `https://localhost:17871/callback`. */
export function redirectUrl(strategy: 'https' | 'pkce', port: number): string {
  return `${strategy === 'https' ? 'https' : 'http'}://localhost:${port}${CALLBACK_PATH}`
}

/** The redirect URLs to register with Slack for a loopback strategy, in the order they are tried. */
export function redirectUrls(strategy: 'https' | 'pkce'): string[] {
  return REDIRECT_PORTS.map((port) => redirectUrl(strategy, port))
}
