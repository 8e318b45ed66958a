import * as z from 'zod'
import type { StoredKey } from './vault-document.ts'

/** Copies of the vault that were kept: of an older version, damaged, suspect, set aside. */
const KEPT = /^(vault\.(?:last-good\.)?(?:version-|damaged-|suspect-|set-aside-)[\w-]+)\.json$/

/** As much of a vault of any version as is looked at. */
const withKey = z.looseObject({ key: z.looseObject({ check: z.string() }) })

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
