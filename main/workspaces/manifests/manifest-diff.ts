import { diffLines } from 'diff'
import type { DiffLine } from '../../contract/views.ts'
import { redact } from '../../platform/redact.ts'
import { type ManifestValue, manifestJson } from './manifest-text.ts'

export interface ManifestDiff {
  readonly lines: DiffLine[]
  readonly addedCount: number
  readonly removedCount: number
}

/** More changed lines than these are shown as all removed and all added: finding fewer takes too long. */
const MAX_CHANGES = 2000

/**
 * What an update would change, line by line, in the order of Slack's own manifest. What only Slack's
 * has is shown as removed. Nothing in it looks like a secret: a manifest may hold any text.
 */
export function diffManifests(slacks: ManifestValue, ours: ManifestValue): ManifestDiff {
  const before = manifestJson(slacks)
  const after = manifestJson(inOrderOf(slacks, ours))
  const changes = diffLines(`${before}\n`, `${after}\n`, { maxEditLength: MAX_CHANGES }) ?? [
    { value: before, added: false, removed: true },
    { value: after, added: true, removed: false },
  ]
  const lines = number(changes)
  return {
    lines,
    addedCount: lines.filter(({ sign }) => sign === 'added').length,
    removedCount: lines.filter(({ sign }) => sign === 'removed').length,
  }
}

interface Change {
  readonly value: string
  readonly added: boolean
  readonly removed: boolean
}

function number(changes: readonly Change[]): DiffLine[] {
  let before = 0
  let after = 0
  return changes.flatMap(({ value, added, removed }) =>
    value
      .replace(/\n$/, '')
      .split('\n')
      .map((line): DiffLine => {
        const text = redact(line)
        if (added) return { sign: 'added', before: null, after: ++after, text }
        if (removed) return { sign: 'removed', before: ++before, after: null, text }
        return { sign: 'same', before: ++before, after: ++after, text }
      }),
  )
}

/** The value with its names in the model's order; names that the model lacks come last. */
export function inOrderOf<T>(model: unknown, value: T): T
export function inOrderOf(model: unknown, value: unknown): unknown {
  if (Array.isArray(value)) {
    const models: unknown[] = Array.isArray(model) ? model : []
    return value.map((item, index) => inOrderOf(models[index], item))
  }
  if (!isBlock(value)) return value
  const known = isBlock(model) ? model : {}
  const names = [
    ...Object.keys(known).filter((name) => Object.hasOwn(value, name)),
    ...Object.keys(value).filter((name) => !Object.hasOwn(known, name)),
  ]
  return Object.fromEntries(names.map((name) => [name, inOrderOf(known[name], value[name])]))
}

function isBlock(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
