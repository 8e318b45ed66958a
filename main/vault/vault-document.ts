import * as z from 'zod'
import { VaultNewerVersion } from './errors.ts'
import { migrated } from './vault-migrations.ts'

/** The version this code writes. Older files are brought to it; one with a higher version is left alone. */
export const VAULT_VERSION = 2
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
  /** Grows by one with each save. */
  revision: z.number().int().min(0),
  key: storedKey,
  /** Base64, made with the data key over the revision and the list of records. */
  recordsMac: z.string(),
  records: z.array(storedRecord),
})

/** vault.json: everything but the secrets themselves can be read in it; nothing but by its key changed. */
export interface VaultDocument {
  /** As the file says it; lower than `VAULT_VERSION` until it is written again. */
  readonly version: number
  readonly savedAtMs: number
  readonly revision: number
  readonly key: StoredKey
  readonly recordsMac: string
  readonly records: ReadonlyMap<string, StoredRecord>
}

const head = z.object({ format: z.literal(FORMAT), version: z.number().int().min(1) })

/**
 * Reads a parsed vault file of any version up to this one.
 *
 * @returns null for anything that is no vault: the caller keeps such a file aside
 * @throws VaultNewerVersion
 */
export function parseVaultDocument(value: unknown): VaultDocument | null {
  const found = head.safeParse(value)
  if (!found.success) return null
  const { version } = found.data
  if (version > VAULT_VERSION) throw new VaultNewerVersion()
  const parsed = vaultDocument.safeParse(migrated(value, version, VAULT_VERSION))
  if (!parsed.success) return null
  const { records, format: _format, ...rest } = parsed.data
  const byId = new Map(records.map((record) => [record.id, record]))
  return byId.size === records.length ? { ...rest, version, records: byId } : null
}

/** The JSON value to write, always of this version. */
export function vaultDocumentJson(document: VaultDocument): unknown {
  const { savedAtMs, revision, key, recordsMac, records } = document
  return {
    format: FORMAT,
    version: VAULT_VERSION,
    savedAtMs,
    revision,
    key,
    recordsMac,
    records: [...records.values()],
  }
}
