/** Redirect URLs of the user's own, as they are typed for the paste and relay strategies. */
import { BlockList, isIP } from 'node:net'
import { InputError } from '../errors.ts'

/**
 * A URL that the browser ends on and the user pastes. Only PKCE apps may register plain http, and
 * those use neither paste nor relay (slack-auth section 2). No fragment: RFC 6749 section 3.1.2.
 *
 * @throws InputError for the field `redirectUrl`
 */
export function checkPastedUrl(text: string | null): string {
  const address = (text ?? '').trim()
  if (parseHttps(address) !== null) return address
  throw new InputError(
    'redirectUrl',
    'This redirect URL cannot be used',
    'Use https here. Slack takes plain http from PKCE apps alone.',
  )
}

/**
 * A relay's URL: Slack sends the user's browser there, and it forwards to this computer. An address
 * of this computer or of a private network forwards nothing.
 *
 * @throws InputError for the field `redirectUrl`
 */
export function checkRelayUrl(text: string | null): string {
  const address = (text ?? '').trim()
  const url = parseHttps(address)
  if (url !== null && isPublicHost(url.hostname)) return address
  throw new InputError(
    'redirectUrl',
    'This relay URL cannot be used',
    'Use a public https address that forwards to this computer, such as https://example.com/slack.',
  )
}

/** Null for another scheme, a fragment, or a user name in it. */
function parseHttps(address: string): URL | null {
  const url = URL.canParse(address) ? new URL(address) : null
  if (url?.protocol !== 'https:' || address.includes('#')) return null
  return url.username === '' && url.password === '' ? url : null
}

/** Names without a dot, and the endings that no public name has. Source: RFC 6761, RFC 6762, RFC 9476. */
const LOCAL_NAME = /^[^.]*$|\.(?:localhost|local|internal|home\.arpa|test|invalid|alt)$/

function isPublicHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  const version = isIP(host)
  if (version === 0) return !LOCAL_NAME.test(host.toLowerCase())
  return !PRIVATE.check(host, version === 4 ? 'ipv4' : 'ipv6')
}

/** Addresses that no public network routes. Source: RFC 6890. */
const PRIVATE = privateAddresses()

function privateAddresses(): BlockList {
  const list = new BlockList()
  for (const [address, prefix] of [
    ['0.0.0.0', 8],
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
    ['172.16.0.0', 12],
    ['192.168.0.0', 16],
  ] as const) {
    list.addSubnet(address, prefix, 'ipv4')
  }
  for (const [address, prefix] of [
    ['::', 127],
    ['fc00::', 7],
    ['fe80::', 10],
  ] as const) {
    list.addSubnet(address, prefix, 'ipv6')
  }
  return list
}
