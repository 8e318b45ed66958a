import { expect, it } from 'vitest'
import type { ErrorCode } from '../../../../main/contract/errors.ts'
import type { RefreshMeta } from '../../../../main/workspaces/records.ts'
import { beginsOutage } from '../../../../main/workspaces/rotation/outage.ts'

const MINUTE = 60_000

function refresh(code: ErrorCode | null, count = 1, minute = 0, slackCode: string | null = null) {
  return {
    ...{ inFlightSinceMs: null, lastRefreshedAtMs: null, hasPrevious: false, nextTryAtMs: null },
    isDead: slackCode === 'invalid_refresh_token',
    failedCount: count,
    failure: code === null ? null : { code, slackCode, atMs: minute * MINUTE },
  } satisfies RefreshMeta
}

const away = (count: number, minute = 0) => refresh('SLACK_NO_ANSWER', count, minute)
const dead = (minute: number) => refresh('SLACK_REFUSED', 1, minute, 'invalid_refresh_token')
const badSecret = refresh('SLACK_REFUSED', 1, 0, 'bad_client_secret')

it.each([
  { name: 'a first try without an answer', before: null, after: away(1), others: [], is: false },
  { name: 'the second', before: away(1), after: away(2), others: [], is: true },
  { name: 'the third', before: away(2), after: away(3), others: [], is: false },
  { name: 'one more token', before: away(1), after: away(2), others: [away(2)], is: false },
  {
    name: 'one more token, hours later',
    before: away(1, 600),
    after: away(2, 601),
    others: [away(40, 0)],
    is: false,
  },
  {
    name: 'beside one that works',
    before: away(1),
    after: away(2),
    others: [refresh(null, 0)],
    is: true,
  },
  { name: 'beside a dead one', before: away(1), after: away(2), others: [dead(0)], is: true },
  { name: 'a dead one', before: null, after: dead(0), others: [], is: true },
  { name: 'a dead one in an outage', before: away(9), after: dead(0), others: [away(9)], is: true },
  { name: 'many that die at once', before: null, after: dead(9), others: [dead(0)], is: false },
  { name: 'another that dies later', before: null, after: dead(10), others: [dead(0)], is: true },
  { name: 'a wrong client secret', before: null, after: badSecret, others: [], is: true },
  { name: 'the same again', before: badSecret, after: badSecret, others: [], is: false },
  {
    name: 'being asked to wait',
    before: null,
    after: refresh('SLACK_RATE_LIMITED', 5),
    others: [],
    is: false,
  },
])('$name: $is', ({ before, after, others, is }) => {
  expect(beginsOutage(before, after, others)).toBe(is)
})
