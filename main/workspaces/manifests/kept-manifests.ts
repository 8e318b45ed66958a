/** The last manifest of each Slack app that went to Slack or came from there. */
import * as z from 'zod'
import { Secret } from '../../platform/secret.ts'
import { RecordDamaged } from '../../vault/errors.ts'
import type { RecordChange, Vault } from '../../vault/vault.ts'
import { createRecordReader } from '../record-reader.ts'
import { SLACK_APP } from '../records.ts'
import type { ManifestValue } from './manifest-text.ts'

const MANIFEST = 'manifest'
const TEXT = 'text'

const manifestMeta = z.object({
  slackAppId: z.string(),
  /** Where the text came from. */
  origin: z.enum(['created', 'exported', 'updated']),
  keptAtMs: z.number(),
})
export type ManifestMeta = z.infer<typeof manifestMeta>

/** What to save beside other changes. */
export interface KeptManifest {
  readonly put: RecordChange
  /** The one of before, and manifests of apps that are gone. */
  readonly remove: string[]
}

/**
 * The text is sealed like a secret: addresses in it may hold one.
 *
 * @param json the text, as JSON
 */
export function keepManifest(vault: Vault, meta: ManifestMeta, json: string): KeptManifest {
  const id = recordId(meta.slackAppId)
  const put = { id, kind: MANIFEST, meta, secrets: { [TEXT]: Secret.of(json) } }
  // Replaced as a whole: a damaged one is not in the way.
  return { put, remove: [id, ...orphans(vault, meta.slackAppId)] }
}

/** Manifests of apps that were removed; `justMade` need not be in the vault yet. */
function orphans(vault: Vault, justMade: string): string[] {
  const apps = new Set([justMade, ...vault.records(SLACK_APP).map(({ id }) => id)])
  return createRecordReader(MANIFEST, manifestMeta)
    .all(vault)
    .filter(({ slackAppId }) => !apps.has(slackAppId))
    .map(({ id }) => id)
}

/** Null where none is kept, or where it is damaged: Slack's can be fetched again. */
export function keptManifest(vault: Vault, slackAppId: string): ManifestValue | null {
  const id = recordId(slackAppId)
  try {
    if (vault.record(id) === null) return null
    const value: ManifestValue = JSON.parse(vault.secret(id, TEXT).expose())
    return value
  } catch (thrown) {
    if (thrown instanceof RecordDamaged) return null
    throw thrown
  }
}

function recordId(slackAppId: string): string {
  return `${MANIFEST}:${slackAppId}`
}
