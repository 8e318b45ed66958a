import { type Refusal, refusal } from './refusal.ts'

const DEAD = refusal(
  'This configuration token no longer works',
  'Make a new one under “Your App Configuration Tokens” on Slack’s page of apps, then import it.',
  'open-app-settings',
  'dead',
)
const TROUBLE = refusal(
  'Slack could not answer just now',
  'Try again in a moment.',
  'retry',
  'transient',
)
const NOT_CREATED = refusal(
  'Slack could not finish the Slack app',
  'Look at the list of apps on Slack’s page before you try again: it may be there already.',
  'open-app-settings',
  'alive',
)
const NOT_THIS_APP = refusal(
  'Slack does not know an app with this ID',
  'Check that the configuration token is of the workspace that the app was made in.',
  'open-app-settings',
  'alive',
)
const NOT_UNDERSTOOD = refusal(
  'Slack did not understand the request',
  'Try again. If it happens again, report it.',
  'report',
  'alive',
)

/**
 * Codes of the calls with an app configuration token, and of its renewal. Those of every token stand
 * here again where authorizing again would not help. Source: slack-auth section 9 (docs:
 * apps.manifest.*, tooling.tokens.rotate).
 */
export const CONFIGURATION_REFUSALS: Readonly<Record<string, Refusal>> = {
  invalid_manifest: refusal(
    'Slack does not accept the manifest',
    'Slack says below what is wrong. Change it, then try again.',
    'none',
    'alive',
  ),
  invalid_app: refusal(
    'Slack could not make a working app from this manifest',
    'Look at its features, scopes and addresses, change them, then try again.',
    'none',
    'alive',
  ),
  invalid_app_id: NOT_THIS_APP,
  app_not_eligible: refusal(
    'Slack does not let this app be changed by a manifest',
    'Change it on Slack’s page of the app.',
    'open-app-settings',
    'alive',
  ),
  no_permission: refusal(
    'You may not change this app',
    'Ask one of its collaborators, or use the configuration token of one.',
    'none',
    'alive',
  ),
  failed_creating_app: NOT_CREATED,
  failed_adding_collaborator: NOT_CREATED,
  failed_datastore_operation: NOT_CREATED,
  invalid_manager_app: refusal(
    'This token is not of an app that may manage others',
    'Use an app configuration token instead.',
    'open-app-settings',
    'alive',
  ),
  managed_app_limit_reached: refusal(
    'The managing app has made as many apps as Slack allows',
    'Delete one that is not used any more on Slack’s page, then try again.',
    'open-app-settings',
    'alive',
  ),
  app_not_owned_by_manager_app: refusal(
    'Another app manages this one',
    'Use the token of the app that made it, or an app configuration token.',
    'none',
    'alive',
  ),
  invalid_arguments: NOT_UNDERSTOOD,
  unknown_method: refusal(
    'This Slack does not make apps from manifests',
    'Make the app on Slack’s own page instead.',
    'open-app-settings',
    'alive',
  ),
  invalid_refresh_token: refusal(
    'The configuration token could not be renewed',
    'Its refresh token was used up. Make a new pair on Slack’s page of apps, then import it.',
    'open-app-settings',
  ),
  unknown_error: TROUBLE,
  // These two may have acted in part (docs: common errors).
  internal_error: TROUBLE,
  fatal_error: TROUBLE,
  token_expired: refusal(
    'This configuration token has expired',
    'Refresh it, or make a new one on Slack’s page of apps and import it.',
    'open-app-settings',
    'expired',
  ),
  token_revoked: DEAD,
  account_inactive: DEAD,
  // A wrong token, or a network that is not allowed: never proof that the token is dead.
  invalid_auth: refusal(
    'Slack does not know this configuration token (invalid_auth)',
    'Check that it was copied whole, and that it is of this Slack environment.',
    'retry',
    'suspended',
  ),
  missing_scope: refusal(
    'The token is not a configuration token that may do this',
    'Make one under “Your App Configuration Tokens” on Slack’s page of apps, then import it.',
    'open-app-settings',
    'alive',
  ),
  not_allowed_token_type: refusal(
    'This is not a configuration token',
    'Make one under “Your App Configuration Tokens” on Slack’s page of apps, then import it.',
    'open-app-settings',
    'alive',
  ),
}
