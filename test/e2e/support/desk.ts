import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { _electron, type ElectronApplication, type Page } from 'playwright/test'
import { resolveRuntime } from '../../../scripts/resolve-runtime.mjs'

/** The built app, started for real. Owned by the test that launched it. */
export interface Desk {
  readonly app: ElectronApplication
  readonly page: Page
  /** `--profile`: all of the app's state. */
  readonly profile: string
  /** What the app wrote to its standard streams so far. */
  readonly output: () => string
  /** Addresses that the app asked the system to open in the browser, oldest first. */
  openedUrls(): Promise<string[]>
  /** Waits for the next address after `count` of them. */
  nextOpenedUrl(count?: number): Promise<string>
  /** Makes the system's file dialog answer this path (null: the user closed it). */
  answerFileDialog(path: string | null): Promise<void>
  /** Text on the system clipboard, read by main. */
  clipboardText(): Promise<string>
  setClipboardText(text: string): Promise<void>
  close(): Promise<void>
}

export interface LaunchOptions {
  /** Default: a new folder. Who names one removes it. */
  readonly profile?: string
  /** False: the environment of a desktop without a keyring. */
  readonly keyring?: boolean
  readonly args?: readonly string[]
  readonly colorScheme?: 'light' | 'dark' | 'no-preference'
  /** Goes over the environment of the test. */
  readonly env?: Readonly<Record<string, string>>
  /** Switches for Electron and Chromium; they stand before the app's own folder. */
  readonly switches?: readonly string[]
}

const root = resolve(import.meta.dirname, '../../..')

/** A new folder for one test's state. */
export function temporaryFolder(name: string): Promise<string> {
  return mkdtemp(join(tmpdir(), `token-desk-${name}-`))
}

export async function removeFolder(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true, maxRetries: 5 })
}

/** Starts the built app and waits until the page shows something to act on. */
export async function launchDesk(options: LaunchOptions = {}): Promise<Desk> {
  const profile = options.profile ?? (await temporaryFolder('profile'))
  const app = await _electron.launch({
    executablePath: process.env.TOKEN_DESK_ELECTRON ?? (await resolveRuntime()).executable,
    args: [...(options.switches ?? []), root, '--profile', profile, ...(options.args ?? [])],
    env: { ...environment(options.keyring ?? true), ...options.env },
    timeout: 60_000,
    ...(options.colorScheme === undefined ? {} : { colorScheme: options.colorScheme }),
  })
  const chunks: string[] = []
  for (const stream of [app.process().stdout, app.process().stderr]) {
    stream?.on('data', (chunk: Buffer) => chunks.push(chunk.toString()))
  }
  await steadily(() => catchBrowser(app))
  const page = await app.firstWindow()
  await page.locator('html[data-ready="true"]').waitFor({ timeout: 30_000 })
  return desk(app, page, profile, () => chunks.join(''))
}

function desk(app: ElectronApplication, page: Page, profile: string, output: () => string): Desk {
  const openedUrls = () =>
    steadily(() =>
      app.evaluate(() => (globalThis as unknown as { openedUrls: string[] }).openedUrls),
    )
  return {
    app,
    page,
    profile,
    output,
    openedUrls,
    async nextOpenedUrl(count = 0) {
      let urls = await openedUrls()
      while (urls.length <= count) {
        await new Promise((resolve) => setTimeout(resolve, 20))
        urls = await openedUrls()
      }
      return urls[count] ?? ''
    },
    answerFileDialog: (path) => steadily(() => app.evaluate(stubFileDialog, path)),
    clipboardText: () => steadily(() => app.evaluate(({ clipboard }) => clipboard.readText())),
    setClipboardText: (text) =>
      steadily(() => app.evaluate(({ clipboard }, t) => void clipboard.writeText(t), text)),
    close: () => app.close(),
  }
}

/**
 * V8's inspector holds the promise of an evaluation weakly, so that a garbage collection at the wrong
 * moment loses it (Playwright: issue 33737). What is asked here may be asked again.
 */
async function steadily<T>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await ask()
    } catch (thrown) {
      const isLost = thrown instanceof Error && thrown.message.includes('garbage collected')
      if (!isLost || tries === 3) throw thrown
    }
  }
}

/** Keeps addresses instead of starting the machine's own browser: the test drives its own. */
async function catchBrowser(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ shell }) => {
    const kept = globalThis as unknown as { openedUrls: string[] }
    kept.openedUrls = []
    shell.openExternal = async (url) => {
      kept.openedUrls.push(url)
    }
  })
}

function stubFileDialog({ dialog }: typeof import('electron'), path: string | null): void {
  dialog.showSaveDialog = async () => ({ canceled: path === null, filePath: path ?? '' })
  dialog.showOpenDialog = async () => ({
    canceled: path === null,
    filePaths: path === null ? [] : [path],
  })
}

/** With `keyring: false` neither a session bus nor a known desktop is there. */
function environment(keyring: boolean): Record<string, string> {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  )
  if (keyring) return env
  const { DBUS_SESSION_BUS_ADDRESS: _bus, XDG_CURRENT_DESKTOP: _desktop, ...rest } = env
  return { ...rest, XDG_CURRENT_DESKTOP: 'none', DBUS_SESSION_BUS_ADDRESS: 'disabled:' }
}
