import type { Failure } from '../../../main/contract/errors.ts'
import type { CertificateView, ImportDraft, ImportFinding } from '../../../main/contract/views.ts'
import { fail, ok, sampleDraft } from '../fake-api.ts'
import { sampleCertificate } from '../sample-certificate.ts'
import { sampleFullInstallation, sampleOrgInstallation } from '../sample-full.ts'
import { SAMPLE_NOW_MS, sampleInstallations, sampleSnapshot } from '../sample-snapshot.ts'
import { authorizing, type Desk, northwind, type Scenario, scenario, waiting } from './scenario.ts'

const LONG_NAME = 'Northwind Traders International Test Workspace for Release Engineering'

const inDetail = { ...northwind, isDetailOpen: true }

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

const certificatePage = {
  screen: 'settings',
  settingsSection: 'certificate',
  isDetailOpen: true,
} as const

function certificate(over: Partial<CertificateView>): Scenario {
  return scenario(sampleSnapshot(6), certificatePage, {
    'certificate/look': ok(sampleCertificate(over)),
  })
}

/** Workspaces, imports, the certificate and waiting, in the states that only some flows lead to. */
export const WORKSPACE_SCENARIOS: Readonly<Record<string, () => Scenario>> = {
  full: () => scenario(withNorthwind(sampleFullInstallation()), inDetail),
  'long-names': () =>
    scenario(
      withNorthwind(
        sampleFullInstallation({
          name: LONG_NAME,
          teamDomain: 'northwind-traders-international-test-2026.enterprise.slack.com',
          appName: 'Deploy Bot of the release engineering department',
        }),
      ),
      inDetail,
    ),
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
  'org-wide': () => scenario(withNorthwind(sampleOrgInstallation(24)), inDetail),
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
  'import-twelve': () =>
    importing(
      Array.from({ length: 12 }, (_, index) =>
        finding({
          line: index + 1,
          variable: `SLACK_BOT_TOKEN_OF_WORKSPACE_${index + 1}`,
          check: { ...works, workspaceName: index === 3 ? LONG_NAME : `Workspace ${index + 1}` },
        }),
      ),
      { lineCount: 12 },
    ),
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
  'certificate-trusted': () =>
    certificate({
      stores: sampleCertificate().stores.map((store) => ({ ...store, state: 'trusted' })),
    }),
  'certificate-new': () =>
    certificate({
      fingerprint: null,
      expiresAtMs: null,
      stores: sampleCertificate().stores.map((store) => ({
        ...store,
        state: store.id === 'fox' ? 'running' : store.state,
      })),
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
  'waiting-pkce': () => scenario(authorizing({ strategy: 'pkce' }), waiting),
  'waiting-relay': () => scenario(authorizing({ strategy: 'relay', port: 17874 }), waiting),
  'waiting-sign-in': () => scenario(authorizing({ flow: 'openid' }), waiting),
}
