import type { ActivityEntry } from '../../../main/contract/views.ts'
import { fold, queryWords } from '../workspaces/search-installations.ts'
import { aboutOf, BY_WORDS, OUTCOME_WORDS, sentenceOf } from './activity-words.ts'

export type ActivityFilter = 'all' | 'problems' | 'secrets' | 'files'

/** What the list is narrowed to; `workspace` is a name, null for all. */
export interface ActivityChoice {
  readonly query: string
  readonly filter: ActivityFilter
  readonly workspace: string | null
}

export const EVERYTHING: ActivityChoice = { query: '', filter: 'all', workspace: null }

/** Entries that match, in the same order. Every word of the query stands somewhere in the row. */
export function chooseEntries(
  entries: readonly ActivityEntry[],
  { query, filter, workspace }: ActivityChoice,
): readonly ActivityEntry[] {
  const words = queryWords(query)
  if (words.length === 0 && filter === 'all' && workspace === null) return entries
  return entries.filter(
    (entry) =>
      FILTERS[filter](entry) &&
      (workspace === null || entry.workspace === workspace) &&
      words.every((word) => searchedText(entry).includes(word)),
  )
}

export const isProblem = ({ outcome }: ActivityEntry) => outcome !== 'done'

const FILTERS: Readonly<Record<ActivityFilter, (entry: ActivityEntry) => boolean>> = {
  all: () => true,
  problems: isProblem,
  secrets: ({ what }) => what === 'copied' || what === 'revealed',
  files: ({ file }) => file !== null,
}

/** Names of the workspaces that entries are about, sorted. */
export function workspacesOf(entries: readonly ActivityEntry[]): string[] {
  const names = new Set(entries.flatMap(({ workspace }) => workspace ?? []))
  return [...names].sort(BY_NAME.compare)
}

const BY_NAME = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** Folded once per entry, so that each key press only compares. */
const texts = new WeakMap<ActivityEntry, string>()

function searchedText(entry: ActivityEntry): string {
  const known = texts.get(entry)
  if (known !== undefined) return known
  const { slackApp, file, variable, slackCode, code, outcome, by } = entry
  const parts = [sentenceOf(entry), aboutOf(entry), slackApp, file, variable, slackCode, code]
  const said = [...parts, OUTCOME_WORDS[outcome], BY_WORDS[by]].filter((part) => part !== null)
  const text = fold(said.join('\n'))
  texts.set(entry, text)
  return text
}
