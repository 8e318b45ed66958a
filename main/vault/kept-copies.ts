import * as z from 'zod'
import type { StoredKey } from './vault-document.ts'

/** Copies of the vault that were kept: of an older version, damaged, suspect, set aside. */
const KEPT = /^(vault\.(?:last-good\.)?(?:version-|damaged-|suspect-|set-aside-)[\w-]+)\.json$/

/** As much of a vault of any version as is looked at. */
const withKey = z.looseObject({ key: z.looseObject({ check: z.string() }) })

const withRecords = z.looseObject({ records: z.array(z.looseObject({ id: z.string() })) })

/** The names of those files, without `.json`. */
export function keptCopies(files: readonly string[]): string[] {
  return files.flatMap((file) => KEPT.exec(file)?.[1] ?? [])
}

/**
 * The same copy with its data key wrapped anew, all else as it is.
 *
 * @param isOurs tells by its check value whether the copy has the very data key that `key` wraps
 * @returns null for a copy of another vault, and for what is none
 */
export function rewrapped(
  copy: unknown,
  key: Pick<StoredKey, 'protection' | 'wrapped'>,
  isOurs: (check: string) => boolean,
): unknown {
  const parsed = withKey.safeParse(copy)
  if (!parsed.success || !isOurs(parsed.data.key.check)) return null
  const { protection, wrapped } = key
  return { ...parsed.data, key: { ...parsed.data.key, protection, wrapped } }
}

/**
 * The same copy without these records, all else as it is. A copy that vouches for its list of records
 * says afterwards that some are missing, as is so.
 *
 * @param isOurs as for `rewrapped`
 * @returns null where nothing is to be changed: none of them is in it, it is another vault's, or none
 */
export function withoutRecords(
  copy: unknown,
  ids: ReadonlySet<string>,
  isOurs: (check: string) => boolean,
): unknown {
  const keyed = withKey.safeParse(copy)
  const parsed = withRecords.safeParse(copy)
  if (!keyed.success || !parsed.success || !isOurs(keyed.data.key.check)) return null
  const records = parsed.data.records.filter(({ id }) => !ids.has(id))
  return records.length === parsed.data.records.length ? null : { ...parsed.data, records }
}
