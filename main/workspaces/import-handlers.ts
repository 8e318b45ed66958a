import type { Handlers } from '../contract/api.ts'
import type { ImportService } from './import.ts'

export interface ImportHandlerOptions {
  readonly imports: ImportService
}

/** The part of the contract about pasted text and chosen files. */
export function importHandlers({ imports }: ImportHandlerOptions) {
  return {
    'import/read-clipboard': (environment) => imports.readClipboard(environment),
    'import/choose-file': (environment) => imports.chooseFile(environment),
    'import/check': (draftId) => imports.check(draftId),
    'import/store': (draftId, choices, rest) => imports.store(draftId, choices, rest),
    'import/discard': (draftId) => imports.discard(draftId),
  } satisfies Partial<Handlers>
}
