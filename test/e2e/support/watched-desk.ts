import { mkdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright/test'
import { type Desk, launchDesk, removeFolder, temporaryFolder } from './desk.ts'
import { type Leak, type Needle, searchBytes, searchFolder } from './needles.ts'
import { type Attempt, openNetworkRecord } from './network-record.ts'
import { watchProcesses } from './process-list.ts'

const RECORD_PAGE = resolve(import.meta.dirname, 'record-page.cjs')

/** V8 cuts texts in a heap snapshot to 1,024 characters unless told. */
const WHOLE_STRINGS = '--js-flags=--heap-snapshot-string-limit=100000000'

/** One message from main to the page: an answer under its call's name, or `send` with its arguments. */
export interface HandedMessage {
  readonly channel: string
  readonly payload: unknown
}

/** Everything an app writes, says or hands to its page, over several starts. */
export interface Watch {
  /** Takes the place of every folder that the app may write to. */
  readonly root: string
  /** For env files. */
  readonly project: string
  launch(options: { readonly keyring: boolean }): Promise<Desk>
  handedToPage(): Promise<HandedMessage[]>
  /** All that its processes tried to reach; once the app is closed. */
  reached(): Promise<Attempt[]>
  /** Looks through all of it but the env files. */
  search(needles: readonly Needle[]): Promise<Findings>
  close(): Promise<void>
}

export interface Findings {
  readonly leaks: readonly Leak[]
  /** What was looked at, so that a test sees that there was something. */
  readonly files: readonly string[]
  readonly commandLines: readonly string[]
  readonly messageCount: number
}

export async function openWatch(): Promise<Watch> {
  const root = await temporaryFolder('watch')
  const project = await temporaryFolder('project')
  const records = await temporaryFolder('records')
  const record = join(records, 'page.jsonl')
  const processes = watchProcesses()
  const said: (() => string)[] = []
  const network = openNetworkRecord(records)
  const env = {
    ...(await privateFolders(root)),
    ...{ ...network.env, TOKEN_DESK_RECORD_PAGE: record },
  }
  return {
    root,
    project,
    async launch({ keyring }) {
      const switches = ['-r', RECORD_PAGE, ...network.switches(), WHOLE_STRINGS]
      const desk = await launchDesk({ profile: join(root, 'profile'), keyring, env, switches })
      said.push(desk.output, keepConsole(desk.page))
      return desk
    },
    handedToPage: () => readMessages(record),
    reached: () => network.attempts(),
    async search(needles) {
      const folders = [
        await searchFolder(root, needles),
        await searchFolder(keyringFolder(), needles),
      ]
      const commandLines = processes.seen()
      const streams = said.map((read) => read()).join('\n')
      const leaks = [
        ...folders.flatMap((one) => one.leaks),
        ...searchBytes(await readFile(record), needles, 'what the page was handed'),
        ...searchBytes(Buffer.from(streams), needles, 'stdout, stderr or the console'),
        ...searchBytes(Buffer.from(commandLines.join('\n')), needles, 'the process list'),
      ]
      return {
        leaks,
        commandLines,
        files: folders.flatMap((one) => one.files),
        messageCount: (await readMessages(record)).length,
      }
    },
    async close() {
      processes.close()
      for (const folder of [root, project, records]) await removeFolder(folder)
    },
  }
}

/** Home, temporary, configuration, cache, data and state folders of the app, all below `root`. */
async function privateFolders(root: string): Promise<Record<string, string>> {
  const names = [
    'HOME',
    'TMPDIR',
    'XDG_CONFIG_HOME',
    'XDG_CACHE_HOME',
    'XDG_DATA_HOME',
    'XDG_STATE_HOME',
  ]
  const folders = names.map((name) => [name, join(root, name.toLowerCase())] as const)
  for (const [, folder] of folders) await mkdir(folder, { recursive: true })
  return Object.fromEntries(folders)
}

/** Where the keyring of the private desktop keeps its own files. */
function keyringFolder(): string {
  const folder = process.env.XDG_DATA_HOME
  if (folder === undefined) throw new Error('the tests do not run on a private desktop')
  return folder
}

function keepConsole(page: Page): () => string {
  const lines: string[] = []
  page.on('console', (message) => lines.push(message.text()))
  page.on('pageerror', (error) => lines.push(`${error.stack}`))
  return () => lines.join('\n')
}

async function readMessages(record: string): Promise<HandedMessage[]> {
  const lines = (await readFile(record, 'utf8')).split('\n').filter((line) => line !== '')
  return lines.map((line): HandedMessage => JSON.parse(line))
}
