import type { Failure } from '../../../main/contract/errors.ts'
import type { CertificateView, ImportDraft, ImportFinding } from '../../../main/contract/views.ts'
import type { Place } from '../../../renderer/app/navigation.ts'
import { createFakeApi, type FakeApi, fail, type Overrides, ok, sampleDraft } from '../fake-api.ts'
import {
  SAMPLE_NOW_MS,
  sampleAuthorization,
  sampleCertificate,
  sampleFullInstallation,
  sampleInstallations,
  sampleOrgInstallation,
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

/** The desk with Northwind Test replaced. */
function withNorthwind(
  northwindNow: Desk['installations'][number],
  over: Partial<Desk> = {},
): Desk {
  const others = sampleInstallations(6).filter(({ id }) => id !== 'inst-northwind')
  return sampleSnapshot(6, { installations: [...others, northwindNow], ...over })
}

function finding(over: Partial<ImportFinding>): ImportFinding {
  return {
    id: `finding-${over.line}`,
    kind: 'bot',
    masked: 'xoxb-…k3Zq',
    variable: 'SLACK_BOT_TOKEN',
    line: 1,
    check: { kind: 'cannot-be-checked' },
    ...over,
  }
}

const works = {
  kind: 'works' as const,
  workspaceName: 'Acme Staging EU',
  scopes: ['chat:write'],
} satisfies ImportFinding['check']
const leftOut: Failure = {
  code: 'IMPORT_SESSION_TOKEN',
  message: 'A browser session token was left out',
  advice:
    'It has the full power of your account and is not meant for apps. Use a bot or user token of a Slack app instead.',
  remedy: 'none',
}

function importing(findings: ImportFinding[], over: Partial<ImportDraft> = {}): Scenario {
  const draft = { ...sampleDraft({ kind: 'slack' }, true), lineCount: 8, findings, ...over }
  return scenario(
    sampleSnapshot(6),
    { ...northwind, dialog: { kind: 'import' } },
    { 'import/read-clipboard': ok(draft), 'import/choose-file': ok(draft) },
  )
}

const certificatePage = { screen: 'settings', settingsSection: 'certificate' } as const

function certificate(over: Partial<CertificateView>): Scenario {
  return scenario(sampleSnapshot(6), certificatePage, {
    'certificate/look': ok(sampleCertificate(over)),
  })
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
  full: () => scenario(withNorthwind(sampleFullInstallation()), northwind),
  'drift-one': () =>
    scenario(
      withNorthwind(
        sampleFullInstallation({
          drift: { missing: [{ side: 'bot', scope: 'files:write' }], extra: [] },
        }),
      ),
      northwind,
    ),
  'uninstall-blocked': () =>
    scenario(
      withNorthwind(sampleFullInstallation({ uninstallBlock: 'no-client-secret' })),
      northwind,
    ),
  'uninstall-fails': () =>
    scenario(withNorthwind(sampleFullInstallation()), northwind, {
      'workspaces/uninstall': fail('SLACK_REFUSED', {
        message: 'Slack did not accept the client secret',
        advice: 'Paste it again from Basic Information.',
        remedy: 'edit-slack-app',
        slackCode: 'bad_client_secret',
      }),
    }),
  'org-wide': () => scenario(withNorthwind(sampleOrgInstallation(24)), northwind),
  checking: () =>
    scenario(
      sampleSnapshot(200, {
        checking: { done: 124, total: 200, failed: 2, waitsUntilMs: null },
      }),
      northwind,
    ),
  'checking-waits': () =>
    scenario(
      sampleSnapshot(200, {
        checking: { done: 124, total: 200, failed: 2, waitsUntilMs: SAMPLE_NOW_MS + 28_000 },
      }),
      northwind,
    ),
  'check-all-fails': () =>
    scenario(sampleSnapshot(6), northwind, { 'workspaces/check-all': fail('SLACK_NO_ANSWER') }),
  'import-many': () =>
    importing([
      finding({ line: 1, check: works }),
      finding({ line: 2, kind: 'app', masked: 'xapp-1-…9c0d', variable: 'SLACK_APP_TOKEN' }),
      finding({
        line: 3,
        kind: 'signing-secret',
        masked: '…a41f',
        variable: 'SLACK_SIGNING_SECRET',
      }),
      finding({
        line: 4,
        kind: 'session',
        masked: 'xoxc-…',
        variable: '',
        check: { kind: 'refused', failure: leftOut },
      }),
    ]),
  'import-kinds': () =>
    importing(
      [
        finding({
          line: 1,
          kind: 'config-or-user',
          masked: 'xoxe.xoxp-1-…Vw8d',
          variable: 'TOKEN',
        }),
        finding({ line: 2, kind: 'refresh', masked: 'xoxe-1-…q0aB', variable: 'REFRESH' }),
      ],
      { fileName: '.env', lineCount: 8 },
    ),
  'import-new': () =>
    importing([
      finding({ line: 1, kind: 'webhook', masked: 'hooks.slack.com/…pR7x', variable: 'HOOK' }),
      finding({ line: 2, kind: 'client-id', masked: '…2103', variable: 'SLACK_CLIENT_ID' }),
    ]),
  certificate: () => scenario(sampleSnapshot(6), certificatePage),
  'certificate-new': () =>
    certificate({
      fingerprint: null,
      expiresAtMs: null,
      stores: sampleCertificate().stores.map((store) => ({ ...store, state: 'running' })),
    }),
  'certificate-tool': () =>
    certificate({
      stores: [
        {
          id: 'nss',
          name: 'Chromium and Chrome',
          detail: 'Your own certificate store, this user only.',
          state: 'unavailable',
        },
      ],
      failure: fail('CERTIFICATE_TOOL_MISSING', {
        message: 'The tool that changes the store is not installed',
        advice: 'Install it, then look again: `sudo apt install libnss3-tools`',
        remedy: 'retry',
      }).failure,
    }),
  'certificate-fails': () =>
    scenario(sampleSnapshot(6), certificatePage, { 'certificate/look': fail('UNEXPECTED') }),
  'waiting-trusted': () => scenario(authorizing({ isCertificateTrusted: true }), waiting),
  'waiting-relay': () => scenario(authorizing({ strategy: 'relay', port: 17874 }), waiting),
  'waiting-sign-in': () => scenario(authorizing({ flow: 'openid' }), waiting),
}
