import type * as z from 'zod'
import { RecordDamaged } from '../vault/errors.ts'
import type { Vault, VaultRecord } from '../vault/vault.ts'

/** What a record says, with its ID. */
export type Read<T> = T & { readonly id: string }

/** Reads the records of one kind, each on its own: an odd one is left out and hides no other. */
export interface RecordReader<T> {
  all(vault: Vault): Read<T>[]
  /** Null when there is none of this kind. @throws RecordDamaged for one that cannot be read */
  find(vault: Vault, id: string): Read<T> | null
  /** As `find`, for a record that was just listed. @throws RecordDamaged */
  read(record: VaultRecord): Read<T>
  /** Records of this kind that the schema refuses; the vault counts those that it does not hand out. */
  unreadableCount(vault: Vault): number
  /** The records that `all` reads, as they stand in the vault. */
  records(vault: Vault): VaultRecord[]
}

/** Remembers what it read of a record for as long as the vault hands out that very record. */
export function createRecordReader<T extends object>(
  kind: string,
  schema: z.ZodType<T>,
): RecordReader<T> {
  const known = new WeakMap<VaultRecord, z.ZodSafeParseResult<T>>()
  const parse = (record: VaultRecord) => {
    const parsed = known.get(record) ?? schema.safeParse(record.meta)
    known.set(record, parsed)
    return parsed
  }
  const isFine = (record: VaultRecord) => parse(record).success
  const read = (record: VaultRecord) => {
    const parsed = parse(record)
    if (!parsed.success) throw new RecordDamaged(parsed.error)
    return { ...parsed.data, id: record.id }
  }
  const records = (vault: Vault) => vault.records(kind).filter(isFine)
  return {
    records,
    all: (vault) => records(vault).map(read),
    find(vault, id) {
      const record = vault.record(id)
      return record?.kind === kind ? read(record) : null
    },
    read,
    unreadableCount: (vault) => vault.records(kind).filter((record) => !isFine(record)).length,
  }
}
