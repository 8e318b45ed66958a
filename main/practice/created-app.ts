/** What the maker of an app is told beside its IDs. */
import { freshClientSecret, freshVerificationToken } from './fresh-secrets.ts'
import type { AppSettings } from './manifest.ts'

/**
 * The secrets that would prove a request to come from Slack. Nothing is sent to apps from here, so not
 * even their hashes are kept.
 */
export function freshAppSecrets(): {
  readonly signingSecret: string
  readonly verificationToken: string
} {
  return { signingSecret: freshClientSecret(), verificationToken: freshVerificationToken() }
}

/** The query of the authorize URL that asks for all the app's scopes. */
export function authorizeQuery(clientId: string, settings: AppSettings): URLSearchParams {
  const { botScopes, userScopes } = settings
  return new URLSearchParams({
    client_id: clientId,
    scope: botScopes.join(','),
    user_scope: userScopes.join(','),
  })
}
