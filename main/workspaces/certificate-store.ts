import * as z from 'zod'
import { AppError } from '../errors.ts'
import type { CertificateStore } from '../oauth/certificate.ts'
import type { Secret } from '../platform/secret.ts'
import type { Vault } from '../vault/vault.ts'

const RECORD_ID = 'loopback-certificate'
const RECORD_KIND = 'certificate'
const KEY_FIELD = 'privateKey'

/** Which of the user's stores trust which certificate, as it was last seen. */
const seenTrust = z.object({ fingerprint: z.string(), storeIds: z.array(z.string()) })
export type SeenTrust = z.infer<typeof seenTrust>

const certificateMeta = z.object({
  certPem: z.string(),
  expiresAtMs: z.number(),
  fingerprint: z.string(),
  trust: seenTrust.nullable().default(null),
})
type CertificateMeta = z.infer<typeof certificateMeta>

/** A renewed certificate begins without what was seen of the one before. */
export interface VaultCertificateStore extends CertificateStore {
  /** The stores that were last seen to trust the kept certificate; cheap. @throws VaultLocked */
  trustedIn(): readonly string[]
  /** Keeps what was seen, where the certificate is still the kept one. @throws VaultLocked, VaultWriteFailed */
  keepTrust(trust: SeenTrust): Promise<void>
}

/** Keeps the loopback certificate in the vault: its private key is sealed like any secret. */
export function createCertificateStore(vault: () => Vault): VaultCertificateStore {
  return {
    async load() {
      const meta = metaOf(vault())
      const keyPem = meta === null ? null : keyOf(vault())
      if (meta === null || keyPem === null) return null
      const { certPem, expiresAtMs, fingerprint } = meta
      return { certPem, expiresAtMs, fingerprint, keyPem }
    },
    async save({ keyPem, ...meta }) {
      const put = { id: RECORD_ID, kind: RECORD_KIND, meta, secrets: { [KEY_FIELD]: keyPem } }
      // Replaced as a whole: a damaged one is not in the way.
      await vault().save(() => ({ remove: [RECORD_ID], put: [put] }))
    },
    trustedIn() {
      const meta = metaOf(vault())
      return meta?.trust?.fingerprint === meta?.fingerprint ? (meta?.trust?.storeIds ?? []) : []
    },
    async keepTrust(trust) {
      if (!isNews(metaOf(vault()), trust)) return
      await vault().save(() => {
        const meta = metaOf(vault())
        if (!isNews(meta, trust)) return {}
        return { put: [{ id: RECORD_ID, kind: RECORD_KIND, meta: { ...meta, trust } }] }
      })
    },
  }
}

/** False also where it is about another certificate than the kept one. */
function isNews(meta: CertificateMeta | null, trust: SeenTrust): boolean {
  if (meta?.fingerprint !== trust.fingerprint) return false
  return JSON.stringify(meta.trust) !== JSON.stringify(trust)
}

function metaOf(vault: Vault): CertificateMeta | null {
  const meta = certificateMeta.safeParse(unlessDamaged(() => vault.record(RECORD_ID)?.meta))
  return meta.success ? meta.data : null
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
