import { type Refusal, refusal } from './refusal.ts'

const DEAD = refusal(
  'This token no longer works',
  'It was revoked, or the app was removed. Authorize again.',
  'authorize-again',
  'dead',
)
const MOVING = refusal(
  'This workspace is moving to an organization',
  'The token is kept. Try again later.',
  'retry',
  'transient',
)
const TROUBLE = refusal(
  'Slack could not answer just now',
  'Try again in a moment.',
  'retry',
  'transient',
)

/**
 * Codes that any call with a token can get, and those of auth.revoke. Source: slack-auth section 8
 * (docs: web API, common errors).
 */
export const TOKEN_REFUSALS: Readonly<Record<string, Refusal>> = {
  not_authed: refusal(
    'Slack did not receive a token',
    'Try again. If it happens again, report it.',
    'report',
    'alive',
  ),
  // A wrong token, or a network that the app does not allow: never proof that the token is dead.
  invalid_auth: refusal(
    'Slack does not know this token (invalid_auth)',
    'Check that it was copied whole; some apps also refuse this network.',
    'retry',
    'suspended',
  ),
  account_inactive: DEAD,
  token_revoked: DEAD,
  token_expired: refusal(
    'This token has expired',
    'Authorize again to get a new one.',
    'authorize-again',
    'expired',
  ),
  missing_scope: refusal(
    'The token has no scope for this',
    'Add the scope to the Slack app, then authorize again.',
    'authorize-again',
    'alive',
  ),
  not_allowed_token_type: refusal(
    'Slack does not take this kind of token here',
    'The token itself works. Use a bot or user token for this.',
    'none',
    'alive',
  ),
  no_permission: refusal(
    'The token is not allowed to do this',
    'The token itself works. Ask an admin of the workspace for the permission.',
    'none',
    'alive',
  ),
  access_denied: refusal(
    'Slack does not allow this',
    'The token itself works. Ask an admin of the workspace.',
    'none',
    'alive',
  ),
  accesslimited: refusal(
    'Slack does not accept the token from this network',
    'The token is kept. Try from a network that the workspace allows.',
    'retry',
    'suspended',
  ),
  ekm_access_denied: refusal(
    'Admins have suspended access to this workspace',
    'The token is kept. Ask an admin; it works again once access is given back.',
    'retry',
    'suspended',
  ),
  org_login_required: MOVING,
  team_added_to_org: MOVING,
  team_access_not_granted: refusal(
    'The organization’s token has no access to this workspace',
    'Ask an admin of the organization to add the app to the workspace.',
    'none',
    'alive',
  ),
  enterprise_is_restricted: refusal(
    'Slack does not offer this to organizations',
    'The token itself works. Use a token of a single workspace for this.',
    'none',
    'alive',
  ),
  two_factor_setup_required: refusal(
    'Slack wants two-factor sign-in set up first',
    'Set it up in Slack, then try again. The token is kept.',
    'retry',
    'suspended',
  ),
  ratelimited: refusal('Slack asks to wait', 'Try again in 30 s.', 'retry', 'transient'),
  request_timeout: TROUBLE,
  service_unavailable: TROUBLE,
  // These two may have acted in part (docs: common errors).
  internal_error: TROUBLE,
  fatal_error: TROUBLE,
  not_bearer_token: refusal(
    'Slack cannot revoke this kind of token',
    'Revoke it on the page where it was made.',
    'open-app-settings',
    'alive',
  ),
}
