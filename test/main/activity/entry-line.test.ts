import { describe, expect, it } from 'vitest'
import type { NewActivity } from '../../../main/activity/activity.ts'
import { entryOf, lineOf, MAX_LINE_BYTES, readLine } from '../../../main/activity/entry-line.ts'

const context = { atMs: 1, by: 'window' } as const
const FIELDS = [
  ...['installationId', 'workspace', 'slackApp', 'file', 'variable', 'slackCode', 'detail'],
] as const satisfies readonly (keyof NewActivity)[]
const token = ['xoxb', '1'.repeat(12), '2'.repeat(12), 'Ab3dE9gH1jK5mN7p'].join('-')

describe.each(FIELDS)('%s', (field) => {
  const of = (text: string) => entryOf({ what: 'checked', [field]: text }, context)[field]

  it('passes the redactor before it is cut', () => {
    expect(of(`a ${token} b`)).toBe('a [secret] b')
    for (let before = 80; before < 1000; before += 10) {
      expect(of(`${'a '.repeat(before / 2)}${token}`)).not.toMatch(/xox|1{6}/)
    }
  })

  it('has an end, and stands on one line', () => {
    const text = of(`${'long '.repeat(1000)}`) ?? ''
    expect(text.length).toBeLessThanOrEqual(1000)
    expect(text.endsWith('…')).toBe(true)
    expect(of('a\nb\u0000c\u001b[1m')).toBe('a b c [1m')
    expect(of('as it is')).toBe('as it is')
  })
})

it('names each kind once', () => {
  const { credentials } = entryOf({ what: 'checked', credentials: ['bot', 'user', 'bot'] }, context)
  expect(credentials).toEqual(['bot', 'user'])
})

it('writes no line that it does not read', () => {
  const longest = Object.fromEntries(FIELDS.map((field) => [field, 'ä"\\ '.repeat(500)]))
  const entry = entryOf({ what: 'checked', code: 'ACTIVITY_EXPORT_FAILED', ...longest }, context)
  expect(Buffer.byteLength(lineOf(entry))).toBeLessThan(MAX_LINE_BYTES)
  expect(readLine(lineOf(entry))).toEqual(entry)
})
