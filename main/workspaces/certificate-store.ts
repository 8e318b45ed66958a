import * as z from 'zod'
import type { CertificateStore } from '../oauth/certificate.ts'
import type { Vault } from '../vault/vault.ts'

const RECORD_ID = 'loopback-certificate'
const KEY_FIELD = 'privateKey'

const certificateMeta = z.object({
  certPem: z.string(),
  expiresAtMs: z.number(),
  fingerprint: z.string(),
})

/** Keeps the loopback certificate in the vault: its private key is sealed like any secret. */
export function createCertificateStore(vault: () => Vault): CertificateStore {
  return {
    async load() {
      const record = vault().record(RECORD_ID)
      if (record === null) return null
      return { ...certificateMeta.parse(record.meta), keyPem: vault().secret(RECORD_ID, KEY_FIELD) }
    },
    async save({ keyPem, ...meta }) {
      const put = { id: RECORD_ID, kind: 'certificate', meta, secrets: { [KEY_FIELD]: keyPem } }
      await vault().save({ put: [put] })
    },
  }
}
