/** The second half of an authorization: exchange the code, compare the team, store. */
import { toFailure } from '../errors.ts'
import type { Answer } from '../oauth/authorizations.ts'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import { sameEnvironment, slackEndpoints } from '../slack/environment.ts'
import type { OAuthGrant, SlackApi } from '../slack/slack-api.ts'
import { type AuthorizationEntry, isWanted } from './authorization-entry.ts'
import { OtherTeam, SlackAppChanged } from './errors.ts'
import { installationOf } from './grant.ts'
import type { HeldAnswers } from './held-answers.ts'
import type { Installations } from './installations.ts'
import { CLIENT_SECRET } from './records.ts'
import type { SlackApp, SlackApps } from './slack-apps.ts'

export interface FinishOptions {
  readonly slack: SlackApi
  readonly slackApps: SlackApps
  readonly installations: Installations
  readonly heldAnswers: HeldAnswers
  readonly clock: Clock
  readonly log: Log
}

/**
 * Answers the ID of the stored installation. While the vault is locked, or when the app was removed,
 * the code is not spent: its tokens would have nowhere to go.
 *
 * @throws OtherTeam once the answer is held, VaultLocked, SlackAppNotFound, SlackAppChanged, and what SlackApi throws
 */
export async function finishAuthorization(
  options: FinishOptions,
  entry: AuthorizationEntry,
  answer: Answer,
): Promise<string> {
  const { slack, slackApps } = options
  const app = slackApps.get(entry.app.id)
  // Its secret as it is now must not go to the host that it was begun with.
  if (!isSameClient(app, entry.app)) throw new SlackAppChanged()
  const grant = await slack.exchangeCode(slackEndpoints(entry.app.environment), {
    flow: entry.app.flow,
    clientId: entry.app.clientId,
    clientSecret: answer.codeVerifier === null ? slackApps.secret(app.id, CLIENT_SECRET) : null,
    ...answer,
  })
  return store(options, entry, grant)
}

/** What decides where the code is exchanged, and with which secret. */
function isSameClient(a: SlackApp, b: SlackApp): boolean {
  const isSamePlace = sameEnvironment(a.environment, b.environment)
  const isSameWay = a.flow === b.flow && a.strategy === b.strategy
  return isSamePlace && isSameWay && a.clientId === b.clientId
}

async function store(
  options: FinishOptions,
  entry: AuthorizationEntry,
  grant: OAuthGrant,
): Promise<string> {
  const { id, app, pending, wanted } = entry
  const sealable = installationOf(grant, app, options.clock.now())
  if (wanted !== null && !isWanted(wanted, grant)) {
    const { startedAtMs } = pending
    const about = { slackAppId: app.id, wantedInstallationId: wanted.id, startedAtMs }
    await options.heldAnswers.hold(id, about, sealable)
    throw new OtherTeam(sealable.meta.teamName, wanted.name)
  }
  const installationId = await options.installations.store(sealable)
  if (grant.appId !== null) await learnAppId(options, app.id, grant.appId)
  return installationId
}

/** The workspace is stored by now: that its app was removed meanwhile must not call it a failure. */
async function learnAppId(
  { slackApps, log }: FinishOptions,
  slackAppId: string,
  appId: string,
): Promise<void> {
  try {
    await slackApps.learnAppId(slackAppId, appId)
  } catch (thrown) {
    log.error('app ID not kept', { code: toFailure(thrown).code })
  }
}
