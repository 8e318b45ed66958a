/** Which workspaces an installation on a whole organization covers. */
import { slackEndpoints } from '../slack/environment.ts'
import type { SlackApi } from '../slack/slack-api.ts'
import type { Installation, Installations } from './installations.ts'
import { isLiveToken } from './uninstall-block.ts'

export interface OrgTeamsOptions {
  readonly installations: Installations
  readonly slack: Pick<SlackApi, 'listTeams'>
}

/**
 * Asks Slack and keeps the answer; an installation on one workspace is passed over, and so is one
 * without a token that could be asked with.
 *
 * @throws WorkspaceNotFound, and what SlackApi throws: the earlier list stays
 */
export async function learnOrgTeams(
  { installations, slack }: OrgTeamsOptions,
  installationId: string,
): Promise<void> {
  const installation = installations.get(installationId)
  const credential = installation.credentials.find(isLiveToken)
  if (!isOfOrganization(installation) || credential === undefined) return
  const token = installations.token(installationId, credential.id)
  const orgTeams = await slack.listTeams(slackEndpoints(installation.environment), token)
  await installations.updateCredentials(installationId, (one) => one, { orgTeams })
}

function isOfOrganization({ isOrgWide, teamId }: Installation): boolean {
  return isOrgWide && teamId === null
}
