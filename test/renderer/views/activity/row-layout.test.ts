import { expect, it } from 'vitest'
import {
  chooseEntries,
  EVERYTHING,
  workspacesOf,
} from '../../../../renderer/views/activity/activity-search.ts'
import { layOut, rowsWithin } from '../../../../renderer/views/activity/row-layout.ts'
import { withEntries } from '../../../../renderer/views/activity/use-activity.ts'
import { sampleActivity, sampleEntry } from '../../sample-activity.ts'

const NOW = new Date(2026, 10, 23, 14).getTime()
const at = (...day: [number, number, number, number?]) => new Date(...day).getTime()
const sizes = { day: 40, entry: 30, open: null }
const entry = (id: string, atMs: number) => sampleEntry({ id, atMs })

it('puts entries below the name of their day', () => {
  const entries = [
    entry('a', NOW),
    entry('b', at(2026, 10, 23)),
    entry('c', at(2026, 10, 22, 23)),
    entry('d', at(2026, 10, 20)),
    entry('e', at(2025, 10, 20)),
  ]
  const { rows, size } = layOut(entries, NOW, { ...sizes, open: { id: 'b', size: 100 } })
  expect(rows.map((row) => (row.kind === 'day' ? row.label : `${row.id} ${row.at}`))).toEqual([
    ...['Today', 'a 0', 'b 1', 'Yesterday', 'c 2', 'Friday 20 November', 'd 3'],
    ...['Thursday, 20 November 2025', 'e 4'],
  ])
  expect(rows.map(({ top }) => top)).toEqual([0, 40, 70, 200, 240, 270, 310, 340, 380])
  expect(size).toBe(410)
})

it.each([
  [0, 10, ['day']],
  [0, 41, ['day', 'a']],
  [40, 70, ['a']],
  [69, 71, ['a', 'b']],
  [-100, 0, []],
  [100, 500, []],
  [99, 500, ['b']],
])('draws what lies between %d and %d', (from, to, ids) => {
  const { rows } = layOut([entry('a', NOW), entry('b', NOW)], NOW, sizes)
  expect(rowsWithin(rows, from, to).map(({ id, kind }) => (kind === 'day' ? kind : id))).toEqual(
    ids,
  )
})

it('keeps each entry once, newest first', () => {
  const before = withEntries([], [entry('a', 1), entry('b', 2), entry('c', 2)])
  expect(before.map(({ id }) => id)).toEqual(['c', 'b', 'a'])
  expect(withEntries(before, [entry('a', 1)])).toBe(before)
  const after = withEntries(before, [entry('late', 0), entry('b', 2), entry('new', 3)])
  expect(after.map(({ id }) => id)).toEqual(['new', 'c', 'b', 'a', 'late'])
  expect(withEntries(sampleActivity(5000), [entry('new', Date.now() * 2)])).toHaveLength(5000)
})

const all = sampleActivity(12).toReversed()
const chosen = (choice: Partial<typeof EVERYTHING>) =>
  chooseEntries(all, { ...EVERYTHING, ...choice }).map(({ what }) => what)

it.each([
  [{ query: 'NORTHWIND wrote' }, ['written', 'written']],
  [{ query: 'slack_app_token' }, ['copied']],
  [{ query: 'token_revoked' }, ['checked']],
  [{ query: 'failed' }, ['checked', 'checked']],
  [{ query: 'by itself harbor' }, ['refreshed']],
  [{ query: 'nothing like it' }, []],
  [{ filter: 'problems' }, ['checked', 'written', 'refreshed']],
  [{ filter: 'secrets' }, ['copied', 'revealed']],
  [{ filter: 'files' }, ['written', 'written', 'backed-up']],
  [{ workspace: 'Acme Sandbox' }, ['revealed']],
  [{ workspace: 'Acme Sandbox', filter: 'files' }, []],
] as const)('%j finds %j', (choice, found) => {
  expect(chosen(choice)).toEqual(found)
})

it('has every workspace once, by name', () => {
  expect(workspacesOf(all)).toEqual([
    ...['Acme Sandbox', 'Fabrikam Dev', 'Harbor Gov Test', 'Northwind Test'],
  ])
})

it('chooses among 5,000 within a fraction of a key press', () => {
  const many = sampleActivity(5000)
  chooseEntries(many, { ...EVERYTHING, query: 'warm' })
  const startedAtMs = performance.now()
  const found = chooseEntries(many, { ...EVERYTHING, query: 'northwind wrote' })
  expect(performance.now() - startedAtMs).toBeLessThan(50)
  expect(found.length).toBeGreaterThan(500)
})
