import type { Failure } from '../../../main/contract/errors.ts'
import type { Place } from '../../../renderer/app/navigation.ts'
import { createFakeApi, type FakeApi, fail, type Overrides, ok } from '../fake-api.ts'
import { sampleComparison, sampleConfigurationToken } from '../sample-manifest.ts'
import {
  SAMPLE_NOW_MS,
  sampleAuthorization,
  sampleInstallation,
  sampleSlackApp,
  sampleSnapshot,
} from '../sample-snapshot.ts'

type Desk = ReturnType<typeof sampleSnapshot>

/** What one `?scenario=` shows: main's answers, and where the page begins. */
export interface Scenario {
  readonly api: FakeApi
  readonly start: Partial<Place>
}

function scenario(snapshot: Desk, start: Partial<Place> = {}, overrides: Overrides = {}): Scenario {
  return { api: createFakeApi(overrides, snapshot), start }
}

const northwind = { workspaceId: 'inst-northwind' } as const
const waiting = { authorizationId: 'auth-1' } as const
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

function vault(over: Partial<Desk['vault']>, workspaces = 6): Desk {
  const base = sampleSnapshot(workspaces)
  return { ...base, vault: { ...base.vault, ...over } }
}

function authorizing(over: Parameters<typeof sampleAuthorization>[0] = {}): Desk {
  return sampleSnapshot(6, { authorizations: [sampleAuthorization(over)] })
}

function testRuntime(): Desk {
  const base = sampleSnapshot(6)
  return { ...base, info: { ...base.info, isTestRuntime: true, electron: '33.4.11' } }
}

const deploy = { screen: 'slack-apps', slackAppId: 'app-deploy', isDetailOpen: true } as const
const newApp = { screen: 'slack-apps', isAddingSlackApp: true, addingBy: 'manifest' } as const

/** With a configuration token for slack.com, and Deploy Bot as given. */
function apps(over: Parameters<typeof sampleSlackApp>[0] = {}): Desk {
  const base = sampleSnapshot(6, { configurationTokens: [sampleConfigurationToken()] })
  const [, ...others] = base.slackApps
  return { ...base, slackApps: [sampleSlackApp(over), ...others] }
}

/** Two workspaces that granted less and more than Deploy Bot asks for. */
function drifting(): Desk {
  const missing = [{ side: 'bot', scope: 'commands' }] as const
  const extra = [{ side: 'bot', scope: 'files:read' }] as const
  return {
    ...apps({ optionalScopes: ['users:read'] }),
    installations: [
      sampleInstallation({ drift: { missing: [...missing], extra: [...extra] } }),
      sampleInstallation({ id: 'inst-acme', name: 'Acme Sandbox' }),
    ],
  }
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
  locked: () => scenario(vault({ state: 'locked', protection: 'passphrase' })),
  'locked-keyring': () => scenario(vault({ state: 'locked' })),
  'wrong-passphrase': () =>
    scenario(
      vault({ state: 'locked', protection: 'passphrase' }),
      {},
      {
        'vault/unlock': fail('VAULT_WRONG_PASSPHRASE', {
          message: 'This is not the passphrase',
          advice: 'Check Caps Lock and the keyboard layout, then try again.',
        }),
      },
    ),
  'choose-passphrase': () => scenario(vault({ state: 'choose-passphrase', protection: null }, 0)),
  'keyring-gone': () =>
    scenario(
      vault({
        state: 'blocked',
        failure: {
          code: 'VAULT_KEYRING_LOST_KEY',
          message: 'The keyring does not have Token Desk’s key any more',
          advice: 'Start afresh; the old vault is kept.',
          remedy: 'start-afresh',
        },
      }),
    ),
  'newer-vault': () =>
    scenario(
      vault({
        state: 'blocked',
        failure: {
          code: 'VAULT_NEWER_VERSION',
          message: 'This vault was made by a newer Token Desk',
          advice: 'Install the newest version of Token Desk. Nothing was changed.',
          remedy: 'quit',
        },
      }),
    ),
  recovered: () =>
    scenario(
      vault({ recovery: { opened: 'last-good', damagedFile: 'vault.damaged-20261123.json' } }),
      northwind,
    ),
  'edit-relay-sign-in': () =>
    scenario(
      apps({
        flow: 'openid',
        strategy: 'relay',
        redirectUrls: ['https://relay.example.com/slack'],
        botScopes: [],
        userScopes: ['openid', 'email'],
      }),
      { screen: 'slack-apps', slackAppId: 'app-deploy', isEditingSlackApp: true },
    ),
  'app-overview': () =>
    scenario(
      apps({
        verificationTokenMasked: '…9c1b',
        isUnfinished: true,
        strategy: 'relay',
        redirectUrls: ['https://relay.example.com/slack'],
      }),
      deploy,
    ),
  'app-scopes': () => scenario(drifting(), { ...deploy, slackAppSegment: 'scopes' }),
  'app-manifest': () => scenario(apps(), { ...deploy, slackAppSegment: 'manifest' }),
  'app-manifest-no-token': () =>
    scenario(sampleSnapshot(6), { ...deploy, slackAppSegment: 'manifest' }),
  'app-manifest-one-way': () =>
    scenario(
      apps(),
      { ...deploy, slackAppSegment: 'manifest' },
      { 'manifests/compare': ok(sampleComparison({ turnsOnPkce: true, turnsOnRotation: true })) },
    ),
  'app-manifest-refused': () =>
    scenario(
      apps(),
      { ...deploy, slackAppSegment: 'manifest' },
      {
        'manifests/update': ok({
          kind: 'refused',
          problems: [
            {
              severity: 'problem',
              line: 11,
              message: 'invalid redirect URL',
              advice: 'Slack said: redirect_urls must be https.',
              replace: null,
            },
          ],
        }),
      },
    ),
  'configuration-tokens': () =>
    scenario(
      sampleSnapshot(6, {
        configurationTokens: [
          sampleConfigurationToken(),
          sampleConfigurationToken({
            id: 'config-2',
            teamName: null,
            teamId: null,
            userId: null,
            expiresAtMs: null,
            canRefresh: false,
            state: 'unchecked',
          }),
          sampleConfigurationToken({
            id: 'config-3',
            teamName: 'Acme Sandbox',
            state: 'revoked',
            canRefresh: false,
            slackCode: 'token_revoked',
          }),
        ],
      }),
      deploy,
    ),
  'new-app': () => scenario(apps(), newApp),
  'new-app-no-token': () => scenario(sampleSnapshot(6), newApp),
}
