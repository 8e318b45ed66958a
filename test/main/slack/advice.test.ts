import { describe, expect, it } from 'vitest'
import { REMEDIES } from '../../../main/contract/errors.ts'
import { credentialStateFor, slackRefused } from '../../../main/slack/advice.ts'

/** Every code that the reference names, by its sections. */
const CODES = {
  authorize: [
    'access_denied',
    'bad_redirect_uri',
    'invalid_scope',
    'invalid_scope_requested',
    'invalid_team_for_non_distributed_app',
    'scope_not_allowed_on_enterprise',
    'unapproved_scope',
  ],
  exchange: [
    'bad_client_secret',
    'invalid_client_id',
    'bad_redirect_uri',
    'invalid_code',
    'code_already_used',
    'invalid_grant_type',
    'invalid_refresh_token',
    'no_scopes',
    'no_user_scopes',
    'oauth_authorization_url_mismatch',
    'cannot_install_an_org_installed_app',
    'user_email_unverified',
    'preview_feature_not_available',
    'pkce_not_allowed',
    'invalid_code_verifier',
    'invalid_auth',
    'ratelimited',
    'internal_error',
    'fatal_error',
    'service_unavailable',
  ],
  rotation: [
    'authorization_not_found',
    'bad_client_secret',
    'invalid_client_id',
    'invalid_token',
    'token_already_exchanged',
    'token_rotation_not_enabled',
    'internal_error',
    'token_expired',
    'invalid_refresh_token',
  ],
  classic: ['code_already_used', 'missing_resource', 'invalid_token'],
  token: [
    'not_authed',
    'invalid_auth',
    'account_inactive',
    'token_revoked',
    'token_expired',
    'missing_scope',
    'not_allowed_token_type',
    'no_permission',
    'access_denied',
    'accesslimited',
    'ekm_access_denied',
    'org_login_required',
    'team_added_to_org',
    'team_access_not_granted',
    'enterprise_is_restricted',
    'two_factor_setup_required',
    'ratelimited',
    'request_timeout',
    'service_unavailable',
    'internal_error',
    'fatal_error',
  ],
  revoke: [
    'not_bearer_token',
    'internal_error',
    'bad_client_secret',
    'client_id_token_mismatch',
    'invalid_client_id',
    'no_permission',
  ],
}

const ALL = Object.entries(CODES).flatMap(([section, codes]) =>
  codes.map((slackCode) => {
    const isToken = section === 'token' || section === 'revoke'
    return [section, slackCode, isToken ? 'token-call' : 'exchange'] as const
  }),
)

describe('slackRefused', () => {
  it.each(ALL)('%s: %s has a row of its own', (_section, slackCode, during) => {
    const refused = slackRefused(slackCode, { during })
    expect(refused).toMatchObject({ code: 'SLACK_REFUSED', slackCode })
    expect(refused.message).not.toMatch(/^Slack said no/)
    expect(REMEDIES).toContain(refused.remedy)
  })

  it.each(ALL)('%s: %s reads well', (_section, slackCode, during) => {
    const { message, advice } = slackRefused(slackCode, { during })
    expect(message).toMatch(/^[A-Z][^!]{9,70}[^.]$/)
    expect(advice).toMatch(/^[A-Z][^!]{9,180}[.]$/)
    expect(`${message} ${advice}`).not.toMatch(/\berror\b|\bfailed\b|\binvalid\b|you must/i)
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
    ['access_denied', 'The request was cancelled in Slack', 'Slack does not allow this'],
    [
      'invalid_auth',
      'Slack did not accept the answer from the browser',
      'Slack does not know this token (invalid_auth)',
    ],
  ])('tells %s of an exchange from that of a token', (slackCode, exchange, token) => {
    expect(slackRefused(slackCode, { during: 'exchange' }).message).toBe(exchange)
    expect(slackRefused(slackCode, { during: 'token-call' }).message).toBe(token)
  })

  it.each([['brand_new_code'], ['constructor'], ['toString'], ['__proto__']])(
    'shows the unlisted code %s',
    (slackCode) => {
      const refused = slackRefused(slackCode, { during: 'token-call' })
      expect(refused.message).toBe(`Slack said no: ${slackCode}`)
      expect(refused).toMatchObject({ slackCode, remedy: 'retry' })
    },
  )
})

describe('credentialStateFor', () => {
  it.each([
    ['token_revoked', 'revoked'],
    ['account_inactive', 'revoked'],
    ['token_expired', 'expired'],
    ['invalid_auth', 'suspended'],
    ['ekm_access_denied', 'suspended'],
    ['accesslimited', 'suspended'],
    ['two_factor_setup_required', 'suspended'],
    ['not_authed', null],
    ['missing_scope', null],
    ['not_allowed_token_type', null],
    ['no_permission', null],
    ['access_denied', null],
    ['org_login_required', null],
    ['team_added_to_org', null],
    ['team_access_not_granted', null],
    ['enterprise_is_restricted', null],
    ['ratelimited', null],
    ['request_timeout', null],
    ['service_unavailable', null],
    ['internal_error', null],
    ['fatal_error', null],
    ['not_bearer_token', null],
    ['bad_client_secret', null],
    ['brand_new_code', null],
    ['constructor', null],
  ])('%s: %s', (slackCode, state) => {
    expect(credentialStateFor(slackCode)).toBe(state)
  })

  it('calls no token dead but on the two codes that say so', () => {
    const dead = [...new Set(Object.values(CODES).flat())].filter(
      (slackCode) => credentialStateFor(slackCode) === 'revoked',
    )
    expect(dead.sort()).toEqual(['account_inactive', 'token_revoked'])
  })
})
