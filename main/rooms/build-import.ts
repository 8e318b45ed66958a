import { toFailure } from '../errors.ts'
import { createImportService, type ImportService } from '../workspaces/import.ts'
import { learnOrgTeams } from '../workspaces/org-teams.ts'
import { aboutStored } from './act-names.ts'
import type { Ground } from './build-ground.ts'
import type { Records } from './build-records.ts'
import type { Outside } from './outside.ts'

/** Takes tokens from the clipboard or a file. What it read is to be forgotten before a lock. */
export function buildImport(
  { slack, vault }: Ground,
  { installations, configurationTokens }: Records,
  { clipboard, dialogs, clock, log, activity }: Outside,
): ImportService {
  return createImportService({
    ...{ clipboard, dialogs, slack, installations, configurationTokens, clock },
    requireUnlocked: () => void vault(),
    onStored: (installationId, credentials) => {
      const stored = aboutStored(installations, installationId, credentials)
      activity.record({ what: 'imported', ...stored })
      learnOrgTeams({ installations, slack }, installationId).catch((thrown: unknown) =>
        log.info('workspaces of the organization not learned', { code: toFailure(thrown).code }),
      )
    },
  })
}
