import type { RedirectStrategy } from '../../../main/contract/redirect.ts'

const HTTPS_ONLY = 'Use https here. Plain http works for localhost only.'
const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])
/** Addresses and names that no one outside this network can reach (RFC 1918, RFC 3927, RFC 6762). */
const PRIVATE_HOST =
  /^(?:127|10|169\.254|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.|^\[|\.(?:local|localhost|internal)$/

/** What is wrong with the base URL of a custom environment. */
export function checkBaseUrl(text: string): string | undefined {
  const typed = text.trim()
  if (typed === '') return 'The base URL is missing. It looks like https://slack.example.com.'
  const url = webAddress(typed)
  if (!url) return 'This is no web address. It looks like https://slack.example.com.'
  if (url.protocol === 'http:' && !LOOPBACK_HOSTS.has(url.hostname)) return HTTPS_ONLY
  if (url.username !== '' || url.password !== '') {
    return 'A base URL has no user name or password in it.'
  }
  return /[?#]/.test(typed) ? 'A base URL ends before any ? or #.' : undefined
}

/** What is wrong with the user's own redirect URL; the loopback strategies have none. */
export function checkOwnUrl(strategy: RedirectStrategy, text: string): string | undefined {
  if (strategy === 'paste') return checkRedirectUrl(text.trim())
  return strategy === 'relay' ? checkRelayUrl(text.trim()) : undefined
}

/** Slack registers https redirect URLs, or http on localhost, without a fragment (docs: redirect URLs). */
function checkRedirectUrl(typed: string): string | undefined {
  if (typed === '') return 'The redirect URL is missing. Copy it from OAuth & Permissions.'
  const url = webAddress(typed)
  if (!url) return 'This is no web address. Copy it from OAuth & Permissions.'
  if (url.protocol === 'http:' && url.hostname !== 'localhost') return HTTPS_ONLY
  return typed.includes('#') ? 'A redirect URL ends before any #.' : undefined
}

/** A relay stands on the internet and has https, for the code passes through it. */
function checkRelayUrl(typed: string): string | undefined {
  if (typed === '')
    return 'The relay URL is missing. It looks like https://relay.example.com/slack.'
  const url = webAddress(typed)
  if (!url) return 'This is no web address. It looks like https://relay.example.com/slack.'
  if (isPrivate(url.hostname)) {
    return 'This address is on your computer or network. A relay needs a public one.'
  }
  if (url.protocol === 'http:') return 'Use https here. Slack’s answer passes through the relay.'
  return typed.includes('#') ? 'A relay URL ends before any #.' : undefined
}

function isPrivate(host: string): boolean {
  return PRIVATE_HOST.test(host) || !host.includes('.')
}

function webAddress(text: string): URL | null {
  const url = URL.canParse(text) ? new URL(text) : null
  return url && /^https?:$/.test(url.protocol) ? url : null
}
