import { execFile } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type BrowserContext, chromium, type Page } from 'playwright/test'
import { removeFolder, temporaryFolder } from './desk.ts'

const run = promisify(execFile)

/** A real Chromium with a home folder, and so a certificate store, of its own. */
export interface TestBrowser {
  readonly context: BrowserContext
  open(url: string): Promise<Page>
  close(): Promise<void>
}

/**
 * @param trustedPem a certificate that this browser alone trusts; null leaves it unknown
 * @param ownHome the home folder of its user; who names one removes it
 */
export async function openBrowser(
  trustedPem: string | null,
  ownHome?: string,
): Promise<TestBrowser> {
  const home = ownHome ?? (await temporaryFolder('browser'))
  if (trustedPem !== null) await trust(home, trustedPem)
  const context = await chromium.launchPersistentContext(join(home, 'profile'), {
    executablePath: process.env.TOKEN_DESK_CHROMIUM ?? '/usr/bin/chromium',
    env: { ...inherited(), HOME: home },
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
  return {
    context,
    async open(url) {
      const page = await context.newPage()
      // An untrusted certificate makes Chromium's own warning page out of this navigation.
      await page.goto(url).catch(() => {})
      return page
    },
    async close() {
      await context.close()
      if (ownHome === undefined) await removeFolder(home)
    },
  }
}

/** `P,,` trusts exactly this leaf. The database is new, so `-N` cannot meet one with a password. */
async function trust(home: string, pem: string): Promise<void> {
  const database = join(home, '.pki/nssdb')
  await mkdir(database, { recursive: true })
  const file = join(home, 'localhost.pem')
  await writeFile(file, pem)
  await run('certutil', ['-d', `sql:${database}`, '-N', '--empty-password'])
  const add = ['-A', '-t', 'P,,', '-n', 'token-desk-test', '-i', file]
  await run('certutil', ['-d', `sql:${database}`, ...add])
}

/** The loopback certificate of a profile: public, so it stands readable in the vault file. */
export async function loopbackCertificate(profile: string): Promise<string> {
  const text = await readFile(join(profile, 'vault.json'), 'utf8')
  const pem = /-----BEGIN CERTIFICATE-----[^"]+-----END CERTIFICATE-----/.exec(text)?.[0]
  if (pem === undefined) throw new Error('the profile holds no loopback certificate yet')
  return pem.replaceAll('\\r', '').replaceAll('\\n', '\n')
}

function inherited(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  )
}
