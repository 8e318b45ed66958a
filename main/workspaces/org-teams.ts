/** Which workspaces an installation on a whole organization covers. */
import type { OrgTeam } from '../contract/views.ts'
import { slackEndpoints } from '../slack/environment.ts'
import type { SlackApi } from '../slack/slack-api.ts'
import type { Installation, Installations } from './installations.ts'
import { isLiveToken } from './uninstall-block.ts'

export interface OrgTeamsOptions {
  readonly installations: Installations
  readonly slack: Pick<SlackApi, 'listTeams'>
}

/**
 * Asks Slack; null for an installation on one workspace, and for one without a token that could be
 * asked with.
 *
 * @throws SecretNotFoundHere, and what SlackApi throws
 */
export async function askOrgTeams(
  { installations, slack }: OrgTeamsOptions,
  installation: Installation,
): Promise<OrgTeam[] | null> {
  const credential = installation.credentials.find(isLiveToken)
  if (!isOfOrganization(installation) || credential === undefined) return null
  const token = installations.token(installation.id, credential.id)
  return slack.listTeams(slackEndpoints(installation.environment), token)
}

/**
 * Asks as `askOrgTeams`, and keeps the answer.
 *
 * @throws WorkspaceNotFound, and as `askOrgTeams`: the earlier list stays
 */
export async function learnOrgTeams(
  options: OrgTeamsOptions,
  installationId: string,
): Promise<void> {
  const { installations } = options
  const orgTeams = await askOrgTeams(options, installations.get(installationId))
  if (orgTeams === null) return
  await installations.updateCredentials(installationId, (one) => one, { orgTeams })
}

function isOfOrganization({ isOrgWide, teamId }: Installation): boolean {
  return isOrgWide && teamId === null
}
