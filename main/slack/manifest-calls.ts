/**
 * Calls about Slack apps themselves, made with an app configuration token. Source: slack-auth section
 * 9 (docs: apps.manifest.*, tooling.tokens.rotate).
 */
import type { Secret } from '../platform/secret.ts'
import type { SlackEndpoints } from './environment.ts'
import { ManifestRefused } from './errors.ts'
import {
  type ConfigurationTokens,
  type CreatedApp,
  parseConfigurationTokens,
  parseCreatedApp,
  parseExport,
  parseUpdated,
  parseValidation,
} from './manifest-answers.ts'
import type { ManifestError } from './manifest-errors.ts'
import { callSlack, type WebCall, type WebCallOptions } from './web-call.ts'

export type { ConfigurationTokens, CreatedApp } from './manifest-answers.ts'
export type { ManifestError } from './manifest-errors.ts'

interface Refused {
  readonly kind: 'refused'
  readonly errors: ManifestError[]
}
export type AppCreation = Refused | { readonly kind: 'created'; readonly app: CreatedApp }
export type AppUpdate = Refused | { readonly kind: 'updated'; readonly permissionsUpdated: boolean }

/** apps.manifest.validate; repeatable. Empty when Slack accepts the manifest. */
export async function validateManifest(
  options: WebCallOptions,
  endpoints: SlackEndpoints,
  token: Secret,
  manifestJson: string,
  appId: string | null,
): Promise<ManifestError[]> {
  const fields = { manifest: manifestJson, app_id: appId }
  const call = manifestCall(endpoints, 'validate', token, fields)
  const outcome = await orRefused(async () => ({
    kind: 'refused' as const,
    errors: parseValidation(await callSlack(options, { ...call, isRepeatable: true }), [token]),
  }))
  return outcome.errors
}

/** apps.manifest.create; sent once. */
export function createApp(
  options: WebCallOptions,
  endpoints: SlackEndpoints,
  token: Secret,
  manifestJson: string,
): Promise<AppCreation> {
  const call = manifestCall(endpoints, 'create', token, { manifest: manifestJson })
  return orRefused(async () => ({
    kind: 'created',
    app: parseCreatedApp(await callSlack(options, call)),
  }))
}

/** apps.manifest.update; sent once. */
export function updateApp(
  options: WebCallOptions,
  endpoints: SlackEndpoints,
  token: Secret,
  appId: string,
  manifestJson: string,
): Promise<AppUpdate> {
  const fields = { app_id: appId, manifest: manifestJson }
  const call = manifestCall(endpoints, 'update', token, fields)
  return orRefused(async () => ({
    kind: 'updated',
    permissionsUpdated: parseUpdated(await callSlack(options, call)),
  }))
}

/** apps.manifest.export; repeatable. */
export async function exportManifest(
  options: WebCallOptions,
  endpoints: SlackEndpoints,
  token: Secret,
  appId: string,
): Promise<Record<string, unknown>> {
  const call = manifestCall(endpoints, 'export', token, { app_id: appId })
  return parseExport(await callSlack(options, { ...call, isRepeatable: true }))
}

/** tooling.tokens.rotate; sent once, and with no other authentication. */
export async function rotateConfigurationToken(
  options: WebCallOptions,
  endpoints: SlackEndpoints,
  refreshToken: Secret,
): Promise<ConfigurationTokens> {
  const nowMs = options.clock.now()
  const answer = await callSlack(options, {
    ...{ endpoints, method: 'tooling.tokens.rotate', token: null },
    fields: { refresh_token: refreshToken },
    isRepeatable: false,
    context: { during: 'configuration' },
  })
  return parseConfigurationTokens(answer, nowMs)
}

function manifestCall(
  endpoints: SlackEndpoints,
  verb: string,
  token: Secret,
  fields: WebCall['fields'],
): WebCall {
  const context = { during: 'configuration' } as const
  const method = `apps.manifest.${verb}`
  return { endpoints, method, token, fields, isRepeatable: false, context }
}

/** What Slack has against the manifest is an answer; every other refusal stays a failure. */
async function orRefused<T>(call: () => Promise<T>): Promise<T | Refused> {
  try {
    return await call()
  } catch (thrown) {
    if (thrown instanceof ManifestRefused) return { kind: 'refused', errors: [...thrown.errors] }
    throw thrown
  }
}
