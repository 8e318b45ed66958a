import type { DiffLine } from '../contract/views.ts'
import { planFile } from './env-file.ts'
import { type LoadedEnvFile, loadEnvFile } from './load-env-file.ts'
import { type Mask, maskAdded, maskRewritten, maskStatement } from './mask-lines.ts'
import type { SetPlan } from './set-in-text.ts'

/** What a write would do, without a secret in it. */
export interface EnvPreview {
  /** The real path, links followed. */
  readonly path: string
  /** SHA-256 of the present bytes in hex, or `absent`: hand it to the write as `expectedDigest`. */
  readonly digest: string
  /** All lines in order, masked; of a long file those within reach of a change. */
  readonly lines: DiffLine[]
  readonly changedCount: number
  readonly unchangedCount: number
  readonly lineEnding: 'LF' | 'CRLF' | 'mixed'
  /** `0600`; null for a file that does not exist yet. */
  readonly mode: string | null
  readonly createsFile: boolean
  readonly changesAnything: boolean
}

/** More lines than these are not shown. */
export const MAX_PREVIEW_LINES = 2000

/**
 * Shows what writing a variable would change. Refuses all that the write would refuse.
 *
 * @param mask how a Slack token is shown, null for other text; used for the value, for the values that it
 *   replaces, and for tokens in comments. All other values are hidden
 * @throws EnvFileError as `writeVariable`
 */
export async function previewWrite(
  path: string,
  name: string,
  value: string,
  mask: Mask,
): Promise<EnvPreview> {
  const file = await loadEnvFile(path)
  const { text, plan } = planFile(file, name, value)
  const lines = diffOf(text.body, plan, { name, value, mask })
  const unchanged = lines.filter((line) => line.sign === 'same').length
  return {
    path: file.path,
    digest: file.digest,
    lines: withinReach(lines),
    changedCount: plan.edits.length,
    unchangedCount: unchanged,
    lineEnding: lineEndingOf(text.body),
    mode: modeOf(file),
    createsFile: file.bytes === null,
    changesAnything: plan.edits.length > 0,
  }
}

interface Written {
  readonly name: string
  readonly value: string
  readonly mask: Mask
}

/** The file's statements with the changed lines under the old ones and the added line in its place. */
function diffOf(body: string, plan: SetPlan, { name, value, mask }: Written): DiffLine[] {
  const diff = createDiff()
  const changed = new Set(plan.edits.map((edit) => edit.statement))
  const addedAt = plan.edits.find((edit) => edit.statement === null)?.start
  for (const statement of plan.statements) {
    if (statement.start === addedAt) diff.push('added', [maskAdded(name, value, mask)])
    if (statement.kind === 'assignment' && changed.has(statement)) {
      diff.push('removed', maskStatement(body, statement, mask, mask))
      diff.push('added', [maskRewritten(body, statement, value, mask)])
    } else diff.push('same', maskStatement(body, statement, mask))
  }
  if (addedAt === body.length) diff.push('added', [maskAdded(name, value, mask)])
  return diff.lines
}

interface Diff {
  readonly lines: DiffLine[]
  push(sign: DiffLine['sign'], texts: readonly string[]): void
}

/** Numbers the lines on both sides as they come. */
function createDiff(): Diff {
  const lines: DiffLine[] = []
  let before = 0
  let after = 0
  return {
    lines,
    push(sign, texts) {
      for (const text of texts) {
        if (sign !== 'added') before++
        if (sign !== 'removed') after++
        const place = {
          before: sign === 'added' ? null : before,
          after: sign === 'removed' ? null : after,
        }
        lines.push({ sign, ...place, text })
      }
    },
  }
}

/** Around each change as many lines as there is room for, the same above and below. */
function withinReach(lines: DiffLine[]): DiffLine[] {
  if (lines.length <= MAX_PREVIEW_LINES) return lines
  const changes = lines.flatMap((line, index) => (line.sign === 'same' ? [] : [index]))
  const reach = Math.max(3, Math.floor(MAX_PREVIEW_LINES / (2 * changes.length + 1) - 1))
  const isNear = new Array<boolean>(lines.length).fill(changes.length === 0)
  for (const change of changes) {
    isNear.fill(true, Math.max(0, change - reach), change + reach + 1)
  }
  return lines.filter((_, index) => isNear[index]).slice(0, MAX_PREVIEW_LINES)
}

function lineEndingOf(body: string): EnvPreview['lineEnding'] {
  const all = body.match(/\r\n|\r|\n/g) ?? []
  if (all.every((lineBreak) => lineBreak === '\n')) return 'LF'
  return all.every((lineBreak) => lineBreak === '\r\n') ? 'CRLF' : 'mixed'
}

function modeOf(file: LoadedEnvFile): string | null {
  return file.stats === null ? null : (file.stats.mode & 0o7777).toString(8).padStart(4, '0')
}
