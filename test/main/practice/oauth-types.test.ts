/** Each answer holds exactly what is written here, which the compiler finds fit for Slack's own types. */
import type {
  OauthAccessResponse,
  OauthV2AccessResponse,
  OauthV2ExchangeResponse,
  OpenIDConnectTokenResponse,
  OpenIDConnectUserInfoResponse,
} from '@slack/web-api'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { configurationToken, createApp, MANIFEST, manifestCall } from './manifest-client.ts'
import { authorize, type Bench, call, openBench, register } from './practice-client.ts'

let bench: Bench
beforeEach(async () => {
  bench = await openBench()
})
afterEach(() => bench.end())

const ok = z.literal(true)
const text = z.string().min(1)
const place = z.strictObject({ id: text, name: text })
const rotation = { refresh_token: text, expires_in: z.number() }
const where = { team: place, enterprise: z.null(), is_enterprise_install: z.literal(false) }
const webhook = z.strictObject({
  channel: text,
  channel_id: text,
  configuration_url: z.url(),
  url: z.url(),
})

const QUERY = { scope: 'chat:write,team:read,incoming-webhook', user_scope: 'search:read' }

async function rotating() {
  const { appId: _, ...client } = await register(bench.practice, { tokenRotation: true })
  return { client, answer: await authorize(bench.practice, client, QUERY) }
}

describe('OAuth', () => {
  it('oauth.v2.access, with everything', async () => {
    const schema = z.strictObject({
      ok,
      app_id: text,
      access_token: text,
      token_type: z.literal('bot'),
      scope: text,
      bot_user_id: text,
      ...rotation,
      authed_user: z.strictObject({
        id: text,
        access_token: text,
        token_type: z.literal('user'),
        scope: text,
        ...rotation,
      }),
      ...where,
      incoming_webhook: webhook,
    })
    // Slack's types leave out the null that Slack's examples have.
    const { enterprise: _, ...answer } = schema.parse((await rotating()).answer)
    const typed: OauthV2AccessResponse = answer
    expect(typed.ok).toBe(true)
  })

  it('oauth.v2.access, org-wide', async () => {
    const app = await register(bench.practice, { orgDeploy: true })
    const org = { team: 'E0PRACORG' }
    const query = { user_scope: 'search:read' }
    const schema = z.strictObject({
      ok,
      app_id: text,
      authed_user: z.strictObject({
        id: text,
        access_token: text,
        token_type: z.literal('user'),
        scope: text,
      }),
      team: z.null(),
      enterprise: place,
      is_enterprise_install: z.literal(true),
    })
    const { team: _, ...answer } = schema.parse(await authorize(bench.practice, app, query, org))
    const typed: OauthV2AccessResponse = answer
    expect(typed.ok).toBe(true)
  })

  it('oauth.v2.access, refreshing', async () => {
    const { client, answer: first } = await rotating()
    const refresh = { grant_type: 'refresh_token', refresh_token: `${first.refresh_token}` }
    const schema = z.strictObject({
      ok,
      app_id: text,
      access_token: text,
      token_type: z.literal('bot'),
      scope: text,
      bot_user_id: text,
      ...rotation,
      ...where,
    })
    const raw = await call(bench.practice, 'oauth.v2.access', { ...client, ...refresh })
    const { enterprise: _, ...answer } = schema.parse(raw)
    const typed: OauthV2AccessResponse = answer
    expect(typed.ok).toBe(true)
  })

  it('oauth.access', async () => {
    const app = await register(bench.practice)
    const schema = z.strictObject({
      ok,
      access_token: text,
      scope: text,
      user_id: text,
      team_id: text,
      team_name: text,
      enterprise_id: z.null(),
      bot: z.strictObject({ bot_user_id: text, bot_access_token: text }),
      incoming_webhook: webhook,
    })
    const query = { scope: 'bot,incoming-webhook' }
    const raw = await authorize(bench.practice, app, query, {}, 'v1')
    const { enterprise_id: _, ...answer } = schema.parse(raw)
    const typed: OauthAccessResponse = answer
    expect(typed.ok).toBe(true)
  })

  it('oauth.v2.exchange', async () => {
    const { token } = await configurationToken(bench.practice)
    const { appId: app_id, ...client } = await createApp(bench.practice, token)
    const { access_token } = await authorize(bench.practice, client)
    const manifest = { ...MANIFEST, settings: { token_rotation_enabled: true } }
    await manifestCall(bench.practice, 'update', token, { app_id, manifest })
    const schema = z.strictObject({
      ok,
      app_id: text,
      access_token: text,
      token_type: z.literal('bot'),
      scope: text,
      bot_user_id: text,
      ...rotation,
      ...where,
    })
    const form = { ...client, token: `${access_token}` }
    const raw = await call(bench.practice, 'oauth.v2.exchange', form)
    const { enterprise: _, ...answer } = schema.parse(raw)
    const typed: OauthV2ExchangeResponse = answer
    expect(typed.ok).toBe(true)
  })

  it('openid.connect.token and openid.connect.userInfo', async () => {
    const app = await register(bench.practice, { tokenRotation: true })
    const query = { scope: 'openid,email,profile', response_type: 'code' }
    const raw = await authorize(bench.practice, app, query, {}, 'openid')
    const answer: OpenIDConnectTokenResponse = z
      .strictObject({
        ok,
        access_token: text,
        token_type: z.literal('Bearer'),
        id_token: text,
        ...rotation,
      })
      .parse(raw)
    const token = answer.access_token ?? ''
    const info: OpenIDConnectUserInfoResponse = z
      .strictObject({
        ok,
        sub: text,
        'https://slack.com/user_id': text,
        'https://slack.com/team_id': text,
        'https://slack.com/team_name': text,
        'https://slack.com/team_domain': text,
        email: z.email(),
        email_verified: z.literal(true),
        name: text,
        given_name: text,
        family_name: text,
        locale: text,
      })
      .parse(await call(bench.practice, 'openid.connect.userInfo', { token }))
    expect([answer.ok, info.ok]).toEqual([true, true])
  })
})
