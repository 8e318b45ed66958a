import { AppError, toFailure } from '../errors.ts'
import type { Clock } from '../platform/clock.ts'
import { slackEndpoints } from '../slack/environment.ts'
import type { SlackApi } from '../slack/slack-api.ts'
import { type Draft, type Finding, isCheckableFinding } from './import-draft.ts'

export interface ImportCheckOptions {
  readonly slack: Pick<SlackApi, 'testToken'>
  readonly clock: Clock
}

/** Asks the draft's Slack about each bot and user token, one after the other, and keeps the answers. */
export async function checkFindings(options: ImportCheckOptions, draft: Draft): Promise<void> {
  for (const finding of draft.found.filter(isCheckableFinding)) {
    await checkFinding(options, draft, finding)
  }
}

async function checkFinding(
  { slack, clock }: ImportCheckOptions,
  draft: Draft,
  finding: Finding,
): Promise<void> {
  try {
    finding.info = await slack.testToken(slackEndpoints(draft.environment), finding.secret)
    const { teamName, teamId, scopes } = finding.info
    const workspaceName = teamName ?? teamId ?? ''
    finding.check = { kind: 'works', workspaceName, scopes: [...scopes] }
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown
    finding.info = null
    finding.check = isOpen(finding, thrown)
      ? { kind: 'cannot-be-checked' }
      : { kind: 'refused', failure: toFailure(thrown, clock.now()) }
  }
}

/** Not a user token, so Slack says; it may well be a configuration token that works. */
function isOpen({ kind }: Finding, thrown: AppError): boolean {
  return kind === 'config-or-user' && thrown.slackCode === 'not_allowed_token_type'
}
