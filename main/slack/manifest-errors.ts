/** What Slack has against a manifest, fit to be shown. */
import { redact } from '../platform/redact.ts'
import type { Secret } from '../platform/secret.ts'

/** One thing that Slack says is wrong with a manifest. */
export interface ManifestError {
  /** Slack's own words, shortened, without anything that looks like a secret. */
  readonly message: string
  /** Where, as a JSON pointer such as `/oauth_config/scopes/bot/0`; null where Slack did not say. */
  readonly pointer: string | null
}

const MAX_ERRORS = 100
/** Characters; Slack's own sentences have about a hundred. */
const MAX_MESSAGE = 300
const MAX_POINTER = 200
const WITHOUT_WORDS = 'Slack does not say what is wrong'

/**
 * The `errors` of an answer. Tolerant: Slack's documentation has them as objects here and as texts
 * there, and what is neither is told without words rather than dropped.
 *
 * @param secrets everything secret that was sent: an echo of it is not shown
 */
export function readManifestErrors(errors: unknown, secrets: readonly Secret[]): ManifestError[] {
  if (!Array.isArray(errors)) return []
  return errors.slice(0, MAX_ERRORS).map((one) => readOne(one, secrets))
}

/** As `readManifestErrors`, for a manifest that Slack refused: at least one. */
export function readRefusal(errors: unknown, secrets: readonly Secret[]): ManifestError[] {
  const read = readManifestErrors(errors, secrets)
  return read.length > 0 ? read : [{ message: WITHOUT_WORDS, pointer: null }]
}

function readOne(one: unknown, secrets: readonly Secret[]): ManifestError {
  const { message, pointer } = fieldsOf(one)
  return {
    message: shown(message, secrets, MAX_MESSAGE) ?? WITHOUT_WORDS,
    pointer: shown(pointer, secrets, MAX_POINTER),
  }
}

function fieldsOf(one: unknown): { message: unknown; pointer: unknown } {
  if (typeof one === 'string') return { message: one, pointer: null }
  if (typeof one !== 'object' || one === null) return { message: null, pointer: null }
  return {
    message: 'message' in one ? one.message : null,
    pointer: 'pointer' in one ? one.pointer : null,
  }
}

function shown(value: unknown, secrets: readonly Secret[], limit: number): string | null {
  if (typeof value !== 'string') return null
  const bare = secrets.reduce(
    (left, secret) => left.replaceAll(secret.expose(), `${secret}`),
    value,
  )
  // Redacted before it is cut: half a token has no shape.
  const line = redact(bare)
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
  if (line === '') return null
  return line.length > limit ? `${line.slice(0, limit - 1)}…` : line
}
