import type { RefreshView } from '../../contract/views.ts'
import type { CredentialMeta } from '../records.ts'

/** What the page is shown of refreshing; null where the token has no refresh token. */
export function refreshView(credential: CredentialMeta): RefreshView | null {
  return credential.rotates ? { ...BLANK } : null
}

const BLANK: RefreshView = {
  isRunning: false,
  lastRefreshedAtMs: null,
  nextAtMs: null,
  failure: null,
  failedCount: 0,
  isDead: false,
}
