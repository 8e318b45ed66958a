/** Reads the arguments of a Web API call: form or JSON in the body, a query for GET. */
import * as z from 'zod'
import type { PracticeRequest } from './messages.ts'
import { SlackProblem } from './slack-problem.ts'

/** Slack takes numbers and truth values for text in JSON. */
const jsonFields = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.null()]).transform((one) => String(one ?? '')),
)

/**
 * @throws SlackProblem `invalid_post_type`, `invalid_json`, `json_not_object`, or `invalid_form_data`
 * when a field is there twice
 */
export function readFields(request: PracticeRequest): Record<string, string> {
  if (request.method === 'GET') return readPairs(withoutToken(request.query))
  if (request.body === '') return {}
  const [type = ''] = (request.headers['content-type'] ?? '').split(';')
  switch (type.trim().toLowerCase()) {
    case 'application/x-www-form-urlencoded':
      return readPairs(new URLSearchParams(request.body))
    case 'application/json':
      return readJson(request.body)
    default:
      throw new SlackProblem('invalid_post_type')
  }
}

function readPairs(pairs: URLSearchParams): Record<string, string> {
  const names = [...pairs.keys()]
  if (new Set(names).size !== names.length) throw new SlackProblem('invalid_form_data')
  return Object.fromEntries(pairs)
}

/** A token in an address would stay in logs and histories: it does not count there. */
function withoutToken(query: URLSearchParams): URLSearchParams {
  return new URLSearchParams([...query].filter(([name]) => name !== 'token'))
}

function readJson(text: string): Record<string, string> {
  const parsed = jsonFields.safeParse(parseJson(text))
  if (!parsed.success) throw new SlackProblem('json_not_object')
  return parsed.data
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new SlackProblem('invalid_json')
  }
}

/** The token of the bearer header, else of the body; null when there is none. */
export function readToken(
  request: PracticeRequest,
  fields: Readonly<Record<string, string>>,
): string | null {
  const bearer = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  return bearer ?? fields.token ?? null
}

/** Client ID and secret of an HTTP Basic header; null without one. Source: RFC 6749 section 2.3.1. */
export function readBasic(
  request: PracticeRequest,
): { readonly id: string; readonly secret: string } | null {
  const encoded = /^Basic +([A-Za-z0-9+/=]+)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (encoded === undefined) return null
  const pair = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = pair.indexOf(':')
  if (colon < 0) return null
  // Slack's IDs and secrets have no character that the form encoding of the two would change.
  return { id: pair.slice(0, colon), secret: pair.slice(colon + 1) }
}
