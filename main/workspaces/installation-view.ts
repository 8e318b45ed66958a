import type { CredentialView, InstallationView } from '../contract/views.ts'
import { defaultVariable } from '../env/variable-name.ts'
import { environmentView, sameEnvironment } from '../slack/environment.ts'
import type { Installation } from './installations.ts'
import type { CredentialMeta } from './records.ts'
import { exchangeBlock } from './rotation/exchange-block.ts'
import { refreshView } from './rotation/refresh-view.ts'
import { scopeDrift } from './scope-drift.ts'
import type { SlackAppFacts } from './slack-apps.ts'
import { uninstallBlock } from './uninstall-block.ts'

/**
 * An installation as the page may see it. `mask` gives a credential's masked value; it is asked only
 * here, so that not even the last four characters of a secret stand in readable metadata.
 *
 * @param app the Slack app entry that it names; null where it names none, or that is gone
 */
export function installationView(
  installation: Installation,
  app: SlackAppFacts | null,
  mask: (credentialId: string) => string,
): InstallationView {
  // One that moved to another Slack is not what this was installed from.
  const isOwn = app !== null && sameEnvironment(app.environment, installation.environment)
  const ownApp = isOwn ? app : null
  return {
    id: installation.id,
    name: installation.localName ?? installation.teamName,
    teamName: installation.teamName,
    localName: installation.localName,
    note: installation.note,
    teamId: installation.teamId,
    teamDomain: installation.teamDomain,
    enterpriseId: installation.enterpriseId,
    enterpriseName: installation.enterpriseName,
    environment: environmentView(installation.environment),
    slackAppId: installation.slackAppId,
    appName: app?.name ?? installation.appName,
    appId: installation.appId,
    botUserId: installation.botUserId,
    credentials: installation.credentials.map((credential) =>
      credentialView(credential, {
        masked: mask(credential.id),
        canExchange: exchangeBlock(installation, credential, ownApp) === null,
      }),
    ),
    isOrgWide: installation.isOrgWide,
    orgTeams: installation.orgTeams,
    drift: ownApp === null ? null : scopeDrift(ownApp, installation.credentials),
    uninstallBlock: uninstallBlock(installation, ownApp),
    history: installation.history,
    source: installation.source,
    createdAtMs: installation.createdAtMs,
    lastCheckedAtMs: installation.lastCheckedAtMs,
  }
}

function credentialView(
  credential: CredentialMeta,
  facts: Pick<CredentialView, 'masked' | 'canExchange'>,
): CredentialView {
  const { grantedAtMs: _grantedAtMs, generation: _generation, ...shown } = credential
  return {
    ...{ ...shown, ...facts },
    refresh: refreshView(credential),
    variable: defaultVariable(credential.kind),
  }
}
