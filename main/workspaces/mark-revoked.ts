import type { CredentialMeta } from './records.ts'

/** The credential as it is after Slack has ended it on our word: no pair of before is of use any more. */
export function markRevoked(credential: CredentialMeta): CredentialMeta {
  const refresh = credential.refresh && { ...credential.refresh, hasPrevious: false }
  return { ...credential, state: 'revoked', slackCode: 'token_revoked', refresh }
}

/**
 * True for a webhook that came with an authorization: it ends with the bot (docs: installing with
 * OAuth). It names its channel; an imported one does not, and may be another app's.
 */
export function isBoundWebhook(credential: CredentialMeta): boolean {
  return credential.kind === 'webhook' && credential.channel !== null
}
