import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright/test'

/** A packaged app that runs with a profile of its own. Who started it closes it. */
export interface PackagedApp {
  readonly profile: string
  /** What it wrote to its standard streams so far. */
  readonly output: () => string
  /** Its page, over the remote debugging port; waits until the port is open. */
  page(): Promise<Page>
  close(): Promise<void>
}

/** How an attacker, or a curious user, would start it. */
const HOSTILE_ARGUMENTS = ['--remote-debugging-port=0', '--inspect=0', '--inspect-brk=0']
const HOSTILE_ENVIRONMENT = { ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '--require=/no/such/file' }

/** The package that `npm run package:smoke` named in `variable`. */
export function packagedExecutable(
  variable: 'TOKEN_DESK_SMOKE_APP' | 'TOKEN_DESK_PRODUCT',
): string {
  const path = process.env[variable]
  if (path === undefined) throw new Error(`${variable} is not set; run npm run package:smoke`)
  return path
}

export interface StartOptions {
  /** Default: a new folder that goes with the app. Who names one removes it. */
  readonly profile?: string
  /** Goes over the environment of the test. */
  readonly env?: Readonly<Record<string, string>>
}

/** Starts it with every switch and variable that the fuses must make harmless. */
export async function startPackagedApp(
  executable: string,
  options: StartOptions = {},
): Promise<PackagedApp> {
  const profile = options.profile ?? (await mkdtemp(join(tmpdir(), 'token-desk-smoke-')))
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const child = spawn(executable, [...root, ...HOSTILE_ARGUMENTS, '--profile', profile], {
    env: { ...process.env, ...HOSTILE_ENVIRONMENT, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const chunks: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => chunks.push(chunk.toString()))
  }
  const output = () => chunks.join('')
  let browser: Browser | null = null
  return {
    profile,
    output,
    async page() {
      browser ??= await chromium.connectOverCDP(await debuggingUrl(child, output))
      const [page] = browser.contexts().flatMap((context) => context.pages())
      if (page === undefined) throw new Error('The app has no page')
      return page
    },
    async close() {
      await browser?.close()
      const ended = once(child, 'exit')
      if (child.exitCode === null && child.signalCode === null) {
        child.kill()
        await ended
      }
      if (options.profile !== undefined) return
      await rm(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** The address that Chromium prints once the port is open. */
async function debuggingUrl(child: ChildProcess, output: () => string): Promise<string> {
  for (;;) {
    const url = /DevTools listening on (ws:\S+)/.exec(output())?.[1]
    if (url !== undefined) return url
    if (child.exitCode !== null) throw new Error(`The app ended:\n${output()}`)
    await Promise.race([once(child, 'exit'), ...dataOf(child)])
  }
}

function dataOf(child: ChildProcess): Promise<unknown>[] {
  return [child.stdout, child.stderr].flatMap((stream) => (stream ? [once(stream, 'data')] : []))
}
