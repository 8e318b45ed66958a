import { createHash, randomUUID } from 'node:crypto'
import { ComparisonGone, ManifestChangedAtSlack } from './errors.ts'
import type { ManifestValue } from './manifest-text.ts'

/** What was compared, so that an update changes only what its user has seen. */
export interface Comparisons {
  /** Answers the comparison's ID. */
  remember(slackAppId: string, slacks: ManifestValue, ours: ManifestValue): string
  /** @throws ComparisonGone when it is not kept, or was of another app or another text */
  requireText(id: string, slackAppId: string, ours: ManifestValue): void
  /** @throws ManifestChangedAtSlack, ComparisonGone */
  requireUnchanged(id: string, slacks: ManifestValue): void
  forget(id: string): void
  forgetAll(): void
}

/** Older ones are forgotten. */
const MAX_KEPT = 50

/** Keeps digests alone, in memory. */
export function createComparisons(): Comparisons {
  const kept = new Map<string, { slackAppId: string; slacks: string; ours: string }>()
  return {
    remember(slackAppId, slacks, ours) {
      const id = randomUUID()
      kept.set(id, { slackAppId, slacks: digest(slacks), ours: digest(ours) })
      for (const oldest of [...kept.keys()].slice(0, -MAX_KEPT)) kept.delete(oldest)
      return id
    },
    requireText(id, slackAppId, ours) {
      const found = kept.get(id)
      if (found?.slackAppId !== slackAppId || found.ours !== digest(ours))
        throw new ComparisonGone()
    },
    requireUnchanged(id, slacks) {
      const found = kept.get(id)
      if (found === undefined) throw new ComparisonGone()
      if (found.slacks !== digest(slacks)) throw new ManifestChangedAtSlack()
    },
    forget: (id) => void kept.delete(id),
    forgetAll: () => kept.clear(),
  }
}

/** Of the values alone: in which order Slack lists its fields means nothing. */
function digest(value: ManifestValue): string {
  const text = JSON.stringify(value, (_name, part: unknown) => sorted(part))
  return createHash('sha256').update(text).digest('hex')
}

function sorted(part: unknown): unknown {
  if (typeof part !== 'object' || part === null || Array.isArray(part)) return part
  return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
}
