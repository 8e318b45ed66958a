import { describe, expect, it } from 'vitest'
import type { Remedy } from '../../../main/contract/errors.ts'
import type { CredentialState } from '../../../main/contract/views.ts'
import {
  credentialStateFor,
  type RefusalContext,
  slackRefused,
} from '../../../main/slack/advice.ts'

type During = RefusalContext['during']
type Row = readonly [slackCode: string, state: CredentialState | null, remedy: Remedy]

/**
 * Every code that the reference names, by its sections, with the state that it puts a stored token in
 * (null leaves it as it was) and the button beside its advice.
 */
const CODES: Readonly<Record<string, { during: During; rows: readonly Row[] }>> = {
  'section 1, the authorize page': {
    during: 'exchange',
    rows: [
      ['access_denied', null, 'retry'],
      ['bad_redirect_uri', null, 'open-app-settings'],
      ['invalid_scope', null, 'edit-slack-app'],
      ['invalid_scope_requested', null, 'edit-slack-app'],
      ['invalid_team_for_non_distributed_app', null, 'open-app-settings'],
      ['scope_not_allowed_on_enterprise', null, 'edit-slack-app'],
      ['unapproved_scope', null, 'edit-slack-app'],
      ['no_scopes', null, 'edit-slack-app'],
      ['oauth_authorization_url_mismatch', null, 'retry'],
    ],
  },
  'section 2, PKCE': {
    during: 'exchange',
    rows: [
      ['pkce_not_allowed', null, 'edit-slack-app'],
      ['invalid_code_verifier', null, 'retry'],
      ['internal_error', null, 'retry'],
      ['bad_client_secret', null, 'edit-slack-app'],
    ],
  },
  'section 3, the exchange': {
    during: 'exchange',
    rows: [
      ['bad_client_secret', null, 'edit-slack-app'],
      ['invalid_client_id', null, 'edit-slack-app'],
      ['bad_redirect_uri', null, 'open-app-settings'],
      ['invalid_code', null, 'retry'],
      ['code_already_used', null, 'retry'],
      ['invalid_grant_type', null, 'report'],
      ['invalid_refresh_token', null, 'authorize-again'],
      ['no_scopes', null, 'edit-slack-app'],
      ['no_user_scopes', null, 'edit-slack-app'],
      ['oauth_authorization_url_mismatch', null, 'retry'],
      ['cannot_install_an_org_installed_app', null, 'retry'],
      ['user_email_unverified', null, 'retry'],
      ['preview_feature_not_available', null, 'none'],
      ['pkce_not_allowed', null, 'edit-slack-app'],
      ['invalid_code_verifier', null, 'retry'],
      ['invalid_auth', 'suspended', 'retry'],
      ['ratelimited', null, 'retry'],
      ['internal_error', null, 'retry'],
      ['fatal_error', null, 'retry'],
      ['service_unavailable', null, 'retry'],
    ],
  },
  'section 4, token rotation': {
    during: 'exchange',
    rows: [
      ['invalid_refresh_token', null, 'authorize-again'],
      ['authorization_not_found', null, 'authorize-again'],
      ['bad_client_secret', null, 'edit-slack-app'],
      ['invalid_client_id', null, 'edit-slack-app'],
      ['invalid_token', null, 'authorize-again'],
      ['token_already_exchanged', null, 'authorize-again'],
      ['token_rotation_not_enabled', null, 'open-app-settings'],
      ['internal_error', null, 'retry'],
      ['token_expired', 'expired', 'authorize-again'],
    ],
  },
  'section 5, classic OAuth': {
    during: 'exchange',
    rows: [
      ['code_already_used', null, 'retry'],
      ['missing_resource', null, 'open-app-settings'],
      ['invalid_token', null, 'authorize-again'],
    ],
  },
  'section 6, Sign in with Slack': {
    during: 'exchange',
    rows: [
      ['bad_client_secret', null, 'edit-slack-app'],
      ['invalid_client', null, 'edit-slack-app'],
      ['invalid_grant', null, 'retry'],
      ['invalid_code', null, 'retry'],
      ['invalid_request', null, 'report'],
      ['unsupported_grant_type', null, 'report'],
      ['oauth_authorization_url_mismatch', null, 'retry'],
      ['unauthorized_client', null, 'edit-slack-app'],
      ['unsupported_response_type', null, 'report'],
      ['server_error', null, 'retry'],
      ['temporarily_unavailable', null, 'retry'],
    ],
  },
  'section 8, a stored token': {
    during: 'token-call',
    rows: [
      ['not_authed', null, 'report'],
      ['invalid_auth', 'suspended', 'retry'],
      ['account_inactive', 'revoked', 'authorize-again'],
      ['token_revoked', 'revoked', 'authorize-again'],
      ['token_expired', 'expired', 'authorize-again'],
      ['missing_scope', null, 'authorize-again'],
      ['not_allowed_token_type', null, 'none'],
      ['no_permission', null, 'none'],
      ['access_denied', null, 'none'],
      ['accesslimited', 'suspended', 'retry'],
      ['ekm_access_denied', 'suspended', 'retry'],
      ['org_login_required', null, 'retry'],
      ['team_added_to_org', null, 'retry'],
      ['team_access_not_granted', null, 'none'],
      ['enterprise_is_restricted', null, 'none'],
      ['two_factor_setup_required', 'suspended', 'retry'],
      ['ratelimited', null, 'retry'],
      ['request_timeout', null, 'retry'],
      ['service_unavailable', null, 'retry'],
      ['internal_error', null, 'retry'],
      ['fatal_error', null, 'retry'],
      ['not_bearer_token', null, 'open-app-settings'],
    ],
  },
  'section 8, uninstalling': {
    during: 'uninstall',
    rows: [
      ['bad_client_secret', null, 'edit-slack-app'],
      ['client_id_token_mismatch', null, 'edit-slack-app'],
      ['invalid_client_id', null, 'edit-slack-app'],
      ['no_permission', null, 'none'],
      ['invalid_auth', 'suspended', 'retry'],
      ['token_revoked', 'revoked', 'authorize-again'],
    ],
  },
  'section 9, manifests': {
    during: 'configuration',
    rows: [
      ['invalid_manifest', null, 'none'],
      ['invalid_app', null, 'none'],
      ['invalid_app_id', null, 'open-app-settings'],
      ['app_not_eligible', null, 'open-app-settings'],
      ['no_permission', null, 'none'],
      ['ratelimited', null, 'retry'],
      ['failed_creating_app', null, 'open-app-settings'],
      ['failed_adding_collaborator', null, 'open-app-settings'],
      ['failed_datastore_operation', null, 'open-app-settings'],
      ['invalid_manager_app', null, 'open-app-settings'],
      ['managed_app_limit_reached', null, 'open-app-settings'],
      ['app_not_owned_by_manager_app', null, 'none'],
      ['invalid_arguments', null, 'report'],
      ['unknown_method', null, 'open-app-settings'],
      ['missing_scope', null, 'open-app-settings'],
      ['not_allowed_token_type', null, 'open-app-settings'],
      ['enterprise_is_restricted', null, 'none'],
      ['service_unavailable', null, 'retry'],
    ],
  },
  'section 9, the configuration token': {
    during: 'configuration',
    rows: [
      ['invalid_refresh_token', null, 'open-app-settings'],
      ['unknown_error', null, 'retry'],
      ['internal_error', null, 'retry'],
      ['fatal_error', null, 'retry'],
      ['token_expired', 'expired', 'open-app-settings'],
      ['token_revoked', 'revoked', 'open-app-settings'],
      ['account_inactive', 'revoked', 'open-app-settings'],
      ['invalid_auth', 'suspended', 'retry'],
    ],
  },
}

const ALL = Object.entries(CODES).flatMap(([section, { during, rows }]) =>
  rows.map(([slackCode, state, remedy]) => ({ section, slackCode, state, remedy, during })),
)

/** Words of programs, and words that blame. */
const JARGON = /\berror\b|\bfailed\b|\binvalid\b(?!_)|\bnull\b|undefined|JSON|\d{3} |you must/i

describe('slackRefused', () => {
  it.each(ALL)('$section: $slackCode → $state, $remedy', ({ slackCode, state, remedy, during }) => {
    const refused = slackRefused(slackCode, { during })
    expect(refused).toMatchObject({ code: 'SLACK_REFUSED', slackCode, remedy })
    expect(refused.message).not.toMatch(/^Slack said no/)
    expect(credentialStateFor(slackCode)).toBe(state)
  })

  it.each(ALL)('$section: $slackCode reads well', ({ slackCode, during }) => {
    const { message, advice } = slackRefused(slackCode, { during })
    expect(message).toMatch(/^[A-Z][^!]{9,70}[^.]$/)
    expect(advice).toMatch(/^[A-Z][^!]{9,180}[.]$/)
    expect(`${message} ${advice}`).not.toMatch(JARGON)
    expect(`${message} ${advice}`).not.toMatch(/please|'|"/i)
  })

  it.each([
    ['bad_redirect_uri', 'Slack did not accept the redirect URL', 'open-app-settings'],
    ['bad_client_secret', 'Slack did not accept the client secret', 'edit-slack-app'],
    ['invalid_client_id', 'Slack does not know this client ID', 'edit-slack-app'],
    ['access_denied', 'The request was cancelled in Slack', 'retry'],
    ['invalid_code', 'The code from Slack is no longer valid', 'retry'],
    ['token_revoked', 'This token no longer works', 'authorize-again'],
    ['account_inactive', 'This token no longer works', 'authorize-again'],
  ])('words %s as the specification does', (slackCode, message, remedy) => {
    expect(slackRefused(slackCode, { during: 'exchange' })).toMatchObject({ message, remedy })
  })

  it('shows the redirect URL to add', () => {
    const redirectUri = 'https://localhost:17871/callback'
    const refused = slackRefused('bad_redirect_uri', { during: 'exchange', redirectUri })
    expect(refused.advice).toContain(redirectUri)
  })

  it.each([
    ['access_denied', 'exchange', 'The request was cancelled in Slack'],
    ['access_denied', 'token-call', 'Slack does not allow this'],
    ['invalid_auth', 'exchange', 'Slack did not accept the answer from the browser'],
    ['invalid_auth', 'token-call', 'Slack does not know this token (invalid_auth)'],
    [
      'invalid_auth',
      'configuration',
      'Slack does not know this configuration token (invalid_auth)',
    ],
    ['no_permission', 'token-call', 'The token is not allowed to do this'],
    ['no_permission', 'uninstall', 'This token may not uninstall the app'],
    ['no_permission', 'configuration', 'You may not change this app'],
    ['invalid_refresh_token', 'exchange', 'The token could not be refreshed'],
    ['invalid_refresh_token', 'configuration', 'The configuration token could not be renewed'],
  ] as const)('tells %s of an %s from the others', (slackCode, during, message) => {
    expect(slackRefused(slackCode, { during }).message).toBe(message)
  })

  it.each(['exchange', 'token-call', 'uninstall', 'configuration'] as const)(
    'shows an unlisted code of a call of the kind %s',
    (during) => {
      for (const slackCode of ['brand_new_code', 'constructor', 'toString', '__proto__']) {
        const refused = slackRefused(slackCode, { during })
        expect(refused.message).toBe(`Slack said no: ${slackCode}`)
        expect(refused).toMatchObject({ slackCode, remedy: 'retry' })
        expect(credentialStateFor(slackCode)).toBeNull()
      }
    },
  )
})

describe('credentialStateFor', () => {
  it('calls no token dead but on the two codes that say so', () => {
    const dead = [...new Set(ALL.map((row) => row.slackCode))].filter(
      (slackCode) => credentialStateFor(slackCode) === 'revoked',
    )
    expect(dead.sort()).toEqual(['account_inactive', 'token_revoked'])
  })
})
