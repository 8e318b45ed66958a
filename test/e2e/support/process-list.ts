import { readdir, readFile } from 'node:fs/promises'

/** What `ps` shows to every user of the machine: command lines. Who opened it closes it. */
export interface ProcessList {
  /** Every command line seen so far, each once. */
  seen(): string[]
  close(): void
}

/** Often enough to see a program such as git, which lives for some ten milliseconds. */
const EVERY_MS = 25

/** Looks at all processes again and again, from now on. */
export function watchProcesses(): ProcessList {
  const seen = new Set<string>()
  const known = new Set<string>()
  const timer = setInterval(() => void look().catch(() => {}), EVERY_MS)
  async function look(): Promise<void> {
    for (const id of await readdir('/proc')) {
      if (!/^\d+$/.test(id) || known.has(id)) continue
      // A process that ended meanwhile has no command line to read any more.
      const line = await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')
      if (line !== '') seen.add(line.replaceAll('\0', ' '))
    }
  }
  return { seen: () => [...seen], close: () => clearInterval(timer) }
}
