import { expect, it } from 'vitest'
import type { RestoreRow } from '../../../../main/contract/views.ts'
import {
  counted,
  reportWords,
  restoreAct,
  staleCount,
  storedWords,
} from '../../../../renderer/views/backup/restore-words.ts'
import { sampleRestorePreview, sampleRestoreRow } from '../../sample-backup.ts'

const of = (...rows: Partial<RestoreRow>[]) =>
  sampleRestorePreview({ rows: rows.map((row) => sampleRestoreRow(row)) })
const kept = { action: 'keep', storedCount: 0 } as const

it.each([
  [of({}, { of: 'slack-app' }), 'Restore 1 workspace'],
  [of({}, { action: 'update' }, kept), 'Restore 2 workspaces'],
  [of({ of: 'slack-app' }, { of: 'slack-app' }), 'Restore 2 Slack apps'],
  [of({ of: 'configuration-token' }), 'Restore 1 configuration token'],
  [of({ of: 'slack-app' }, { of: 'configuration-token' }), 'Restore 2 entries'],
  [of(kept), null],
  [of(), null],
])('names the act by what changes (%#)', (preview, act) => {
  expect(restoreAct(preview)).toBe(act)
})

it.each([
  [{ credentialCount: 3, storedCount: 3 }, '3 secrets'],
  [{ credentialCount: 1, storedCount: 1 }, '1 secret'],
  [{ action: 'update', credentialCount: 3, storedCount: 1 }, '1 of 3 secrets'],
  [{ credentialCount: 0, storedCount: 0 }, null],
  [{ ...kept, credentialCount: 3 }, null],
] as const)('says what a row stores (%#)', (row, words) => {
  expect(storedWords(sampleRestoreRow(row))).toBe(words)
})

it('counts what may be stale among what is stored alone', () => {
  expect(staleCount(of({ staleCount: 2 }, { ...kept, staleCount: 5 }))).toBe(2)
})

it.each([
  [{ added: 3, updated: 1, kept: 2 }, '3 added, 1 updated.'],
  [{ added: 0, updated: 2, kept: 0 }, '2 updated.'],
  [{ added: 1, updated: 0, kept: 9 }, '1 added.'],
])('reports in words (%#)', (report, words) => {
  expect(reportWords(report)).toBe(words)
})

it('writes large numbers with separators', () => {
  expect(counted(1200, 'workspace')).toBe('1,200 workspaces')
})
