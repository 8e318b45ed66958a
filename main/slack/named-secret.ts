/** Secrets without a shape of their own: the name they are kept under tells what they are. */

export type NamedKind = 'signing-secret' | 'verification-token' | 'client-id' | 'client-secret'

/** The words of a name, by what it holds. Source: slack-auth section 11, variable names. */
const NAMES: readonly (readonly [words: string, NamedKind])[] = [
  ['signing_secret', 'signing-secret'],
  ['verification_token', 'verification-token'],
  ['client_id', 'client-id'],
  ['client_secret', 'client-secret'],
]

/**
 * What a name and its value are together; null for anything else. The shapes are hints: Slack has
 * published no rule, so they only keep out what is plainly something else (slack-auth section 7).
 *
 * @param label as it stood there: `SLACK_SIGNING_SECRET_2`, `signingSecret`, `slack.client-id`
 */
export function namedKind(label: string, value: string): NamedKind | null {
  const name = inWords(label)
  const kind = NAMES.find(([words]) => isNameOf(name, words))?.[1] ?? null
  if (kind === null) return null
  return (kind === 'client-id' ? isClientId(value) : isPlausibleSecret(value)) ? kind : null
}

/** True where the name says that it is of an app configuration token, or of what renews it. */
export function namesConfiguration(label: string): boolean {
  return /(?:^|_)(?:config|configuration|tooling)(?:_|$)/.test(inWords(label))
}

/** `signingSecret`, `SIGNING-SECRET` and `signing.secret` are all `signing_secret`. */
function inWords(label: string): string {
  return label
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/[.-]/g, '_')
    .toLowerCase()
}

/** Alone, as in the settings of an app; anything around it has to name Slack: other services have these, too. */
function isNameOf(name: string, words: string): boolean {
  if (name === words) return true
  return new RegExp(`(?:^|_)slack(?:_\\w+)?_${words}(?:_|$)`).test(name)
}

function isClientId(value: string): boolean {
  return value.length <= 64 && /^\d+\.\d+$/.test(value)
}

const SECRET = /^\w{24,64}$/
/**
 * What stands in example files. Short words count at an edge alone: inside 24 random letters and digits
 * one of them comes up by chance once in some thousand secrets, which would then be passed over.
 */
const PLACEHOLDER =
  /x{5}|change_?me|example|placeholder|replace|secret|token|insert|(?:^|_)(?:your|todo|xxx)|(?:here|todo|xxx)(?:_|$)/i
/** Fewer different characters are a filler such as `000…`. */
const MIN_DIFFERENT = 8

function isPlausibleSecret(value: string): boolean {
  if (!SECRET.test(value) || PLACEHOLDER.test(value)) return false
  return new Set(value).size >= MIN_DIFFERENT
}
