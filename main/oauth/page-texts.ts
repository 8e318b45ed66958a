import type { ErrorCode } from '../contract/errors.ts'
import { AppError } from '../errors.ts'

/** What one browser page says. Fixed text: nothing of a request, a workspace or a secret is in it. */
export interface PageText {
  readonly mark: 'done' | 'failed' | 'neutral'
  readonly heading: string
  readonly paragraphs: readonly string[]
  /** Slack's own code, from this file and never from the request. */
  readonly slackCode?: string
}

const BACK = 'Go back to Token Desk to try again. You can close this tab.'
const BACK_TO_SEE = 'Go back to Token Desk to see what you can do. You can close this tab.'

/** The failed page for each of Slack's codes that has advice of its own. Source: slack-auth 1 to 3. */
const SLACK_REFUSALS = {
  access_denied: 'Slack said that the request was cancelled. No token was issued.',
  bad_client_secret: 'Slack did not accept the client secret. No token was issued.',
  bad_redirect_uri: 'Slack did not accept the redirect URL. No token was issued.',
  code_already_used: 'The code from Slack was used before. No token was issued.',
  invalid_client_id: 'Slack does not know this client ID. No token was issued.',
  invalid_code: 'The code from Slack is no longer valid. No token was issued.',
  invalid_code_verifier: 'Slack did not accept the proof of this request. No token was issued.',
  invalid_scope: 'Slack did not accept the scopes. No token was issued.',
  invalid_team_for_non_distributed_app:
    'This Slack app may be installed in its home workspace alone. No token was issued.',
  no_scopes: 'The Slack app asked for no scope. No token was issued.',
  pkce_not_allowed: 'The Slack app has not turned PKCE on. No token was issued.',
  scope_not_allowed_on_enterprise:
    'An organization does not allow one of the scopes. No token was issued.',
  unapproved_scope: 'Slack has not approved one of the scopes for this app. No token was issued.',
} as const

/** The failed page for failures on this side of Slack. */
const OWN_FAILURES = {
  OAUTH_ACCESS_DENIED: 'Slack refused the request. No token was issued.',
  OAUTH_CANCELLED: 'The authorization was cancelled in Token Desk.',
  OAUTH_OTHER_TEAM: 'You allowed another workspace than the one that was wanted.',
  SLACK_GARBAGE: 'The answer was not from Slack. A proxy or sign-in page may have answered.',
  SLACK_ID_TOKEN_INVALID: 'What Slack sent about who signed in could not be verified.',
  SLACK_NO_ANSWER: 'Slack did not answer Token Desk.',
  SLACK_RATE_LIMITED: 'Slack asks to wait before the next try.',
  SLACK_REFUSED: 'Slack refused the request. No token was issued.',
  VAULT_LOCKED: 'Token Desk is locked, so the token had nowhere to go.',
  VAULT_WRITE_FAILED: 'Token Desk could not store the token.',
  UNEXPECTED: 'Something went wrong in Token Desk.',
} as const satisfies Partial<Record<ErrorCode, string>>

type FailedPage = `failed/${keyof typeof SLACK_REFUSALS | keyof typeof OWN_FAILURES}`

/**
 * Every page there is. `go-back`: the answer takes long, Token Desk will say how it ended.
 * `nothing-to-do`: a stale or foreign request.
 */
export type PageName = 'complete' | 'go-back' | 'nothing-to-do' | FailedPage

/** Each page and its text. */
export const PAGE_TEXTS: Readonly<Record<PageName, PageText>> = {
  complete: {
    mark: 'done',
    heading: 'Auth complete',
    paragraphs: [
      'You can close this tab and go back to Token Desk. The workspace is in the list there.',
    ],
  },
  'go-back': {
    mark: 'neutral',
    heading: 'Go back to Token Desk',
    paragraphs: [
      'Slack takes long to answer. Token Desk shows how it ended. You can close this tab.',
    ],
  },
  'nothing-to-do': {
    mark: 'neutral',
    heading: 'Nothing to do here',
    paragraphs: ['This page answers only while Token Desk waits for Slack.'],
  },
  ...failedPages(),
}

/** The page that tells the browser how an authorization failed; unknown failures share one. */
export function failedPage(thrown: unknown): PageName {
  if (!(thrown instanceof AppError)) return 'failed/UNEXPECTED'
  const { slackCode, code } = thrown
  if (slackCode !== undefined && isKeyOf(SLACK_REFUSALS, slackCode)) return `failed/${slackCode}`
  return isKeyOf(OWN_FAILURES, code) ? `failed/${code}` : 'failed/UNEXPECTED'
}

function failedPages(): Record<FailedPage, PageText> {
  const refusals = Object.entries(SLACK_REFUSALS).map(([code, said]): [string, PageText] => [
    `failed/${code}`,
    { ...failed(said, BACK), slackCode: code },
  ])
  const own = Object.entries(OWN_FAILURES).map(([code, said]): [string, PageText] => [
    `failed/${code}`,
    failed(said, BACK_TO_SEE),
  ])
  // The keys are those of the two tables, which is what FailedPage says.
  return Object.fromEntries([...refusals, ...own]) as Record<FailedPage, PageText>
}

function failed(said: string, next: string): PageText {
  return { mark: 'failed', heading: 'Not authorized', paragraphs: [said, next] }
}

function isKeyOf<T extends object>(table: T, key: string): key is keyof T & string {
  return Object.hasOwn(table, key)
}
