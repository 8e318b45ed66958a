import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type LoopbackCertificate, openCertificate } from '../../../../main/oauth/certificate.ts'
import { CertificateTrustFailed } from '../../../../main/oauth/errors.ts'
import { keepTrust } from '../../../../main/oauth/trust/keep-trust.ts'
import { silentLog } from '../../../../main/platform/log.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'
import { createCollectingLog } from '../support.ts'
import { said, storesOf, temporaryHome } from './support.ts'

// Every step runs certutil, which a busy machine slows down.
vi.setConfig({ testTimeout: 30_000 })

let home: string
let remove: () => Promise<void>
beforeEach(async () => {
  const made = await temporaryHome()
  home = join(made.home, 'home')
  remove = made.remove
  await mkdir(home)
})
afterEach(() => remove())

function createMemoryStore() {
  let kept: LoopbackCertificate | null = null
  return {
    load: async () => kept,
    save: async (certificate: LoopbackCertificate) => {
      kept = certificate
    },
  }
}

it('a renewed certificate is trusted where the old one was, before it is used', async () => {
  const clock = createFakeClock()
  const stores = storesOf(home)
  const onRenewed = keepTrust({ stores, log: silentLog })
  const certificate = openCertificate({ store: createMemoryStore(), clock, onRenewed })
  const old = await certificate()
  await stores.trust(old)
  clock.advance(390 * 24 * 60 * 60 * 1000)
  const renewed = await certificate()
  expect(renewed.fingerprint).not.toBe(old.fingerprint)
  expect(said(await stores.look(renewed))).toEqual(['Chromium and Chrome: trusted'])
  expect(said(await stores.look(old))).toEqual(['Chromium and Chrome: untrusted'])
})

it('a failure is logged, and the renewed certificate is there all the same', async () => {
  const log = createCollectingLog()
  const replace = async () => {
    throw new CertificateTrustFailed('trust', ['Login keychain'])
  }
  const clock = createFakeClock()
  const onRenewed = keepTrust({ stores: { replace }, log })
  const certificate = openCertificate({ store: createMemoryStore(), clock, onRenewed })
  const old = await certificate()
  clock.advance(390 * 24 * 60 * 60 * 1000)
  expect((await certificate()).fingerprint).not.toBe(old.fingerprint)
  expect(log.text()).toContain('CERTIFICATE_TRUST_FAILED')
})
