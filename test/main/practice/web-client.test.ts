/** Slack's own client calls every method. */
import {
  type AppsManifestCreateArguments,
  type AuthTeamsListResponse,
  LogLevel,
  WebClient,
} from '@slack/web-api'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { METHODS } from '../../../main/practice/methods.ts'
import { configurationToken, MANIFEST } from './manifest-client.ts'
import {
  authorize,
  type Bench,
  consent,
  type Json,
  openBench,
  register,
  WEB_REDIRECT,
} from './practice-client.ts'

let bench: Bench
beforeEach(async () => {
  bench = await openBench()
})
afterEach(() => bench.end())

function client(token?: string): WebClient {
  return new WebClient(token, {
    slackApiUrl: `${bench.practice.url}/api/`,
    logLevel: LogLevel.ERROR,
  })
}

async function secretApp(change = {}) {
  const { client_id, client_secret = '' } = await register(bench.practice, change)
  return { client_id, client_secret }
}

async function codeOf(client_id: string, query: Json, flow: 'v2' | 'v2-user' | 'v1' | 'openid') {
  const asked = { client_id, redirect_uri: WEB_REDIRECT, ...query } as Record<string, string>
  return (await consent(bench.practice, asked, {}, flow)).get('code') ?? ''
}

const redirect_uri = WEB_REDIRECT

describe('Slack’s own client', () => {
  it('exchanges the codes of all flows', async () => {
    const app = await secretApp({ tokenRotation: true })
    const code = await codeOf(app.client_id, { scope: 'chat:write' }, 'v2')
    const v2 = await client().oauth.v2.access({ ...app, code, redirect_uri })
    expect(v2.access_token).toMatch(/^xoxe\.xoxb-/)
    const refresh = { grant_type: 'refresh_token' as const, refresh_token: v2.refresh_token ?? '' }
    expect(await client().oauth.v2.access({ ...app, ...refresh })).toMatchObject({ ok: true })
    const userCode = await codeOf(app.client_id, { scope: 'search:read' }, 'v2-user')
    const form = { ...app, code: userCode, redirect_uri }
    expect(await client().apiCall('oauth.v2.user.access', form)).toMatchObject({ ok: true })
    const classic = await codeOf(app.client_id, { scope: 'bot' }, 'v1')
    const v1 = await client().oauth.access({ ...app, code: classic, redirect_uri })
    expect(v1.bot?.bot_access_token).toMatch(/^xoxb-/)
    const query = { scope: 'openid', response_type: 'code' }
    const signIn = await codeOf(app.client_id, query, 'openid')
    const who = await client().openid.connect.token({ ...app, code: signIn, redirect_uri })
    expect(await client(who.access_token).openid.connect.userInfo()).toMatchObject({
      sub: 'U01PRACSTUDIO',
    })
  })

  it('lists the workspaces of an org-wide install, page by page', async () => {
    const app = await secretApp({ orgDeploy: true })
    const org = { team: 'E0PRACORG' }
    const query = { scope: 'team:read,users:read' }
    const { access_token: token } = await authorize(bench.practice, app, query, org)
    const own = client(`${token}`)
    const names: unknown[] = []
    let cursor: string | undefined = ''
    do {
      const page: AuthTeamsListResponse = await own.auth.teams.list({ limit: 1, cursor })
      names.push(...(page.teams ?? []).map(({ name }) => name))
      cursor = page.response_metadata?.next_cursor
    } while (cursor)
    expect(names).toEqual(['Practice North', 'Practice South', 'Practice West'])
    const team_id = 'T0PRACWEST'
    expect((await own.team.info({ team: team_id })).team).toMatchObject({ id: team_id })
    expect((await own.bots.info({ team_id })).bot).toMatchObject({ name: 'Deploy Bot' })
  })

  it('makes, changes and removes an app, and rotates its own token', async () => {
    const { token, refreshToken } = await configurationToken(bench.practice)
    const { manifest: apps } = client(token).apps
    const { settings: _, ...rest } = MANIFEST
    // Slack's type names the scopes it knows; the manifest is plain data here.
    const known = rest as AppsManifestCreateArguments['manifest']
    expect(await apps.validate({ manifest: known })).toMatchObject({ ok: true })
    const { app_id = '', credentials } = await apps.create({ manifest: known })
    const { client_id = '', client_secret = '' } = credentials ?? {}
    const rotating = { ...known, settings: { token_rotation_enabled: true } }
    const query = { scope: 'chat:write', user_scope: 'search:read' }
    const keep = { 'keep-user': 'search:read' }
    const first = await authorize(bench.practice, { client_id, client_secret }, query, keep)
    expect(await apps.update({ app_id, manifest: rotating })).toMatchObject({
      permissions_updated: false,
    })
    expect((await apps.export({ app_id })).manifest).toEqual(rotating)
    const old = `${first.access_token}`
    const pair = await client().oauth.v2.exchange({ client_id, client_secret, token: old })
    expect(await client(pair.access_token).auth.test()).toMatchObject({ expires_in: 43_200 })
    const { access_token: user } = first.authed_user as { access_token: string }
    expect(await client(user).apps.uninstall({ client_id, client_secret })).toMatchObject({
      ok: true,
    })
    await expect(client(pair.access_token).auth.test()).rejects.toMatchObject({
      data: { error: 'token_revoked' },
    })
    expect(await apps.delete({ app_id })).toMatchObject({ ok: true })
    const rotated = await client().tooling.tokens.rotate({ refresh_token: refreshToken })
    expect(await client(rotated.token).auth.revoke()).toMatchObject({ revoked: true })
  })

  it('leaves no method out', () => {
    expect([...METHODS.keys()].sort()).toEqual([
      'apps.manifest.create',
      'apps.manifest.delete',
      'apps.manifest.export',
      'apps.manifest.update',
      'apps.manifest.validate',
      'apps.uninstall',
      'auth.revoke',
      'auth.teams.list',
      'auth.test',
      'bots.info',
      'oauth.access',
      'oauth.v2.access',
      'oauth.v2.exchange',
      'oauth.v2.user.access',
      'openid.connect.token',
      'openid.connect.userInfo',
      'team.info',
      'tooling.tokens.rotate',
    ])
  })

  it('reads why a manifest was refused', async () => {
    const { token } = await configurationToken(bench.practice)
    const manifest = { display_information: { name: '' } }
    await expect(client(token).apps.manifest.create({ manifest })).rejects.toMatchObject({
      data: { error: 'invalid_manifest', errors: [{ pointer: '/display_information/name' }] },
    })
  })
})
