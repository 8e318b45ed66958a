/**
 * The practice Slack says no to a call, in Slack's own way: a code in the answer. It never leaves the
 * server as an exception, so it is no AppError; it changes nothing that is kept.
 */
export class SlackProblem extends Error {
  /** Slack's code, such as `invalid_code`. */
  readonly slackCode: string
  /** What else the answer says, such as `needed` and `provided` of `missing_scope`. */
  readonly details: Readonly<Record<string, string>>

  constructor(slackCode: string, details: Readonly<Record<string, string>> = {}) {
    super(slackCode)
    this.name = 'SlackProblem'
    this.slackCode = slackCode
    this.details = details
  }
}
