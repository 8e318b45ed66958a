import type { Secret } from '../platform/secret.ts'
import type { DataKey } from './data-key.ts'
import type { StoredRecord } from './vault-document.ts'

/** One record as it is shown: all but its secrets. */
export interface VaultRecord {
  readonly id: string
  readonly kind: string
  /** JSON as the vault wrote it; not to be changed, and to be parsed by its room. */
  readonly meta: unknown
  /** Names of the secrets it has, sorted. */
  readonly secretFields: readonly string[]
}

/** One record to write: `meta` replaces the old one as a whole. */
export interface RecordChange {
  readonly id: string
  readonly kind: string
  /** JSON that anyone may read on disk: never a secret. */
  readonly meta: unknown
  /** A Secret sets the field, null drops it, an absent field keeps what it has. */
  readonly secrets?: Readonly<Record<string, Secret | null>>
}

/** What a record says, but for its secrets. */
export function showRecord(record: StoredRecord): VaultRecord {
  const { id, kind, meta, secrets } = record
  return { id, kind, meta, secretFields: Object.keys(secrets).sort() }
}

/** The record after the change, its new secrets sealed, and no MAC yet. Keeps nothing of the caller's. */
export function changedRecord(
  dataKey: DataKey,
  before: StoredRecord | undefined,
  change: RecordChange,
): Omit<StoredRecord, 'mac'> {
  requireName('id', change.id)
  requireName('kind', change.kind)
  const secrets = { ...before?.secrets }
  for (const [field, secret] of Object.entries(change.secrets ?? {})) {
    requireName('secret field', field)
    if (secret === null) delete secrets[field]
    else secrets[field] = dataKey.sealSecret(change.id, field, secret)
  }
  // Through JSON, so that the record is what a restart will read, and no caller shares it.
  const meta: unknown = JSON.parse(JSON.stringify(change.meta ?? null))
  return { id: change.id, kind: change.kind, meta, secrets }
}

function requireName(what: string, name: string): void {
  if (name !== '' && name.length <= 200 && name !== '__proto__') return
  throw new TypeError(`${what} must be a text of 1 to 200 characters, received ${name.length}`)
}
