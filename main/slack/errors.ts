import type { Remedy } from '../contract/errors.ts'
import { AppError } from '../errors.ts'

/**
 * None of these carries a cause: what the Web API library throws holds requests and answers, and
 * with them tokens.
 */

/** Slack answered, and said no. Made by `slackRefused`, which knows what each code means. */
export class SlackRefused extends AppError {
  constructor(
    slackCode: string,
    said: { readonly message: string; readonly advice: string; readonly remedy: Remedy },
  ) {
    super('SLACK_REFUSED', { ...said, slackCode })
  }
}

/** No answer came: no connection, a server in trouble, or nothing within the limit. */
export class SlackNoAnswer extends AppError {
  constructor() {
    super('SLACK_NO_ANSWER', {
      message: 'Slack did not answer',
      advice: 'Check the connection, then try again.',
      remedy: 'retry',
    })
  }
}

/** An answer came that Slack would not give, such as the page of a proxy. */
export class SlackGarbage extends AppError {
  constructor() {
    super('SLACK_GARBAGE', {
      message: 'The answer was not from Slack',
      advice:
        'A proxy or sign-in page may have answered. Check the network and the Slack environment, then try again.',
      remedy: 'retry',
    })
  }
}

/** Too many calls in a short time (docs: rate limits). */
export class SlackRateLimited extends AppError {
  /** Seconds that Slack asks to wait. */
  readonly retryAfterSeconds: number

  constructor(retryAfterSeconds: number) {
    super('SLACK_RATE_LIMITED', {
      message: 'Slack asks to wait',
      advice: `Try again in ${retryAfterSeconds} s.`,
      remedy: 'retry',
      slackCode: 'ratelimited',
    })
    this.retryAfterSeconds = retryAfterSeconds
  }
}
