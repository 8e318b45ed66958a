/** Why a refresh failed, kept as codes in the record, and the words for them. */
import type { ErrorCode, Failure } from '../../contract/errors.ts'
import { AppError, toFailure } from '../../errors.ts'
import { slackRefused } from '../../slack/advice.ts'
import { SlackGarbage, SlackNoAnswer, SlackRateLimited } from '../../slack/errors.ts'
import { VaultWriteFailed } from '../../vault/errors.ts'
import type { RefreshMeta } from '../records.ts'
import { OtherTokenAnswered, RefreshImpossible } from './errors.ts'

/** What a record keeps of a failure. */
export type KeptFailure = NonNullable<RefreshMeta['failure']>

/** @param atMs when it happened, epoch milliseconds */
export function keptFailure(thrown: unknown, atMs: number): KeptFailure {
  const { code, slackCode = null } = toFailure(thrown)
  return { code, slackCode, atMs }
}

/**
 * The failure in the words that it was thrown with.
 *
 * @param retryAtMs when it is tried again by itself; null where it is not
 */
export function refreshFailure(kept: KeptFailure, retryAtMs: number | null): Failure {
  return {
    ...toFailure(thrownFor(kept), kept.atMs),
    ...(retryAtMs === null ? {} : { retryAtMs }),
  }
}

/** Made anew from its codes. */
export function thrownFor({ code, slackCode }: KeptFailure): unknown {
  if (code === 'SLACK_REFUSED' && slackCode !== null) {
    return slackRefused(slackCode, { during: 'refresh' })
  }
  return WORDS[code]?.() ?? new RefreshFailed(code)
}

const WORDS: Readonly<Partial<Record<ErrorCode, () => AppError>>> = {
  SLACK_NO_ANSWER: () => new SlackNoAnswer(),
  SLACK_GARBAGE: () => new SlackGarbage(),
  SLACK_RATE_LIMITED: () => new RateLimited(),
  REFRESH_IMPOSSIBLE: () => new RefreshImpossible('no-client-secret'),
  REFRESH_OTHER_TOKEN: () => new OtherTokenAnswered(),
  SLACK_HOST_REFUSED: () => new HostNotAllowed(),
  VAULT_WRITE_FAILED: () => new VaultWriteFailed(),
}

/** The time to wait stands beside it. */
class RateLimited extends SlackRateLimited {
  constructor() {
    super(0)
  }
  override readonly advice = 'It is tried again by itself once Slack allows it.'
}

class HostNotAllowed extends AppError {
  constructor() {
    super('SLACK_HOST_REFUSED', {
      message: 'You did not allow this host',
      advice: 'The token was not sent. Refresh it to be asked again.',
      remedy: 'retry',
    })
  }
}

/** A failure that has no better words for a refresh. */
class RefreshFailed extends AppError {
  constructor(code: ErrorCode) {
    super(code, {
      message: 'The token could not be refreshed',
      advice: 'It is tried again by itself. If it goes on, copy the diagnostics in Settings.',
      remedy: 'retry',
    })
  }
}
