import { expect, it } from 'vitest'
import { openCertificate } from '../../../main/oauth/certificate.ts'
import { createCertificateStore } from '../../../main/workspaces/certificate-store.ts'
import { openWorkspaces } from './workspaces-fixture.ts'

const RECORD = { id: 'loopback-certificate', kind: 'certificate' }

async function start() {
  const desk = await openWorkspaces()
  const store = createCertificateStore(() => desk.vault)
  return { ...desk, store, certificate: openCertificate({ store, clock: desk.clock }) }
}

it('keeps the certificate, so that a browser has to trust it once', async () => {
  const { certificate, store } = await start()
  const { fingerprint, keyPem } = await certificate()
  expect((await certificate()).fingerprint).toBe(fingerprint)
  expect((await store.load())?.keyPem.expose()).toBe(keyPem.expose())
})

it.each([
  { name: 'whose key is gone', change: { secrets: { privateKey: null } } },
  { name: 'of another shape', change: { meta: { certPem: 7 } } },
])('makes a new one in place of one $name', async ({ change }) => {
  const { certificate, vault, store } = await start()
  const { fingerprint } = await certificate()
  const meta = vault.record(RECORD.id)?.meta
  await vault.save({ put: [{ ...RECORD, meta, ...change }] })
  expect(await store.load()).toBeNull()
  expect((await certificate()).fingerprint).not.toBe(fingerprint)
})

it('says that the vault is locked', async () => {
  const { certificate, vault } = await start()
  await certificate()
  vault.lock()
  await expect(certificate()).rejects.toMatchObject({ code: 'VAULT_LOCKED' })
})
