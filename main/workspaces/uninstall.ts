/** Removes a Slack app from a workspace at Slack, which ends every token of it there. */
import type { Clock } from '../platform/clock.ts'
import type { Secret } from '../platform/secret.ts'
import { credentialStateFor } from '../slack/advice.ts'
import { sameEnvironment, slackEndpoints } from '../slack/environment.ts'
import { SlackRefused } from '../slack/errors.ts'
import type { SlackApi } from '../slack/slack-api.ts'
import { isCheckable } from './check.ts'
import { UninstallImpossible } from './errors.ts'
import type { Installation, Installations } from './installations.ts'
import { isBoundWebhook, markRevoked } from './mark-revoked.ts'
import { withEvent } from './merge-installation.ts'
import { CLIENT_SECRET, type CredentialMeta } from './records.ts'
import type { SlackApps } from './slack-apps.ts'
import { isLiveToken, uninstallBlock } from './uninstall-block.ts'

export interface UninstallOptions {
  readonly installations: Installations
  readonly slackApps: SlackApps
  readonly slack: SlackApi
  readonly clock: Clock
}

export interface UninstallService {
  /**
   * Uninstalls the app there. The entry stays, with its tokens and their webhooks marked revoked.
   *
   * @throws UninstallImpossible, WorkspaceNotFound
   * @throws SlackRefused (`no_permission` for a bot token), SlackRateLimited, SlackNoAnswer, SlackGarbage
   */
  uninstall(installationId: string): Promise<void>
}

/** Uninstalls at the real environment of each installation. Source: slack-auth section 8. */
export function createUninstallService(options: UninstallOptions): UninstallService {
  return {
    async uninstall(installationId) {
      options.installations.reload()
      const installation = options.installations.get(installationId)
      const means = meansOf(options, installation)
      const ended = tokensOf(options.installations, installation)
      await uninstallAtSlack(options, installation, means)
      await keepUninstalled(options, installationId, ended)
    },
  }
}

/** What apps.uninstall needs beside a token. */
interface Means {
  readonly clientId: string
  readonly clientSecret: Secret
}

/** @throws UninstallImpossible */
function meansOf({ slackApps }: UninstallOptions, installation: Installation): Means {
  const found = slackApps.all().find(({ id }) => id === installation.slackAppId)
  // The secret goes to no other Slack than the one that it was entered for.
  const isItsApp = found && sameEnvironment(found.environment, installation.environment)
  const app = isItsApp ? found : null
  const clientSecret = app === null ? null : slackApps.secret(app.id, CLIENT_SECRET)
  const hasClientSecret = clientSecret !== null
  const block = uninstallBlock(installation, app === null ? null : { hasClientSecret })
  if (block !== null) throw new UninstallImpossible(block)
  if (app === null || clientSecret === null) throw new UninstallImpossible('no-slack-app')
  return { clientId: app.clientId, clientSecret }
}

/** User tokens first: Slack's documentation says that a bot may not uninstall. */
function tokensToTry({ credentials }: Installation): CredentialMeta[] {
  const isUser = ({ kind }: CredentialMeta) => Number(kind === 'user')
  return credentials.filter(isLiveToken).sort((a, b) => isUser(b) - isUser(a))
}

/**
 * One token after the other, until Slack takes one or says more than that it is dead. When all are
 * dead, there is nothing left to uninstall; with an expired one that is not known.
 */
async function uninstallAtSlack(
  { installations, slack }: UninstallOptions,
  installation: Installation,
  means: Means,
): Promise<void> {
  const endpoints = slackEndpoints(installation.environment)
  let expired: SlackRefused | null = null
  for (const { id } of tokensToTry(installation)) {
    const token = installations.token(installation.id, id)
    try {
      return await slack.uninstall(endpoints, { token, ...means })
    } catch (thrown) {
      const state = stateOf(thrown)
      if (state !== 'revoked' && state !== 'expired') throw thrown
      if (state === 'expired' && thrown instanceof SlackRefused) expired = thrown
    }
  }
  if (expired !== null) throw expired
}

function stateOf(thrown: unknown): CredentialMeta['state'] | null {
  const slackCode = thrown instanceof SlackRefused ? thrown.slackCode : undefined
  return slackCode === undefined ? null : credentialStateFor(slackCode)
}

/** The tokens that are there before Slack is asked. */
function tokensOf(installations: Installations, { id, credentials }: Installation) {
  const tokens = credentials.filter(isCheckable)
  return new Map(tokens.map((token) => [token.id, installations.token(id, token.id)]))
}

/**
 * Tokens of the installation end with it, and so do the webhooks that came with the authorization.
 * App-level tokens and secrets belong to the app. A token that came in its place meanwhile is left as
 * it is.
 */
async function keepUninstalled(
  { installations, clock }: UninstallOptions,
  installationId: string,
  ended: ReadonlyMap<string, Secret>,
): Promise<void> {
  const isSame = ({ id }: CredentialMeta) =>
    ended.get(id)?.expose() === installations.token(installationId, id).expose()
  const hasEnded = (credential: CredentialMeta) =>
    isBoundWebhook(credential) || (ended.has(credential.id) && isSame(credential))
  const event = { what: 'revoked' as const, atMs: clock.now(), addedScopes: [] }
  await installations.updateCredentials(
    installationId,
    (credential) => (hasEnded(credential) ? markRevoked(credential) : credential),
    ({ history }) => ({ history: withEvent(history, event) }),
  )
}
