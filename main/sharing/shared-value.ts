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
  /** The installation or Slack app it belongs to: files used before are remembered under it. */
  readonly ownerId: string
}

export interface SharedValueSources {
  readonly installations: Installations
  readonly slackApps: SlackApps
}

/** @throws WorkspaceNotFound, SlackAppNotFound, SecretNotFoundHere, VaultLocked */
export function findSharedValue(sources: SharedValueSources, ref: SecretRef): SharedValue {
  switch (ref.of) {
    case 'credential':
      return ofCredential(sources, ref)
    case 'slack-app':
      return ofSlackApp(sources, ref)
    case 'configuration-token':
      throw new SecretNotFoundHere()
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

const APP_FIELDS = {
  clientId: 'client-id',
  clientSecret: 'client-secret',
  signingSecret: 'signing-secret',
  verificationToken: 'verification-token',
} as const
