import { openTempJournal, type TempJournal } from '../env/temp-journal.ts'
import { type ClipboardGuard, createClipboardGuard } from '../sharing/clipboard-guard.ts'
import { createEnvFiles } from '../sharing/env-files.ts'
import { findSharedValue } from '../sharing/shared-value.ts'
import { createWriteEnvService, type WriteEnvService } from '../sharing/write-env.ts'
import type { Records } from './build-records.ts'
import type { Outside } from './outside.ts'

/** What leaves the vault at the user's wish. */
export interface Sharing {
  readonly find: (ref: Parameters<typeof findSharedValue>[1]) => ReturnType<typeof findSharedValue>
  readonly guard: ClipboardGuard
  readonly journal: TempJournal
  readonly writeEnv: WriteEnvService
}

/** What it put on the clipboard, and what it offered to undo, is to be forgotten before a lock. */
export function buildSharing(records: Records, outside: Outside): Sharing {
  const { clipboard, clock, dialogs, homeDirectory } = outside
  const find: Sharing['find'] = (ref) => findSharedValue(records, ref)
  const journal = openTempJournal(outside.journalFolder)
  const envFiles = createEnvFiles(outside)
  return {
    ...{ find, journal },
    guard: createClipboardGuard({ clipboard, clock }),
    writeEnv: createWriteEnvService({ find, journal, envFiles, dialogs, homeDirectory }),
  }
}
