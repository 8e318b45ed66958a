import { checkReading, swallowedLine } from './check-reading.ts'
import { spellValue } from './env-line.ts'
import { EnvFileError } from './errors.ts'
import { scanEnv } from './scan-env.ts'
import type { Assignment, EnvText, Statement } from './statement.ts'
import { checkVariableName } from './variable-name.ts'

/** One piece of the text that is replaced: the rest of a line behind its separator, or a new line. */
export interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
  /** The statement that it changes; null for an added line, which then stands in `addedLine`. */
  readonly statement: Assignment | null
  /** The added line without the line breaks that go with it; empty for a changed one. */
  readonly addedLine: string
}

/** A change that was found right, ready to be written or shown. */
export interface SetPlan {
  readonly statements: readonly Statement[]
  readonly edits: readonly Edit[]
  /** The body after the change. */
  readonly body: string
}

/** How the characters of a value stand in the body, where that holds bytes as Latin-1. */
export type Encode = (text: string) => string

/**
 * Works out the change that gives `name` the value in every line that sets it, or adds one line.
 * Lines that hold the value already in a spelling that all readers share stay as they are.
 * Source of what is kept and what is refused: env-files section 3.
 *
 * @param encode how the value's characters stand in this body; as they are unless told
 * @throws EnvFileError ENV_NAME_INVALID, ENV_VALUE_UNWRITABLE, ENV_NUL, ENV_UNCLOSED_QUOTE,
 *   ENV_JUNK_LINE, ENV_READ_BACK_FAILED
 */
export function planSet(
  source: EnvText,
  name: string,
  value: string,
  encode: Encode = (text) => text,
): SetPlan {
  checkVariableName(name)
  const wanted: Wanted = { name, value: encode(value), spelled: encode(spellValue(value)) }
  if (source.body.includes('\0')) throw new EnvFileError('ENV_NUL')
  const statements = scanEnv(source.body)
  const targets = statements.filter(
    (statement): statement is Assignment =>
      statement.kind === 'assignment' && statement.name === name,
  )
  refuseUnclosed(statements, targets.at(-1)?.start ?? source.body.length)
  if (targets.length === 0) return planAdd(source, statements, wanted)
  const edits = targets
    .filter((target) => !holdsValue(source.body, target, wanted.value))
    .map((target) => rewrite(source.body, target, wanted))
  return verified(source, statements, edits, wanted)
}

interface Wanted {
  readonly name: string
  readonly value: string
  readonly spelled: string
}

function refuseUnclosed(statements: readonly Statement[], lastStart: number): void {
  for (const statement of statements) {
    if (statement.start > lastStart) return
    if (statement.kind === 'assignment' && statement.isUnclosed) {
      throw new EnvFileError('ENV_UNCLOSED_QUOTE', { line: statement.line })
    }
  }
}

function verified(
  source: EnvText,
  statements: readonly Statement[],
  edits: readonly Edit[],
  wanted: Wanted,
): SetPlan {
  const body = applyEdits(source.body, edits)
  checkReading(source, statements, body, wanted)
  return { statements, edits, body }
}

function applyEdits(body: string, edits: readonly Edit[]): string {
  let result = ''
  let at = 0
  for (const edit of edits) {
    result += body.slice(at, edit.start) + edit.text
    at = edit.end
  }
  return result + body.slice(at)
}

/** A comment glued to the value, a tab beside it or an escape is read differently by some: written anew. */
function holdsValue(body: string, target: Assignment, value: string): boolean {
  if (target.value !== value) return false
  const around =
    body.slice(target.separatorEnd, target.valueStart) +
    body.slice(target.valueEnd, target.comment ?? target.end)
  if (!/^ *$/.test(around) || target.comment === target.valueEnd) return false
  const inner = body.slice(target.valueStart, target.valueEnd)
  return target.quote === '' ? inner === value : inner.slice(1, -1) === value
}

function rewrite(body: string, target: Assignment, wanted: Wanted): Edit {
  const comment = target.comment === null ? '' : body.slice(target.comment, target.end)
  return {
    start: target.separatorEnd,
    end: target.end,
    text: respell(body, target, wanted.spelled, comment),
    statement: target,
    addedLine: '',
  }
}

/**
 * The line behind its separator. Blanks stay unless they hold a tab, which Node takes for a part of
 * the value; blanks at the end go, since `docker run` takes them for one. An empty value gets quotes
 * where something must stand in front of a comment (compose reads the comment else).
 */
function respell(body: string, target: Assignment, spelled: string, comment: string): string {
  const before = spacesOr(body.slice(target.separatorEnd, target.valueStart), '')
  const lead = target.separator === ':' && before === '' ? ' ' : before
  if (spelled === '' && comment === '' && target.separator === '=') return ''
  const shown = spelled === '' ? "''" : spelled
  if (comment === '') return lead + shown
  const gap = body.slice(target.valueEnd, target.comment ?? target.end)
  return `${lead}${shown}${spacesOr(gap, '') || ' '}${comment}`
}

function spacesOr(blanks: string, otherwise: string): string {
  return /^ *$/.test(blanks) ? blanks : otherwise
}

/** At the end; where Node would join it to what stands there, in front of that. */
function planAdd(source: EnvText, statements: readonly Statement[], wanted: Wanted): SetPlan {
  const atEnd = addAt(source.body, source.body.length, wanted)
  const joined = swallowedLine(source, applyEdits(source.body, [atEnd]), wanted)
  const trailing = joined === null ? undefined : firstJoinedAtEnd(source.body, statements)
  const edit = trailing === undefined ? atEnd : addAt(source.body, trailing.start, wanted)
  return verified(source, statements, [edit], wanted)
}

function addAt(body: string, at: number, wanted: Wanted): Edit {
  const addedLine = `${wanted.name}=${wanted.spelled}`
  const lineBreak = lineBreakOf(body)
  const isBehindText = at > 0 && body[at - 1] !== '\n'
  const endsFile = at === body.length
  const before = isBehindText ? lineBreak : ''
  const after = endsFile && isBehindText ? '' : lineBreak
  return { start: at, end: at, text: before + addedLine + after, statement: null, addedLine }
}

/**
 * The first of the lines at the end that Node joins to what follows: blanks, an indented comment, or
 * `NAME: value`. A file of such variables alone is not meant for Node; there the end is right.
 */
function firstJoinedAtEnd(body: string, statements: readonly Statement[]): Statement | undefined {
  const isRead = (s: Statement) => s.kind === 'assignment' && s.separator === '='
  const last = statements.findLastIndex((s) => s.kind === 'junk' || isRead(s))
  const isJoined = (s: Statement) => {
    if (s.kind === 'assignment') return last !== -1
    // Node takes spaces off the beginning of the file before it looks for comments.
    const start = s.start === 0 ? body.search(/[^ ]|$/) : s.start
    return start < s.end && body[start] !== '#'
  }
  return statements.slice(last + 1).find(isJoined)
}

/** CRLF where most lines end so, else LF. */
function lineBreakOf(body: string): string {
  const all = body.split('\n').length - 1
  const crlf = body.split('\r\n').length - 1
  return crlf * 2 > all ? '\r\n' : '\n'
}
