import type { InstallationView } from '../../../main/contract/views.ts'
import { isRefreshing } from './installation-status.ts'
import type { Running } from './use-running.ts'

/** "Refresh now" as every button that offers it shows it. */
export interface RefreshNow {
  /** Something rotates here. */
  readonly isOffered: boolean
  /** Why it would be of no use; null where it may help. */
  readonly blockedBy: string | null
  /** Also while Token Desk refreshes by itself. */
  readonly isBusy: boolean
  readonly onPress: () => void
}

/** @param running how the last "Refresh now" of this workspace goes */
export function refreshNow(
  installation: InstallationView,
  running: Running | undefined,
  onPress: () => void,
): RefreshNow {
  const rotating = installation.credentials.filter(({ rotates }) => rotates)
  const isAllDead = rotating.every(({ refresh }) => refresh?.isDead)
  return {
    isOffered: rotating.length > 0,
    blockedBy: isAllDead ? 'Slack does not refresh these tokens any more. Authorize again.' : null,
    isBusy: running?.kind === 'running' || isRefreshing(installation),
    onPress,
  }
}
