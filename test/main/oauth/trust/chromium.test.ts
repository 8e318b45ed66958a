import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import {
  createLoopbackCertificate,
  type LoopbackCertificate,
} from '../../../../main/oauth/certificate.ts'
import { type LoopbackServer, openLoopbackServer } from '../../../../main/oauth/loopback-server.ts'
import type { TrustStores } from '../../../../main/oauth/trust/trust-stores.ts'
import { systemClock } from '../../../../main/platform/clock.ts'
import { silentLog } from '../../../../main/platform/log.ts'
import { createRunProgram } from '../../../../main/platform/run-program.ts'
import { freePorts } from '../support.ts'
import { storesOf, temporaryHome } from './support.ts'

const CHROMIUM = process.env.TOKEN_DESK_CHROMIUM ?? '/usr/bin/chromium'
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

/** The page that Chromium shows, started anew in this home folder: it reads the store once. */
async function visit(path = '/callback?code=c&state=s'): Promise<string> {
  const run = createRunProgram({ ...process.env, HOME: home })
  const args = [
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ...['--headless=new', '--disable-gpu', '--disable-quic', '--no-first-run'],
    ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    `--user-data-dir=${join(home, 'profile')}`,
    ...['--dump-dom', `https://localhost:${server.port}${path}`],
  ]
  const result = await run(CHROMIUM, args, { limitMs: 60_000 })
  if (result.kind !== 'ended') throw new Error(`${CHROMIUM}: ${result.kind}`)
  return result.stdout
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
  expect(await visit()).toContain('Auth complete')
})
