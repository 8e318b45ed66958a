import type { ManifestForm } from '../../../../main/contract/inputs.ts'
import type { EnvironmentRef } from '../../../../main/contract/views.ts'
import { silentLog } from '../../../../main/platform/log.ts'
import { Secret } from '../../../../main/platform/secret.ts'
import type { CreatedApp } from '../../../../main/slack/slack-api.ts'
import { VaultLocked } from '../../../../main/vault/errors.ts'
import { createConfigurationTokens } from '../../../../main/workspaces/configuration-tokens.ts'
import {
  createManifests,
  type ManifestsOptions,
} from '../../../../main/workspaces/manifests/manifests.ts'
import { openWorkspaces } from '../workspaces-fixture.ts'

export const SLACK: EnvironmentRef = { kind: 'slack' }

/** The form of an app with one bot scope; `change` says what is different. */
export function formOf(change: Partial<ManifestForm> = {}): ManifestForm {
  return {
    name: 'Deploy Bot',
    description: 'Announces deploys',
    environment: SLACK,
    strategy: 'https',
    redirectUrl: null,
    botScopes: ['chat:write'],
    userScopes: [],
    optionalScopes: [],
    tokenRotation: false,
    socketMode: false,
    orgDeploy: false,
    ...change,
  }
}

/** What Slack tells of a new app; `change` says what is different. */
export function createdApp(change: Partial<CreatedApp> = {}): CreatedApp {
  return {
    appId: 'A0NEW',
    clientId: '4210987654321.7788990011223',
    clientSecret: Secret.of('placeholder-client-secret'),
    signingSecret: Secret.of('placeholder-signing-secret'),
    verificationToken: Secret.of('placeholder-verification'),
    authorizeUrl: null,
    ...change,
  }
}

/** The manifests of a real vault, a configuration token for slack.com, and a Slack that does as told. */
export async function openManifests() {
  const desk = await openWorkspaces()
  const told: string[] = []
  const opened: string[] = []
  const vault = () => {
    if (!desk.vault.isUnlocked) throw new VaultLocked()
    return desk.vault
  }
  const configurationTokens = createConfigurationTokens({
    ...{ vault, slack: desk.slack, clock: desk.clock, log: silentLog },
    onChange() {},
  })
  const options: ManifestsOptions = {
    ...desk,
    ...{ vault, configurationTokens },
    browser: { open: async (url) => void opened.push(url) },
    prepare: async ({ kind }) => void opened.push(`prepared ${kind}`),
    changes: { tell: (slice) => void told.push(slice) },
  }
  const manifests = createManifests(options)
  const token = Secret.of('placeholder-configuration')
  await configurationTokens.add({ environment: SLACK, token, refreshToken: null })
  return { ...desk, told, opened, options, configurationTokens, manifests }
}
