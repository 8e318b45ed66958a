import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'playwright/test'

/** The system's default browser, played by a program that writes down what it was asked to open. */
export interface SystemBrowser {
  /** Goes over the environment of the app: `xdg-open` finds the program by it. */
  readonly env: Readonly<Record<string, string>>
  /** The next address that is opened, after `count` of them. */
  opened(count?: number): Promise<string>
}

/** `xdg-open` asks the desktop for the program that is registered for a scheme (XDG MIME applications). */
export async function installSystemBrowser(folder: string): Promise<SystemBrowser> {
  const applications = join(folder, 'applications')
  await mkdir(applications, { recursive: true })
  const record = join(folder, 'opened')
  const program = join(folder, 'browser.sh')
  await writeFile(program, `#!/bin/sh\nprintf '%s\\n' "$1" >> '${record}'\n`)
  await chmod(program, 0o700)
  const entry = ['[Desktop Entry]', 'Type=Application', 'Name=Test browser', `Exec=${program} %u`]
  const schemes = 'x-scheme-handler/http;x-scheme-handler/https;'
  await writeFile(
    join(applications, 'test-browser.desktop'),
    [...entry, `MimeType=${schemes}`, ''].join('\n'),
  )
  const defaults = ['http', 'https'].map((one) => `x-scheme-handler/${one}=test-browser.desktop`)
  const list = ['[Default Applications]', ...defaults, ''].join('\n')
  await writeFile(join(folder, 'mimeapps.list'), list)
  const addresses = async () =>
    (await readFile(record, 'utf8').catch(() => '')).split('\n').filter((line) => line !== '')
  return {
    env: { XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder, BROWSER: program },
    async opened(count = 0) {
      await expect.poll(async () => (await addresses()).length).toBeGreaterThan(count)
      return (await addresses())[count] ?? ''
    },
  }
}
