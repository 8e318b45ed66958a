import type { Clock } from '../platform/clock.ts'
import { type CheckService, createCheckService } from '../workspaces/check.ts'
import { type CheckAllService, createCheckAllService } from '../workspaces/check-all.ts'
import { createRevokeService, type RevokeService } from '../workspaces/revoke.ts'
import { createUninstallService, type UninstallService } from '../workspaces/uninstall.ts'
import type { Ground } from './build-ground.ts'
import type { Records } from './build-records.ts'

/** Whether tokens work, and how they are ended. */
export interface Health {
  readonly check: CheckService
  readonly checkAll: CheckAllService
  readonly revoke: RevokeService
  readonly uninstall: UninstallService
}

/** "Check all" is to be cancelled before a lock. */
export function buildHealth(
  { changes, slack }: Ground,
  { installations, slackApps }: Records,
  { clock }: { readonly clock: Clock },
): Health {
  const check = createCheckService({ installations, slack, clock })
  return {
    check,
    checkAll: createCheckAllService({
      ...{ installations, check, clock },
      onChange: () => changes.tell('checking'),
    }),
    revoke: createRevokeService({ installations, slack, clock }),
    uninstall: createUninstallService({ installations, slackApps, slack, clock }),
  }
}
