import { issueBotToken } from './issue-token.ts'
import { madeUp } from './made-up-secrets.ts'
import type { TestSlack } from './test-slack.ts'

/** A line of the block: the variable, the row that it becomes, and its secret. */
export interface Line {
  readonly variable: string
  readonly kind: string
  readonly value: string
}

/** Everything that an app has, of a real bot token's workspace. */
export async function wholeBlock(slack: TestSlack): Promise<Line[]> {
  const app = await slack.register('Imported Bot')
  const bot = await issueBotToken(slack, app)
  return [
    { variable: 'SLACK_BOT_TOKEN', kind: 'Bot token', value: bot },
    ...appAndSigning(),
    {
      variable: 'SLACK_VERIFICATION_TOKEN',
      kind: 'Verification token',
      value: madeUp.verificationToken(),
    },
    { variable: 'SLACK_CLIENT_ID', kind: 'Client ID', value: app.clientId },
    { variable: 'SLACK_CLIENT_SECRET', kind: 'Client secret', value: app.clientSecret ?? '' },
    { variable: 'DEPLOY_HOOK', kind: 'Webhook URL', value: madeUp.webhook() },
  ]
}

/** What Slack names no workspace for. */
export function appAndSigning(): Line[] {
  return [
    { variable: 'SLACK_APP_TOKEN', kind: 'App-level token', value: madeUp.appToken() },
    { variable: 'SLACK_SIGNING_SECRET', kind: 'Signing secret', value: madeUp.hex() },
  ]
}

/** As `NAME=value`, one line each. */
export function linesOf(lines: readonly Line[]): string {
  return lines.map(({ variable, value }) => `${variable}=${value}\n`).join('')
}

/** As a developer keeps it: comments, quotes, `export`, and what belongs to other services. */
export function envText(lines: readonly Line[], session: string): string {
  return [
    '# Slack, for the tests',
    ...lines.map(({ variable, value }, index) =>
      index % 2 === 0 ? `${variable}="${value}" # ours` : `export ${variable}=${value}`,
    ),
    '',
    'DATABASE_URL=postgres://localhost/test',
    'PORT=3000',
    `GITHUB_CLIENT_SECRET=${madeUp.hex()}`,
    `BROWSER=${session}`,
    '',
  ].join('\n')
}
