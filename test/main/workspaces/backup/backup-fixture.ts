import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { NewActivity } from '../../../../main/activity/activity.ts'
import type { VaultView } from '../../../../main/contract/views.ts'
import { openConfStore } from '../../../../main/platform/conf-store.ts'
import { createOsLocks } from '../../../../main/platform/os-locks.ts'
import { Secret } from '../../../../main/platform/secret.ts'
import { VaultLocked } from '../../../../main/vault/errors.ts'
import { createKeyringProtector } from '../../../../main/vault/keyring-protector.ts'
import { openVault, type RecordChange, type Vault } from '../../../../main/vault/vault.ts'
import { createBackupService } from '../../../../main/workspaces/backup/backup.ts'
import type { CredentialMeta, InstallationMeta } from '../../../../main/workspaces/records.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'
import { createFakeKeyring } from '../../../fakes/fake-keyring.ts'

/** So cheap that a test need not wait. */
export const CHEAP = { n: 16, r: 8, p: 1 }
export const WORDS = Secret.of('four unrelated words')

/** A folder for one test. */
export function createFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A computer of its own: another data folder, another keyring. */
export async function openComputer() {
  const directory = createFolder('backup-data')
  const home = createFolder('backup-home')
  const clock = createFakeClock()
  const protector = createKeyringProtector(createFakeKeyring())
  const locks = createOsLocks({ directory: join(directory, 'locks'), platform: process.platform })
  const openHere = () => openVault({ directory, openStore: openConfStore, protector, clock, locks })
  const state = {
    vault: (await openHere()).vault as Vault,
    view: 'ready' as VaultView['state'],
    /** What the system's dialogs answer. */
    chosen: null as string | null,
    /** What they proposed. */
    proposed: [] as string[],
    activity: [] as NewActivity[],
    restored: 0,
    begunWith: [] as string[],
  }
  onTestFinished(() => state.vault.close())
  const backup = createBackupService({
    session: {
      get view() {
        return { state: state.view } as VaultView
      },
      async beginAnew(passphrase) {
        state.begunWith.push(passphrase.expose())
        state.view = 'ready'
      },
    },
    vault: () => {
      if (state.view !== 'ready') throw new VaultLocked()
      return state.vault
    },
    dialogs: {
      async chooseBackupTarget(path) {
        state.proposed.push(path)
        return state.chosen
      },
      chooseBackupFile: async () => state.chosen,
    },
    homeDirectory: home,
    clock,
    record: (entry) => void state.activity.push(entry),
    onRestored: () => {
      state.restored += 1
    },
    cost: CHEAP,
  })
  return { directory, home, clock, state, backup }
}
export type Computer = Awaited<ReturnType<typeof openComputer>>

/** Makes a backup of this computer; answers where it is. */
export async function backUp(computer: Computer, name = 'a.tokendesk-backup'): Promise<string> {
  const path = join(computer.home, name)
  computer.state.chosen = path
  await computer.backup.create(WORDS)
  return path
}

/** Chooses and opens it; answers the preview. */
export async function preview(computer: Computer, path: string, passphrase = WORDS) {
  computer.state.chosen = path
  const file = await computer.backup.chooseFile()
  return computer.backup.open(file?.backupId ?? '', passphrase)
}

/** Opens it and restores all. */
export async function restore(computer: Computer, path: string) {
  const { backupId, needsNewVault } = await preview(computer, path)
  return computer.backup.restore(backupId, { intoNewVault: needsNewVault })
}

/** All that the vault has of a kind, secrets in the clear, in the order of the IDs. */
export function allOf(vault: Vault, kind: string) {
  return vault
    .records(kind)
    .map(({ id, meta, secretFields }) => ({
      id,
      meta,
      secrets: Object.fromEntries(secretFields.map((f) => [f, vault.secret(id, f).expose()])),
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
}

export function credential(change: Partial<CredentialMeta> = {}): CredentialMeta {
  return {
    id: 'bot',
    kind: 'bot',
    scopes: ['chat:write'],
    expiresAtMs: null,
    rotates: false,
    refreshExpiresAtMs: null,
    isClassic: false,
    grantedAtMs: 1000,
    userId: null,
    userName: null,
    userEmail: null,
    channel: null,
    state: 'working',
    slackCode: null,
    lastCheckedAtMs: null,
    generation: 0,
    refresh: null,
    ...change,
  }
}

export function installation(change: Partial<InstallationMeta> = {}): InstallationMeta {
  return {
    teamName: 'Northwind Test',
    localName: null,
    note: '',
    teamId: 'T111',
    teamDomain: null,
    enterpriseId: null,
    enterpriseName: null,
    environment: { kind: 'slack' },
    slackAppId: null,
    appName: 'Deploy Bot',
    appId: 'A111',
    botUserId: null,
    credentials: [credential()],
    isOrgWide: false,
    orgTeams: [],
    history: [],
    source: 'authorized',
    createdAtMs: 1,
    updatedAtMs: 1,
    lastCheckedAtMs: null,
    ...change,
  }
}

/** A record to put, its secrets given as texts. */
export function put(
  id: string,
  kind: string,
  meta: unknown,
  secrets: Record<string, string>,
): RecordChange {
  const sealed = Object.entries(secrets).map(([field, text]) => [field, Secret.of(text)])
  return { id, kind, meta, secrets: Object.fromEntries(sealed) }
}

/** An ID as this app gives them. */
export function idOf(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
}

export const APP_META = {
  name: 'Deploy Bot',
  environment: { kind: 'slack' },
  clientId: '4210987654321.7788990011223',
  appId: 'A111',
  flow: 'v2',
  strategy: 'https',
  redirectUrl: null,
  botScopes: ['chat:write'],
  userScopes: [],
  optionalScopes: [],
  isUnfinished: false,
  createdAtMs: 1,
}

export const CONFIGURATION_META = {
  environment: { kind: 'slack' },
  teamId: 'T111',
  teamName: 'Northwind Test',
  userId: 'U111',
  expiresAtMs: 5,
  state: 'working',
  slackCode: null,
  storedAtMs: 1000,
}

/** One of each, and what a backup leaves out. */
export async function fill(vault: Vault): Promise<void> {
  const bot = credential({
    rotates: true,
    refresh: {
      inFlightSinceMs: 7,
      lastRefreshedAtMs: 900,
      hasPrevious: true,
      failedCount: 0,
      failure: null,
      nextTryAtMs: null,
      isDead: false,
    },
  })
  const user = credential({ id: 'user:U111', kind: 'user', scopes: ['users:read'] })
  const meta = installation({
    slackAppId: idOf(1),
    localName: 'Mine',
    note: 'ask Ada',
    credentials: [bot, user],
    history: [{ atMs: 1, what: 'authorized', addedScopes: [] }],
  })
  await vault.save({
    put: [
      put(idOf(1), 'slack-app', APP_META, { clientSecret: 'client-1', signingSecret: 'sign-1' }),
      put(idOf(2), 'installation', meta, {
        bot: 'bot-1',
        'bot#refresh': 'refresh-1',
        'bot#previous': 'previous-1',
        'bot#previous-refresh': 'previous-refresh-1',
        'user:U111': 'user-1',
      }),
      put(idOf(3), 'configuration-token', CONFIGURATION_META, {
        token: 'configuration-1',
        refreshToken: 'configuration-refresh-1',
      }),
      put('loopback-certificate', 'certificate', { certPem: '' }, { privateKey: 'key-1' }),
      put('held-1', 'held-answer', {}, { bot: 'held-1' }),
      put('hosts', 'allowed-host', { host: 'slack.example' }, {}),
    ],
  })
}
