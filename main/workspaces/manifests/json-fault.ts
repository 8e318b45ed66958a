/**
 * One token of JSON with the blanks before it: a mark, a text, or another value. Source: RFC 8259.
 */
const TOKEN =
  /[ \t\r\n]*(?:([{}[\],:])|("(?:[^"\\\p{Cc}]|\x7f|[\x80-\x9f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-]))/uy
const BLANKS = /[ \t\r\n]*/y

type Expected =
  | 'value'
  | 'value-or-end'
  | 'key'
  | 'key-or-end'
  | 'colon'
  | 'comma-or-end'
  | 'nothing'

/**
 * Where a text stops being JSON: the offset of the first token that does not belong there, or the
 * text's length when more was to come. Null for JSON. The engine's own failure tells the place in its
 * words alone.
 */
export function findJsonFault(text: string): number | null {
  const open: string[] = []
  let expected: Expected = 'value'
  let at = 0
  while (true) {
    const start = skipBlanks(text, at)
    if (start === text.length) return expected === 'nothing' ? null : start
    TOKEN.lastIndex = at
    const found = TOKEN.exec(text)
    const next: Expected | null = found === null ? null : follow(expected, found, open)
    if (next === null) return start
    expected = next
    at = TOKEN.lastIndex
  }
}

function skipBlanks(text: string, at: number): number {
  BLANKS.lastIndex = at
  BLANKS.exec(text)
  return BLANKS.lastIndex
}

/** What may come after this token; null where the token itself may not stand. */
function follow(expected: Expected, found: RegExpExecArray, open: string[]): Expected | null {
  const [, mark, string] = found
  if (mark === '}' || mark === ']') return close(expected, mark, open)
  if (mark === ':') return expected === 'colon' ? 'value' : null
  if (mark === ',') return afterComma(expected, open)
  if (expected === 'key' || expected === 'key-or-end') return string === undefined ? null : 'colon'
  if (expected !== 'value' && expected !== 'value-or-end') return null
  if (mark === undefined) return afterValue(open)
  open.push(mark)
  return mark === '{' ? 'key-or-end' : 'value-or-end'
}

function close(expected: Expected, mark: string, open: string[]): Expected | null {
  const isEmpty = expected === (mark === '}' ? 'key-or-end' : 'value-or-end')
  if (!isEmpty && expected !== 'comma-or-end') return null
  if (open.pop() !== (mark === '}' ? '{' : '[')) return null
  return afterValue(open)
}

function afterComma(expected: Expected, open: readonly string[]): Expected | null {
  if (expected !== 'comma-or-end') return null
  return open.at(-1) === '{' ? 'key' : 'value'
}

function afterValue(open: readonly string[]): Expected {
  return open.length === 0 ? 'nothing' : 'comma-or-end'
}
