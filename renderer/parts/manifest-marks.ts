import type { ManifestProblem } from '../../main/contract/views.ts'

/** The two spellings of a manifest. */
export type ManifestFormat = 'json' | 'yaml'

/** A stretch of one line, as it is coloured. */
export interface Stretch {
  readonly kind: 'plain' | 'key' | 'wrong'
  readonly text: string
}

/** One line of the editor: its stretches, and how serious the worst problem in it is. */
export interface MarkedLine {
  readonly number: number
  readonly severity: ManifestProblem['severity'] | null
  readonly stretches: readonly Stretch[]
}

/** A quoted name before a colon, and a name at the beginning of a line or of a list item. */
const KEYS = { json: /"(?:[^"\\]|\\.)*"(?=\s*:)/g, yaml: /(?<=^[\s-]*)[\w.$-]+(?=:(?:\s|$))/g }

/** The lines of a manifest with its keys, and the words that the problems are about, marked. */
export function markLines(
  text: string,
  format: ManifestFormat,
  problems: readonly ManifestProblem[],
): MarkedLine[] {
  return text.split('\n').map((line, index) => {
    const number = index + 1
    const own = problems.filter((problem) => problem.line === number)
    const severity = own.find((one) => one.severity === 'problem')?.severity ?? own[0]?.severity
    return { number, severity: severity ?? null, stretches: stretchesOf(line, format, own) }
  })
}

interface Found {
  readonly kind: 'key' | 'wrong'
  readonly start: number
  readonly end: number
}

function stretchesOf(
  line: string,
  format: ManifestFormat,
  problems: readonly ManifestProblem[],
): Stretch[] {
  const keys = [...line.matchAll(KEYS[format])].map((match) => spanOf('key', match.index, match[0]))
  const wrong = problems.flatMap(({ replace }) => {
    const at = replace ? line.indexOf(replace.from) : -1
    return replace && at !== -1 ? [spanOf('wrong', at, replace.from)] : []
  })
  const free = keys.filter((key) =>
    wrong.every((one) => key.end <= one.start || one.end <= key.start),
  )
  return cutAt(
    line,
    [...free, ...wrong].toSorted((a, b) => a.start - b.start),
  )
}

function spanOf(kind: Found['kind'], start: number, text: string): Found {
  return { kind, start, end: start + text.length }
}

/** The line cut at what was found; two problems of one word give one stretch. */
function cutAt(line: string, found: readonly Found[]): Stretch[] {
  const parts: Stretch[] = []
  let at = 0
  for (const { kind, start, end } of found) {
    if (start < at) continue
    if (start > at) parts.push({ kind: 'plain', text: line.slice(at, start) })
    parts.push({ kind, text: line.slice(start, end) })
    at = end
  }
  if (at < line.length) parts.push({ kind: 'plain', text: line.slice(at) })
  return parts
}
