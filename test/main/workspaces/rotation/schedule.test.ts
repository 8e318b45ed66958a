import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blankCredential } from '../../../../main/workspaces/granted-credentials.ts'
import type { CredentialMeta, RefreshMeta } from '../../../../main/workspaces/records.ts'
import { refreshView } from '../../../../main/workspaces/rotation/refresh-view.ts'
import {
  backOffMs,
  isDue,
  isNearEnd,
  nextRefreshAtMs,
} from '../../../../main/workspaces/rotation/schedule.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const T0 = Date.UTC(2026, 10, 23, 12)

const NO_REFRESH: RefreshMeta = {
  inFlightSinceMs: null,
  lastRefreshedAtMs: null,
  hasPrevious: false,
  failedCount: 0,
  failure: null,
  nextTryAtMs: null,
  isDead: false,
}

function token(change: Partial<CredentialMeta> = {}, lifeMs = 12 * HOUR): CredentialMeta {
  return {
    ...blankCredential('bot', 'bot'),
    ...{ rotates: true, grantedAtMs: T0, expiresAtMs: T0 + lifeMs, state: 'working' },
    ...change,
  }
}

const failing = (change: Partial<RefreshMeta>, code = 'SLACK_NO_ANSWER') =>
  ({
    ...NO_REFRESH,
    failedCount: 1,
    failure: { code, slackCode: null, atMs: T0 },
    nextTryAtMs: T0 + MINUTE,
    ...change,
  }) as RefreshMeta

describe('the next refresh', () => {
  it.each([
    { name: '12 h: 2 h ahead', lifeMs: 12 * HOUR, leadMs: 2 * HOUR },
    { name: '5 h: a fifth ahead', lifeMs: 5 * HOUR, leadMs: HOUR },
    { name: '1 min: 12 s ahead', lifeMs: MINUTE, leadMs: 12_000 },
  ])('comes before the end: $name, give or take a tenth', ({ lifeMs, leadMs }) => {
    const ahead = T0 + lifeMs - (nextRefreshAtMs(token({}, lifeMs)) ?? 0)
    expect(ahead).toBeGreaterThanOrEqual(leadMs * 0.9 - 1)
    expect(ahead).toBeLessThanOrEqual(leadMs * 1.1 + 1)
  })

  it('is spread over tokens that were granted together', () => {
    const times = Array.from({ length: 200 }, (_, i) =>
      nextRefreshAtMs(token({ id: `user:U${i}`, kind: 'user' })),
    )
    expect(new Set(times).size).toBeGreaterThan(190)
  })

  it.each([
    { name: 'does not rotate', change: { rotates: false } },
    { name: 'does not expire', change: { expiresAtMs: null } },
    { name: 'was revoked', change: { state: 'revoked' as const } },
    { name: 'is dead', change: { refresh: failing({ isDead: true, nextTryAtMs: null }) } },
    { name: 'is no token', change: { kind: 'webhook' as const } },
    { name: 'has no app', change: { refresh: failing({}, 'REFRESH_IMPOSSIBLE') } },
    { name: 'got another’s pair', change: { refresh: failing({}, 'REFRESH_OTHER_TOKEN') } },
    { name: 'may not go there', change: { refresh: failing({}, 'SLACK_HOST_REFUSED') } },
  ])('never comes by itself for one that $name', ({ change }) => {
    expect(nextRefreshAtMs(token(change))).toBeNull()
    expect(isDue(token(change), T0 + 100 * HOUR)).toBe(false)
  })

  it('is not told while it runs, and is due where a crash left its mark', () => {
    const marked = token({ refresh: { ...NO_REFRESH, inFlightSinceMs: T0 } })
    expect(refreshView(marked)).toMatchObject({ isRunning: true, nextAtMs: null })
    expect(isDue(marked, T0)).toBe(true)
  })

  it('waits after a failure, however little life is left', () => {
    const late = token({ refresh: failing({}) }, HOUR)
    expect(nextRefreshAtMs(late)).toBe(T0 + MINUTE)
    expect(isDue(late, T0 + MINUTE - 1)).toBe(false)
    expect(isDue(late, T0 + MINUTE)).toBe(true)
  })

  it.each([
    { name: 'a token', credential: token() },
    { name: 'a wait after a failure', credential: token({ refresh: failing({}) }) },
  ])('is now for $name that a clock ahead of this one wrote', ({ credential }) => {
    expect(isDue(credential, T0 - MINUTE)).toBe(false)
    expect(isDue(credential, T0 - 3 * MINUTE)).toBe(true)
  })

  it('is now where Slack called the token expired, unless that was tried already', () => {
    expect(isDue(token({ state: 'expired' }), T0)).toBe(true)
    expect(isDue(token({ state: 'expired', refresh: failing({}) }), T0)).toBe(false)
  })

  it('lies between the grant and the end, for every life', () => {
    fc.assert(
      fc.property(fc.integer({ min: 60, max: 315_360_000 }), (lifeSeconds) => {
        const at = nextRefreshAtMs(token({}, lifeSeconds * 1000)) ?? 0
        expect(at).toBeGreaterThan(T0 + lifeSeconds * 700)
        expect(at).toBeLessThan(T0 + lifeSeconds * 1000)
      }),
    )
  })

  it('is no storm for a Slack that gives tokens without a life', () => {
    const at = nextRefreshAtMs(token({ refresh: { ...NO_REFRESH, lastRefreshedAtMs: T0 } }, 0))
    expect(at).toBe(T0 + 5000)
  })
})

describe('the wait after failures', () => {
  it('grows, has an end, and is never nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), fc.boolean(), fc.string(), (n, off, id) => {
        const waitMs = backOffMs(n, off, id)
        expect(waitMs).toBeGreaterThanOrEqual(12_000)
        expect(waitMs).toBeLessThanOrEqual((off ? 15 * MINUTE : HOUR) * 1.2)
        if (n < 6) expect(backOffMs(n + 1, off, id)).toBeGreaterThan(waitMs)
      }),
    )
  })
})

describe('before it is handed out', () => {
  it.each([
    { name: '10 min left', atMs: T0 + 12 * HOUR - 10 * MINUTE, expected: false },
    { name: 'less', atMs: T0 + 12 * HOUR - 10 * MINUTE + 1, expected: true },
    { name: 'ended', atMs: T0 + 13 * HOUR, expected: true },
  ])('a token is refreshed near its end: $name', ({ atMs, expected }) => {
    expect(isNearEnd(token(), atMs)).toBe(expected)
  })

  it('a token that lives for minutes is not refreshed for each copy', () => {
    const short = token({}, 4 * MINUTE)
    expect(isNearEnd(short, T0 + MINUTE)).toBe(false)
    expect(isNearEnd(short, T0 + 3 * MINUTE)).toBe(true)
  })
})
