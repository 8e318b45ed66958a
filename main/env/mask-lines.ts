import { maskSecret } from '../platform/secret.ts'
import type { Assignment, Statement } from './statement.ts'

/** Says how a Slack token is shown, such as `xoxb-…k3Zq`; null for a text that is none. */
export type Mask = (text: string) => string | null

/** Stands for every value that is not ours. */
export const HIDDEN = '•••••• hidden'

const REDACTED = '••••••'

/**
 * The lines of a statement as they may be shown: no value of it, and nothing in its comments that
 * might be one. A value over several lines is hidden wholly.
 *
 * @param body the env file with its bytes as Latin-1, as the statement's offsets count it
 * @param show how the value is shown; hidden where it answers null
 */
export function maskStatement(
  body: string,
  statement: Statement,
  mask: Mask,
  show: Mask = () => null,
): string[] {
  if (statement.kind === 'assignment') return maskAssignment(body, statement, mask, show)
  const whole = decode(body.slice(statement.start, statement.end))
  if (statement.kind === 'blank') return [whole]
  return [statement.kind === 'comment' ? redactComment(whole, mask) : HIDDEN]
}

/** The line that is written in the place of `old`: its value is our secret. */
export function maskRewritten(body: string, old: Assignment, value: string, mask: Mask): string {
  const head = decode(body.slice(old.start, old.separatorEnd))
  const blanks = body.slice(old.separatorEnd, old.valueStart)
  const comment = old.comment === null ? '' : decode(body.slice(old.comment, old.end))
  const tail = comment === '' ? '' : ` ${redactComment(comment, mask)}`
  return head + blanks + maskOurs(value, mask) + tail
}

/** The line that is added. */
export function maskAdded(name: string, value: string, mask: Mask): string {
  return `${name}=${maskOurs(value, mask)}`
}

function maskOurs(value: string, mask: Mask): string {
  return mask(value) ?? maskSecret(value)
}

/** Bytes held as Latin-1, shown as the UTF-8 that they are, with a mark where they are not. */
function decode(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString()
}

function maskAssignment(body: string, statement: Assignment, mask: Mask, show: Mask): string[] {
  const raw = body.slice(statement.valueStart, statement.valueEnd)
  const continued = raw.split(/\r\n|\r|\n/).length - 1
  const gap = body.slice(statement.valueEnd, statement.comment ?? statement.end)
  const comment = decode(body.slice(statement.comment ?? statement.end, statement.end))
  const tail = comment === '' ? '' : gap + redactComment(comment, mask)
  const head = maskHead(decode(body.slice(statement.start, statement.valueStart)), statement, mask)
  if (continued > 0) {
    return [head + HIDDEN, ...new Array<string>(continued - 1).fill(HIDDEN), HIDDEN + tail]
  }
  return [head + (raw === '' ? '' : (show(statement.value) ?? HIDDEN)) + tail]
}

/** A line of encoded text that ends in `=` looks like a variable: its "name" may be a secret. */
function maskHead(head: string, statement: Assignment, mask: Mask): string {
  const isName = /^[A-Z_][A-Z0-9_.-]{0,63}$/.test(statement.name)
  return isName ? head : head.replace(statement.name, () => redactWord(statement.name, mask))
}

/** Words behind which a secret may stand in a comment. */
const SECRET_WORD = /(pass\w*|pwd?|secret|token|key|credential\w*|auth\w*|bearer)\b\W*[:=]?\s+/i

/**
 * A comment without what may be a secret: everything behind `=`, what follows a word such as
 * "password", and every word that looks like a token. Says rather too little than too much.
 */
export function redactComment(comment: string, mask: Mask): string {
  const equal = comment.indexOf('=')
  const told = equal === -1 ? comment : comment.slice(0, equal + 1)
  const secretWord = SECRET_WORD.exec(told)
  const cut = secretWord === null ? told.length : secretWord.index + secretWord[0].length
  const words = told.slice(0, cut).replace(/[^\s]+/g, (word) => redactWord(word, mask))
  const isCut = cut < told.length || (equal !== -1 && equal + 1 < comment.length)
  return isCut ? words + REDACTED : words
}

function redactWord(word: string, mask: Mask): string {
  return mask(word) ?? (looksSecret(word) ? REDACTED : word)
}

/** Letters and digits mixed over 8 characters, capitals and small letters over 20, or 40 of any kind. */
function looksSecret(word: string): boolean {
  const hasLetter = /[a-z]/i.test(word)
  if (word.length >= 8 && hasLetter && /\d/.test(word)) return true
  if (word.length >= 20 && /[a-z]/.test(word) && /[A-Z]/.test(word)) return true
  return word.length >= 40 && /\w{20}/.test(word)
}
