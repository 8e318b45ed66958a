import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium } from 'playwright'
import { afterEach, beforeEach, expect, it } from 'vitest'
import {
  createLoopbackCertificate,
  type LoopbackCertificate,
} from '../../../../main/oauth/certificate.ts'
import { type LoopbackServer, openLoopbackServer } from '../../../../main/oauth/loopback-server.ts'
import type { TrustStores } from '../../../../main/oauth/trust/trust-stores.ts'
import { systemClock } from '../../../../main/platform/clock.ts'
import { silentLog } from '../../../../main/platform/log.ts'
import { freePorts } from '../support.ts'
import { storesOf, temporaryHome } from './support.ts'

/** Each visit starts a browser. */
const TEST_MS = 120_000

let home: string
let remove: () => Promise<void>
let stores: TrustStores
let certificate: LoopbackCertificate
let server: LoopbackServer

beforeEach(async () => {
  const made = await temporaryHome()
  home = join(made.home, 'home')
  remove = made.remove
  await mkdir(home)
  stores = storesOf(home)
  certificate = await createLoopbackCertificate({ clock: systemClock })
  server = await serve(certificate)
})

afterEach(async () => {
  await server.close()
  await remove()
})

async function serve({ keyPem, certPem }: LoopbackCertificate): Promise<LoopbackServer> {
  return openLoopbackServer({
    ...{ scheme: 'https', ports: await freePorts(1), log: silentLog },
    tls: { key: keyPem, cert: certPem },
    onCallback: async () => 'complete',
  })
}

/** What Chromium shows, or why it does not, started anew in this home folder: it reads the store once. */
async function visit(): Promise<string> {
  const context = await chromium.launchPersistentContext(join(home, 'profile'), {
    executablePath: process.env.TOKEN_DESK_CHROMIUM ?? '/usr/bin/chromium',
    env: { PATH: process.env.PATH ?? '', HOME: home },
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
      ...['--disable-background-networking', '--disable-component-update'],
    ],
  })
  try {
    const page = await context.newPage()
    await page.goto(`https://localhost:${server.port}/callback?code=c&state=s`)
    return await page.innerText('h1')
  } catch (thrown) {
    return String(thrown)
  } finally {
    await context.close()
  }
}

const REFUSED = 'ERR_CERT_AUTHORITY_INVALID'

it('Chromium refuses the certificate before, takes it after, and refuses it again after undoing', {
  timeout: TEST_MS,
}, async () => {
  expect(await visit()).toContain(REFUSED)
  await stores.trust(certificate)
  const page = await visit()
  expect(page).toContain('Auth complete')
  expect(page).not.toContain(REFUSED)
  await stores.untrust(certificate)
  expect(await visit()).toContain(REFUSED)
})

it('Chromium takes a renewed certificate in place of the old one, and trusts nothing else by it', {
  timeout: TEST_MS,
}, async () => {
  await stores.trust(certificate)
  const renewed = await createLoopbackCertificate({ clock: systemClock })
  await stores.replace(certificate, renewed)
  expect(await visit()).toContain(REFUSED)
  await server.close()
  server = await serve(renewed)
  expect(await visit()).toBe('Auth complete')
})
