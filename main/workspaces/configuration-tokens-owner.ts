/** Whose a configuration token is, as far as Slack tells. */
import type { EnvironmentRef } from '../contract/views.ts'
import { AppError } from '../errors.ts'
import type { Log } from '../platform/log.ts'
import type { Secret } from '../platform/secret.ts'
import { credentialStateFor } from '../slack/advice.ts'
import { slackEndpoints } from '../slack/environment.ts'
import type { SlackApi, TokenInfo } from '../slack/slack-api.ts'
import type { ConfigurationTokenMeta } from './configuration-tokens-records.ts'

/** What kept Slack from telling is an answer, too: it need not know these tokens at auth.test. */
export async function askWhose(
  { slack, log }: { readonly slack: SlackApi; readonly log: Log },
  environment: EnvironmentRef,
  token: Secret,
): Promise<TokenInfo | AppError> {
  try {
    return await slack.testToken(slackEndpoints(environment), token)
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown
    const { code, slackCode } = thrown
    log.info('configuration token not recognised', { code, slackCode })
    return thrown
  }
}

/** What is known of an access token that came alone. Only Slack's plain word makes it a dead one. */
export function whoseMeta(
  answer: TokenInfo | AppError,
): Omit<ConfigurationTokenMeta, 'environment' | 'storedAtMs'> {
  if (!(answer instanceof AppError)) {
    const { teamId, teamName, userId, expiresAtMs } = answer
    return { teamId, teamName, userId, expiresAtMs, state: 'working', slackCode: null }
  }
  const nobody = { teamId: null, teamName: null, userId: null, expiresAtMs: null }
  const slackCode = answer.slackCode ?? null
  const state = slackCode === null ? null : credentialStateFor(slackCode)
  return state === 'revoked' || state === 'expired'
    ? { ...nobody, state, slackCode }
    : { ...nobody, state: 'unchecked', slackCode: null }
}
