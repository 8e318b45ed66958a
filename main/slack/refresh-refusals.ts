import { type Refusal, refusal } from './refusal.ts'

const SPENT = refusal(
  'The token could not be refreshed',
  'Its refresh token was used up, revoked or has expired. Authorize again.',
  'authorize-again',
  'expired',
)
const ENDED = refusal(
  'The token could not be refreshed: it was ended at Slack',
  'The app was removed, or its access was taken away. Authorize again.',
  'authorize-again',
  'dead',
)
const SECRET = refusal(
  'Slack did not accept the client secret of this Slack app',
  'The token was not refreshed. Paste the secret again from Basic Information.',
  'edit-slack-app',
  'alive',
)
const CLIENT = refusal(
  'Slack does not know the client ID of this Slack app',
  'The token was not refreshed. Check the ID, and whether the app is on slack.com or GovSlack.',
  'edit-slack-app',
  'alive',
)
const NOT_UNDERSTOOD = refusal(
  'Slack did not understand the refresh',
  'The token is kept. If it happens again, report it.',
  'report',
  'alive',
)
const TROUBLE = refusal(
  'Slack could not refresh the token just now',
  'It is tried again by itself.',
  'retry',
  'transient',
)
const NOT_EXCHANGED = refusal(
  'Slack has no authorization for this token',
  'It was not exchanged. Authorize again to get a new one.',
  'authorize-again',
  'alive',
)

/**
 * Codes of oauth.v2.access and openid.connect.token with a refresh token, and of oauth.v2.exchange. The
 * token state is about what can be refreshed: `expired` and `dead` say that nothing can be any more.
 * Source: slack-auth sections 3, 4, 6 and 8.
 */
export const REFRESH_REFUSALS: Readonly<Record<string, Refusal>> = {
  invalid_refresh_token: SPENT,
  // The words of OAuth 2.0 for the same, at openid.connect.token (RFC 6749 section 5.2).
  invalid_grant: SPENT,
  token_expired: SPENT,
  token_revoked: ENDED,
  account_inactive: ENDED,
  bad_client_secret: SECRET,
  invalid_client: SECRET,
  invalid_client_id: CLIENT,
  unauthorized_client: CLIENT,
  // A wrong answer, or a network that the app does not allow: never proof that the token is dead.
  invalid_auth: refusal(
    'Slack did not accept the refresh (invalid_auth)',
    'The token is kept, and it is tried again. Some apps refuse this network.',
    'retry',
    'suspended',
  ),
  invalid_grant_type: NOT_UNDERSTOOD,
  unsupported_grant_type: NOT_UNDERSTOOD,
  invalid_request: NOT_UNDERSTOOD,
  invalid_code: NOT_UNDERSTOOD,
  bad_redirect_uri: NOT_UNDERSTOOD,
  invalid_code_verifier: NOT_UNDERSTOOD,
  oauth_authorization_url_mismatch: NOT_UNDERSTOOD,
  internal_error: TROUBLE,
  fatal_error: TROUBLE,
  service_unavailable: TROUBLE,
  request_timeout: TROUBLE,
  server_error: TROUBLE,
  temporarily_unavailable: TROUBLE,
  invalid_token: NOT_EXCHANGED,
  authorization_not_found: NOT_EXCHANGED,
  token_already_exchanged: refusal(
    'This token was exchanged for a rotating one before',
    'The pair that Slack gave then is not here. Authorize again to get a new one.',
    'authorize-again',
    'alive',
  ),
  token_rotation_not_enabled: refusal(
    'Token rotation is off for this Slack app',
    'The token stays as it is. Turn rotation on under OAuth & Permissions; Slack cannot turn it off again.',
    'open-app-settings',
    'alive',
  ),
}
