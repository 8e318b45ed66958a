import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { LockBusy, LocksUnavailable } from './errors.ts'
import { createFlock } from './flock.ts'
import { type LockSystem, openExclusively } from './lock-file.ts'
import type { ProcessLocks } from './process-lock.ts'

export interface OsLocksOptions {
  /** Where the lock files are; made 0700. */
  readonly directory: string
  readonly platform: NodeJS.Platform
  /** Linux: absolute paths at which the program `flock` may be. The system's own unless a test says otherwise. */
  readonly flockPaths?: readonly string[]
}

/** Letters, digits and dashes: a name is part of a path. */
const NAME = /^[a-z0-9](?:[a-z0-9-]{0,98}[a-z0-9])?$/i

/** Locks of the operating system on files of that folder. Nothing of it has to be closed. */
export function createOsLocks({ directory, platform, flockPaths }: OsLocksOptions): ProcessLocks {
  const system = platform === 'linux' ? createFlock(flockPaths) : openExclusively(platform)
  const prepare = (name: string) => {
    if (!NAME.test(name)) throw new TypeError(`no name of a lock: ${JSON.stringify(name)}`)
    try {
      mkdirSync(directory, { recursive: true, mode: 0o700 })
    } catch (cause) {
      throw new LocksUnavailable({ cause })
    }
    return join(directory, `${name}.lock`)
  }
  return {
    takeSync: (name, limitMs) => taken(() => system.takeSync(prepare(name), limitMs)),
    async take(name, limitMs) {
      const path = prepare(name)
      const release = await system.take(path, limitMs)
      return taken(() => release)
    },
  }
}

/** @throws LockBusy; and gives back once, however often it is told to */
function taken(take: () => ReturnType<LockSystem['takeSync']>): () => void {
  let release = take()
  if (release === null) throw new LockBusy()
  return () => {
    release?.()
    release = null
  }
}
