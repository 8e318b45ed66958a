/**
 * How a file of one version becomes one of the next: by the version it has. Nothing of it is checked
 * here; the schema of the newest version reads what comes out.
 */
const STEPS: ReadonlyMap<number, (old: object) => object> = new Map([
  // No list was vouched for, and no save was counted.
  [1, (old) => ({ ...old, version: 2, revision: 0, recordsMac: '' })],
])

/**
 * The value as a file of version `to` would say it.
 *
 * @returns null for what cannot be brought there
 */
export function migrated(value: unknown, from: number, to: number): unknown {
  let now: unknown = value
  for (let version = from; version < to; version += 1) {
    const step = STEPS.get(version)
    if (step === undefined || typeof now !== 'object' || now === null) return null
    now = step(now)
  }
  return now
}
