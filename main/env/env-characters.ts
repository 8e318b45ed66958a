/** Finds line ends from left to right. */
export interface LineFinder {
  /** Offset of the first line break at or behind `from`, else the end of the text. */
  endOf(from: number): number
}

/** Remembers what it found: looking for a next CR on every line would read the text again and again. */
export function createLineFinder(text: string): LineFinder {
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

/** The quote at an offset, or none. */
export function quoteAt(text: string, offset: number): string {
  const char = text[offset]
  return char === '"' || char === "'" || char === '`' ? char : ''
}

/** The first offset from `from` on that is no blank. */
export function skipBlanks(text: string, from: number): number {
  let at = from
  while (isBlankCode(text.charCodeAt(at))) at++
  return at
}

/** The end of the text without the blanks there, not in front of `start`. */
export function trimEnd(text: string, start: number, end: number): number {
  let last = end
  while (last > start && isBlankCode(text.charCodeAt(last - 1))) last--
  return last
}

/** Space, tab, vertical tab, form feed. Comparing codes keeps 10,000 lines within a few milliseconds. */
export function isBlankCode(code: number): boolean {
  return code === 32 || code === 9 || code === 11 || code === 12
}

/** Letters and digits of ASCII, `_`, `.` and `-`. */
export function isNameCode(code: number): boolean {
  if (code >= 97) return code <= 122
  if (code >= 65) return code <= 90 || code === 95
  return (code >= 48 && code <= 57) || code === 45 || code === 46
}

/** The offset behind the line break at `end`: CRLF, LF or, as for dotenv, CR alone. */
export function afterBreak(text: string, end: number): number {
  if (text[end] === '\r' && text[end + 1] === '\n') return end + 2
  return end < text.length ? end + 1 : end
}
