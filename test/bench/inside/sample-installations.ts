import { Secret } from '../../../main/platform/secret.ts'
import type { RecordChange } from '../../../main/vault/vault.ts'
import { installationOf } from '../../../main/workspaces/grant.ts'
import { INSTALLATION } from '../../../main/workspaces/records.ts'
import type { SlackApp } from '../../../main/workspaces/slack-apps.ts'

const SCOPES = ['app_mentions:read', 'channels:history', 'chat:write', 'team:read', 'users:read']
const NOW_MS = Date.UTC(2026, 10, 23, 12)

const APP: SlackApp = {
  id: '6f3d1a52-0000-4000-8000-000000000001',
  name: 'Deploy Bot',
  environment: { kind: 'slack' },
  clientId: '1111111111.2222222222',
  appId: 'A0DEPLOYBOT',
  flow: 'v2',
  strategy: 'https',
  redirectUrl: null,
  botScopes: SCOPES,
  userScopes: [],
  optionalScopes: [],
  isUnfinished: false,
  createdAtMs: NOW_MS,
}

/** The installation of one bot token with refresh token, as authorizing it would store it. */
export function installationRecord(index: number): RecordChange {
  const number = String(index).padStart(8, '0')
  const bot = {
    // As long as Slack's rotating ones are, put together here so that no scanner takes them for real.
    token: Secret.of(['xoxe.xoxb', '1', number.repeat(20)].join('-')),
    refreshToken: Secret.of(['xoxe', '1', number.repeat(18)].join('-')),
    scopes: SCOPES,
    expiresAtMs: NOW_MS + 12 * 60 * 60 * 1000,
  }
  const grant = {
    appId: 'A0BENCH',
    team: { id: `T0${number}`, name: `Test workspace ${number}` },
    enterprise: null,
    isEnterpriseInstall: false,
    botUserId: `U0${number}`,
    authedUserId: `U1${number}`,
    bot,
    user: null,
    webhook: null,
    isClassic: false,
    signIn: null,
  }
  const id = `6f3d1a52-0000-4000-8001-${number.padStart(12, '0')}`
  return { id, kind: INSTALLATION, ...installationOf(grant, APP, NOW_MS) }
}
