/** The Slack app entry that a manifest makes or changes. */
import { randomUUID } from 'node:crypto'
import type { EnvironmentRef } from '../../contract/views.ts'
import { InputError } from '../../errors.ts'
import type { Secret } from '../../platform/secret.ts'
import type { CreatedApp } from '../../slack/slack-api.ts'
import type { RecordChange } from '../../vault/vault.ts'
import {
  CLIENT_SECRET,
  SIGNING_SECRET,
  SLACK_APP,
  type SlackAppMeta,
  VERIFICATION_TOKEN,
} from '../records.ts'
import { checkPastedUrl } from '../registered-url.ts'
import { checkScopes } from '../slack-app-scopes.ts'
import type { SlackApp } from '../slack-apps.ts'
import { type ManifestSettings, redirectOf } from './manifest-settings.ts'

/** The entry of an app that Slack has just made, with every secret that Slack told. */
export function createdAppChange(
  app: CreatedApp,
  settings: ManifestSettings,
  environment: EnvironmentRef,
  nowMs: number,
): RecordChange & { readonly meta: SlackAppMeta } {
  const { name, botScopes, userScopes, optionalScopes } = settings
  const entry: Omit<SlackAppMeta, 'isUnfinished'> = {
    ...{ name, environment, clientId: app.clientId ?? '', appId: app.appId },
    flow: flowOf(settings),
    ...redirectOf(settings, environment),
    ...{ botScopes, userScopes, optionalScopes },
    createdAtMs: nowMs,
  }
  const isUnfinished = lacksSecrets(app, entry.strategy) || isRefusedByForm(entry)
  const meta = { ...entry, isUnfinished }
  return { id: randomUUID(), kind: SLACK_APP, meta, secrets: secretsOf(app) }
}

/** With the scope openid and no bot an app signs people in, whatever else is wrong with its scopes. */
function flowOf({ botScopes, userScopes }: ManifestSettings): SlackAppMeta['flow'] {
  return botScopes.length === 0 && userScopes.includes('openid') ? 'openid' : 'v2'
}

function secretsOf(app: CreatedApp): Record<string, Secret> {
  const fields = {
    [CLIENT_SECRET]: app.clientSecret,
    [SIGNING_SECRET]: app.signingSecret,
    [VERIFICATION_TOKEN]: app.verificationToken,
  }
  const told = Object.entries(fields).filter(
    (entry): entry is [string, Secret] => entry[1] !== null,
  )
  return Object.fromEntries(told)
}

function lacksSecrets(app: CreatedApp, strategy: SlackAppMeta['strategy']): boolean {
  const { clientId, clientSecret, signingSecret, verificationToken } = app
  const lacksClientSecret = clientSecret === null && strategy !== 'pkce'
  return clientId === null || lacksClientSecret || !signingSecret || !verificationToken
}

/** True for what cannot be authorized as it is, and would be refused when it is typed. */
function isRefusedByForm(meta: Omit<SlackAppMeta, 'isUnfinished'>): boolean {
  try {
    checkScopes(meta)
    if (meta.strategy === 'paste') checkPastedUrl(meta.redirectUrl)
    return false
  } catch (thrown) {
    if (thrown instanceof InputError) return true
    throw thrown
  }
}

/** The entry after Slack took a new manifest: its scopes, and its way back where that one is gone. */
export function updatedAppChange(app: SlackApp, settings: ManifestSettings): RecordChange {
  const { id, ...before } = app
  const redirect = redirectOf(settings, app.environment, app)
  const { strategy, redirectUrl } = redirect
  const meta: SlackAppMeta = { ...before, strategy, redirectUrl, ...scopesFor(app, settings) }
  return { id, kind: SLACK_APP, meta }
}

/** A manifest says nothing of classic apps; what signs in has scopes of its own. */
function scopesFor(
  { flow }: SlackApp,
  { botScopes, userScopes, optionalScopes }: ManifestSettings,
): Partial<SlackAppMeta> {
  if (flow === 'v2') return { botScopes, userScopes, optionalScopes }
  return flow === 'v2-user' ? { userScopes, optionalScopes } : {}
}
