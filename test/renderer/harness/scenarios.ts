import type { Failure } from '../../../main/contract/errors.ts'
import { fail } from '../fake-api.ts'
import { SAMPLE_NOW_MS, sampleAuthorization, sampleSnapshot } from '../sample-snapshot.ts'
import { ACTIVITY_SCENARIOS } from './activity-scenarios.ts'
import { REFRESH_SCENARIOS } from './refresh-scenarios.ts'
import {
  authorizing,
  type Desk,
  northwind,
  type Scenario,
  scenario,
  vault,
  waiting,
} from './scenario.ts'
import { SETTINGS_SCENARIOS } from './settings-scenarios.ts'
import { SLACK_APP_SCENARIOS } from './slack-app-scenarios.ts'
import { VAULT_SCENARIOS } from './vault-scenarios.ts'
import { WORKSPACE_SCENARIOS } from './workspace-scenarios.ts'

const ref = {
  of: 'credential',
  installationId: 'inst-northwind',
  credentialId: 'cred-bot',
} as const
const write = { kind: 'write', ref, title: 'Bot token of Northwind Test' } as const

const refused: Failure = {
  code: 'SLACK_REFUSED',
  message: 'Slack did not accept the redirect URL',
  advice: 'Add exactly this address under OAuth & Permissions.',
  remedy: 'open-app-settings',
  slackCode: 'bad_redirect_uri',
  atMs: SAMPLE_NOW_MS,
}
const otherTeam: Failure = {
  code: 'OAUTH_OTHER_TEAM',
  message: 'You allowed Acme, but Northwind Test was wanted',
  advice: 'Acme was not added. Keep it as a new workspace, or try again.',
  remedy: 'none',
}

function testRuntime(): Desk {
  const base = sampleSnapshot(6)
  return { ...base, info: { ...base.info, isTestRuntime: true, electron: '33.4.11' } }
}

/** Every state worth looking at, by name. */
export const SCENARIOS: Readonly<Record<string, () => Scenario>> = {
  'first-run': () => scenario(sampleSnapshot(0)),
  'first-run-problem': () =>
    scenario(
      sampleSnapshot(0),
      {},
      {
        'practice/try': fail('PRACTICE_PORT_BUSY', {
          message: 'The practice workspace did not start',
          advice: 'Another program holds its port. Close that program, then try again.',
        }),
      },
    ),
  opening: () => scenario(vault({ state: 'opening', protection: null }, 0)),
  'no-workspace': () => scenario({ ...sampleSnapshot(1), installations: [] }),
  none: () => scenario(sampleSnapshot(6)),
  one: () => scenario(sampleSnapshot(1), northwind),
  six: () => scenario(sampleSnapshot(6), northwind),
  'six-detail': () => scenario(sampleSnapshot(6), { ...northwind, isDetailOpen: true }),
  revoked: () => scenario(sampleSnapshot(6), { workspaceId: 'inst-fabrikam' }),
  'two-hundred': () => scenario(sampleSnapshot(200), northwind),
  thousand: () => scenario(sampleSnapshot(1000), northwind),
  problem: () =>
    scenario(sampleSnapshot(6), northwind, { 'workspaces/check': fail('SLACK_NO_ANSWER') }),
  waiting: () => scenario(authorizing(), waiting),
  'waiting-paste': () => scenario(authorizing({ strategy: 'paste', port: null }), waiting),
  'waiting-practice': () =>
    scenario(sampleSnapshot(0, { authorizations: [sampleAuthorization()] }), waiting),
  'not-authorized': () =>
    scenario(authorizing({ state: { kind: 'failed', failure: refused } }), waiting),
  'other-team': () =>
    scenario(
      authorizing({
        wantedInstallationId: 'inst-northwind',
        wantedName: 'Northwind Test',
        state: { kind: 'other-team', teamName: 'Acme', failure: otherTeam },
      }),
      waiting,
    ),
  write: () => scenario(sampleSnapshot(6), { ...northwind, dialog: write }),
  import: () => scenario(sampleSnapshot(6), { ...northwind, dialog: { kind: 'import' } }),
  'slack-apps': () =>
    scenario(sampleSnapshot(6), { screen: 'slack-apps', slackAppId: 'app-deploy' }),
  'slack-apps-none': () => scenario(sampleSnapshot(0), { screen: 'slack-apps' }),
  'add-slack-app': () =>
    scenario(sampleSnapshot(6), { screen: 'slack-apps', isAddingSlackApp: true }),
  'edit-slack-app': () =>
    scenario(sampleSnapshot(6), {
      screen: 'slack-apps',
      slackAppId: 'app-deploy',
      isEditingSlackApp: true,
    }),
  settings: () => scenario(sampleSnapshot(6), { screen: 'settings' }),
  'settings-test-runtime': () => scenario(testRuntime(), { screen: 'settings' }),
  ...REFRESH_SCENARIOS,
  ...ACTIVITY_SCENARIOS,
  ...WORKSPACE_SCENARIOS,
  ...SLACK_APP_SCENARIOS,
  ...SETTINGS_SCENARIOS,
  ...VAULT_SCENARIOS,
}
