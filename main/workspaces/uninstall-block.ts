import type { UninstallBlock } from '../contract/views.ts'
import type { CredentialMeta, InstallationMeta } from './records.ts'
import type { SlackAppFacts } from './slack-apps.ts'

/**
 * Why "Uninstall" cannot work; null where it can be tried. Slack wants a token, the client ID and the
 * client secret (slack-auth section 8, apps.uninstall).
 *
 * @param app the entry that the installation names; null where it names none, or that is gone
 */
export function uninstallBlock(
  installation: Pick<InstallationMeta, 'credentials'>,
  app: Pick<SlackAppFacts, 'hasClientSecret'> | null,
): UninstallBlock {
  if (app === null) return 'no-slack-app'
  if (!app.hasClientSecret) return 'no-client-secret'
  return installation.credentials.some(isLiveToken) ? null : 'no-token'
}

/** A bot or user token that Slack may still accept. */
export function isLiveToken({ kind, state }: CredentialMeta): boolean {
  return (kind === 'bot' || kind === 'user') && state !== 'revoked' && state !== 'expired'
}
