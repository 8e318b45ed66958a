/** Ends tokens at Slack, and removes installations here. */
import type { Failure } from '../contract/errors.ts'
import { AppError, toFailure } from '../errors.ts'
import type { Clock } from '../platform/clock.ts'
import type { Secret } from '../platform/secret.ts'
import { credentialStateFor } from '../slack/advice.ts'
import { slackEndpoints } from '../slack/environment.ts'
import type { SlackApi } from '../slack/slack-api.ts'
import { isCheckable } from './check.ts'
import { NotRevoked, ReplacedMeanwhile } from './errors.ts'
import type { Installation, Installations } from './installations.ts'
import { isBoundWebhook, markRevoked } from './mark-revoked.ts'
import { withEvent } from './merge-installation.ts'
import type { CredentialMeta } from './records.ts'

export interface RevokeOptions {
  readonly installations: Installations
  readonly slack: SlackApi
  readonly clock: Clock
}

export interface RevokeReport {
  readonly revoked: number
  readonly failures: { credentialId: string; failure: Failure }[]
}

export interface RevokeService {
  /**
   * Revokes the tokens of these credentials, one after the other; each is marked as soon as Slack
   * has answered. Kinds that Slack cannot revoke by a call are passed over. One entry in the history
   * says that something was revoked.
   *
   * @throws WorkspaceNotFound
   */
  revoke(installationId: string, credentialIds: readonly string[]): Promise<RevokeReport>
}

/** Revokes at the real environment of each installation. */
export function createRevokeService(options: RevokeOptions): RevokeService {
  return {
    async revoke(installationId, credentialIds) {
      options.installations.reload()
      const installation = options.installations.get(installationId)
      const wanted = installation.credentials.filter(
        (credential) => credentialIds.includes(credential.id) && isCheckable(credential),
      )
      const failures: RevokeReport['failures'] = []
      for (const credential of wanted) {
        const failure = await revokeOne(options, installation, credential.id)
        if (failure) failures.push({ credentialId: credential.id, failure })
      }
      const revoked = wanted.length - failures.length
      if (revoked > 0) await remember(options, installationId)
      return { revoked, failures }
    },
  }
}

async function remember({ installations, clock }: RevokeOptions, id: string): Promise<void> {
  const event = { what: 'revoked' as const, atMs: clock.now(), addedScopes: [] }
  await installations.update(id, (before) => ({
    ...before,
    history: withEvent(before.history, event),
  }))
}

/** Null when the credential is revoked now. */
async function revokeOne(
  options: RevokeOptions,
  installation: Installation,
  credentialId: string,
): Promise<Failure | null> {
  try {
    const token = options.installations.token(installation.id, credentialId)
    await revokeAtSlack(options, installation, credentialId, token)
    await keepRevoked(options.installations, installation.id, credentialId, token)
    return null
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown
    return toFailure(thrown)
  }
}

/**
 * With rotation each call kills just one token, so the refresh token goes first: were only the access
 * token revoked, a kept refresh token could make another (docs: using token rotation).
 */
async function revokeAtSlack(
  options: RevokeOptions,
  installation: Installation,
  credentialId: string,
  token: Secret,
): Promise<void> {
  const { installations, slack } = options
  const endpoints = slackEndpoints(installation.environment)
  const refreshToken = installations.refreshToken(installation.id, credentialId)
  for (const secret of refreshToken === null ? [token] : [refreshToken, token]) {
    const { revoked } = await slack.revokeToken(endpoints, secret).catch(acceptDead)
    if (!revoked) throw new NotRevoked()
  }
  // Of the pair before the last refresh the one lives on until its own end, and the other may still give
  // a new pair: Slack takes it for a while. If Slack does not know them, so be it.
  const before = installations.previousTokens(installation.id, credentialId)
  for (const secret of [before.refreshToken, before.token]) {
    if (secret !== null) await slack.revokeToken(endpoints, secret).catch(acceptRefused)
  }
}

function acceptRefused(thrown: unknown): void {
  if (!(thrown instanceof AppError) || thrown.code !== 'SLACK_REFUSED') throw thrown
}

/** A token that Slack calls dead already is what was asked for. */
function acceptDead(thrown: unknown): { revoked: boolean } {
  const slackCode = thrown instanceof AppError ? thrown.slackCode : undefined
  const state = slackCode === undefined ? null : credentialStateFor(slackCode)
  if (state !== 'revoked' && state !== 'expired') throw thrown
  return { revoked: true }
}

/**
 * Revoking a bot token also removes the webhooks that are bound to it (docs: installing with OAuth).
 * A token that came in its place meanwhile lives: it is left as it is, and nobody is told that it ended.
 *
 * @throws ReplacedMeanwhile
 */
async function keepRevoked(
  installations: Installations,
  installationId: string,
  credentialId: string,
  token: Secret,
): Promise<void> {
  const hasEnded = (credential: CredentialMeta) =>
    credential.id === credentialId || (credentialId === 'bot' && isBoundWebhook(credential))
  await installations.update(installationId, (before) => {
    if (installations.token(installationId, credentialId).expose() !== token.expose()) {
      throw new ReplacedMeanwhile()
    }
    const credentials = before.credentials.map((one) => (hasEnded(one) ? markRevoked(one) : one))
    return { ...before, credentials }
  })
}
