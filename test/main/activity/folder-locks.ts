import { mkdirSync, rmdirSync } from 'node:fs'
import type { ProcessLocks } from '../../../main/platform/process-lock.ts'

/** A lock between processes that end well: a folder that only one of them can make. */
export function folderLocks(path: string): ProcessLocks {
  const takeSync = () => {
    mkdirSync(`${path}.locked`)
    return () => rmdirSync(`${path}.locked`)
  }
  return { takeSync, take: async () => takeSync() }
}
