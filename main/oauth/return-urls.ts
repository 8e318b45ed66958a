/** Where Slack's answer to an authorization may come back to. */
import { redirectUrl } from '../contract/redirect.ts'
import { InputError } from '../errors.ts'
import type { BeginOptions } from './begin.ts'
import { isThisComputer } from './loopback-hosts.ts'

/** The redirect URL as Slack has it, and every address that an answer to it may arrive at. */
export interface ReturnUrls {
  readonly redirectUri: string
  /** The redirect URL first. Two authorizations share one only within one environment. */
  readonly returnUrls: readonly string[]
}

/**
 * The addresses of an authorization, by strategy. A relay has three: its own URL, which a tunnel
 * passes on as it is; its host with our path, where a tunnel changes the path; and the loopback
 * address, where a redirecting relay sends the browser.
 *
 * @param port the one that listens, or that is to be named where none does
 * @throws InputError on `redirectUrl` for a registered URL that cannot be used
 */
export function returnUrlsOf(options: BeginOptions, port: number): ReturnUrls {
  const { strategy, callbackPath } = options
  switch (strategy) {
    case 'https':
    case 'pkce':
      return only(redirectUrl(strategy, port, callbackPath))
    case 'paste':
      return only(pastedUrl(options.registeredRedirectUrl ?? ''))
    case 'relay':
      return relayed(relayUrl(options.registeredRedirectUrl ?? ''), port, callbackPath)
  }
}

function only(redirectUri: string): ReturnUrls {
  return { redirectUri, returnUrls: [redirectUri] }
}

function relayed(redirectUri: string, port: number, callbackPath: string): ReturnUrls {
  const { origin, pathname } = new URL(redirectUri)
  const loopback = redirectUrl('pkce', port, callbackPath)
  return {
    redirectUri,
    returnUrls: [`${origin}${pathname}`, `${origin}${callbackPath}`, loopback],
  }
}

/** No fragment: RFC 6749 section 3.1.2, and slack-auth 2. */
function pastedUrl(registered: string): string {
  const url = parse(registered)
  if (url !== null && /^https?:$/.test(url.protocol)) return registered
  throw new InputError(
    'redirectUrl',
    'The redirect URL cannot be used',
    'Enter one that the Slack app has registered, such as https://example.com/callback.',
  )
}

/** Public and https: Slack takes no other (slack-auth 2), and localhost needs no relay. */
function relayUrl(registered: string): string {
  const url = parse(registered)
  const isPublic = url?.protocol === 'https:' && !isThisComputer(url.hostname)
  if (isPublic && url.username === '' && url.password === '') return registered
  throw new InputError(
    'redirectUrl',
    'The relay URL cannot be used',
    'Enter the public https address that the Slack app has registered, such as https://example.com/callback.',
  )
}

function parse(registered: string): URL | null {
  return URL.canParse(registered) && !registered.includes('#') ? new URL(registered) : null
}
