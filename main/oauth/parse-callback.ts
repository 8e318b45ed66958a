import { Secret } from '../platform/secret.ts'
import { CallbackInvalid } from './errors.ts'

/** What Slack's redirect says: a code to exchange, or why there is none. */
export type CallbackAnswer =
  | { readonly kind: 'code'; readonly state: string; readonly code: Secret }
  | { readonly kind: 'denied'; readonly state: string; readonly slackCode: string }

/** Far above what Slack sends (a code has about 80 characters), far below what a browser can send. */
const MAX_QUERY_CHARS = 8192
const MAX_STATE_CHARS = 512
const MAX_CODE_CHARS = 2048
const MAX_ERROR_CHARS = 100
const MAX_PASTED_CHARS = 10_000

/** VSCHAR: state and code are printable ASCII. Source: RFC 6749 appendix A.5 and A.11. */
const VSCHARS = /^[\x20-\x7e]+$/
/** Slack's codes are words such as `access_denied`; narrower than RFC 6749 appendix A.7, since it is shown. */
const SLACK_CODE = /^[A-Za-z0-9_.-]+$/

/**
 * Reads a redirect. Unknown parameters are ignored (RFC 6749 section 4.1.2), repeated ones refused
 * (section 3.1), as are an error beside a code, a missing state and anything overlong. Whether the
 * state is ours is the caller's question.
 *
 * @throws CallbackInvalid
 */
export function parseCallback(url: URL): CallbackAnswer {
  if (url.search.length > MAX_QUERY_CHARS) throw new CallbackInvalid()
  const query = url.searchParams
  const names = [...query.keys()]
  if (new Set(names).size !== names.length) throw new CallbackInvalid()
  const state = read(query, 'state', MAX_STATE_CHARS, VSCHARS)
  const code = read(query, 'code', MAX_CODE_CHARS, VSCHARS)
  const slackCode = read(query, 'error', MAX_ERROR_CHARS, SLACK_CODE)
  if (state === null) throw new CallbackInvalid()
  if (code !== null && slackCode === null) return { kind: 'code', state, code: Secret.of(code) }
  if (code === null && slackCode !== null) return { kind: 'denied', state, slackCode }
  throw new CallbackInvalid()
}

/**
 * The address in what a user copied: around it may stand spaces, quotes or angle brackets, and a
 * mail or chat program may have broken it into lines.
 *
 * @throws CallbackInvalid for anything but an http or https address
 */
export function parsePastedAddress(text: string): URL {
  if (text.length > MAX_PASTED_CHARS) throw new CallbackInvalid()
  const bare = text
    .replace(/\s+/g, '')
    .replace(/^[<"'“‘`]+/, '')
    .replace(/[>"'”’`]+$/, '')
  if (!/^https?:\/\//i.test(bare) || !URL.canParse(bare)) {
    throw new CallbackInvalid('Copy the whole address, from https:// to its end.')
  }
  const url = new URL(bare)
  if (url.username !== '' || url.password !== '') throw new CallbackInvalid()
  return url
}

function read(
  query: URLSearchParams,
  name: string,
  maxChars: number,
  shape: RegExp,
): string | null {
  const value = query.get(name)
  if (value === null) return null
  if (value.length > maxChars || !shape.test(value)) throw new CallbackInvalid()
  return value
}
