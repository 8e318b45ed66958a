import type { Secret } from '../../platform/secret.ts'
import { sameEnvironment } from '../../slack/environment.ts'
import { CLIENT_SECRET, type CredentialMeta, type InstallationMeta } from '../records.ts'
import type { SlackApp, SlackApps } from '../slack-apps.ts'
import { RefreshImpossible } from './errors.ts'

/** What proves to Slack which app asks. */
export interface RefreshClient {
  readonly clientId: string
  /** Null for a PKCE app: its tokens are refreshed without. */
  readonly clientSecret: Secret | null
  readonly isPkce: boolean
}

/**
 * The Slack app that a token is refreshed with: the installation's own, on the same Slack. Its secret
 * goes nowhere else. Signing in may have an entry of its own for the same client.
 *
 * @throws RefreshImpossible
 */
export function refreshClient(
  slackApps: SlackApps,
  {
    slackAppId,
    appId,
    environment,
  }: Pick<InstallationMeta, 'slackAppId' | 'appId' | 'environment'>,
  { kind }: CredentialMeta,
): RefreshClient {
  const all = slackApps.all().filter((app) => sameEnvironment(app.environment, environment))
  const own = all.find((app) => app.id === slackAppId)
  // An entry that was edited into another app would get its good refresh token called invalid.
  const isOther = appId !== null && own?.appId != null && own.appId !== appId
  if (own === undefined || isOther) throw new RefreshImpossible('no-slack-app')
  const isSignIn = (app: SlackApp) => app.flow === 'openid'
  const app =
    isSignIn(own) === (kind === 'sign-in')
      ? own
      : (all.find((one) => one.clientId === own.clientId && isSignIn(one) !== isSignIn(own)) ?? own)
  const isPkce = app.strategy === 'pkce'
  const clientSecret = isPkce ? null : slackApps.secret(app.id, CLIENT_SECRET)
  if (!isPkce && clientSecret === null) throw new RefreshImpossible('no-client-secret')
  return { clientId: app.clientId, clientSecret, isPkce }
}
