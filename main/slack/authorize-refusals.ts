import { type Refusal, refusal } from './refusal.ts'

const START_AGAIN = refusal(
  'The code from Slack is no longer valid',
  'It lives 10 minutes and works once. Try again.',
  'retry',
)
const UNKNOWN_SCOPE = refusal(
  'Slack does not accept one of the scopes',
  'Check the scopes of the Slack app. Sign-in scopes (openid, email, profile) cannot be mixed with others.',
  'edit-slack-app',
)
const OTHER_FLOW = refusal(
  'The answer in the browser was not to this question',
  'Start again, and use the page that Token Desk opens.',
  'retry',
)

/**
 * Codes of the authorize page and of the exchanges: oauth.v2.access, oauth.v2.user.access,
 * oauth.v2.exchange, oauth.access. Source: slack-auth sections 1, 3, 4 and 5.
 */
export const AUTHORIZE_REFUSALS: Readonly<Record<string, Refusal>> = {
  bad_redirect_uri: refusal(
    'Slack did not accept the redirect URL',
    'Add exactly this address under OAuth & Permissions.',
    'open-app-settings',
  ),
  invalid_scope: UNKNOWN_SCOPE,
  invalid_scope_requested: UNKNOWN_SCOPE,
  invalid_team_for_non_distributed_app: refusal(
    'This Slack app belongs to another workspace',
    'Pick the workspace that it was made in, or turn on distribution in the app’s settings.',
    'open-app-settings',
  ),
  scope_not_allowed_on_enterprise: refusal(
    'An organization cannot grant one of the scopes',
    'Remove scopes such as bot or apps.requests.write, then try again.',
    'edit-slack-app',
  ),
  unapproved_scope: refusal(
    'Slack has not reviewed one of the scopes for this published app',
    'Remove that scope, then try again.',
    'edit-slack-app',
  ),
  access_denied: refusal(
    'The request was cancelled in Slack',
    'Try again; if you did not cancel, ask an admin whether you may install apps.',
    'retry',
  ),
  bad_client_secret: refusal(
    'Slack did not accept the client secret',
    'Paste it again from Basic Information.',
    'edit-slack-app',
  ),
  invalid_client_id: refusal(
    'Slack does not know this client ID',
    'Check the ID, and whether the app is on slack.com or GovSlack.',
    'edit-slack-app',
  ),
  invalid_code: START_AGAIN,
  code_already_used: START_AGAIN,
  invalid_auth: refusal(
    'Slack did not accept the answer from the browser',
    'Try again from the start.',
    'retry',
  ),
  invalid_grant_type: refusal(
    'Slack did not understand the exchange',
    'Try again. If it happens again, report it.',
    'report',
  ),
  invalid_refresh_token: refusal(
    'The token could not be refreshed',
    'Its refresh token was used up or has expired. Authorize again.',
    'authorize-again',
  ),
  no_scopes: refusal(
    'No scopes were asked for',
    'Choose at least one bot or user scope for the Slack app.',
    'edit-slack-app',
  ),
  no_user_scopes: refusal(
    'No user scopes were asked for',
    'Choose at least one user scope for the Slack app.',
    'edit-slack-app',
  ),
  oauth_authorization_url_mismatch: OTHER_FLOW,
  cannot_install_an_org_installed_app: refusal(
    'This Slack app is installed for the whole organization',
    'It cannot go on one workspace besides. Choose the organization on Slack’s page.',
    'retry',
  ),
  user_email_unverified: refusal(
    'Slack wants your e-mail address confirmed first',
    'Confirm it in Slack, then try again.',
    'retry',
  ),
  preview_feature_not_available: refusal(
    'The app uses a preview that this workspace does not have',
    'Ask an admin of the workspace, or Slack, to turn it on.',
    'none',
  ),
  pkce_not_allowed: refusal(
    'This Slack app does not use PKCE yet',
    'Turn PKCE on under OAuth & Permissions, or choose https on localhost. Slack cannot turn it off again.',
    'edit-slack-app',
  ),
  invalid_code_verifier: refusal(
    'Slack did not accept the proof that this is the same Token Desk',
    'Try again from the start.',
    'retry',
  ),
  missing_resource: refusal(
    'Slack did not find what the app asks for',
    'Look at the app’s settings, then try again.',
    'open-app-settings',
  ),
  invalid_token: refusal(
    'Slack does not know this token',
    'Authorize again to get a new one.',
    'authorize-again',
  ),
  authorization_not_found: refusal(
    'Slack has no authorization for this token',
    'Authorize again to get a new one.',
    'authorize-again',
  ),
  token_already_exchanged: refusal(
    'This token was exchanged for a rotating one before',
    'Authorize again to get a new pair.',
    'authorize-again',
  ),
  token_rotation_not_enabled: refusal(
    'Token rotation is off for this Slack app',
    'Turn it on under OAuth & Permissions. Slack cannot turn it off again.',
    'open-app-settings',
  ),
}
