import type { ActivityEntry } from '../../main/contract/views.ts'
import { SAMPLE_NOW_MS } from './sample-snapshot.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

export function sampleEntry(over: Partial<ActivityEntry> = {}): ActivityEntry {
  return {
    id: 'entry-1',
    atMs: SAMPLE_NOW_MS - 10 * MINUTE,
    what: 'refreshed',
    outcome: 'done',
    by: 'window',
    installationId: 'inst-northwind',
    workspace: 'Northwind Test',
    slackApp: 'Deploy Bot',
    credentials: ['bot'],
    file: null,
    variable: null,
    code: null,
    slackCode: null,
    detail: null,
    ...over,
  }
}

const FILE = '~/code/northwind-bot/.env'
const other = (workspace: string | null) => ({ installationId: null, workspace, slackApp: null })

/** As a day at work leaves them, newest first. */
const ROWS: readonly [agoMs: number, over: Partial<ActivityEntry>][] = [
  [10 * MINUTE, { by: 'itself', credentials: ['bot', 'user'] }],
  [10 * MINUTE, { what: 'written', file: FILE, variable: 'SLACK_BOT_TOKEN' }],
  [32 * MINUTE, { what: 'copied', credentials: ['app'], variable: 'SLACK_APP_TOKEN' }],
  [
    54 * MINUTE,
    {
      ...{ what: 'checked', outcome: 'failed', ...other('Fabrikam Dev') },
      ...{ code: 'SLACK_REFUSED', slackCode: 'token_revoked' },
    },
  ],
  [3 * HOUR + 45 * MINUTE, { what: 'revealed', ...other('Acme Sandbox') }],
  [5 * HOUR, { what: 'authorized', credentials: ['bot', 'user', 'webhook'] }],
  [
    20 * HOUR,
    {
      what: 'written',
      outcome: 'warning',
      file: FILE,
      variable: 'SLACK_BOT_TOKEN',
      detail: 'tracked',
    },
  ],
  [
    21 * HOUR,
    { outcome: 'warning', by: 'itself', code: 'SLACK_NO_ANSWER', ...other('Harbor Gov Test') },
  ],
  [
    22 * HOUR,
    { what: 'manifest-updated', ...other(null), slackApp: 'Deploy Bot', credentials: [] },
  ],
  [23 * HOUR, { what: 'locked', by: 'itself', ...other(null), credentials: [], detail: 'idle' }],
  [
    50 * HOUR,
    { what: 'backed-up', ...other(null), credentials: [], file: '~/desk.tokendesk-backup' },
  ],
  [
    51 * HOUR,
    {
      what: 'checked',
      by: 'command-line',
      ...other(null),
      credentials: [],
      detail: '6 checked, 0 failed',
    },
  ],
]

/** As main answers: newest last. More than 12 are the same days at work again and again. */
export function sampleActivity(count = ROWS.length): ActivityEntry[] {
  const entries = Array.from({ length: count }, (_, at) => {
    const [agoMs, over] = ROWS[at % ROWS.length] ?? [0, {}]
    const roundMs = Math.floor(at / ROWS.length) * 52 * HOUR
    return sampleEntry({ id: `entry-${at + 1}`, ...over, atMs: SAMPLE_NOW_MS - agoMs - roundMs })
  })
  return entries.toReversed()
}
