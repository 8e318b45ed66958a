import { sameEnvironment } from '../slack/environment.ts'
import type { InstallationMeta } from './records.ts'

/**
 * Same app, same environment, same team (or same organization for an org-wide install). An imported
 * token whose app Slack did not name is never taken for another one.
 */
export function isSameInstallation(a: InstallationMeta, b: InstallationMeta): boolean {
  if (!sameEnvironment(a.environment, b.environment)) return false
  if (a.teamId !== b.teamId) return false
  if (a.teamId === null && (a.enterpriseId === null || a.enterpriseId !== b.enterpriseId))
    return false
  if (a.slackAppId !== null && a.slackAppId === b.slackAppId) return true
  return a.appId !== null && a.appId === b.appId
}
