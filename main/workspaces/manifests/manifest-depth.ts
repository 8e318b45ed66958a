import { CST, Lexer } from 'yaml'

/** A manifest has about seven levels. */
const MAX_DEPTH = 50

/**
 * True where blocks or lists stand in each other deeper than any manifest's. Looked at before the text
 * is parsed: the parser calls itself for each level, and a very deep text ends the whole process.
 */
export function isTooDeep(text: string): boolean {
  let brackets = 0
  let marksInLine = 0
  for (const source of new Lexer().lex(text)) {
    const type = CST.tokenType(source)
    if (type === 'newline') marksInLine = 0
    else if (type === 'flow-seq-start' || type === 'flow-map-start') brackets += 1
    else if (type === 'flow-seq-end' || type === 'flow-map-end')
      brackets = Math.max(0, brackets - 1)
    // `- - - a` is three lists in each other; indents are bounded by the text's length.
    else if (brackets === 0 && NESTING_MARKS.has(type)) marksInLine += 1
    if (brackets > MAX_DEPTH || marksInLine > MAX_DEPTH) return true
  }
  return false
}

const NESTING_MARKS: ReadonlySet<string | null> = new Set<CST.TokenType>([
  'seq-item-ind',
  'explicit-key-ind',
  'map-value-ind',
])
