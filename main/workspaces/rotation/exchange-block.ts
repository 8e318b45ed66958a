import { sameEnvironment } from '../../slack/environment.ts'
import type { CredentialMeta, InstallationMeta } from '../records.ts'
import type { SlackAppFacts } from '../slack-apps.ts'
import type { ExchangeBlock } from './errors.ts'

/**
 * Why a token cannot become a rotating one (oauth.v2.exchange); null where it can. Slack wants a
 * long-lived granular token, the client ID and the client secret (slack-auth section 4).
 *
 * @param app the entry that the installation names; null where it names none, or that is gone
 */
export function exchangeBlock(
  { environment }: Pick<InstallationMeta, 'environment'>,
  credential: CredentialMeta,
  app: SlackAppFacts | null,
): ExchangeBlock | null {
  if (credential.kind !== 'bot' && credential.kind !== 'user') return 'wrong-kind'
  if (credential.rotates || credential.expiresAtMs !== null) return 'not-long-lived'
  if (credential.isClassic || app?.flow === 'v1') return 'classic'
  if (credential.state === 'revoked' || credential.state === 'expired') return 'ended'
  // One that moved to another Slack is not what this was installed from.
  if (app === null || !sameEnvironment(app.environment, environment)) return 'no-slack-app'
  if (app.flow === 'openid') return 'no-slack-app'
  if (app.strategy === 'pkce') return 'pkce'
  return app.hasClientSecret ? null : 'no-client-secret'
}
