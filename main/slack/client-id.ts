import { InputError } from '../errors.ts'
import { recogniseSecret, type SecretKind } from './token-kind.ts'

/** Two numbers joined by a dot. Source: docs, installing with OAuth. */
const CLIENT_ID = /^\d+\.\d+$/

const SHAPE = 'The client ID is two numbers with a dot between them.'
const WHERE = 'Copy it from your app’s page under Basic Information.'

/** Kinds that are no tokens, and no client IDs either. */
const NAMED_SECRETS: ReadonlySet<SecretKind> = new Set([
  'client-secret',
  'signing-secret',
  'verification-token',
])

/** What people paste in its place, the likeliest first. */
const MISTAKES: readonly (readonly [(text: string) => boolean, string])[] = [
  [(text) => text === '', 'The client ID is missing'],
  [(text) => /^A[A-Z0-9]{6,}$/.test(text), 'This is an app ID'],
  [(text) => /^[TE][A-Z0-9]{6,}$/.test(text), 'This is the ID of a workspace'],
  [(text) => recogniseSecret(text).kind === 'webhook', 'This is a webhook URL'],
  [
    (text) => /^[a-f0-9]{24,}$/i.test(text) || NAMED_SECRETS.has(recogniseSecret(text).kind),
    'This looks like a secret',
  ],
  [(text) => recogniseSecret(text).kind !== 'unknown', 'This is a token'],
]

/**
 * The client ID as typed, without spaces around it; out of a pasted `SLACK_CLIENT_ID=…` too.
 *
 * @throws InputError for the field `clientId`; what was typed is not in it, since it may be a secret
 */
export function checkClientId(text: string): string {
  const pasted = recogniseSecret(text)
  const clientId = pasted.kind === 'client-id' ? pasted.value : text.trim()
  if (CLIENT_ID.test(clientId)) return clientId
  const message = MISTAKES.find(([isIt]) => isIt(clientId))?.[1] ?? 'This is not a client ID'
  throw new InputError('clientId', message, `${SHAPE} ${WHERE}`)
}
