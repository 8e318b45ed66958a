import * as z from 'zod'
import { AppError } from '../errors.ts'
import type { CertificateStore } from '../oauth/certificate.ts'
import type { Secret } from '../platform/secret.ts'
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
      const meta = certificateMeta.safeParse(metaOf(vault()))
      if (!meta.success) return null
      const keyPem = keyOf(vault())
      return keyPem === null ? null : { ...meta.data, keyPem }
    },
    async save({ keyPem, ...meta }) {
      const put = { id: RECORD_ID, kind: 'certificate', meta, secrets: { [KEY_FIELD]: keyPem } }
      // Replaced as a whole: a damaged one is not in the way.
      await vault().save({ remove: [RECORD_ID], put: [put] })
    },
  }
}

function metaOf(vault: Vault): unknown {
  return unlessDamaged(() => vault.record(RECORD_ID)?.meta)
}

function keyOf(vault: Vault): Secret | null {
  return unlessDamaged(() => vault.secret(RECORD_ID, KEY_FIELD))
}

/** Null for a damaged one: unlike a token, the certificate is simply made anew. */
function unlessDamaged<T>(read: () => T): T | null {
  try {
    return read()
  } catch (thrown) {
    if (thrown instanceof AppError && DAMAGED.has(thrown.code)) return null
    throw thrown
  }
}

const DAMAGED: ReadonlySet<string> = new Set(['VAULT_RECORD_DAMAGED', 'SECRET_NOT_FOUND'])
