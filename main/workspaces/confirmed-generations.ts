/** Which generation of each credential a subscriber has followed, as the vault keeps it. */
import * as z from 'zod'
import { RecordDamaged } from '../vault/errors.ts'
import type { Vault } from '../vault/vault.ts'
import type { CredentialChange } from './credential-changes.ts'

export interface ConfirmedGenerations {
  /** Those that are not confirmed. @throws VaultLocked */
  pending(all: readonly CredentialChange[]): CredentialChange[]
  /** Counts from now on; `keep` makes it durable. */
  add(change: CredentialChange): void
  /**
   * Saves what was added since, if anything was. What is kept of credentials that are gone goes.
   *
   * @param all every credential that there is
   * @throws VaultLocked, VaultWriteFailed; what was added still counts until the next start
   */
  keep(all: readonly CredentialChange[]): Promise<void>
}

const KIND = 'credential-follower'
const meta = z.array(z.tuple([z.string(), z.string(), z.number()]))

/** @param name of the subscriber */
export function createConfirmedGenerations(vault: () => Vault, name: string): ConfirmedGenerations {
  const id = `${KIND}:${name}`
  /** By installation and credential. */
  const added = new Map<string, number>()
  return {
    pending(all) {
      const confirmed = new Map([...readAll(vault(), id), ...added])
      return all.filter((change) => confirmed.get(keyOf(change)) !== change.generation)
    },
    add: (change) => void added.set(keyOf(change), change.generation),
    async keep(all) {
      const isThere = new Set(all.map(keyOf))
      const isStale = [...readAll(vault(), id).keys()].some((key) => !isThere.has(key))
      if (added.size === 0 && !isStale) return
      const saved = [...added]
      await vault().save(() => {
        // Read again: another process may have followed some.
        const kept = [...readAll(vault(), id), ...saved].filter(([key]) => isThere.has(key))
        const entries = [...new Map(kept)].map(([key, generation]) => [
          ...(JSON.parse(key) as string[]),
          generation,
        ])
        // Removed first: a damaged one is not in the way.
        return { remove: [id], put: [{ id, kind: KIND, meta: entries }] }
      })
      for (const [key, generation] of saved) {
        if (added.get(key) === generation) added.delete(key)
      }
    },
  }
}

/** Nothing where the record is damaged: all is told once more. */
function readAll(vault: Vault, id: string): Map<string, number> {
  const parsed = meta.safeParse(metaOf(vault, id) ?? [])
  const entries = parsed.success ? parsed.data : []
  return new Map(
    entries.map(([installationId, credentialId, generation]) => [
      keyOf({ installationId, credentialId }),
      generation,
    ]),
  )
}

function metaOf(vault: Vault, id: string): unknown {
  try {
    return vault.record(id)?.meta
  } catch (thrown) {
    if (thrown instanceof RecordDamaged) return null
    throw thrown
  }
}

function keyOf({
  installationId,
  credentialId,
}: Pick<CredentialChange, 'installationId' | 'credentialId'>): string {
  return JSON.stringify([installationId, credentialId])
}
