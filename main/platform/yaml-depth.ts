import { CST, Lexer } from 'yaml'

/** A manifest has about seven levels. */
const MAX_DEPTH = 50

/** Columns that the indent of so many levels takes, with room for wide ones. */
const MAX_INDENT = 4 * MAX_DEPTH

/**
 * True where blocks or lists stand in each other deeper than any manifest's. Looked at before the text
 * is parsed: the parser calls itself for each level, and a very deep text ends the whole process.
 */
export function isTooDeep(text: string): boolean {
  let brackets = 0
  let line = NEW_LINE
  for (const source of new Lexer().lex(text)) {
    const type = CST.tokenType(source)
    if (type === 'newline') line = NEW_LINE
    else if (type === 'flow-seq-start' || type === 'flow-map-start') brackets += 1
    else if (type === 'flow-seq-end' || type === 'flow-map-end')
      brackets = Math.max(0, brackets - 1)
    // Inside brackets neither indents nor marks make a level.
    else if (brackets === 0) line = grown(line, type, source.length)
    if (brackets > MAX_DEPTH || line.marks > MAX_DEPTH || line.indent > MAX_INDENT) return true
  }
  return false
}

/** `- - - a` is three lists in each other; what the next line nests stands behind its indent. */
interface Line {
  readonly marks: number
  /** Columns of spaces and marks before the first text. */
  readonly indent: number
  readonly hasText: boolean
}

const NEW_LINE: Line = { marks: 0, indent: 0, hasText: false }

function grown({ marks, indent, hasText }: Line, type: CST.TokenType | null, length: number): Line {
  const isMark = NESTING_MARKS.has(type)
  const isIndent = !hasText && (isMark || type === 'space')
  return {
    marks: marks + (isMark ? 1 : 0),
    indent: indent + (isIndent ? length : 0),
    hasText: hasText || !isIndent,
  }
}

const NESTING_MARKS: ReadonlySet<string | null> = new Set<CST.TokenType>([
  'seq-item-ind',
  'explicit-key-ind',
  'map-value-ind',
])
