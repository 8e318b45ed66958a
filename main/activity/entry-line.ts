/** One entry as one line of the file, and back. */
import { randomUUID } from 'node:crypto'
import { type ActivityEntry, activityEntry } from '../contract/views.ts'
import { redact } from '../platform/redact.ts'
import type { NewActivity } from './activity.ts'

/** Bytes of the longest line that is read; what Token Desk writes is shorter. */
export const MAX_LINE_BYTES = 16 * 1024

/** Characters of the longest text of each field. Names come from Slack and from other programs. */
const LIMITS = {
  installationId: 200,
  workspace: 200,
  slackApp: 200,
  file: 1000,
  variable: 300,
  slackCode: 100,
  detail: 300,
} as const

/** More kinds than there are make no sense; an installation with 100 webhooks is one kind here. */
const MAX_CREDENTIALS = 20

/**
 * Fills in what was not told. Every text passes the redactor before it is cut: the half of a secret
 * has no shape any more.
 *
 * @param atMs epoch milliseconds
 * @param by who asks where the entry does not say
 */
export function entryOf(
  told: NewActivity,
  { atMs, by }: { readonly atMs: number; readonly by: ActivityEntry['by'] },
): ActivityEntry {
  return {
    id: randomUUID(),
    atMs,
    what: told.what,
    outcome: told.outcome ?? 'done',
    by: told.by ?? by,
    installationId: clean(told, 'installationId'),
    workspace: clean(told, 'workspace'),
    slackApp: clean(told, 'slackApp'),
    credentials: [...new Set(told.credentials)].slice(0, MAX_CREDENTIALS),
    file: clean(told, 'file'),
    variable: clean(told, 'variable'),
    code: told.code ?? null,
    slackCode: clean(told, 'slackCode'),
    detail: clean(told, 'detail'),
  }
}

function clean(told: NewActivity, field: keyof typeof LIMITS): string | null {
  const text = told[field]
  if (text === undefined || text === null) return null
  const seen = redact(text).replace(/\p{Cc}+/gu, ' ')
  return seen.length <= LIMITS[field] ? seen : `${seen.slice(0, LIMITS[field] - 1)}…`
}

/** The line without its end. */
export function lineOf(entry: ActivityEntry): string {
  return JSON.stringify(entry)
}

/** Null for a line that is none of ours, or of a later version: it is skipped and not kept. */
export function readLine(line: string): ActivityEntry | null {
  if (line.length > MAX_LINE_BYTES || !line.startsWith('{')) return null
  const parsed = activityEntry.safeParse(parseJson(line))
  return parsed.success ? parsed.data : null
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
