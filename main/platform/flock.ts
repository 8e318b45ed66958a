import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { LocksUnavailable } from './errors.ts'
import { closing, type LockSystem, openLockFile, tryUntil, tryUntilLater } from './lock-file.ts'

/** Fixed places, not PATH: what is run here holds the vault's lock file open. */
const SYSTEM_PATHS = [
  '/usr/bin/flock',
  '/bin/flock',
  '/usr/local/bin/flock',
  '/run/current-system/sw/bin/flock',
]

/** Ends the child however it hangs, beside its own limit. */
const GRACE_MS = 5_000

/** How `flock` ended. `busy`: another holds the file. */
type Outcome = 'taken' | 'busy'

/**
 * Linux: Node cannot call flock(2), so the program `flock` (util-linux, busybox) locks a file that this
 * process has opened and hands down as its descriptor 3. The lock belongs to the open file (flock(2)):
 * it stays when the program ends, and ends when this process closes the file or dies.
 */
export function createFlock(paths: readonly string[] = SYSTEM_PATHS): LockSystem {
  const program = () => {
    const found = paths.find((path) => existsSync(path))
    if (found === undefined) throw new LocksUnavailable({ missing: 'flock' })
    return found
  }
  return {
    takeSync(path, limitMs) {
      const flock = program()
      return holding(path, (file) => waitSync(flock, file, limitMs))
    },
    async take(path, limitMs) {
      const flock = program()
      const file = open(path)
      try {
        if ((await wait(flock, file, limitMs)) === 'taken') return closing(file)
      } catch (thrown) {
        closing(file)()
        throw thrown
      }
      closing(file)()
      return null
    },
  }
}

function holding(path: string, lock: (file: number) => Outcome): (() => void) | null {
  const file = open(path)
  try {
    if (lock(file) === 'taken') return closing(file)
  } catch (thrown) {
    closing(file)()
    throw thrown
  }
  closing(file)()
  return null
}

function open(path: string): number {
  try {
    return openLockFile(path)
  } catch (cause) {
    throw new LocksUnavailable({ cause })
  }
}

/**
 * Asked without waiting first; then `flock` waits in the queue of the system. Where it cannot wait (busybox
 * knows no `-w`), it is asked again and again.
 */
function waitSync(flock: string, file: number, limitMs: number): Outcome {
  if (runSync(flock, NOW, file, 0) === 'taken') return 'taken'
  if (limitMs <= 0) return 'busy'
  const startedMs = performance.now()
  if (runSync(flock, within(limitMs), file, limitMs) === 'taken') return 'taken'
  const leftMs = startedMs + limitMs - performance.now()
  const once = () => orNull(runSync(flock, NOW, file, 0))
  return tryUntil(leftMs, once) ?? 'busy'
}

async function wait(flock: string, file: number, limitMs: number): Promise<Outcome> {
  if ((await run(flock, NOW, file, 0)) === 'taken') return 'taken'
  if (limitMs <= 0) return 'busy'
  const startedMs = performance.now()
  if ((await run(flock, within(limitMs), file, limitMs)) === 'taken') return 'taken'
  const leftMs = startedMs + limitMs - performance.now()
  const once = async () => orNull(await run(flock, NOW, file, 0))
  return (await tryUntilLater(leftMs, once)) ?? 'busy'
}

function orNull(outcome: Outcome): 'taken' | null {
  return outcome === 'taken' ? 'taken' : null
}

/** `-n` alone says by exit code 1 that another holds the file, in both programs. */
const NOW = ['-x', '-n', '3']

/** Seconds, with a fraction. */
function within(limitMs: number): string[] {
  return ['-x', '-w', (limitMs / 1_000).toFixed(3), '3']
}

/** No shell, nothing of the environment, and no descriptor but the lock file. */
function optionsFor(file: number, limitMs: number) {
  const stdio: ('ignore' | number)[] = ['ignore', 'ignore', 'ignore', file]
  return { cwd: '/', env: {}, stdio, timeout: limitMs + GRACE_MS }
}

function runSync(flock: string, args: readonly string[], file: number, limitMs: number): Outcome {
  const { status, error } = spawnSync(flock, args, optionsFor(file, limitMs))
  return outcomeOf(args, status, error)
}

function run(
  flock: string,
  args: readonly string[],
  file: number,
  limitMs: number,
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(flock, args, optionsFor(file, limitMs))
    child.once('error', (cause) => reject(new LocksUnavailable({ cause })))
    child.once('close', (status) => {
      try {
        resolve(outcomeOf(args, status, undefined))
      } catch (thrown) {
        reject(thrown)
      }
    })
  })
}

/** A wait that failed for another reason than time is asked about by `-n` afterwards. */
function outcomeOf(
  args: readonly string[],
  status: number | null,
  cause: Error | undefined,
): Outcome {
  if (status === 0) return 'taken'
  if (status === 1 || args !== NOW) return 'busy'
  throw new LocksUnavailable({ cause: cause ?? `flock ended with ${status}` })
}
