/** Whom an act is about, in the words of Activity: looked up before it is done, since it may remove them. */
import type { NewActivity } from '../activity/activity.ts'
import type { CredentialKind, SecretRef } from '../contract/views.ts'
import { AppError } from '../errors.ts'
import type { Installation, Installations } from '../workspaces/installations.ts'
import type { Records } from './build-records.ts'

export type About = Partial<NewActivity>

export interface ActNames {
  installation(installationId: string | null): About
  /** Of these credentials of it. */
  credentials(installationId: string, credentialIds: readonly string[]): About
  slackApp(slackAppId: string): About
  configurationToken(configurationTokenId: string): About
  secret(ref: SecretRef): About
}

type Sources = Pick<Records, 'installations' | 'slackApps' | 'configurationTokens'>

/** Looks nothing up in a locked vault, and knows nothing of what is gone: then the entry has no names. */
export function createActNames({
  installations,
  slackApps,
  configurationTokens,
}: Sources): ActNames {
  const credentials = (installationId: string, isMeant: (id: string) => boolean) =>
    known(() => {
      const installation = installations.get(installationId)
      const meant = installation.credentials.filter(({ id }) => isMeant(id))
      return { ...aboutInstallation(installation), credentials: meant.map(({ kind }) => kind) }
    })
  const slackApp = (id: string) => known(() => ({ slackApp: slackApps.get(id).name }))
  const configurationToken = (id: string) =>
    known(() => {
      const view = configurationTokens.views().find((one) => one.id === id)
      return { workspace: view?.teamName ?? view?.teamId ?? null }
    })
  return {
    installation: (id) =>
      id === null ? {} : known(() => aboutInstallation(installations.get(id))),
    credentials: (id, credentialIds) => credentials(id, (one) => credentialIds.includes(one)),
    slackApp,
    configurationToken,
    secret(ref) {
      if (ref.of === 'credential') {
        return credentials(ref.installationId, (id) => id === ref.credentialId)
      }
      if (ref.of === 'configuration-token') return configurationToken(ref.configurationTokenId)
      return { ...slackApp(ref.slackAppId), credentials: [APP_FIELDS[ref.field]] }
    },
  }
}

/** The names of an installation as they are now. */
export function aboutInstallation({ id, localName, teamName, appName }: Installation): About {
  return { installationId: id, workspace: localName ?? teamName, slackApp: appName }
}

/** What was stored in an installation just now. */
export function aboutStored(
  installations: Installations,
  installationId: string,
  credentials: readonly CredentialKind[],
): About {
  const about = known(() => aboutInstallation(installations.get(installationId)))
  return { ...about, credentials: [...credentials] }
}

function known(look: () => About): About {
  try {
    return look()
  } catch (thrown) {
    if (thrown instanceof AppError) return {}
    throw thrown
  }
}

const APP_FIELDS = {
  clientId: 'client-id',
  clientSecret: 'client-secret',
  signingSecret: 'signing-secret',
  verificationToken: 'verification-token',
} as const
