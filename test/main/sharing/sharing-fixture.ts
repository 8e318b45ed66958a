import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { SecretRef } from '../../../main/contract/views.ts'
import { openTempJournal } from '../../../main/env/temp-journal.ts'
import { openConfStore } from '../../../main/platform/conf-store.ts'
import { silentLog } from '../../../main/platform/log.ts'
import { Secret } from '../../../main/platform/secret.ts'
import { openSettings } from '../../../main/platform/settings.ts'
import { createClipboardGuard } from '../../../main/sharing/clipboard-guard.ts'
import { createEnvFiles } from '../../../main/sharing/env-files.ts'
import { sharingHandlers } from '../../../main/sharing/handlers.ts'
import { findSharedValue } from '../../../main/sharing/shared-value.ts'
import { createShownSecrets } from '../../../main/sharing/shown-secrets.ts'
import { createWriteEnvService } from '../../../main/sharing/write-env.ts'
import { installationOf } from '../../../main/workspaces/grant.ts'
import { createFakeClipboard } from '../../fakes/fake-clipboard.ts'
import { createFakeScreen } from '../../fakes/fake-screen.ts'
import { grantOf } from '../../fakes/fake-slack-api.ts'
import { appInput, openWorkspaces } from '../workspaces/workspaces-fixture.ts'

/** Shaped like a token, put together here so that no scanner takes it for a real one. */
export const tokenOf = (end: string) =>
  ['xoxb', '1'.repeat(12), '2'.repeat(12), end.padStart(24, 'p')].join('-')

export const TOKEN = tokenOf('k3Zq')

/** A workspace with a bot token, a home folder of its own, and the real env room on real files. */
export async function openSharing() {
  const desk = await openWorkspaces()
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'sharing-')))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  const appId = await desk.slackApps.add(appInput())
  /** Stores this bot token in Northwind; answers the installation's ID. */
  const storeBot = (token: string) => {
    const bot = { token: Secret.of(token), scopes: [], expiresAtMs: null, refreshToken: null }
    return desk.installations.store(
      installationOf(grantOf({ bot }), desk.slackApps.get(appId), desk.clock.now()),
    )
  }
  const installationId = await storeBot(TOKEN)
  const ref: SecretRef = { of: 'credential', installationId, credentialId: 'bot' }
  const openOwnSettings = () =>
    openSettings(() => openConfStore({ directory: desk.directory, name: 'settings' }), silentLog)
  const envFiles = createEnvFiles({ settings: openOwnSettings(), homeDirectory: home })
  const dialogs = { answer: null as string | null, asked: [] as string[] }
  const configurationTokens = {
    secret: (id: string, field: 'token' | 'refreshToken') =>
      id === 'config-1' && field === 'token' ? Secret.of('a configuration token') : null,
  }
  const finding = { after: () => {} }
  /** Looks it up; what `finding.after` does comes once whoever asked goes on with the value. */
  const find = (wanted: SecretRef) => {
    queueMicrotask(finding.after)
    return findSharedValue({ ...desk, configurationTokens }, wanted)
  }
  /** What is asked of rotation before a secret leaves; a test says what it does. */
  const rotation = { asked: [] as SecretRef[], answer: async (): Promise<unknown> => null }
  const freshen = async (wanted: SecretRef) => {
    rotation.asked.push(wanted)
    await rotation.answer()
  }
  /** The user check: what it throws, and how often it was asked. */
  const userCheck = {
    asked: 0,
    refusal: null as Error | null,
    require() {
      userCheck.asked += 1
      if (userCheck.refusal) throw userCheck.refusal
    },
  }
  const writeEnv = createWriteEnvService({
    find,
    freshen,
    envFiles,
    dialogs: {
      chooseEnvFile: async (defaultPath) => {
        dialogs.asked.push(defaultPath)
        return dialogs.answer
      },
    },
    journal: openTempJournal(join(desk.directory, 'pending-writes')),
    homeDirectory: home,
  })
  const at = (...names: string[]) => join(home, ...names)
  const put = (path: string, text: string) => {
    mkdirSync(dirname(at(path)), { recursive: true })
    writeFileSync(at(path), text)
    return at(path)
  }
  const read = (path: string) => readFileSync(at(path), 'utf8')
  /** Chooses the file in the dialog; answers its ID. */
  const choose = async (path: string) => {
    dialogs.answer = at(path)
    return (await writeEnv.choose(ref))?.id ?? ''
  }
  return {
    ...desk,
    appId,
    installationId,
    ref,
    storeBot,
    find,
    finding,
    freshen,
    rotation,
    userCheck,
    home,
    at,
    put,
    read,
    choose,
    dialogs,
    envFiles,
    openOwnSettings,
    writeEnv,
  }
}

/** The calls that share, with a clipboard and a screen of their own. */
export async function openHandlers() {
  const desk = await openSharing()
  const clipboard = createFakeClipboard()
  const chosen = { seconds: 30 }
  const guard = createClipboardGuard({
    clipboard,
    clock: desk.clock,
    seconds: () => chosen.seconds,
  })
  const screen = createFakeScreen()
  const shown = createShownSecrets({ screenGuard: screen, clock: desk.clock })
  const options = { ...desk, clipboard, guard, shown }
  return { ...options, chosen, screen, handlers: sharingHandlers(options) }
}

export type Sharing = Awaited<ReturnType<typeof openSharing>>

/** A real repository in the home folder, with nobody's own git settings. */
export function initRepository(desk: Sharing, gitignore: string | null = null): void {
  if (gitignore !== null) desk.put('repo/.gitignore', gitignore)
  else mkdirSync(desk.at('repo'), { recursive: true })
  git(desk, 'init', '--quiet')
}

/** Runs git in that repository. */
export function git(desk: Sharing, ...args: string[]): void {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' }
  execFileSync('git', ['-C', desk.at('repo'), ...args], { stdio: 'ignore', env })
}
