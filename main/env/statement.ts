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
