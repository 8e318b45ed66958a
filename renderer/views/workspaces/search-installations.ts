import type { InstallationView } from '../../../main/contract/views.ts'

/** From (inclusive) and to (exclusive), in UTF-16 units of the text as it is shown. */
export type MatchRange = readonly [from: number, to: number]

/** Installations with their texts folded once, so that each key press only compares. */
export type SearchIndex = readonly {
  readonly installation: InstallationView
  readonly texts: readonly string[]
}[]

/** Folds what a search looks at: name, Slack's name, team ID, domain, app, enterprise. */
export function indexInstallations(installations: readonly InstallationView[]): SearchIndex {
  return installations.map((installation) => ({
    installation,
    texts: searchedTexts(installation).flatMap((text) => (text === null ? [] : [fold(text)])),
  }))
}

/** Those in which every word of the query stands somewhere, in the same order; all for no query. */
export function searchInstallations(index: SearchIndex, query: string): InstallationView[] {
  const words = queryWords(query)
  return index
    .filter(({ texts }) => words.every((word) => texts.some((text) => text.includes(word))))
    .map(({ installation }) => installation)
}

/** Where the words of the query stand in a text: sorted, not overlapping. */
export function matchRanges(text: string, query: string): MatchRange[] {
  const folded = fold(text)
  const found = queryWords(query).flatMap((word) => occurrences(folded, word))
  found.sort(([a], [b]) => a - b)
  return found.reduce<MatchRange[]>(joinRange, [])
}

function searchedTexts(installation: InstallationView): (string | null)[] {
  const { name, teamName, teamId, teamDomain, appName } = installation
  const { enterpriseName, enterpriseId } = installation
  return [name, teamName, teamId, teamDomain, appName, enterpriseName, enterpriseId]
}

/** The words of a query, folded. */
export function queryWords(query: string): string[] {
  return fold(query)
    .split(/\s+/u)
    .filter((word) => word !== '')
}

/**
 * Lower case and without accents, unit by unit: a match must keep its place in the text that is shown,
 * and some letters change their length (İ becomes two units).
 */
export function fold(text: string): string {
  // Nearly all of what is searched.
  if (PLAIN.test(text)) return text.toLowerCase()
  return Array.from(text, foldLetter).join('')
}

const PLAIN = /^[\n -~]*$/

function foldLetter(letter: string): string {
  const folded = letter.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  return folded.length === letter.length ? folded : letter
}

function occurrences(text: string, word: string): MatchRange[] {
  const found: MatchRange[] = []
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length)) {
    found.push([at, at + word.length])
  }
  return found
}

function joinRange(ranges: readonly MatchRange[], next: MatchRange): MatchRange[] {
  const last = ranges.at(-1)
  if (!last || next[0] > last[1]) return [...ranges, next]
  return [...ranges.slice(0, -1), [last[0], Math.max(last[1], next[1])]]
}
