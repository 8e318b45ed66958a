import * as z from 'zod'
import { VaultNewerVersion } from './errors.ts'

/** The version this code writes and reads. A file with a higher one is left alone. */
export const VAULT_VERSION = 1
const FORMAT = 'token-desk-vault'

const storedRecord = z.object({
  id: z.string().min(1).max(200),
  kind: z.string().min(1).max(200),
  /** Readable by anyone who reads the file: names, scopes, times. Its room parses it with its own schema. */
  meta: z.unknown(),
  /** Field to base64 of a sealed secret. */
  secrets: z.record(z.string(), z.string()),
  /** Base64, made with the data key over all of the above. One without it is kept, and never used. */
  mac: z.string().default(''),
})
export type StoredRecord = z.infer<typeof storedRecord>

const storedKey = z.object({
  protection: z.enum(['keyring', 'passphrase']),
  /** What the key protector gave; it alone reads it. */
  wrapped: z.unknown(),
  /** A known text sealed with the data key: tells a wrong key from a damaged record. */
  check: z.string(),
})
export type StoredKey = z.infer<typeof storedKey>

const vaultDocument = z.object({
  format: z.literal(FORMAT),
  version: z.literal(VAULT_VERSION),
  savedAtMs: z.number(),
  key: storedKey,
  records: z.array(storedRecord),
})

/** vault.json: everything but the secrets themselves can be read in it; nothing but by its key changed. */
export interface VaultDocument {
  readonly savedAtMs: number
  readonly key: StoredKey
  readonly records: ReadonlyMap<string, StoredRecord>
}

const newerDocument = z.object({
  format: z.literal(FORMAT),
  version: z.number().int().gt(VAULT_VERSION),
})

/**
 * Reads a parsed vault file.
 *
 * @returns null for anything that is no vault: the caller keeps such a file aside
 * @throws VaultNewerVersion
 */
export function parseVaultDocument(value: unknown): VaultDocument | null {
  if (newerDocument.safeParse(value).success) throw new VaultNewerVersion()
  const parsed = vaultDocument.safeParse(value)
  if (!parsed.success) return null
  const { savedAtMs, key, records } = parsed.data
  const byId = new Map(records.map((record) => [record.id, record]))
  return byId.size === records.length ? { savedAtMs, key, records: byId } : null
}

/** The JSON value to write. */
export function vaultDocumentJson(document: VaultDocument): unknown {
  return {
    format: FORMAT,
    version: VAULT_VERSION,
    savedAtMs: document.savedAtMs,
    key: document.key,
    records: [...document.records.values()],
  }
}
