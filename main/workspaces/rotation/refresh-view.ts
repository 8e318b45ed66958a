import type { RefreshView } from '../../contract/views.ts'
import type { CredentialMeta } from '../records.ts'
import { refreshFailure } from './refresh-failure.ts'
import { isMarked, nextRefreshAtMs } from './schedule.ts'

/** What the page is shown of refreshing; null where the token has no refresh token. */
export function refreshView(credential: CredentialMeta): RefreshView | null {
  if (!credential.rotates) return null
  const { refresh } = credential
  const nextAtMs = nextRefreshAtMs(credential)
  return {
    isRunning: isMarked(credential),
    lastRefreshedAtMs: refresh?.lastRefreshedAtMs ?? null,
    nextAtMs,
    failure: refresh?.failure ? refreshFailure(refresh.failure, nextAtMs) : null,
    failedCount: refresh?.failedCount ?? 0,
    isDead: refresh?.isDead ?? false,
  }
}
