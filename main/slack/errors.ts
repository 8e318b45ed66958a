import type { Remedy } from '../contract/errors.ts'
import { AppError } from '../errors.ts'
import type { ManifestError } from './manifest-errors.ts'

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

/** Slack said no to a manifest, and why. Nothing was created or changed. */
export class ManifestRefused extends SlackRefused {
  readonly errors: readonly ManifestError[]

  constructor(
    said: { readonly message: string; readonly advice: string; readonly remedy: Remedy },
    errors: readonly ManifestError[],
  ) {
    super('invalid_manifest', said)
    this.errors = errors
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

/** The server could not prove that it is that host, so nothing was sent to it. */
export class SlackNotTrusted extends AppError {
  constructor(host: string) {
    super('SLACK_NO_ANSWER', {
      message: `The connection to ${host} is not trusted`,
      advice:
        'Nothing was sent. If your company checks connections, its certificate authority has to be installed on this computer. Then start Token Desk again.',
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

/** What was looked at when an ID token was refused. */
export type IdTokenCheck =
  | 'shape'
  | 'algorithm'
  | 'signature'
  | 'issuer'
  | 'audience'
  | 'expiry'
  | 'age'
  | 'nonce'
  | 'access-token'

const START_AGAIN = 'Sign in again. If it happens again, report it.'
const OTHER_SENDER =
  'Check the Slack environment and the network, then sign in again. Nothing was kept.'
const CLOCK = 'Check the date and time of this computer, then sign in again.'

/** What each failed check means, and what helps. Source: OpenID Connect Core 3.1.3.7. */
const ID_TOKEN_SAYS: Readonly<Record<IdTokenCheck, readonly [message: string, advice: string]>> = {
  shape: ['The ID token from Slack cannot be read', START_AGAIN],
  algorithm: ['The ID token is not signed the way Slack signs', OTHER_SENDER],
  signature: ['The signature of the ID token is not Slack’s', OTHER_SENDER],
  issuer: ['The ID token was made by somebody else than this Slack', OTHER_SENDER],
  audience: [
    'The ID token was made for another Slack app',
    'Check the client ID of the Slack app, then sign in again.',
  ],
  expiry: ['The ID token has expired', CLOCK],
  age: ['The time in the ID token does not fit', CLOCK],
  nonce: ['The ID token does not belong to this sign-in', 'Start again, and use one browser page.'],
  'access-token': ['The ID token does not belong to the token beside it', START_AGAIN],
}

/** Slack’s ID token did not pass one of its checks, so nobody is taken for signed in. */
export class IdTokenInvalid extends AppError {
  readonly check: IdTokenCheck

  constructor(check: IdTokenCheck) {
    const [message, advice] = ID_TOKEN_SAYS[check]
    super('SLACK_ID_TOKEN_INVALID', { message, advice, remedy: 'retry' })
    this.check = check
  }
}
