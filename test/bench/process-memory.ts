import { readdirSync, readFileSync } from 'node:fs'

/**
 * Memory of a process and all its descendants in MiB, as PSS: shared pages are counted in parts, so the
 * sum over processes counts each once. Linux only; a process that ends meanwhile counts as nothing.
 * Source: proc_pid_smaps(5), smaps_rollup.
 */
export function treeMemoryMib(pid: number): number {
  const kib = treeOf(pid).map((one) =>
    Number(readProc(one, 'smaps_rollup', /^Pss:\s+(\d+) kB$/m) ?? 0),
  )
  return kib.reduce((sum, each) => sum + each, 0) / 1024
}

/** The process itself first. */
function treeOf(pid: number): number[] {
  const children = new Map<number, number[]>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const child = Number(name)
    // The name of the program stands in brackets and may hold anything; the parent comes two fields later.
    const parent = Number(readProc(child, 'stat', /^.*\) \S (\d+)/s) ?? 0)
    children.set(parent, [...(children.get(parent) ?? []), child])
  }
  const tree = [pid]
  for (const one of tree) tree.push(...(children.get(one) ?? []))
  return tree
}

/** Null for a process that has ended. */
function readProc(pid: number, file: string, pattern: RegExp): string | null {
  try {
    return pattern.exec(readFileSync(`/proc/${pid}/${file}`, 'utf8'))?.[1] ?? null
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : null
    if (code === 'ENOENT' || code === 'ESRCH') return null
    throw thrown
  }
}
