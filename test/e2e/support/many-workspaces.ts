import { join } from 'node:path'
import { systemClock } from '../../../main/platform/clock.ts'
import { openConfStore } from '../../../main/platform/conf-store.ts'
import { createOsLocks } from '../../../main/platform/os-locks.ts'
import { Secret } from '../../../main/platform/secret.ts'
import { createPassphraseProtector } from '../../../main/vault/passphrase-protector.ts'
import { openVault } from '../../../main/vault/vault.ts'
import { blankCredential } from '../../../main/workspaces/granted-credentials.ts'
import { createInstallations } from '../../../main/workspaces/installations.ts'
import type { CredentialMeta, InstallationMeta } from '../../../main/workspaces/records.ts'
import { createSlackApps } from '../../../main/workspaces/slack-apps.ts'

/** Opens the vault that `fillProfile` makes. */
export const FILLED_PASSPHRASE = 'a passphrase for tests'

const HOUR_MS = 3_600_000
const NAMES = ['Acme', 'Blue Harbor', 'Northwind', 'Ümlaut & Söhne', 'Zebra']
const LONG_NAME =
  'The Very Long Name of a Workspace That Nobody Shortens Because Everybody Copies It'

/**
 * A profile with two Slack apps and as many workspaces as wanted, in every state that a token can be
 * in, without any Slack. Its vault is sealed with `FILLED_PASSPHRASE`.
 */
export async function fillProfile(profile: string, count: number): Promise<void> {
  const protector = createPassphraseProtector(Secret.of(FILLED_PASSPHRASE), {
    cost: { n: 2 ** 10, r: 8, p: 1 },
  })
  const locks = createOsLocks({ directory: join(profile, 'locks'), platform: process.platform })
  const place = { directory: profile, openStore: openConfStore, clock: systemClock, locks }
  const { vault } = await openVault({ ...place, protector })
  const parts = { vault: () => vault, clock: systemClock, onChange() {} }
  const slackApps = createSlackApps({ ...parts, workspacesOf: () => [] })
  const installations = createInstallations({ ...parts, slackApps: () => slackApps.facts() })
  const appIds = [await addApp(slackApps, 'Deploy Bot'), await addApp(slackApps, 'Review Bot')]
  const put = Array.from({ length: count }, (_, index) =>
    installations.prepareStore(workspace(index, appIds[index % 2] ?? null)),
  )
  await vault.save({ put: put.map((one) => one.put) })
  vault.close()
}

function addApp(slackApps: ReturnType<typeof createSlackApps>, name: string): Promise<string> {
  return slackApps.add({
    name,
    environment: { kind: 'slack' },
    clientId: '4210987654321.7788990011223',
    clientSecret: 'a placeholder',
    signingSecret: null,
    verificationToken: null,
    flow: 'v2',
    strategy: 'https',
    redirectUrl: null,
    botScopes: ['chat:write', 'channels:read'],
    userScopes: ['search:read'],
    optionalScopes: [],
  })
}

function workspace(index: number, slackAppId: string | null) {
  const nowMs = systemClock.now()
  const credentials = credentialsOf(index, nowMs)
  const name = `${NAMES[index % NAMES.length]} ${index + 1}`
  const meta: InstallationMeta = {
    teamName: index === 7 ? LONG_NAME : name,
    localName: null,
    note: index % 6 === 0 ? 'For the release tests.' : '',
    teamId: `T0TEST${index}`,
    teamDomain: `test-${index}.slack.com`,
    enterpriseId: index % 9 === 0 ? 'E0TEST' : null,
    enterpriseName: index % 9 === 0 ? 'Test Enterprise' : null,
    environment: { kind: index % 5 === 4 ? 'govslack' : 'slack' },
    slackAppId,
    appName: index % 2 === 0 ? 'Deploy Bot' : 'Review Bot',
    appId: `A0TEST${index % 2}`,
    botUserId: 'U0TESTBOT',
    credentials,
    isOrgWide: false,
    orgTeams: [],
    history: [],
    source: 'authorized',
    createdAtMs: nowMs - 300 * HOUR_MS,
    updatedAtMs: nowMs - 2 * HOUR_MS,
    lastCheckedAtMs: nowMs - index * 60_000,
  }
  const secrets = credentials.map(
    ({ id }) => [id, Secret.of(`placeholder-${id}-${index}`)] as const,
  )
  return { meta, secrets: Object.fromEntries(secrets) }
}

/** One in each state and of each kind, by the workspace's place in the list. */
function credentialsOf(index: number, nowMs: number): CredentialMeta[] {
  const states = ['working', 'expired', 'revoked', 'suspended', 'unchecked'] as const
  const state = states[index % states.length] ?? 'working'
  const bot = credential('bot', 'bot', nowMs, {
    state,
    scopes: ['chat:write', 'channels:read'],
    slackCode: state === 'revoked' ? 'token_revoked' : null,
    ...(state === 'expired' ? { expiresAtMs: nowMs - HOUR_MS } : {}),
    ...(index % 3 === 0 && state === 'working' ? { expiresAtMs: nowMs + 9 * HOUR_MS } : {}),
  })
  const users = ['ada', 'grace'].map((name) =>
    credential(`user:U0${name.toUpperCase()}`, 'user', nowMs, {
      userId: `U0${name.toUpperCase()}`,
      userName: name,
      scopes: ['search:read'],
      expiresAtMs: nowMs + HOUR_MS / 2,
    }),
  )
  const webhook = credential('webhook:1', 'webhook', nowMs, {
    channel: '#deploys',
    state: 'unchecked',
  })
  const app = credential('app:1', 'app', nowMs, { state: 'unchecked' })
  return index % 4 === 0 ? [bot, ...users, webhook, app] : [bot]
}

function credential(
  id: string,
  kind: CredentialMeta['kind'],
  nowMs: number,
  rest: Partial<CredentialMeta>,
): CredentialMeta {
  return {
    ...blankCredential(id, kind),
    state: 'working',
    lastCheckedAtMs: nowMs,
    ...rest,
  }
}
