/** The Slack app entry that a manifest makes or changes. */
import { randomUUID } from 'node:crypto'
import type { EnvironmentRef } from '../../contract/views.ts'
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
import type { SlackApp } from '../slack-apps.ts'
import { type ManifestSettings, redirectOf } from './manifest-settings.ts'

/** Scopes of Sign in with Slack, which cannot be mixed with others. Source: slack-auth section 1. */
const SIGN_IN_SCOPES: ReadonlySet<string> = new Set(['openid', 'email', 'profile'])

/** The entry of an app that Slack has just made, with every secret that Slack told. */
export function createdAppChange(
  app: CreatedApp,
  settings: ManifestSettings,
  environment: EnvironmentRef,
  nowMs: number,
): RecordChange & { readonly meta: SlackAppMeta } {
  const { name, botScopes, userScopes, optionalScopes } = settings
  const redirect = redirectOf(settings, environment)
  const signsIn = botScopes.length === 0 && userScopes.includes('openid') && !isMixed(settings)
  const meta: SlackAppMeta = {
    ...{ name, environment, clientId: app.clientId ?? '', appId: app.appId },
    flow: signsIn ? 'openid' : 'v2',
    ...redirect,
    ...{ botScopes, userScopes, optionalScopes },
    isUnfinished: lacksSecrets(app, redirect.strategy) || isRefusedByForm(settings, redirect),
    createdAtMs: nowMs,
  }
  return { id: randomUUID(), kind: SLACK_APP, meta, secrets: secretsOf(app) }
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

/** What cannot be authorized as it is, and would be refused when it is typed. */
function isRefusedByForm(
  settings: ManifestSettings,
  { strategy, redirectUrl }: Pick<SlackAppMeta, 'strategy' | 'redirectUrl'>,
): boolean {
  const { botScopes, userScopes } = settings
  if (botScopes.length + userScopes.length === 0 || isMixed(settings)) return true
  return strategy === 'pkce' ? botScopes.length > 0 : strategy === 'paste' && redirectUrl === null
}

function isMixed({ botScopes, userScopes }: ManifestSettings): boolean {
  const all = [...botScopes, ...userScopes]
  const signIn = all.filter((scope) => SIGN_IN_SCOPES.has(scope))
  return signIn.length > 0 && signIn.length < all.length
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
