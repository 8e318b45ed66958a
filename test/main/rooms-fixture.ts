/** The whole app without Electron: real rooms, real files, real sockets, the real practice Slack. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { onTestFinished } from 'vitest'
import { openActivity } from '../../main/activity/open-activity.ts'
import { buildRooms, type Outside } from '../../main/build-rooms.ts'
import { PRACTICE_PORT, redirectUrl } from '../../main/contract/redirect.ts'
import type { Snapshot } from '../../main/contract/views.ts'
import { openDeskState } from '../../main/ipc/desk-state.ts'
import { systemClock } from '../../main/platform/clock.ts'
import { openConfStore } from '../../main/platform/conf-store.ts'
import type { Fetch } from '../../main/platform/fetch.ts'
import type { Log } from '../../main/platform/log.ts'
import { createOsLocks } from '../../main/platform/os-locks.ts'
import { openSettings } from '../../main/platform/settings.ts'
import { openPracticeHost } from '../../main/practice/practice-host.ts'
import { createFakeClipboard } from '../fakes/fake-clipboard.ts'
import { createFakeKeyring } from '../fakes/fake-keyring.ts'
import { createFakeScreen } from '../fakes/fake-screen.ts'
import { quietSystem } from '../fakes/quiet-system.ts'
import { ask, freePorts } from './oauth/support.ts'

const INFO: Snapshot['info'] = {
  version: '1.0.0',
  electron: '',
  chrome: '',
  node: '',
  isTestRuntime: true,
  platform: 'test',
  dataFolder: '',
  theme: 'system',
}

/** What was seen of the secrets that Slack issued, and of everything that could hold one. */
export function createWatch() {
  /** Everything secret that was issued or made, to look for elsewhere. */
  const secrets = new Set<string>()
  /** Each line as it is before the redactor: that one is the second line of defence. */
  const logged: string[] = []
  /** All that the page was sent, but for what was revealed. */
  const page: string[] = []
  const addresses: string[] = []
  const add = (level: string) => (event: string, fields?: object) => {
    logged.push(`${level} ${event} ${inspect(fields, { depth: 9 })}`)
  }
  const log: Log = { debug: add('debug'), info: add('info'), error: add('error') }
  return { secrets, logged, page, addresses, log }
}
export type Watch = ReturnType<typeof createWatch>

/** A place for the app's data, a practice Slack's port, and ports to come back to. */
export async function openPlace() {
  const root = mkdtempSync(join(tmpdir(), 'rooms-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  const [practicePort = 0, relayPort = 0, ...redirectPorts] = await freePorts(5)
  const home = join(root, 'home')
  mkdirSync(home)
  return {
    home,
    dataFolder: join(root, 'data'),
    practicePort,
    relayPort,
    redirectPorts,
    /** Of the practice Slack's tokens; null for 12 hours. */
    tokenLifeSeconds: null as number | null,
    keyring: createFakeKeyring(),
    clipboard: createFakeClipboard(),
    screen: createFakeScreen(),
    watch: createWatch(),
  }
}
export type Place = Awaited<ReturnType<typeof openPlace>>

/** Starts the app in this place, as a start of the real one does. Close it. */
export async function startApp(place: Place, replaced: Partial<Outside> = {}) {
  const { dataFolder, watch, practicePort, redirectPorts, relayPort } = place
  const { log } = watch
  const fetch = createFetch(place)
  const host = openPracticeHost({
    ...{ fetch, log, clock: systemClock, port: practicePort },
    dataFolder: join(dataFolder, 'practice'),
    ...(place.tokenLifeSeconds === null ? {} : { tokenLifeSeconds: place.tokenLifeSeconds }),
  })
  const opened: string[] = []
  const chosen = { path: null as string | null }
  const locks = createOsLocks({ directory: join(dataFolder, 'locks'), platform: process.platform })
  const activity = openActivity({
    path: join(dataFolder, 'activity.jsonl'),
    ...{ by: 'window', locks, clock: systemClock, log },
  })
  const outside: Outside = {
    ...{ ...place, fetch, log, clock: systemClock, redirectPorts, relayPort },
    openStore: openConfStore,
    settings: openSettings(() => openConfStore({ directory: dataFolder, name: 'settings' }), log),
    browser: { open: async (url) => void opened.push(url) },
    dialogs: {
      chooseEnvFile: async () => chosen.path,
      chooseImportFile: async () => chosen.path,
      chooseBackupTarget: async () => chosen.path,
      chooseBackupFile: async () => chosen.path,
      chooseExportTarget: async () => chosen.path,
      allowsHost: async () => false,
    },
    activity,
    locks,
    ...quietSystem(),
    screenGuard: place.screen,
    practice: {
      ...host,
      registerApp: (app) => host.registerApp({ ...app, redirectUrls: urls(place) }),
    },
    journalFolder: join(dataFolder, 'pending-writes'),
    homeDirectory: place.home,
    // No program runs: the certificate stores are those of whoever runs the tests.
    runProgram: async () => ({ kind: 'missing' }),
    platform: 'linux',
    showFile() {},
    ...replaced,
  }
  const rooms = buildRooms(outside)
  const send = (slices: Partial<Snapshot>) => void watch.page.push(JSON.stringify(slices))
  const sources = { ...rooms.sources, info: () => INFO }
  const desk = openDeskState({ sources, changes: rooms.changes, send, clock: systemClock, log })
  await rooms.start()
  let isClosed = false
  const close = async () => {
    if (isClosed) return
    isClosed = true
    desk.close()
    await rooms.close()
    await host.close()
    activity.close()
  }
  onTestFinished(close)
  const handlers = recorded(rooms.handlers, watch)
  return { ...rooms, handlers, opened, chosen, desk, host, activity, close }
}
export type App = Awaited<ReturnType<typeof startApp>>

function urls({ redirectPorts }: Place): string[] {
  return redirectPorts.map((port) => redirectUrl('https', port))
}

/** Every call's answer is kept as the page would get it, but for the one that reveals. */
function recorded<H extends object>(handlers: H, watch: Watch): H {
  const wrap = ([name, run]: [string, (...args: unknown[]) => unknown]) => [
    name,
    async (...args: unknown[]) => {
      const answer = await run(...args)
      if (name !== 'sharing/reveal') watch.page.push(`${name} ${JSON.stringify(answer)}`)
      return answer
    },
  ]
  return Object.fromEntries(Object.entries(handlers).map(wrap)) as H
}

/** The practice Slack stands on a port of its own; what it issues is noted. */
export function createFetch({ practicePort, watch }: Place): Fetch {
  return async (input, init) => {
    const url = String(input instanceof Request ? input.url : input)
    watch.addresses.push(url)
    const there = url.replace(`//localhost:${PRACTICE_PORT}/`, `//localhost:${practicePort}/`)
    const response = await fetch(there, { ...init, redirect: 'error' })
    for (const secret of secretsIn(await response.clone().text())) watch.secrets.add(secret)
    return response
  }
}

function secretsIn(body: string): string[] {
  const named = /"(?:\w*_token|clientSecret|client_secret)":"([^"]+)"/g
  const webhooks = /"url":"([^"]+\/services\/[^"]+)"/g
  return [...body.matchAll(named), ...body.matchAll(webhooks)].map((match) => match[1] ?? '')
}

/** What the user chooses on the consent page; the rest is as the page has it. */
export interface ConsentChoice {
  readonly decision?: 'allow' | 'cancel'
  readonly team?: string
  /** Optional scopes whose boxes are cleared. */
  readonly untick?: readonly string[]
}

/** The user's browser: reads the consent page, clicks, and follows the redirect to this computer. */
export async function answerConsent(
  place: Place,
  url: string,
  decision: 'allow' | 'cancel' = 'allow',
): Promise<string> {
  return comeBack(place, await consentTo(place, url, { decision }))
}

/** The first half: answers where Slack sends the browser. */
export async function consentTo(
  place: Place,
  url: string,
  { decision = 'allow', team, untick = [] }: ConsentChoice = {},
): Promise<URL> {
  const { watch, practicePort } = place
  const at = url.replace(`//localhost:${PRACTICE_PORT}/`, `//localhost:${practicePort}/`)
  watch.secrets.add(new URL(url).searchParams.get('state') ?? '')
  const page = await (await fetch(at)).text()
  const form = /name="form" value="([^"]+)"/.exec(page)?.[1] ?? ''
  const offered = /<option value="(T[^"]+)" selected/.exec(page)?.[1] ?? ''
  const body = new URLSearchParams({ form, team: team ?? offered, decision })
  for (const name of ['person', 'channel']) body.set(name, '0')
  for (const [, name = '', scope = ''] of page.matchAll(/name="(keep-\w+)" value="([^"]+)"/g)) {
    if (!untick.includes(scope)) body.append(name, scope)
  }
  const sent = await fetch(at.split('?')[0] ?? '', { method: 'POST', redirect: 'manual', body })
  const back = new URL(sent.headers.get('location') ?? 'about:blank')
  watch.secrets.add(back.searchParams.get('code') ?? '')
  return back
}

/** The second half: follows the redirect to this computer; answers the last page. */
export async function comeBack(place: Place, back: URL): Promise<string> {
  const trusted = back.protocol === 'https:' ? { ca: certificateOf(place) } : {}
  const there = { port: Number(back.port), ...trusted }
  const { location } = await ask({ ...there, path: back.pathname + back.search })
  return (await ask({ ...there, path: location ?? '/' })).body
}

/** What the user would trust: read from the vault file, where the certificate may be read by anyone. */
function certificateOf({ dataFolder }: Place): string {
  const { records } = JSON.parse(readFileSync(join(dataFolder, 'vault.json'), 'utf8'))
  return records.find(({ id }: { id: string }) => id === 'loopback-certificate').meta.certPem
}

/** Every file under a folder with its text. */
export function filesIn(folder: string): { path: string; text: string }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, text: readFileSync(path, 'latin1') }))
}
