/** The text of an env file in front of a change. */
export interface EnvText {
  /** Without byte order mark. */
  readonly body: string
  readonly hasByteOrderMark: boolean
}

/** A line that sets nothing: empty or only blanks, a comment, or text that readers make nothing of. */
export interface OtherLine {
  readonly kind: 'blank' | 'comment' | 'junk'
  /** Line number from 1. */
  readonly line: number
  readonly start: number
  /** Offset of the line's end, in front of its line break. */
  readonly end: number
  /** Offset of the next line. */
  readonly next: number
}

/** `NAME=value`, over as many lines as its quotes span. Offsets count characters of the text. */
export interface Assignment extends Omit<OtherLine, 'kind'> {
  readonly kind: 'assignment'
  readonly name: string
  readonly separator: '=' | ':'
  /** Behind the separator. */
  readonly separatorEnd: number
  /** The value with its quotes and without the blanks around it. */
  readonly valueStart: number
  readonly valueEnd: number
  /** The quote around the value, or none. */
  readonly quote: string
  /** Where the comment behind the value begins. */
  readonly comment: number | null
  /** As dotenv reads it. */
  readonly value: string
  /** It begins with a quote that does not end on its line, nor later in a way that readers know. */
  readonly isUnclosed: boolean
}

export type Statement = OtherLine | Assignment

/**
 * Reads an env file the way dotenv does, the most lenient of the readers, and remembers where
 * everything stands. Takes time in proportion to the length of the text, whatever it holds.
 *
 * Only blanks of ASCII count, so that it serves for text and for bytes held as Latin-1 alike.
 * A value that dotenv would take from the line behind `NAME=` is not looked for: Node's reader makes
 * junk of such a line, and `checkReading` refuses it. Source: env-files sections 2 and 3.
 *
 * @param text without byte order mark
 */
export function scanEnv(text: string): Statement[] {
  const statements: Statement[] = []
  const lines = createLineFinder(text)
  let line = 1
  for (let start = 0; start < text.length; ) {
    const statement = readStatement(text, start, line, lines)
    statements.push(statement)
    line += statement.kind === 'assignment' ? countLines(text, statement) : 1
    start = statement.next
  }
  return statements
}

/** How many lines of the text a statement takes. */
export function countLines(text: string, statement: Statement): number {
  if (statement.kind !== 'assignment' || statement.quote === '') return 1
  return text.slice(statement.start, statement.end).split(/\r\n|\r|\n/).length
}

interface LineFinder {
  /** Offset of the first line break at or behind `from`, else the end of the text. */
  endOf(from: number): number
}

/** Remembers what it found: looking for a next CR on every line would read the text again and again. */
function createLineFinder(text: string): LineFinder {
  const nextCr = createFinder(text, '\r')
  const nextLf = createFinder(text, '\n')
  return { endOf: (from) => Math.min(nextCr(from), nextLf(from)) }
}

function createFinder(text: string, what: string): (from: number) => number {
  let next = -1
  return (from) => {
    if (next < from) next = text.indexOf(what, from)
    if (next === -1) next = text.length
    return next
  }
}

function readStatement(text: string, start: number, line: number, lines: LineFinder): Statement {
  const head = readHead(text, start)
  if (head === null) return readOther(text, start, line, lines)
  const valueStart = skipBlanks(text, head.separatorEnd)
  const quote = quoteAt(text, valueStart)
  const place: Place = { text, start, line, head, valueStart, quote, lines }
  const close = quote === '' ? null : findClose(text, valueStart, quote)
  return close === null ? readBare(place) : readQuoted(place, close)
}

interface Head {
  readonly name: string
  readonly separator: '=' | ':'
  readonly separatorEnd: number
}

/** `export NAME =` or `NAME: ` in the forms that dotenv knows; null for any other line. */
function readHead(text: string, start: number): Head | null {
  const first = skipBlanks(text, start)
  if (text.startsWith('export', first)) {
    const behind = skipBlanks(text, first + 'export'.length)
    const head = behind > first + 'export'.length ? readName(text, behind) : null
    // Without a name behind it, `export` is the name itself.
    if (head !== null) return head
  }
  return readName(text, first)
}

function readName(text: string, start: number): Head | null {
  let end = start
  while (isNameCode(text.charCodeAt(end))) end++
  if (end === start) return null
  const name = text.slice(start, end)
  const next = text[end]
  if (next === '=') return { name, separator: '=', separatorEnd: end + 1 }
  if (next === ':') {
    return isBlankCode(text.charCodeAt(end + 1))
      ? { name, separator: ':', separatorEnd: end + 1 }
      : null
  }
  const behind = skipBlanks(text, end)
  return text[behind] === '=' ? { name, separator: '=', separatorEnd: behind + 1 } : null
}

function readOther(text: string, start: number, line: number, lines: LineFinder): OtherLine {
  const end = lines.endOf(start)
  const first = skipBlanks(text, start)
  const kind = first >= end ? 'blank' : text[first] === '#' ? 'comment' : 'junk'
  return { kind, line, start, end, next: afterBreak(text, end) }
}

/** Where a value begins. */
interface Place {
  readonly text: string
  readonly start: number
  readonly line: number
  readonly head: Head
  readonly valueStart: number
  readonly quote: string
  readonly lines: LineFinder
}

function readQuoted(place: Place, close: number): Assignment {
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
function readBare({ text, start, line, head, valueStart: first, quote, lines }: Place): Assignment {
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
function findClose(text: string, open: number, quote: string): number | null {
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

function quoteAt(text: string, offset: number): string {
  const char = text[offset]
  return char === '"' || char === "'" || char === '`' ? char : ''
}

function skipBlanks(text: string, from: number): number {
  let at = from
  while (isBlankCode(text.charCodeAt(at))) at++
  return at
}

function trimEnd(text: string, start: number, end: number): number {
  let last = end
  while (last > start && isBlankCode(text.charCodeAt(last - 1))) last--
  return last
}

/** Space, tab, vertical tab, form feed. Comparing codes keeps 10,000 lines within a few milliseconds. */
function isBlankCode(code: number): boolean {
  return code === 32 || code === 9 || code === 11 || code === 12
}

/** Letters and digits of ASCII, `_`, `.` and `-`. */
function isNameCode(code: number): boolean {
  if (code >= 97) return code <= 122
  if (code >= 65) return code <= 90 || code === 95
  return (code >= 48 && code <= 57) || code === 45 || code === 46
}

function afterBreak(text: string, end: number): number {
  if (text[end] === '\r' && text[end + 1] === '\n') return end + 2
  return end < text.length ? end + 1 : end
}
