import { EnvFileError } from './errors.ts'
import { checkVariableName } from './variable-name.ts'

/** Read alike without quotes by every reader. Source: env-files section 1. */
const PLAIN = /^(?!~)[A-Za-z0-9_.:/+=,@%~-]*$/

/**
 * Characters that no spelling carries through all readers: line breaks, NUL and other controls
 * except the tab, the line separators of Unicode, and half of a surrogate pair (it has no UTF-8).
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const UNWRITABLE = /[\0-\x08\n-\x1f\x7f\u2028\u2029\p{Surrogate}]/u

/**
 * The value as it stands behind `NAME=`: without quotes where all readers agree on that, else in the
 * quotes of env-files section 1.
 *
 * A backslash at the end is refused: inside single quotes dotenv takes `\'` for no end of the value.
 *
 * @throws EnvFileError ENV_VALUE_UNWRITABLE where no spelling is read alike
 */
export function spellValue(value: string): string {
  if (PLAIN.test(value)) return value
  if (UNWRITABLE.test(value) || value.endsWith('\\')) throw new EnvFileError('ENV_VALUE_UNWRITABLE')
  if (!value.includes("'")) return `'${value}'`
  if (/["$`\\]/.test(value)) throw new EnvFileError('ENV_VALUE_UNWRITABLE')
  return `"${value}"`
}

/**
 * One line of an env file, without its line end: `SLACK_BOT_TOKEN=xoxb-…`.
 *
 * @throws EnvFileError ENV_NAME_INVALID, ENV_VALUE_UNWRITABLE
 */
export function envLine(name: string, value: string): string {
  checkVariableName(name)
  return `${name}=${spellValue(value)}`
}
