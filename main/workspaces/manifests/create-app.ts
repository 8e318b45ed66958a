import type { CallValue } from '../../contract/calls.ts'
import type { EnvironmentRef } from '../../contract/views.ts'
import { AppError } from '../../errors.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Secret } from '../../platform/secret.ts'
import { type SlackEndpoints, slackEndpoints } from '../../slack/environment.ts'
import type { AppCreation, CreatedApp, SlackApi } from '../../slack/slack-api.ts'
import type { Vault } from '../../vault/vault.ts'
import type { ConfigurationTokens } from '../configuration-tokens.ts'
import { checkEnvironment } from '../slack-app-input.ts'
import { createdAppChange } from './app-of-manifest.ts'
import { AppMayExist, CreatedAppNotKept } from './errors.ts'
import { keepManifest } from './kept-manifests.ts'
import { manifestSettings } from './manifest-settings.ts'
import { manifestJson, type ReadManifest, readManifest } from './manifest-text.ts'
import { problemOf, ruleProblems, slackProblems } from './manifest-view.ts'

export interface AppCreationOptions {
  /** The open vault; throws VaultLocked while locked. */
  readonly vault: () => Vault
  readonly slack: SlackApi
  readonly configurationTokens: ConfigurationTokens
  readonly clock: Clock
}

export type Created = CallValue<'manifests/create'>

/**
 * Creates the app at Slack and seals what Slack told of it, before anything else is done. What is
 * wrong by our own rules is not sent.
 *
 * @throws ConfigurationTokenMissing, AppMayExist, CreatedAppNotKept, and what Slack's calls throw
 */
export async function createSlackApp(
  options: AppCreationOptions,
  typedEnvironment: EnvironmentRef,
  text: string,
): Promise<Created> {
  const read = readManifest(text)
  if (read.kind === 'unreadable') return { kind: 'refused', problems: [problemOf(read)] }
  const problems = ruleProblems(read)
  if (problems.some(({ severity }) => severity === 'problem')) return { kind: 'refused', problems }
  const environment = checkEnvironment({ environment: typedEnvironment })
  const outcome = await options.configurationTokens.withToken(environment, (token) =>
    validateAndCreate(options.slack, slackEndpoints(environment), token, read),
  )
  if (outcome.kind === 'refused') {
    return { kind: 'refused', problems: slackProblems(outcome.errors, read) }
  }
  return keep(options, environment, outcome.app, read)
}

async function validateAndCreate(
  slack: SlackApi,
  endpoints: SlackEndpoints,
  token: Secret,
  { value }: ReadManifest,
): Promise<AppCreation> {
  const json = JSON.stringify(value)
  const errors = await slack.validateManifest(endpoints, token, json, null)
  if (errors.length > 0) return { kind: 'refused', errors }
  try {
    return await slack.createApp(endpoints, token, json)
  } catch (thrown) {
    if (thrown instanceof AppError && LOST.has(thrown.code)) throw new AppMayExist(thrown)
    throw thrown
  }
}

/** Slack may have done what was asked. */
const LOST: ReadonlySet<string> = new Set(['SLACK_NO_ANSWER', 'SLACK_GARBAGE'])

async function keep(
  { vault, clock }: AppCreationOptions,
  environment: EnvironmentRef,
  app: CreatedApp,
  { value }: ReadManifest,
): Promise<Created> {
  const nowMs = clock.now()
  const change = createdAppChange(app, manifestSettings(value), environment, nowMs)
  try {
    const about = { slackAppId: change.id, origin: 'created', keptAtMs: nowMs } as const
    await vault().save(() => {
      const manifest = keepManifest(vault(), about, manifestJson(value))
      return { put: [change, manifest.put], remove: manifest.remove }
    })
  } catch (thrown) {
    if (thrown instanceof AppError) throw new CreatedAppNotKept(app.appId, thrown)
    throw thrown
  }
  return { kind: 'created', slackAppId: change.id, isUnfinished: change.meta.isUnfinished }
}
