const REDACTED = '[secret]'

/** Words that make a name one of a secret, in queries, forms, JSON, YAML, env lines and programs. */
const SECRET_WORD = '(?:secret|token|passphrase|password|verifier|challenge|nonce|authorization)'

/**
 * A whole name with such a word in it. It is looked at from its first character alone: tried from each
 * of its characters, a long one would take time by its length cubed, and others choose these texts.
 */
const SECRET_NAME = `(?<![\\w-])((?=[\\w-]*?${SECRET_WORD})[\\w-]+)`

/** What tokens are made of, URL-encoded ones too. */
const TOKEN = '[\\w.%/+=~-]'

/**
 * The rest of a token that was broken over lines, also where the line end is spelled out (`\\n`): a
 * run of such characters that no word of a sentence has.
 */
const BROKEN = `(?:[ \\t]*(?:\\\\?\\r?\\n|\\\\[nr])[ \\t>|]*${TOKEN}{12,})*`

/**
 * What no log may hold, each with its replacement. Shapes: Slack's token inventory as secret scanners
 * know it; taken wider than theirs, since a log loses nothing by it. Each takes time by the text's length.
 */
const RULES: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*(?:-----END [A-Z ]*PRIVATE KEY-----)?/g, REDACTED],
  // xoxb- xoxp- xoxe- xoxe.xoxb- xoxe.xoxp- xoxa- xoxr- xoxc- xoxs- xoxo- and xoxd- (URL-encoded)
  [new RegExp(`xox[a-z](?:\\.xox[a-z])?-${TOKEN}+${BROKEN}`, 'gi'), REDACTED],
  [new RegExp(`x(?:app|wfp)-${TOKEN}+${BROKEN}`, 'gi'), REDACTED],
  // Also as JSON may spell it (`\\/`), and inside another address.
  [/(hooks\.slack(?:-gov)?\.com)(?:\\*\/|%2F|%252F)[^\s"'<>]+/gi, `$1/${REDACTED}`],
  // The same paths on another host: the practice Slack, an emulator.
  [/(?:\/|%2F)(services|workflows|triggers)(?:\\*\/|%2F)[\w+/%\\-]{12,}/gi, `/$1/${REDACTED}`],
  // Also behind a terminal's colour.
  [/(?:\b|(?<=\[[\d;]{0,8}m))(code|state)=[^&\s"'<>#]+/gi, `$1=${REDACTED}`],
  // A callback inside another address.
  [/(?:\b|%3F|%26)(code|state)%3D[^&%\s"'<>#]+/gi, `$1=${REDACTED}`],
  [new RegExp(`${SECRET_NAME}=(?!\\\\*["'])[^&\\s"'<>#]+`, 'gi'), `$1=${REDACTED}`],
  [new RegExp(`"${SECRET_NAME}"\\s*:\\s*"[^"]*"`, 'gi'), `"$1":"${REDACTED}"`],
  [/(?<!\\)(\\*")(state)\1\s*:\s*\1[^"\\]*/gi, `$1$2$1:$1${REDACTED}`],
  // In quotes as programs, YAML and env files have them, and as JSON has them inside a text.
  [
    new RegExp(`${SECRET_NAME}(\\\\*["']?\\s*[:=]\\s*)(\\\\*["'])(?:(?!\\3).)*`, 'gi'),
    `$1$2$3${REDACTED}`,
  ],
  // Without quotes, as in YAML: a word with a digit in it, which no sentence and no setting is.
  [
    new RegExp(`${SECRET_NAME}:[ \\t]+(?![\\d.]+(?![\\w-]))(?=[^\\s,}"'\\d]*\\d)[^\\s,}"']+`, 'gi'),
    `$1: ${REDACTED}`,
  ],
  // Our own failure codes are words in capitals; an authorization code never is.
  [/(?<!\\)(\\*")code\1\s*:\s*\1(?![A-Z_]+\1)[^"\\]*/g, `$1code$1:$1${REDACTED}`],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, `$1 ${REDACTED}`],
  // JSON Web Tokens, such as the ID token.
  [/(?<![\w-])(?=[\w-]*?eyJ)[\w-]+\.[\w-]+(?:\.[\w-]*)?/g, REDACTED],
  // Client secrets and signing secrets, and the end of an authorization code.
  [/\b[a-f\d]{24,}\b/gi, REDACTED],
  // State, verifier, nonce and anything else of 256 random bits.
  [/[\w-]{43,}/g, REDACTED],
]

/** The text without anything that has the shape of a token, a secret, a code or a state. */
export function redact(text: string): string {
  return RULES.reduce((left, [shape, replacement]) => left.replace(shape, replacement), text)
}

const SECRET_KEY = new RegExp(SECRET_WORD, 'i')
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
      isSecretField(key, value) ? REDACTED : redactValue(value, depth + 1),
    ]),
  )
}

/** Counts, flags and nested fields under such a name tell no secret. */
function isSecretField(key: string, value: unknown): boolean {
  return (typeof value === 'string' || Array.isArray(value)) && SECRET_KEY.test(key)
}
