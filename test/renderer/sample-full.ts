import type { InstallationView } from '../../main/contract/views.ts'
import { SAMPLE_NOW_MS, sampleCredential, sampleInstallation } from './sample-snapshot.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Northwind Test with what only some installations have: drift, a history, kinds of every flow. */
export function sampleFullInstallation(over: Partial<InstallationView> = {}): InstallationView {
  const rotating = { expiresAtMs: SAMPLE_NOW_MS + 9 * HOUR + 12 * MINUTE, rotates: true }
  return sampleInstallation({
    credentials: [
      sampleCredential({ ...rotating, isClassic: true }),
      sampleCredential({
        ...rotating,
        id: 'cred-user',
        kind: 'user',
        masked: 'xoxe.xoxp-1-…Vw8d',
        scopes: ['identify', 'search:read', 'users:read'],
        userId: 'U04EXAMPLE1',
        userName: 'Ada',
        variable: 'SLACK_USER_TOKEN',
        refreshExpiresAtMs: SAMPLE_NOW_MS + 28 * DAY,
      }),
      sampleCredential({
        id: 'cred-sign-in',
        kind: 'sign-in',
        masked: 'xoxp-…1nWq',
        scopes: ['email', 'openid', 'profile'],
        userId: 'U04EXAMPLE1',
        userName: 'Ada Lovelace',
        userEmail: 'ada@example.com',
        variable: 'SLACK_SIGN_IN_TOKEN',
      }),
      sampleCredential({
        id: 'cred-id',
        kind: 'id-token',
        masked: 'eyJ…x0Rg',
        scopes: [],
        userId: 'U04EXAMPLE1',
        userName: 'Ada Lovelace',
        userEmail: 'ada@example.com',
        state: 'unchecked',
        expiresAtMs: SAMPLE_NOW_MS + 4 * MINUTE,
        variable: 'SLACK_ID_TOKEN',
      }),
      sampleCredential({
        id: 'cred-signing',
        kind: 'signing-secret',
        masked: '…a41f',
        scopes: [],
        state: 'unchecked',
        lastCheckedAtMs: null,
        variable: 'SLACK_SIGNING_SECRET',
      }),
    ],
    drift: {
      missing: [
        { side: 'bot', scope: 'files:write' },
        { side: 'bot', scope: 'reactions:write' },
      ],
      extra: [{ side: 'user', scope: 'identify' }],
    },
    history: [
      { atMs: SAMPLE_NOW_MS - 20 * DAY, what: 'authorized', addedScopes: ['chat:write'] },
      { atMs: SAMPLE_NOW_MS - 2 * DAY, what: 'reinstalled', addedScopes: ['users:read'] },
    ],
    ...over,
  })
}

/** An installation on a whole organization of `count` workspaces. */
export function sampleOrgInstallation(count: number): InstallationView {
  return sampleInstallation({
    name: 'Contoso QA Grid',
    teamId: null,
    teamDomain: null,
    enterpriseId: 'E0C0NT0S0',
    enterpriseName: 'Contoso',
    isOrgWide: true,
    orgTeams: Array.from({ length: count }, (_, index) => ({
      id: `T0C0NT${String(index).padStart(3, '0')}`,
      name: `Contoso Team ${index + 1}`,
    })),
  })
}
