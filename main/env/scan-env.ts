import {
  afterBreak,
  createLineFinder,
  isBlankCode,
  isNameCode,
  type LineFinder,
  quoteAt,
  skipBlanks,
} from './env-characters.ts'
import { findClose, type Head, type Place, readBare, readQuoted } from './scan-value.ts'
import type { OtherLine, Statement } from './statement.ts'

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
  visitEnv(text, (statement) => statements.push(statement))
  return statements
}

/** As `scanEnv`, but keeps nothing: for a text that is only read through. */
export function visitEnv(text: string, visit: (statement: Statement) => void): void {
  const lines = createLineFinder(text)
  let line = 1
  for (let start = 0; start < text.length; ) {
    const statement = readStatement(text, start, line, lines)
    visit(statement)
    line += statement.kind === 'assignment' ? countLines(text, statement) : 1
    start = statement.next
  }
}

/** How many lines of the text a statement takes. */
export function countLines(text: string, statement: Statement): number {
  if (statement.kind !== 'assignment' || statement.quote === '') return 1
  return text.slice(statement.start, statement.end).split(/\r\n|\r|\n/).length
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
