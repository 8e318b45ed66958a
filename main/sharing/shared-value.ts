/** Finds what a SecretRef names: the value, the variable it goes by, and what belongs to it. */
import type { SecretRef } from '../contract/views.ts'
import { defaultVariable } from '../env/variable-name.ts'
import { Secret } from '../platform/secret.ts'
import { SecretNotFoundHere } from '../workspaces/errors.ts'
import type { Installations } from '../workspaces/installations.ts'
import type { SlackApps } from '../workspaces/slack-apps.ts'

export interface SharedValue {
  readonly value: Secret
  readonly variable: string
  /** The installation, Slack app or configuration token it belongs to: files used before are remembered under it. */
  readonly ownerId: string
}

/**
 * Reads what another process changed, and refreshes what a SecretRef names where it is about to end, so
 * that what leaves still works for a while.
 *
 * @throws VaultLocked, VaultUnreadable, and why a token that has ended could not be refreshed
 */
export type Freshen = (ref: SecretRef) => Promise<void>

export interface SharedValueSources {
  readonly installations: Installations
  readonly slackApps: SlackApps
  readonly configurationTokens: ConfigurationTokenSecrets
}

/** The app configuration tokens that are kept. */
export interface ConfigurationTokenSecrets {
  /** Null where there is none of that name; an unknown ID throws an error of its room. */
  secret(configurationTokenId: string, field: 'token' | 'refreshToken'): Secret | null
}

/**
 * @throws WorkspaceNotFound, SlackAppNotFound, SecretNotFoundHere, VaultLocked, and what the
 * configuration tokens throw for an unknown one
 */
export function findSharedValue(sources: SharedValueSources, ref: SecretRef): SharedValue {
  switch (ref.of) {
    case 'credential':
      return ofCredential(sources, ref)
    case 'slack-app':
      return ofSlackApp(sources, ref)
    case 'configuration-token':
      return ofConfigurationToken(sources, ref)
  }
}

function ofCredential(
  { installations }: SharedValueSources,
  ref: Extract<SecretRef, { of: 'credential' }>,
): SharedValue {
  const installation = installations.get(ref.installationId)
  const credential = installation.credentials.find((other) => other.id === ref.credentialId)
  if (!credential) throw new SecretNotFoundHere()
  return {
    value: installations.token(installation.id, credential.id),
    variable: defaultVariable(credential.kind),
    ownerId: installation.id,
  }
}

function ofSlackApp(
  { slackApps }: SharedValueSources,
  ref: Extract<SecretRef, { of: 'slack-app' }>,
): SharedValue {
  const app = slackApps.get(ref.slackAppId)
  const value =
    ref.field === 'clientId' ? Secret.of(app.clientId) : slackApps.secret(app.id, ref.field)
  if (value === null) throw new SecretNotFoundHere()
  return { value, variable: defaultVariable(APP_FIELDS[ref.field]), ownerId: app.id }
}

function ofConfigurationToken(
  { configurationTokens }: SharedValueSources,
  { configurationTokenId, field }: Extract<SecretRef, { of: 'configuration-token' }>,
): SharedValue {
  const value = configurationTokens.secret(configurationTokenId, field)
  if (value === null) throw new SecretNotFoundHere()
  const kind = field === 'token' ? 'configuration' : 'configuration-refresh'
  return { value, variable: defaultVariable(kind), ownerId: configurationTokenId }
}

const APP_FIELDS = {
  clientId: 'client-id',
  clientSecret: 'client-secret',
  signingSecret: 'signing-secret',
  verificationToken: 'verification-token',
} as const
