import type {
  AuthorizationView,
  CredentialView,
  EnvironmentView,
  InstallationView,
  SecuritySettings,
  SecurityView,
  SlackAppView,
  Snapshot,
} from '../../main/contract/views.ts'

/** The moment that all samples are told from; the harness and the tests stop their clock here. */
export const SAMPLE_NOW_MS = Date.UTC(2026, 10, 23, 14, 52)

const MINUTE = 60_000
const HOUR = 60 * MINUTE

export const SLACK: EnvironmentView = {
  ref: { kind: 'slack' },
  label: 'slack.com',
  host: 'slack.com',
}
export const GOV: EnvironmentView = {
  ref: { kind: 'govslack' },
  label: 'GovSlack',
  host: 'slack-gov.com',
}
export const PRACTICE: EnvironmentView = {
  ref: { kind: 'practice' },
  label: 'Practice',
  host: 'localhost:17870',
}

const BOT_SCOPES = [
  'app_mentions:read',
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'users:read',
]

/** A desk with `workspaces` installations (0 leaves the Slack apps out too); `over` replaces slices. */
export function sampleSnapshot(workspaces = 6, over: Partial<Snapshot> = {}): Snapshot {
  return {
    info: {
      version: '0.1.0',
      electron: '45.4.1',
      chrome: '152.0.7444.60',
      node: '24.11.1',
      isTestRuntime: false,
      platform: 'linux',
      dataFolder: '~/.config/token-desk',
      theme: 'system',
    },
    vault: {
      state: 'ready',
      protection: 'keyring',
      failure: null,
      lockedBy: null,
      retryAtMs: null,
      recovery: null,
      unreadableCount: 0,
    },
    slackApps: workspaces === 0 ? [] : sampleSlackApps(),
    installations: sampleInstallations(workspaces),
    authorizations: [],
    configurationTokens: [],
    checking: null,
    security: sampleSecurity(),
    ...over,
  }
}

/** As after the first start. */
export function sampleSecurity(over: Partial<SecuritySettings> = {}): SecurityView {
  return {
    settings: {
      autoLockMinutes: 0,
      lockOnScreenLock: false,
      lockOnSuspend: false,
      asksBeforeSecrets: false,
      clipboardSeconds: 30,
      notifies: true,
      ...over,
    },
    userCheck: null,
    hidesFromScreenshots: false,
    knowsScreenLock: false,
  }
}

export function sampleSlackApps(): SlackAppView[] {
  return [
    sampleSlackApp({ id: 'app-deploy', name: 'Deploy Bot' }),
    sampleSlackApp({ id: 'app-gov', name: 'Gov Notifier', environment: GOV }),
    sampleSlackApp({ id: 'app-practice', name: 'Practice app', environment: PRACTICE }),
    sampleSlackApp({
      id: 'app-standup',
      name: 'Standup Bot',
      strategy: 'pkce',
      clientSecretMasked: null,
      redirectUrls: [17871, 17872, 17873].map((port) => `http://localhost:${port}/callback`),
      botScopes: [],
      userScopes: ['users:read', 'search:read'],
    }),
  ]
}

export function sampleSlackApp(over: Partial<SlackAppView> = {}): SlackAppView {
  return {
    id: 'app-deploy',
    name: 'Deploy Bot',
    environment: SLACK,
    clientId: '4210987654.4598762103',
    appId: 'A04EXAMPLE1',
    clientSecretMasked: '…5d2e',
    signingSecretMasked: '…a41f',
    verificationTokenMasked: null,
    flow: 'v2',
    strategy: 'https',
    redirectUrls: [17871, 17872, 17873].map((port) => `https://localhost:${port}/callback`),
    botScopes: BOT_SCOPES,
    userScopes: ['search:read', 'users:read'],
    optionalScopes: [],
    isUnfinished: false,
    createdAtMs: SAMPLE_NOW_MS - 90 * 24 * HOUR,
    ...over,
  }
}

/** The six of the pictures, then generated ones; always sorted by name. */
export function sampleInstallations(count: number): InstallationView[] {
  const named = NAMED.slice(0, Math.min(count, NAMED.length))
  const more = Array.from({ length: Math.max(0, count - named.length) }, (_, index) =>
    sampleInstallation({
      id: `inst-${index}`,
      name: `Workspace ${String(index + 1).padStart(4, '0')}`,
      teamId: `T0X${String(index).padStart(6, '0')}`,
      teamDomain: `workspace-${index + 1}.slack.com`,
    }),
  )
  return [...named.map((build) => build()), ...more].sort((a, b) => a.name.localeCompare(b.name))
}

const NAMED: readonly (() => InstallationView)[] = [
  () =>
    sampleInstallation({
      credentials: [
        sampleCredential({ expiresAtMs: SAMPLE_NOW_MS + 9 * HOUR + 12 * MINUTE, rotates: true }),
        sampleCredential({
          id: 'cred-user',
          kind: 'user',
          masked: 'xoxp-…Vw8d',
          scopes: ['search:read', 'users:read'],
          userId: 'U04EXAMPLE1',
          userName: 'Ada',
          variable: 'SLACK_USER_TOKEN',
          expiresAtMs: SAMPLE_NOW_MS + 9 * HOUR + 12 * MINUTE,
        }),
        sampleCredential({
          id: 'cred-app',
          kind: 'app',
          masked: 'xapp-1-…04be',
          scopes: ['connections:write'],
          variable: 'SLACK_APP_TOKEN',
          state: 'unchecked',
          lastCheckedAtMs: null,
        }),
        sampleCredential({
          id: 'cred-hook',
          kind: 'webhook',
          masked: 'hooks.slack.com/…pR7x',
          scopes: ['incoming-webhook'],
          channel: '#deploys',
          variable: 'SLACK_WEBHOOK_URL',
          state: 'unchecked',
          lastCheckedAtMs: null,
        }),
      ],
    }),
  () => sampleInstallation({ id: 'inst-acme', name: 'Acme Sandbox', teamId: 'T0AC7Q1KL' }),
  () =>
    sampleInstallation({
      id: 'inst-contoso',
      name: 'Contoso QA Grid',
      teamId: null,
      enterpriseId: 'E0C0NT0S0',
      enterpriseName: 'Contoso',
      appName: 'Standup Bot',
      slackAppId: 'app-standup',
      credentials: [sampleCredential({ expiresAtMs: SAMPLE_NOW_MS + 40 * MINUTE })],
    }),
  () =>
    sampleInstallation({
      id: 'inst-fabrikam',
      name: 'Fabrikam Dev',
      teamId: 'T0FABRKM1',
      appName: 'Standup Bot',
      slackAppId: 'app-standup',
      credentials: [
        sampleCredential({ state: 'revoked', slackCode: 'token_revoked', masked: 'xoxb-…9fTu' }),
      ],
    }),
  () =>
    sampleInstallation({
      id: 'inst-harbor',
      name: 'Harbor Gov Test',
      teamId: 'T0HARB0R1',
      environment: GOV,
      appName: 'Gov Notifier',
      slackAppId: 'app-gov',
      credentials: [sampleCredential({ expiresAtMs: SAMPLE_NOW_MS + 7 * HOUR + 3 * MINUTE })],
    }),
  () =>
    sampleInstallation({
      id: 'inst-practice',
      name: 'Practice Studio',
      teamId: 'T0PRACT1C',
      teamDomain: 'practice-studio.localhost',
      environment: PRACTICE,
      appName: 'Practice app',
      slackAppId: 'app-practice',
      credentials: [sampleCredential({ expiresAtMs: SAMPLE_NOW_MS + 11 * HOUR + 40 * MINUTE })],
    }),
]

export function sampleInstallation(over: Partial<InstallationView> = {}): InstallationView {
  const name = over.name ?? 'Northwind Test'
  return {
    id: 'inst-northwind',
    name,
    teamName: name,
    localName: null,
    note: '',
    teamId: 'T0C4Q7ZL2',
    teamDomain: `${name.toLowerCase().replaceAll(' ', '-')}.slack.com`,
    enterpriseId: null,
    enterpriseName: null,
    environment: SLACK,
    slackAppId: 'app-deploy',
    appName: 'Deploy Bot',
    appId: 'A04EXAMPLE1',
    botUserId: 'U04EXAMPLE9',
    credentials: [sampleCredential()],
    isOrgWide: false,
    orgTeams: [],
    drift: null,
    uninstallBlock: null,
    history: [],
    source: 'authorized',
    createdAtMs: SAMPLE_NOW_MS - 3 * 24 * HOUR,
    lastCheckedAtMs: SAMPLE_NOW_MS - 4 * MINUTE,
    ...over,
  }
}

export function sampleCredential(over: Partial<CredentialView> = {}): CredentialView {
  return {
    id: 'cred-bot',
    kind: 'bot',
    masked: 'xoxb-…k3Zq',
    scopes: BOT_SCOPES,
    expiresAtMs: null,
    rotates: false,
    refreshExpiresAtMs: null,
    isClassic: false,
    userId: null,
    userName: null,
    userEmail: null,
    channel: null,
    state: 'working',
    slackCode: null,
    lastCheckedAtMs: SAMPLE_NOW_MS - 4 * MINUTE,
    refresh: null,
    canExchange: false,
    variable: 'SLACK_BOT_TOKEN',
    ...over,
  }
}

/** One authorization of Deploy Bot, waiting since two minutes. */
export function sampleAuthorization(over: Partial<AuthorizationView> = {}): AuthorizationView {
  return {
    id: 'auth-1',
    slackAppId: 'app-deploy',
    slackAppName: 'Deploy Bot',
    environment: SLACK,
    flow: 'v2',
    strategy: 'https',
    isCertificateTrusted: false,
    port: 17871,
    redirectUrl: 'https://localhost:17871/callback',
    wantedInstallationId: null,
    wantedName: null,
    browserFailure: null,
    startedAtMs: SAMPLE_NOW_MS - 2 * MINUTE,
    expiresAtMs: SAMPLE_NOW_MS + 8 * MINUTE,
    state: { kind: 'waiting' },
    ...over,
  }
}
