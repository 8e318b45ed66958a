/** Compares a manifest with the one that Slack has, and replaces that one. */
import type { CallValue } from '../../contract/calls.ts'
import type { ManifestComparison } from '../../contract/views.ts'
import { AppError } from '../../errors.ts'
import type { Clock } from '../../platform/clock.ts'
import { slackEndpoints } from '../../slack/environment.ts'
import { SlackGarbage } from '../../slack/errors.ts'
import type { AppUpdate, SlackApi } from '../../slack/slack-api.ts'
import type { Vault } from '../../vault/vault.ts'
import type { ConfigurationTokens } from '../configuration-tokens.ts'
import type { Installations } from '../installations.ts'
import type { SlackApp, SlackApps } from '../slack-apps.ts'
import { updatedAppChange } from './app-of-manifest.ts'
import type { Comparisons } from './comparisons.ts'
import { AppIdUnknown, ManifestInvalid, UpdatedAppNotKept } from './errors.ts'
import { keepManifest } from './kept-manifests.ts'
import { diffManifests } from './manifest-diff.ts'
import { manifestSettings } from './manifest-settings.ts'
import {
  MAX_LENGTH,
  type ManifestValue,
  manifestJson,
  type ReadManifest,
  readManifest,
} from './manifest-text.ts'
import { problemOf, ruleProblems, slackProblems, turnedOn } from './manifest-view.ts'

export interface AppUpdateOptions {
  /** The open vault; throws VaultLocked while locked. */
  readonly vault: () => Vault
  readonly slack: SlackApi
  readonly slackApps: SlackApps
  readonly installations: Installations
  readonly configurationTokens: ConfigurationTokens
  readonly comparisons: Comparisons
  readonly clock: Clock
}

export type Updated = CallValue<'manifests/update'>

/**
 * The manifest as Slack has it, with the fields that nobody here knows.
 *
 * @throws AppIdUnknown, ConfigurationTokenMissing, SlackGarbage, and what Slack's calls throw
 */
export async function exportManifest(
  { slack, configurationTokens }: Pick<AppUpdateOptions, 'slack' | 'configurationTokens'>,
  app: SlackApp,
): Promise<ManifestValue> {
  const appId = requireAppId(app)
  const endpoints = slackEndpoints(app.environment)
  const value = await configurationTokens.withToken(app.environment, (token) =>
    slack.exportManifest(endpoints, token, appId),
  )
  if (isDeeper(value, MAX_DEPTH) || manifestJson(value).length > MAX_LENGTH) {
    throw new SlackGarbage()
  }
  return value
}

/** As deep as a text may be. */
const MAX_DEPTH = 50

/** Looks no deeper than asked: what is nested without end cannot be written out. */
function isDeeper(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return depth === 0 || Object.values(value).some((part) => isDeeper(part, depth - 1))
}

function requireAppId({ appId }: SlackApp): string {
  if (appId === null) throw new AppIdUnknown()
  return appId
}

/** @throws ManifestInvalid, and as `exportManifest` */
export async function compareManifest(
  options: AppUpdateOptions,
  app: SlackApp,
  text: string,
): Promise<ManifestComparison> {
  const { value } = requireReadable(text)
  const slacks = await exportManifest(options, app)
  return {
    id: options.comparisons.remember(app.id, slacks, value),
    ...diffManifests(slacks, value),
    ...turnedOn(value, slacks),
  }
}

/** @throws ManifestInvalid */
export function requireReadable(text: string): ReadManifest {
  const read = readManifest(text)
  if (read.kind === 'unreadable') throw new ManifestInvalid(read)
  return read
}

/**
 * Sends the text that was compared, unless Slack's manifest has changed since.
 *
 * @throws ComparisonGone, ManifestChangedAtSlack, UpdatedAppNotKept, and as `exportManifest`
 */
export async function updateSlackApp(
  options: AppUpdateOptions,
  app: SlackApp,
  text: string,
  comparisonId: string,
): Promise<Updated> {
  const read = readManifest(text)
  if (read.kind === 'unreadable') return { kind: 'refused', problems: [problemOf(read)] }
  options.comparisons.requireText(comparisonId, app.id, read.value)
  const problems = ruleProblems(read)
  if (problems.some(({ severity }) => severity === 'problem')) return { kind: 'refused', problems }
  options.comparisons.requireUnchanged(comparisonId, await exportManifest(options, app))
  const outcome = await validateAndUpdate(options, app, read.value)
  if (outcome.kind === 'refused') {
    return { kind: 'refused', problems: slackProblems(outcome.errors, read) }
  }
  options.comparisons.forget(comparisonId)
  await keep(options, app.id, read.value)
  const { permissionsUpdated } = outcome
  return { kind: 'updated', permissionsUpdated, workspaceCount: workspaceCount(options, app.id) }
}

function validateAndUpdate(
  { slack, configurationTokens }: AppUpdateOptions,
  app: SlackApp,
  value: ManifestValue,
): Promise<AppUpdate> {
  const appId = requireAppId(app)
  const endpoints = slackEndpoints(app.environment)
  const json = JSON.stringify(value)
  return configurationTokens.withToken(app.environment, async (token) => {
    const errors = await slack.validateManifest(endpoints, token, json, appId)
    if (errors.length > 0) return { kind: 'refused', errors }
    return slack.updateApp(endpoints, token, appId, json)
  })
}

async function keep(
  { vault, slackApps, clock }: AppUpdateOptions,
  slackAppId: string,
  value: ManifestValue,
): Promise<void> {
  try {
    const about = { slackAppId, origin: 'updated', keptAtMs: clock.now() } as const
    await vault().save(() => {
      const manifest = keepManifest(vault(), about, manifestJson(value))
      // Read again: it may have been edited while Slack was asked.
      const change = updatedAppChange(slackApps.get(slackAppId), manifestSettings(value))
      return { put: [change, manifest.put], remove: manifest.remove }
    })
  } catch (thrown) {
    if (thrown instanceof AppError) throw new UpdatedAppNotKept(thrown)
    throw thrown
  }
}

function workspaceCount({ installations }: AppUpdateOptions, slackAppId: string): number {
  return installations.all().filter((one) => one.slackAppId === slackAppId).length
}
