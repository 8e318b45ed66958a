import { openTempJournal, type TempJournal } from '../env/temp-journal.ts'
import { type ClipboardGuard, createClipboardGuard } from '../sharing/clipboard-guard.ts'
import { createEnvFiles } from '../sharing/env-files.ts'
import { type Freshen, findSharedValue } from '../sharing/shared-value.ts'
import { createShownSecrets, type ShownSecrets } from '../sharing/shown-secrets.ts'
import { createWriteEnvService, type WriteEnvService } from '../sharing/write-env.ts'
import type { Records } from './build-records.ts'
import type { Rotating } from './build-rotation.ts'
import type { Outside } from './outside.ts'

/** What leaves the vault at the user's wish. */
export interface Sharing {
  readonly find: (ref: Parameters<typeof findSharedValue>[1]) => ReturnType<typeof findSharedValue>
  readonly freshen: Freshen
  readonly guard: ClipboardGuard
  readonly shown: ShownSecrets
  readonly journal: TempJournal
  readonly writeEnv: WriteEnvService
}

/**
 * What it put on the clipboard, what it shows, and what it offered to undo, is to be forgotten before a
 * lock.
 */
export function buildSharing(records: Records, { rotation }: Rotating, outside: Outside): Sharing {
  const { clipboard, clock, dialogs, homeDirectory, settings, screenGuard } = outside
  const freshen: Freshen = async (ref) => {
    // What another process removed or replaced must not leave from here.
    records.installations.reload()
    if (ref.of === 'credential') await rotation.ensureFresh(ref.installationId, ref.credentialId)
  }
  const find: Sharing['find'] = (ref) => findSharedValue(records, ref)
  const journal = openTempJournal(outside.journalFolder)
  const envFiles = createEnvFiles(outside)
  return {
    ...{ find, freshen, journal },
    guard: createClipboardGuard({
      ...{ clipboard, clock },
      seconds: () => settings.get().clipboardSeconds,
    }),
    shown: createShownSecrets({ screenGuard, clock }),
    writeEnv: createWriteEnvService({
      ...{ find, freshen, journal, envFiles, dialogs, homeDirectory },
    }),
  }
}
