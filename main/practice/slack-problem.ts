/**
 * The practice Slack says no to a call, in Slack's own way: a code in the answer. It never leaves the
 * server as an exception, so it is no AppError; it changes nothing that is kept.
 */
export class SlackProblem extends Error {
  /** Slack's code, such as `invalid_code`. */
  readonly slackCode: string
  /** What else the answer says, such as `needed` and `provided` of `missing_scope`, or `errors` of `invalid_manifest`. */
  readonly details: Readonly<Record<string, unknown>>

  constructor(slackCode: string, details: Readonly<Record<string, unknown>> = {}) {
    super(slackCode)
    this.name = 'SlackProblem'
    this.slackCode = slackCode
    this.details = details
  }
}
