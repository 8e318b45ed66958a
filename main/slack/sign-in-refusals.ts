import { type Refusal, refusal } from './refusal.ts'

const NOT_UNDERSTOOD = refusal(
  'Slack did not understand the request',
  'Try again. If it happens again, report it.',
  'report',
)
const TROUBLE = refusal('Slack could not answer just now', 'Try again in a moment.', 'retry')

/**
 * Codes in the words of OAuth 2.0, which Sign in with Slack and the user-only flow use beside Slack's
 * own. Source: slack-auth section 6 (docs: openid.connect.token); RFC 6749 sections 4.1.2.1 and 5.2.
 */
export const SIGN_IN_REFUSALS: Readonly<Record<string, Refusal>> = {
  invalid_client: refusal(
    'Slack did not accept the client ID or the client secret',
    'Check both against Basic Information, and whether the app is on slack.com or GovSlack.',
    'edit-slack-app',
  ),
  invalid_grant: refusal(
    'The code from Slack is no longer valid',
    'It lives 10 minutes and works once. Try again.',
    'retry',
  ),
  unauthorized_client: refusal(
    'This Slack app may not use this way to authorize',
    'Look at the app’s settings, or choose another flow for it.',
    'edit-slack-app',
  ),
  invalid_request: NOT_UNDERSTOOD,
  unsupported_grant_type: NOT_UNDERSTOOD,
  unsupported_response_type: NOT_UNDERSTOOD,
  server_error: TROUBLE,
  temporarily_unavailable: TROUBLE,
}
