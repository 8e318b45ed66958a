import { describe, expect, it } from 'vitest'
import {
  dateAndTime,
  timeAgo,
  timeLeft,
  timeOfDay,
} from '../../../../renderer/views/workspaces/time-words.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

describe('timeLeft', () => {
  it.each([
    [-DAY, 'under 1 min'],
    [0, 'under 1 min'],
    [MINUTE - 1, 'under 1 min'],
    [MINUTE, '1 min'],
    [HOUR - 1, '59 min'],
    [HOUR, '1 h'],
    [HOUR + MINUTE, '1 h 1 min'],
    [9 * HOUR + 12 * MINUTE + 59_000, '9 h 12 min'],
    [DAY - 1, '23 h 59 min'],
    [DAY, '1 day'],
    [DAY + 3 * HOUR, '1 day 3 h'],
    [2 * DAY, '2 days'],
    [30 * DAY + 5 * HOUR, '30 days'],
  ])('%d ms is %s', (ms, words) => {
    expect(timeLeft(ms)).toBe(words)
  })
})

describe('timeAgo', () => {
  it.each([
    [-HOUR, 'just now'],
    [MINUTE - 1, 'just now'],
    [4 * MINUTE, '4 min ago'],
    [HOUR, '1 h ago'],
    [DAY - 1, '23 h ago'],
    [DAY, 'yesterday'],
    [2 * DAY, '2 days ago'],
  ])('%d ms is %s', (ms, words) => {
    expect(timeAgo(ms)).toBe(words)
  })
})

it('writes a moment as day and time', () => {
  const moment = Date.UTC(2026, 10, 20, 9, 5)
  expect(dateAndTime(moment)).toBe('20 Nov 2026, 09:05')
  expect(timeOfDay(moment)).toBe('09:05')
})
