import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { planPracticeAnswers } from '../../../main/practice/find-practice.ts'
import type { PracticeFault } from '../../../main/practice/practice-parts.ts'
import {
  authorize,
  type Bench,
  call,
  consent,
  flowOf,
  formToken,
  formTokenOf,
  type Json,
  openBench,
  register,
  sendForm,
} from './practice-client.ts'

let bench: Bench
beforeEach(async () => {
  bench = await openBench()
})
afterEach(() => bench.end())

const plan = (method: string, ...faults: PracticeFault[]) =>
  planPracticeAnswers(bench.practice.url, fetch, method, faults)

/** Each code of the reference, section by section: what a call with a token can be answered. */
const TOKEN_CODES = {
  'common (section 8)': [
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
  'revoking and uninstalling (section 8)': [
    'not_bearer_token',
    'bad_client_secret',
    'client_id_token_mismatch',
    'invalid_client_id',
  ],
  'oauth.v2.exchange (section 4)': [
    'authorization_not_found',
    'invalid_token',
    'token_already_exchanged',
    'token_rotation_not_enabled',
  ],
  'manifests (section 9)': [
    'invalid_manifest',
    'invalid_app',
    'app_not_eligible',
    'failed_creating_app',
    'invalid_manager_app',
    'managed_app_limit_reached',
    'app_not_owned_by_manager_app',
    'invalid_refresh_token',
    'unknown_error',
  ],
}

/** What the exchange of a code can be answered. */
const V2_CODES = [
  'bad_client_secret',
  'invalid_client_id',
  'bad_redirect_uri',
  'invalid_code',
  'invalid_grant_type',
  'invalid_refresh_token',
  'no_scopes',
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
]
const EXCHANGE_CODES = {
  v2: V2_CODES,
  'v2-user': [...V2_CODES, 'no_user_scopes'],
  v1: ['code_already_used', 'missing_resource', 'invalid_token', 'invalid_code', 'ratelimited'],
  openid: [
    ...V2_CODES,
    'invalid_client',
    'invalid_grant',
    'invalid_request',
    'unsupported_grant_type',
  ],
} as const
type Flow = keyof typeof EXCHANGE_CODES

const rows = Object.entries(TOKEN_CODES).flatMap(([section, codes]) =>
  codes.map((code) => [section, code] as const),
)
const exchangeRows = (Object.keys(EXCHANGE_CODES) as Flow[]).flatMap((flow) =>
  EXCHANGE_CODES[flow].map((code) => [flow, code] as const),
)

describe('every documented code', () => {
  it.each(rows)('of %s: %s, for the next call by the page', async (_section, code) => {
    const url = `${bench.practice.url}/practice/answers`
    const form = formTokenOf(await (await fetch(url)).text())
    const fault = JSON.stringify({ error: code })
    const body = new URLSearchParams({ form, method: 'auth.test', fault })
    const page = await (await fetch(url, { method: 'POST', body })).text()
    expect(page).toContain(`<code>${code}</code>`)
    expect(page).toContain(`>${code}: `)
    expect(await call(bench.practice, 'auth.test', {})).toMatchObject({ ok: false, error: code })
    expect(await call(bench.practice, 'auth.test', {})).toEqual({ ok: false, error: 'not_authed' })
  })

  it.each(exchangeRows)('of %s: %s, by the consent page', async (flow, code) => {
    const { appId: _, ...app } = await register(bench.practice)
    const query = { client_id: app.client_id, scope: SCOPE[flow], response_type: 'code' }
    const choice = { decision: 'answer', answer: code }
    const answer = await consent(bench.practice, query, choice, flow)
    const form = { ...app, code: answer.get('code') ?? '' }
    const method = flowOf(flow).exchangeMethod
    expect(await call(bench.practice, method, form)).toEqual({ ok: false, error: code })
  })

  const SCOPE = { v2: 'chat:write', 'v2-user': 'search:read', v1: 'bot', openid: 'openid' }

  it.each([
    'bad_redirect_uri',
    'invalid_scope',
    'invalid_scope_requested',
    'invalid_team_for_non_distributed_app',
    'scope_not_allowed_on_enterprise',
    'unapproved_scope',
  ])('%s, on Slack’s own page', async (code) => {
    const { client_id } = await register(bench.practice)
    const form = await formToken(bench.practice, { client_id, scope: 'chat:write' })
    const choice = { form, decision: 'answer', answer: `page:${code}` }
    const response = await sendForm(bench.practice, choice)
    expect([response.status, response.headers.get('location')]).toEqual([400, null])
    expect(await response.text()).toContain(`<code>${code}</code>`)
  })

  it('access_denied with a description', async () => {
    const { client_id } = await register(bench.practice)
    const choice = { decision: 'answer', answer: 'access_denied_described' }
    const answer = await consent(bench.practice, { client_id, scope: 'chat:write' }, choice)
    expect([...answer.keys()]).toEqual(['error', 'error_description'])
    expect(answer.get('error')).toBe('access_denied')
  })
})

describe('planned answers', () => {
  it('come in turn, each once, for their method alone', async () => {
    await plan('auth.test', { error: 'token_expired' }, { status: 503 }, 'garbage', 'hang-up')
    expect(await call(bench.practice, 'team.info', {})).toMatchObject({ error: 'not_authed' })
    expect(await call(bench.practice, 'auth.test', {})).toMatchObject({ error: 'token_expired' })
    const probe = () => fetch(`${bench.practice.url}/api/auth.test`, { method: 'POST' })
    expect((await probe()).status).toBe(503)
    expect(await (await probe()).text()).toContain('Sign in')
    await expect(probe()).rejects.toThrow()
    expect(await call(bench.practice, 'auth.test', {})).toMatchObject({ error: 'not_authed' })
  })

  it('take the place of what was planned, or forget it', async () => {
    await plan('auth.test', { error: 'token_expired' })
    await plan('auth.test', { error: 'account_inactive' })
    expect(await call(bench.practice, 'auth.test', {})).toMatchObject({ error: 'account_inactive' })
    await plan('auth.test', { error: 'token_expired' })
    await plan('auth.test')
    expect(await call(bench.practice, 'auth.test', {})).toMatchObject({ error: 'not_authed' })
  })

  it('say what Slack says beside a code', async () => {
    await plan('apps.manifest.create', { error: 'invalid_manifest' })
    expect(await call(bench.practice, 'apps.manifest.create', {})).toMatchObject({
      errors: [{ pointer: '/' }],
    })
    await plan('auth.test', { error: 'ratelimited' })
    const response = await fetch(`${bench.practice.url}/api/auth.test`, { method: 'POST' })
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '30'])
    await plan('auth.test', { error: 'ratelimited', retryAfterSeconds: 2 })
    const sooner = await fetch(`${bench.practice.url}/api/auth.test`, { method: 'POST' })
    expect([sooner.status, sooner.headers.get('retry-after')]).toEqual([429, '2'])
  })

  it.each<[string, number]>([
    ['no_service', 404],
    ['invalid_payload', 400],
    ['channel_is_archived', 410],
    ['channel_not_found', 404],
    ['action_prohibited', 403],
  ])('%s comes from a webhook, with status %i', async (error, status) => {
    const app = await register(bench.practice)
    const answer = await authorize(bench.practice, app, { scope: 'incoming-webhook' })
    const url = `${(answer.incoming_webhook as Json).url}`
    const post = () => fetch(url, { method: 'POST', body: '{"text":"hello"}' })
    await plan('incoming-webhook', { error })
    const refused = await post()
    expect([refused.status, await refused.text()]).toEqual([status, error])
    expect(await (await post()).text()).toBe('ok')
    await plan('incoming-webhook', 'hang-up')
    await expect(post()).rejects.toThrow()
  })

  it.each([
    ['an unknown method', 'users.list', { error: 'x' }],
    ['an error that is no code', 'auth.test', { error: '<b>' }],
    ['a status of success', 'auth.test', { status: 200 }],
  ])('are refused for %s', async (_name, method, fault) => {
    await expect(plan(method, fault)).rejects.toMatchObject({ code: 'PRACTICE_FAILED' })
  })

  it('are refused for a form that is not ours, or says what is not offered', async () => {
    const url = `${bench.practice.url}/practice/answers`
    const send = (form: string, method: string) => {
      const body = new URLSearchParams({ form, method, fault: '"slow"' })
      return fetch(url, { method: 'POST', body })
    }
    expect((await send('x', 'auth.test')).status).toBe(400)
    const form = formTokenOf(await (await fetch(url)).text())
    expect((await send(form, 'users.list')).status).toBe(400)
    expect((await send(form, 'auth.test')).status).toBe(400)
  })
})
