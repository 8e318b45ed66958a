const REDACTED = '[secret]'

/** Names whose value is a secret, as they stand in queries, forms, JSON and env lines. */
const SECRET_NAME =
  '[\\w-]*(?:secret|token|passphrase|password|verifier|challenge|nonce|authorization)[\\w-]*'

/**
 * What no log may hold, each with its replacement. Shapes: Slack's token inventory as secret scanners
 * know it; taken wider than theirs, since a log loses nothing by it.
 */
const RULES: readonly (readonly [RegExp, string])[] = [
  // xoxb- xoxp- xoxe- xoxe.xoxb- xoxe.xoxp- xoxa- xoxr- xoxc- xoxs- xoxo- and xoxd- (URL-encoded)
  [/xox[a-z](?:\.xox[a-z])?-[\w.%/+=~-]+/gi, REDACTED],
  [/x(?:app|wfp)-[\w.%/+=~-]+/gi, REDACTED],
  [/(hooks\.slack(?:-gov)?\.com)\/[^\s"'<>]+/gi, `$1/${REDACTED}`],
  // The same paths on another host: the practice Slack, an emulator.
  [/\/(services|workflows|triggers)\/[\w+/-]{12,}/gi, `/$1/${REDACTED}`],
  [/\b(code|state)=[^&\s"'<>#]+/gi, `$1=${REDACTED}`],
  [new RegExp(`\\b(${SECRET_NAME})=[^&\\s"'<>#]+`, 'gi'), `$1=${REDACTED}`],
  [new RegExp(`"(${SECRET_NAME}|state)"\\s*:\\s*"[^"]*"`, 'gi'), `"$1":"${REDACTED}"`],
  // Our own failure codes are words in capitals; an authorization code never is.
  [/"code"\s*:\s*"(?![A-Z_]+")[^"]*"/g, `"code":"${REDACTED}"`],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, `$1 ${REDACTED}`],
  // JSON Web Tokens, such as the ID token.
  [/\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?/g, REDACTED],
  // Client secrets and signing secrets, and the end of an authorization code.
  [/\b[a-f\d]{24,}\b/gi, REDACTED],
  // State, verifier, nonce and anything else of 256 random bits.
  [/[\w-]{43,}/g, REDACTED],
]

/** The text without anything that has the shape of a token, a secret, a code or a state. */
export function redact(text: string): string {
  return RULES.reduce((left, [shape, replacement]) => left.replace(shape, replacement), text)
}

const SECRET_KEY = new RegExp(`^${SECRET_NAME}$`, 'i')
const MAX_DEPTH = 4

/**
 * A copy of a log field as plain JSON, every text in it redacted, and every text under a secret's name
 * replaced. Failures keep name, message, code, stack and cause; what lies deeper than four levels is left out.
 */
export function redactValue(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redact(value)
  if (typeof value === 'bigint') return redact(`${value}`)
  if (typeof value !== 'object' || value === null) return value
  if (depth >= MAX_DEPTH) return '…'
  if (value instanceof Error) return redactError(value, depth)
  // Before toJSON: a Buffer's gives its bytes.
  if (ArrayBuffer.isView(value)) return `${value.byteLength} bytes`
  if ('toJSON' in value && typeof value.toJSON === 'function') {
    return redactValue(value.toJSON(), depth + 1)
  }
  if (Array.isArray(value)) return value.map((item) => redactValue(item, depth + 1))
  return redactFields(Object.entries(value), depth)
}

function redactError(error: Error, depth: number): unknown {
  const fields: [string, unknown][] = [['stack', error.stack ?? `${error}`]]
  if ('code' in error) fields.push(['code', error.code])
  if (error.cause !== undefined) fields.push(['cause', error.cause])
  return redactFields(fields, depth)
}

function redactFields(entries: readonly (readonly [string, unknown])[], depth: number): unknown {
  return Object.fromEntries(
    entries.map(([key, value]) => [
      redact(key),
      typeof value === 'string' && SECRET_KEY.test(key) ? REDACTED : redactValue(value, depth + 1),
    ]),
  )
}
