import { EnvFileError } from './errors.ts'
import { type NodeEntry, type NodeReading, readAsNode } from './node-reading.ts'
import { visitEnv } from './scan-env.ts'
import type { Assignment, EnvText, Statement } from './statement.ts'

interface Wanted {
  readonly name: string
  readonly value: string
}

/**
 * Reads the changed text back as dotenv and as Node read it, and lets it pass only if every other
 * variable kept its value and the wanted one has the new value. What Node could not read before (a
 * name behind a byte order mark or a tab, `NAME: value`) it need not read after.
 *
 * @throws EnvFileError ENV_JUNK_LINE where Node joins a line to the next variable, or stops reading;
 *   ENV_READ_BACK_FAILED
 */
export function checkReading(
  source: EnvText,
  before: readonly Statement[],
  body: string,
  wanted: Wanted,
): void {
  compareForDotenv(before, body, wanted)
  const nodeBefore = readAsNode(marked(source, source.body))
  const nodeAfter = readAsNode(marked(source, body))
  refuseStop(nodeBefore.stoppedAtLine, nodeAfter, wanted)
  // First as the file is now, so that the line named is the one that the user sees.
  refuseJunk(source.body, nodeBefore)
  refuseJunk(body, nodeAfter)
  const known = variablesOf(nodeBefore)
  const isAdded = !before.some((s) => isAssignment(s) && s.name === wanted.name)
  const blame = isAdded ? swallowedBy(nodeAfter, wanted) : undefined
  const isNotForNode = blame !== undefined && standsBehindColons(body, blame)
  if (blame && !isNotForNode) throw new EnvFileError('ENV_JUNK_LINE', { line: blame.firstLine })
  const wasKnown = known.some(({ name }) => name === wanted.name)
  compareAll(known, variablesOf(nodeAfter), wanted, wasKnown || (isAdded && !isNotForNode))
}

/** Line, from 1, that Node would join to the added variable; null where it reads it well. */
export function swallowedLine(source: EnvText, body: string, wanted: Wanted): number | null {
  return swallowedBy(readAsNode(marked(source, body)), wanted)?.firstLine ?? null
}

function swallowedBy(reading: NodeReading, wanted: Wanted): NodeEntry | undefined {
  if (lastValue(reading.entries, wanted.name) === wanted.value) return undefined
  return reading.entries.findLast(
    ({ name }) => name.endsWith(`\n${wanted.name}`) || name === `\ufeff${wanted.name}`,
  )
}

function marked(source: EnvText, body: string): string {
  return source.hasByteOrderMark ? `\ufeff${body}` : body
}

/** Reads the new text through beside the old statements, and keeps none of it: half the memory, so half the time. */
function compareForDotenv(before: readonly Statement[], body: string, wanted: Wanted): void {
  const others = before.filter((s): s is Assignment => isAssignment(s) && s.name !== wanted.name)
  let seen = 0
  let isKept = true
  let found: string | undefined
  visitEnv(body, (statement) => {
    if (!isAssignment(statement)) return
    const { name, value } = statement
    if (name === wanted.name) {
      found = value
      return
    }
    isKept &&= others[seen]?.name === name && others[seen]?.value === value
    seen++
  })
  if (!isKept || seen !== others.length || found !== wanted.value) {
    throw new EnvFileError('ENV_READ_BACK_FAILED')
  }
}

interface Variable {
  readonly name: string
  readonly value: string
}

function compareAll(
  before: readonly Variable[],
  after: readonly Variable[],
  wanted: Wanted,
  mustHoldWanted: boolean,
): void {
  const isOther = ({ name }: Variable) =>
    !name.includes(wanted.name) || bareName(name) !== wanted.name
  const kept = after.filter(isOther)
  const others = before.filter(isOther)
  const isKept =
    others.length === kept.length &&
    others.every(({ name, value }, at) => kept[at]?.name === name && kept[at].value === value)
  const isSet = !mustHoldWanted || lastValue(after, wanted.name) === wanted.value
  if (!isKept || !isSet) throw new EnvFileError('ENV_READ_BACK_FAILED')
}

/** Node leaves a byte order mark, tabs and blanks behind `export` on the name. */
function bareName(name: string): string {
  return name.trim().replace(/^export\s+/, '')
}

/** The last line that sets a variable wins in every reader. */
function lastValue(variables: readonly Variable[], wanted: string): string | undefined {
  return variables.findLast(({ name }) => name === wanted)?.value
}

function isAssignment(statement: Statement): statement is Assignment {
  return statement.kind === 'assignment'
}

/** Without what is no name: joined lines, and a last comment that Node takes for a variable. */
function variablesOf(reading: NodeReading): NodeEntry[] {
  return reading.entries.filter(({ name }) => !name.includes('\n') && !name.startsWith('#'))
}

/** A line that begins with `=`: Node reads no further. It may stand behind the wanted variable. */
function refuseStop(line: number | null, after: NodeReading, wanted: Wanted): void {
  if (line !== null && lastValue(after.entries, wanted.name) !== wanted.value) {
    throw new EnvFileError('ENV_JUNK_LINE', { line })
  }
}

/** Words without `=` that Node joins to the next variable, wherever in the file that is. */
function refuseJunk(body: string, reading: NodeReading): void {
  const joined = reading.entries.filter(({ name }) => name.includes('\n'))
  if (joined.length === 0) return
  const junk = linesOf(body, (statement) => statement.kind === 'junk')
  for (const { firstLine, lastLine } of joined) {
    for (let line = firstLine; line < lastLine; line++) {
      if (junk.has(line)) throw new EnvFileError('ENV_JUNK_LINE', { line })
    }
  }
}

/** `NAME: value` is no variable for Node at all; such a file is not read with it. */
function standsBehindColons(body: string, entry: NodeEntry): boolean {
  const colons = linesOf(body, (s) => isAssignment(s) && s.separator === ':')
  for (let line = entry.firstLine; line < entry.lastLine; line++) if (colons.has(line)) return true
  return false
}

/** Lines, from 1 and counted by LF as the model of Node counts, where such a statement begins. */
function linesOf(body: string, isWanted: (statement: Statement) => boolean): Set<number> {
  const lines = new Set<number>()
  let line = 1
  let at = 0
  visitEnv(body, (statement) => {
    for (; at < statement.start; at++) if (body.charCodeAt(at) === 10) line++
    if (isWanted(statement)) lines.add(line)
  })
  return lines
}
