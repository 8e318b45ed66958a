import { describe, expect, it } from 'vitest'
import type { CredentialView } from '../../../../main/contract/views.ts'
import {
  credentialMark,
  installationStatus,
  isDead,
} from '../../../../renderer/views/workspaces/installation-status.ts'
import { DEAD, FAILING, sampleRotating, sampleRotatingUser } from '../../sample-refresh.ts'
import { SAMPLE_NOW_MS, sampleCredential, sampleInstallation } from '../../sample-snapshot.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
type Part = Partial<CredentialView>

const bot = (over: Part = {}) => sampleCredential(over)
const user = (over: Part = {}) => sampleCredential({ id: 'u1', kind: 'user', ...over })
const app = (over: Part = {}) =>
  sampleCredential({ id: 'a1', kind: 'app', state: 'unchecked', ...over })
const hook = (over: Part = {}) =>
  sampleCredential({ id: 'w1', kind: 'webhook', state: 'unchecked', ...over })
const inMs = (ms: number) => ({ expiresAtMs: SAMPLE_NOW_MS + ms })

describe('installationStatus', () => {
  it.each<[string, CredentialView[], string, string, boolean]>([
    ['a token without expiry', [bot()], 'Working', 'No expiry', false],
    ['a token with hours left', [bot(inMs(7 * HOUR + 3 * MINUTE))], 'Working', '7 h 3 min', false],
    ['exactly one hour left', [bot(inMs(HOUR))], 'Working', '1 h', false],
    ['less than an hour left', [bot(inMs(40 * MINUTE))], 'Expires in 40 min', '', true],
    ['the last seconds', [bot(inMs(1))], 'Expires in under 1 min', '', true],
    ['a token at its end', [bot(inMs(0))], 'Expired', '', true],
    ['one that Slack calls expired', [bot({ state: 'expired' })], 'Expired', '', true],
    [
      'a revoked one past its end',
      [bot({ state: 'revoked', ...inMs(-HOUR) })],
      'Revoked',
      '',
      true,
    ],
    [
      'one whose workspace an admin has suspended',
      [bot({ state: 'suspended', slackCode: 'ekm_access_denied' })],
      'Suspended by admin',
      '',
      true,
    ],
    [
      'one that Slack does not know',
      [bot({ state: 'suspended', slackCode: 'invalid_auth' })],
      'Refused by Slack',
      '',
      true,
    ],
    [
      'a suspended one past its end',
      [bot({ state: 'suspended', ...inMs(-1) })],
      'Expired',
      '',
      true,
    ],
    ['an unchecked one', [bot({ state: 'unchecked' })], 'Not checked', '', false],
    ['the soonest of two', [bot(inMs(9 * HOUR)), user(inMs(2 * HOUR))], 'Working', '2 h', false],
    ['what cannot be checked aside', [bot(), app(), hook()], 'Working', 'No expiry', false],
    ['nothing that can be checked', [app(), hook()], 'Not checked', '', false],
    ['no credential at all', [], 'Not checked', '', false],
    ['one bad of two', [bot(), user({ state: 'revoked' })], 'User token revoked', '', true],
    [
      'two bad of three',
      [bot(), user({ state: 'revoked' }), user({ id: 'u2', state: 'revoked' })],
      '2 tokens revoked',
      '',
      true,
    ],
    [
      'two of three that end soon',
      [bot(), user(inMs(HOUR / 2)), user({ id: 'u2', ...inMs(HOUR / 2) })],
      '2 tokens expire in 30 min',
      '',
      true,
    ],
    ['all bad', [bot({ state: 'revoked' }), user({ state: 'revoked' })], 'Revoked', '', true],
    [
      'the worst first',
      [bot({ state: 'expired' }), user({ state: 'revoked' })],
      'User token revoked',
      '',
      true,
    ],
    [
      'a user token by its owner',
      [user({ userName: 'Ada' }), user({ id: 'u2', userName: 'Bo', state: 'unchecked' })],
      'User token of Bo not checked',
      '',
      false,
    ],
    [
      'one that is refreshed before it ends',
      [sampleRotating({}, inMs(40 * MINUTE))],
      'Working',
      '40 min',
      false,
    ],
    ['one that was not refreshed', [sampleRotating(FAILING)], 'Refresh failed', '', true],
    ['one that cannot be refreshed', [sampleRotating(DEAD)], 'Refresh failed', '', true],
    ['one that was not refreshed in time', [sampleRotating(FAILING, inMs(0))], 'Expired', '', true],
    [
      'one of two not refreshed',
      [sampleRotating(FAILING), sampleRotatingUser()],
      'Bot token not refreshed',
      '',
      true,
    ],
    [
      'two of three not refreshed',
      [sampleRotating(FAILING), sampleRotatingUser(DEAD), user({ id: 'u2' })],
      '2 tokens not refreshed',
      '',
      true,
    ],
    [
      'one that ends soon before one that was not refreshed',
      [sampleRotating(FAILING), user(inMs(40 * MINUTE))],
      'User token expires in 40 min',
      '',
      true,
    ],
    [
      'a revoked one that was not refreshed either',
      [sampleRotating(DEAD, { state: 'revoked' })],
      'Revoked',
      '',
      true,
    ],
    [
      'a suspended one that was not refreshed either',
      [sampleRotating(FAILING, { state: 'suspended' })],
      'Suspended by admin',
      '',
      true,
    ],
    ['a webhook that ended', [bot(), hook({ state: 'revoked' })], 'Webhook URL revoked', '', true],
  ])('%s', (_what, credentials, badge, row, needsAttention) => {
    const status = installationStatus(sampleInstallation({ credentials }), SAMPLE_NOW_MS)
    expect(status.badge.label).toBe(badge)
    expect(status.row.label).toBe(row || badge)
    expect(status.needsAttention).toBe(needsAttention)
  })

  it('is green for working tokens only', () => {
    const tones = (['working', 'unchecked', 'suspended', 'expired', 'revoked'] as const).map(
      (state) =>
        installationStatus(sampleInstallation({ credentials: [bot({ state })] }), SAMPLE_NOW_MS)
          .badge.tone,
    )
    expect(tones).toEqual(['ok', 'neutral', 'warn', 'warn', 'danger'])
  })
})

describe('credentialMark', () => {
  it.each<[string, CredentialView, string | null, boolean]>([
    ['working', bot(), null, false],
    ['unchecked', app(), null, false],
    ['soon over', bot(inMs(5 * MINUTE)), 'Expires in 5 min', false],
    ['over', bot(inMs(-1)), 'Expired', true],
    ['revoked', bot({ state: 'revoked' }), 'Revoked', true],
    ['refreshed by itself', sampleRotating({}, inMs(5 * MINUTE)), null, false],
    ['not refreshed', sampleRotating(FAILING), 'Refresh failed', false],
    ['never refreshed again, still alive', sampleRotating(DEAD), 'Refresh failed', false],
    ['never refreshed again, over', sampleRotating(DEAD, inMs(-1)), 'Expired', true],
    ['suspended', bot({ state: 'suspended' }), 'Suspended by admin', false],
  ])('%s', (_what, credential, label, dead) => {
    expect(credentialMark(credential, SAMPLE_NOW_MS)?.label ?? null).toBe(label)
    expect(isDead(credential, SAMPLE_NOW_MS)).toBe(dead)
  })
})
