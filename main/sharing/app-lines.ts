import { envLine } from '../env/env-line.ts'
import { defaultVariable } from '../env/variable-name.ts'
import { Secret } from '../platform/secret.ts'
import { CLIENT_SECRET } from '../workspaces/records.ts'
import type { SlackApps } from '../workspaces/slack-apps.ts'

/** Source: design, "Env lines". */
const BOT_SCOPE = 'SLACK_BOT_SCOPE'

export interface AppLines {
  /** Holds the client secret, where there is one. */
  readonly text: Secret
  readonly variables: string[]
}

/**
 * What a web server with an OAuth flow of its own reads from its env file: one line each for the
 * client ID, the client secret where one is kept, and the bot scopes where there are any.
 *
 * @throws SlackAppNotFound, EnvFileError for a value that no env file can hold
 */
export function appLines(slackApps: SlackApps, slackAppId: string): AppLines {
  const app = slackApps.get(slackAppId)
  const secret = slackApps.secret(slackAppId, CLIENT_SECRET)
  const values: [string, string | null][] = [
    [defaultVariable('client-id'), app.clientId],
    [defaultVariable('client-secret'), secret?.expose() ?? null],
    [BOT_SCOPE, app.botScopes.join(',') || null],
  ]
  const lines = values.flatMap(([name, value]) => (value === null ? [] : [{ name, value }]))
  return {
    text: Secret.of(lines.map(({ name, value }) => envLine(name, value)).join('\n')),
    variables: lines.map(({ name }) => name),
  }
}
