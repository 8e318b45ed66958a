/** Slack's error codes with their meanings, by what they are about. Source: slack-auth sections 3 to 6, 8 and 9. */

export interface CodeGroup {
  readonly heading: string
  /** Code and meaning. */
  readonly codes: readonly (readonly [code: string, meaning: string])[]
}

const GENERAL: CodeGroup['codes'] = [
  ['ratelimited', 'too many calls, wait 30 seconds'],
  ['internal_error', 'Slack has a problem'],
  ['fatal_error', 'Slack has a bad problem'],
  ['service_unavailable', 'Slack is down'],
]

/** Of every exchange of a code. */
const EXCHANGE: CodeGroup['codes'] = [
  ['invalid_code', 'the code is wrong, used or old'],
  ['bad_client_secret', 'the client secret is wrong'],
  ['invalid_client_id', 'the client ID is unknown'],
  ['bad_redirect_uri', 'another redirect URL than before'],
  ['oauth_authorization_url_mismatch', 'the code belongs to another flow'],
  ['user_email_unverified', 'the e-mail address is not confirmed'],
]

const V2: CodeGroup['codes'] = [
  ...EXCHANGE,
  ['invalid_code_verifier', 'the PKCE verifier is wrong'],
  ['pkce_not_allowed', 'the app does not use PKCE'],
  ['invalid_grant_type', 'another grant than code or refresh token'],
  ['invalid_refresh_token', 'the refresh token is wrong, used up or old'],
  ['no_scopes', 'no scopes were asked for'],
  ['cannot_install_an_org_installed_app', 'the organization has the app'],
  ['preview_feature_not_available', 'not turned on for this workspace'],
  ['invalid_auth', 'seen in the field'],
  ...GENERAL,
]

/** What each exchange can answer, by its method. */
export const EXCHANGE_CODES = {
  'oauth.v2.access': V2,
  'oauth.v2.user.access': [...V2, ['no_user_scopes', 'no user scopes were asked for']],
  'oauth.access': [
    ...EXCHANGE,
    ['code_already_used', 'the code was exchanged before'],
    ['missing_resource', 'a permission resource is missing'],
    ['invalid_token', 'the refresh token is wrong'],
    ...GENERAL,
  ],
  'openid.connect.token': [
    ...V2,
    ['invalid_client', 'OAuth’s word for a wrong client'],
    ['invalid_grant', 'OAuth’s word for a wrong code'],
    ['invalid_request', 'OAuth’s word for a wrong request'],
    ['unsupported_grant_type', 'OAuth’s word for another grant'],
  ],
} satisfies Record<string, CodeGroup['codes']>

const TOKEN: CodeGroup['codes'] = [
  ['not_authed', 'no token was sent'],
  ['invalid_auth', 'the token is wrong, or the address is not allowed'],
  ['account_inactive', 'the user or workspace is gone'],
  ['token_revoked', 'the token was revoked'],
  ['token_expired', 'the token has expired'],
  ['missing_scope', 'the token needs more scopes'],
  ['not_allowed_token_type', 'not for this kind of token'],
  ['no_permission', 'the user may not do this'],
  ['access_denied', 'access is denied'],
  ['accesslimited', 'access is limited'],
  ['ekm_access_denied', 'admins suspended it'],
  ['org_login_required', 'the workspace is migrating'],
  ['team_added_to_org', 'the workspace is migrating'],
  ['team_access_not_granted', 'no access to that workspace'],
  ['enterprise_is_restricted', 'not for organizations'],
  ['two_factor_setup_required', 'the user must set up two-factor sign-in'],
  ['request_timeout', 'the request took too long'],
  ...GENERAL,
]

/** All codes, each at least once. */
export const CODE_GROUPS: readonly CodeGroup[] = [
  { heading: 'Any call with a token', codes: TOKEN },
  { heading: 'Exchanging a code', codes: withoutRepeats(Object.values(EXCHANGE_CODES).flat()) },
  {
    heading: 'Exchanging a long-lived token',
    codes: [
      ['authorization_not_found', 'the authorization was revoked'],
      ['invalid_token', 'this token cannot be exchanged'],
      ['token_already_exchanged', 'it was exchanged before'],
      ['token_rotation_not_enabled', 'the app has no token rotation'],
    ],
  },
  {
    heading: 'Revoking, uninstalling, listing',
    codes: [
      ['not_bearer_token', 'this token cannot be revoked'],
      ['client_id_token_mismatch', 'the token is of another app'],
      ['invalid_client_id', 'the client ID is unknown'],
      ['invalid_cursor', 'the cursor is wrong'],
      ['invalid_limit', 'the limit is wrong'],
    ],
  },
  {
    heading: 'App manifests',
    codes: [
      ['invalid_manifest', 'the manifest breaks a rule'],
      ['invalid_app', 'the app would not be valid'],
      ['invalid_app_id', 'no app has this ID'],
      ['app_not_eligible', 'not for this app'],
      ['failed_creating_app', 'the app could not be made'],
      ['invalid_manager_app', 'a manager app is wrong'],
      ['managed_app_limit_reached', 'the manager app has too many apps'],
      ['app_not_owned_by_manager_app', 'another manager app owns it'],
      ['invalid_refresh_token', 'the refresh token is wrong or used'],
      ['unknown_error', 'nobody knows why'],
    ],
  },
  {
    heading: 'Incoming webhooks',
    codes: [
      ['no_service', 'the webhook is gone'],
      ['invalid_payload', 'the message cannot be read'],
      ['channel_is_archived', 'the channel is archived'],
      ['channel_not_found', 'the channel is gone'],
      ['action_prohibited', 'an admin forbids it'],
      ['posting_to_general_channel_denied', 'not in #general'],
      ['rollup_error', 'Slack has a problem'],
    ],
  },
]

/** Statuses of a webhook's answers; 400 for others. Source: docs: sending messages using incoming webhooks. */
export const WEBHOOK_STATUS: ReadonlyMap<string, number> = new Map([
  ['no_service', 404],
  ['channel_not_found', 404],
  ['channel_is_archived', 410],
  ['action_prohibited', 403],
  ['posting_to_general_channel_denied', 403],
  ['rollup_error', 500],
])

function withoutRepeats(codes: CodeGroup['codes']): CodeGroup['codes'] {
  return [...new Map(codes)]
}
