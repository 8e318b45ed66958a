/** Each answer holds exactly what is written here, which the compiler finds fit for Slack's own types. */
import type {
  AppsManifestCreateResponse,
  AppsManifestDeleteResponse,
  AppsManifestExportResponse,
  AppsManifestUpdateResponse,
  AppsManifestValidateResponse,
  AppsUninstallResponse,
  AuthRevokeResponse,
  AuthTeamsListResponse,
  AuthTestResponse,
  BotsInfoResponse,
  TeamInfoResponse,
  ToolingTokensRotateResponse,
} from '@slack/web-api'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { configurationToken, MANIFEST, manifestCall } from './manifest-client.ts'
import { authorize, type Bench, call, openBench, register } from './practice-client.ts'

let bench: Bench
beforeEach(async () => {
  bench = await openBench()
})
afterEach(() => bench.end())

const ok = z.literal(true)
const text = z.string().min(1)
const place = z.strictObject({ id: text, name: text })

describe('calls with a token', () => {
  it('auth.test, auth.teams.list, team.info, bots.info and auth.revoke', async () => {
    const app = await register(bench.practice, { tokenRotation: true })
    const query = { scope: 'team:read,users:read' }
    const north = { team: 'T0PRACNORTH' }
    const token = `${(await authorize(bench.practice, app, query, north)).access_token}`
    const say = (method: string) => call(bench.practice, method, { token })
    const test: AuthTestResponse = z
      .strictObject({
        ok,
        url: z.url(),
        team: text,
        user: text,
        team_id: text,
        user_id: text,
        bot_id: text,
        app_id: text,
        app_name: text,
        enterprise_id: text,
        is_enterprise_install: z.literal(false),
        expires_in: z.number(),
      })
      .parse(await say('auth.test'))
    const teams: AuthTeamsListResponse = z
      .strictObject({
        ok,
        teams: z.array(place).length(1),
        response_metadata: z.strictObject({ next_cursor: z.literal('') }),
      })
      .parse(await say('auth.teams.list'))
    const info: TeamInfoResponse = z
      .strictObject({
        ok,
        team: z.strictObject({
          id: text,
          name: text,
          domain: text,
          email_domain: z.string(),
          icon: z.strictObject({ image_default: z.literal(true) }),
          enterprise_id: text,
          enterprise_name: text,
        }),
      })
      .parse(await say('team.info'))
    const bot: BotsInfoResponse = z
      .strictObject({
        ok,
        bot: z.strictObject({
          id: text,
          app_id: text,
          user_id: text,
          name: text,
          deleted: z.literal(false),
        }),
      })
      .parse(await say('bots.info'))
    const revoked: AuthRevokeResponse = z
      .strictObject({ ok, revoked: z.literal(true) })
      .parse(await say('auth.revoke'))
    expect([test, teams, info, bot, revoked].every((one) => one.ok)).toBe(true)
  })

  it('apps.uninstall', async () => {
    const { appId: _, ...client } = await register(bench.practice)
    const { authed_user } = await authorize(bench.practice, client, { user_scope: 'search:read' })
    const { access_token: token } = authed_user as { access_token: string }
    const answer: AppsUninstallResponse = z
      .strictObject({ ok })
      .parse(await call(bench.practice, 'apps.uninstall', { ...client, token }))
    expect(answer.ok).toBe(true)
  })
})

describe('calls with a configuration token', () => {
  it('apps.manifest.*', async () => {
    const { token } = await configurationToken(bench.practice)
    const say = (name: string, form: Parameters<typeof manifestCall>[3]) =>
      manifestCall(bench.practice, name, token, form)
    const created: AppsManifestCreateResponse = z
      .strictObject({
        ok,
        app_id: text,
        credentials: z.strictObject({
          client_id: text,
          client_secret: text,
          verification_token: text,
          signing_secret: text,
        }),
        oauth_authorize_url: z.url(),
        team_id: text,
        team_domain: text,
      })
      .parse(await say('create', { manifest: MANIFEST }))
    const app_id = created.app_id ?? ''
    const validated: AppsManifestValidateResponse = z
      .strictObject({ ok, errors: z.array(z.never()) })
      .parse(await say('validate', { manifest: MANIFEST }))
    const updated: AppsManifestUpdateResponse = z
      .strictObject({ ok, app_id: text, permissions_updated: z.boolean() })
      .parse(await say('update', { app_id, manifest: MANIFEST }))
    const exported: AppsManifestExportResponse = z
      .strictObject({ ok, manifest: z.object({ display_information: z.object({ name: text }) }) })
      .parse(await say('export', { app_id }))
    const deleted: AppsManifestDeleteResponse = z
      .strictObject({ ok })
      .parse(await say('delete', { app_id }))
    expect([validated, updated, exported, deleted].every((one) => one.ok)).toBe(true)
    const broken = await say('create', { manifest: {} })
    const refused: { ok?: boolean; errors?: AppsManifestCreateResponse['errors'] } = z
      .strictObject({
        ok: z.literal(false),
        error: z.literal('invalid_manifest'),
        errors: z.array(z.strictObject({ message: text, pointer: text })).min(1),
      })
      .parse(broken)
    expect(refused.ok).toBe(false)
  })

  it('tooling.tokens.rotate', async () => {
    const { refreshToken } = await configurationToken(bench.practice)
    const answer: ToolingTokensRotateResponse = z
      .strictObject({
        ok,
        token: text,
        refresh_token: text,
        team_id: text,
        user_id: text,
        iat: z.number(),
        exp: z.number(),
      })
      .parse(await call(bench.practice, 'tooling.tokens.rotate', { refresh_token: refreshToken }))
    expect(answer.ok).toBe(true)
  })
})
