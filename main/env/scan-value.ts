import { afterBreak, type LineFinder, quoteAt, skipBlanks, trimEnd } from './env-characters.ts'
import type { Assignment } from './statement.ts'

/** What stands in front of a value. */
export interface Head {
  readonly name: string
  readonly separator: '=' | ':'
  readonly separatorEnd: number
}

/** Where a value begins. */
export interface Place {
  readonly text: string
  readonly start: number
  readonly line: number
  readonly head: Head
  readonly valueStart: number
  readonly quote: string
  readonly lines: LineFinder
}

/** A value in quotes up to the one at `close`. */
export function readQuoted(place: Place, close: number): Assignment {
  const { text, start, line, head, valueStart, quote, lines } = place
  const end = lines.endOf(close + 1)
  const behind = skipBlanks(text, close + 1)
  return {
    kind: 'assignment',
    line,
    start,
    end,
    next: afterBreak(text, end),
    name: head.name,
    separator: head.separator,
    separatorEnd: head.separatorEnd,
    valueStart,
    valueEnd: close + 1,
    quote,
    comment: text[behind] === '#' ? behind : null,
    value: expand(text.slice(valueStart + 1, close), quote),
    isUnclosed: false,
  }
}

/** Up to the first `#`, glued or not: so dotenv, Node and Ruby read it. */
export function readBare({
  text,
  start,
  line,
  head,
  valueStart: first,
  quote,
  lines,
}: Place): Assignment {
  const end = lines.endOf(head.separatorEnd)
  const hash = text.slice(head.separatorEnd, end).indexOf('#')
  const stop = hash === -1 ? end : head.separatorEnd + hash
  const valueStart = Math.min(first, stop)
  const valueEnd = trimEnd(text, valueStart, stop)
  return {
    kind: 'assignment',
    line,
    start,
    end,
    next: afterBreak(text, end),
    name: head.name,
    separator: head.separator,
    separatorEnd: head.separatorEnd,
    valueStart,
    valueEnd,
    quote: '',
    comment: hash === -1 ? null : stop,
    value: unquote(text.slice(valueStart, valueEnd)),
    isUnclosed: quote !== '' && !text.slice(first + 1, end).includes(quote),
  }
}

/** dotenv takes equal quotes off both ends even where more text stands between: `'a' b'` is `a' b`. */
function unquote(raw: string): string {
  const quote = quoteAt(raw, 0)
  const isQuoted = quote !== '' && raw.length > 1 && raw.endsWith(quote)
  return expand(isQuoted ? raw.slice(1, -1) : raw, quote)
}

function expand(inner: string, quote: string): string {
  return quote === '"' ? inner.replaceAll('\\n', '\n').replaceAll('\\r', '\r') : inner
}

/**
 * The quote that ends the value, as dotenv finds it: the first one without a backslash in front, if
 * only blanks or a comment follow it on its line; else the last one before it that passes.
 */
export function findClose(text: string, open: number, quote: string): number | null {
  const escaped: number[] = []
  let at = text.indexOf(quote, open + 1)
  while (at !== -1 && text[at - 1] === '\\') {
    escaped.push(at)
    at = text.indexOf(quote, at + 1)
  }
  if (at !== -1 && endsValue(text, at)) return at
  return escaped.findLast((candidate) => endsValue(text, candidate)) ?? null
}

function endsValue(text: string, quoteAtOffset: number): boolean {
  const behind = text[skipBlanks(text, quoteAtOffset + 1)]
  return behind === undefined || behind === '#' || behind === '\n' || behind === '\r'
}
