import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { treeMemoryMib } from './process-memory.ts'

/** How long a start may take before the bench gives up. */
const LIMIT_MS = 60_000
/** Until processes that only helped at the start have gone and the allocators are quiet. */
const SETTLE_MS = 2_000

export interface StartedApp {
  /** The Electron binary. */
  readonly executable: string
  /** Folder of the app. */
  readonly app: string
  /** The script that tells the marks; loaded into both apps alike. */
  readonly markScript: string
  /** True: the app's own page, over when its first-run page is painted; false: the empty one. */
  readonly isDesk: boolean
}

export interface StartFigures {
  /** From spawn to the end of the start; see start-up.ts. */
  readonly startMs: number
  /** PSS of all processes, some settled moment later. */
  readonly memoryMib: number
}

/** Starts an app with a new profile, waits until it is up and settled, and ends it again. */
export async function startOnce(started: StartedApp): Promise<StartFigures> {
  const profile = await mkdtemp(join(tmpdir(), 'token-desk-bench-'))
  const spawnedAtMs = nowMs()
  const child = spawnApp(started, profile)
  try {
    const upAtMs = await upAt(child, started.isDesk)
    await wait(SETTLE_MS)
    return { startMs: upAtMs - spawnedAtMs, memoryMib: treeMemoryMib(child.pid ?? 0) }
  } finally {
    await end(child)
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  }
}

function spawnApp({ executable, app, markScript, isDesk }: StartedApp, profile: string) {
  // Chromium refuses to run its sandbox as root. Both apps get the same flags.
  const flags = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return spawn(executable, ['-r', markScript, ...flags, app, `--profile=${profile}`], {
    env: { ...process.env, TOKEN_DESK_BENCH_PAGE: isDesk ? 'first-run' : 'empty' },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
}

/** When the last mark that counts was set, ms since the epoch. */
async function upAt(child: ChildProcess, isDesk: boolean): Promise<number> {
  const wanted = new Set(isDesk ? ['ready-to-show', 'painted'] : ['ready-to-show'])
  let upAtMs = 0
  if (child.stdout === null) throw new TypeError('stdout must be a pipe')
  const timer = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS)
  for await (const line of createInterface(child.stdout)) {
    const told = markOf(line)
    if (told === null || !wanted.delete(told.mark)) continue
    upAtMs = Math.max(upAtMs, told.atMs)
    if (wanted.size === 0) break
  }
  clearTimeout(timer)
  child.stdout.resume()
  if (wanted.size > 0) throw new Error(`the app ended before it told: ${[...wanted].join(', ')}`)
  return upAtMs
}

function markOf(line: string): { mark: string; atMs: number } | null {
  const match = /^TOKEN_DESK_BENCH (\S+) ([\d.]+)$/.exec(line)
  return match ? { mark: match[1] ?? '', atMs: Number(match[2]) } : null
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), 5_000)
  await ended
  clearTimeout(timer)
}

/** Wall clock with fractions; the apps tell theirs the same way. */
function nowMs(): number {
  return performance.timeOrigin + performance.now()
}
