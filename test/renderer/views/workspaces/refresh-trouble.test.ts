import { describe, expect, it } from 'vitest'
import type { CredentialView } from '../../../../main/contract/views.ts'
import { refreshTroubles } from '../../../../renderer/views/workspaces/refresh-trouble.ts'
import { DEAD, FAILING, sampleRotating, sampleRotatingUser } from '../../sample-refresh.ts'
import { SAMPLE_NOW_MS, sampleInstallation } from '../../sample-snapshot.ts'

const MINUTE = 60_000
const inMs = (ms: number) => ({ expiresAtMs: SAMPLE_NOW_MS + ms })
const soon = inMs(40 * MINUTE)
const over = inMs(-MINUTE)

function troubles(...credentials: CredentialView[]) {
  return refreshTroubles(sampleInstallation({ credentials }), SAMPLE_NOW_MS)
}

describe('what the notice says of tokens that get no successor', () => {
  it.each<[string, CredentialView[], string, string]>([
    [
      'one that still works',
      [sampleRotating(FAILING, soon)],
      'The token could not be refreshed',
      'It works for 40 more minutes. Slack did not answer. Token Desk keeps trying; next try at 14:56.',
    ],
    [
      'one with hours left',
      [sampleRotating(FAILING)],
      'The token could not be refreshed',
      'It works for another 9 h 12 min. Slack did not answer. Token Desk keeps trying; next try at 14:56.',
    ],
    [
      'the last minutes',
      [sampleRotating({ ...FAILING, nextAtMs: SAMPLE_NOW_MS - 1 }, inMs(MINUTE))],
      'The token could not be refreshed',
      'It works for 1 more minute. Slack did not answer. Token Desk keeps trying.',
    ],
    [
      'the last seconds',
      [sampleRotating(FAILING, inMs(1))],
      'The token could not be refreshed',
      'It works for less than a minute. Slack did not answer. Token Desk keeps trying; next try at 14:56.',
    ],
    [
      'one that has ended',
      [sampleRotating(FAILING, over)],
      'The token could not be refreshed',
      'It has ended. Slack did not answer. Token Desk keeps trying; next try at 14:56.',
    ],
    [
      'one that is not tried again: what the failure advises',
      [sampleRotating({ ...FAILING, nextAtMs: null }, soon)],
      'The token could not be refreshed',
      'It works for 40 more minutes. Slack did not answer. Check the connection, then try again.',
    ],
    [
      'one of two that rotate',
      [sampleRotating(), sampleRotatingUser(FAILING, soon)],
      'The user token could not be refreshed',
      'It works for 40 more minutes. Slack did not answer. Token Desk keeps trying; next try at 14:56.',
    ],
    [
      'two, by the one that ends first',
      [sampleRotating(FAILING), sampleRotatingUser(FAILING, soon)],
      '2 tokens could not be refreshed',
      'They work for 40 more minutes. Slack did not answer. Token Desk keeps trying; next try at 14:56.',
    ],
    [
      'two of which one has ended',
      [sampleRotating(FAILING, over), sampleRotatingUser(FAILING)],
      '2 tokens could not be refreshed',
      'The first of them has ended. Slack did not answer. Token Desk keeps trying; next try at 14:56.',
    ],
    [
      'one whose refresh token is dead',
      [sampleRotating(DEAD)],
      'The token cannot be refreshed any more',
      'It works for another 9 h 12 min. Slack does not take the refresh token any more. Authorize again to get a new one.',
    ],
  ])('%s', (_what, credentials, title, text) => {
    expect(troubles(...credentials)).toMatchObject([{ title, text }])
  })

  it('is nothing while all goes well, and nothing of a revoked token', () => {
    expect(troubles(sampleRotating(), sampleRotatingUser({ isRunning: true }))).toEqual([])
    expect(troubles(sampleRotating(DEAD, { state: 'revoked' }))).toEqual([])
  })

  it('says first what only the user can help', () => {
    const both = troubles(sampleRotating(FAILING, soon), sampleRotatingUser(DEAD))
    expect(both.map(({ isDead, title }) => [isDead, title])).toEqual([
      [true, 'The user token cannot be refreshed any more'],
      [false, 'The bot token could not be refreshed'],
    ])
  })
})
