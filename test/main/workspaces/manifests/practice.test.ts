/** Manifests and configuration tokens against the practice Slack, over real sockets. */
import { inspect } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { EnvironmentRef } from '../../../../main/contract/views.ts'
import { silentLog } from '../../../../main/platform/log.ts'
import { Secret } from '../../../../main/platform/secret.ts'
import {
  makePracticeConfigurationToken,
  planPracticeAnswers,
} from '../../../../main/practice/find-practice.ts'
import type { PracticeFault } from '../../../../main/practice/practice-parts.ts'
import { createSlackApi } from '../../../../main/slack/slack-api.ts'
import { createConfigurationTokens } from '../../../../main/workspaces/configuration-tokens.ts'
import { createManifests } from '../../../../main/workspaces/manifests/manifests.ts'
import { MANIFEST } from '../../practice/manifest-client.ts'
import { authorize, openBench } from '../../practice/practice-client.ts'
import { json, raw, startSlackServer } from '../../slack/slack-server.ts'
import { openWorkspaces } from '../workspaces-fixture.ts'
import { formOf } from './manifests-fixture.ts'

const HOUR_MS = 3600 * 1000

/** The rooms, joined to a Slack that answers at this address. */
async function openAt(baseUrl: string, desk: Awaited<ReturnType<typeof openWorkspaces>>) {
  const environment: EnvironmentRef = { kind: 'custom', baseUrl }
  const { clock } = desk
  const options = {
    ...desk,
    vault: () => desk.vault,
    slack: createSlackApi({ fetch, clock, log: silentLog, repeatAfterMs: 1 }),
    log: silentLog,
  }
  const configurationTokens = createConfigurationTokens({ ...options, onChange() {} })
  const manifests = createManifests({
    ...{ ...options, configurationTokens },
    browser: { open: async () => {} },
    prepare: async () => {},
    changes: { tell() {} },
  })
  return { ...desk, environment, configurationTokens, manifests }
}

async function start() {
  const desk = await openWorkspaces()
  const bench = await openBench({ clock: desk.clock })
  onTestFinished(() => bench.end())
  const rooms = await openAt(bench.practice.url, desk)
  const pasted = await makePracticeConfigurationToken(bench.practice.url, fetch)
  const tokenId = await rooms.configurationTokens.add({ ...rooms, ...pasted })
  const plan = (method: string, ...faults: PracticeFault[]) =>
    planPracticeAnswers(bench.practice.url, fetch, method, faults)
  const calls = (method: string) =>
    bench.practice.calls().filter((call) => call.method === method).length
  return { ...rooms, bench, pasted, tokenId, plan, calls }
}

describe('with the practice Slack', () => {
  it('a created app can be authorized at once', async () => {
    const { manifests, environment, slackApps, bench } = await start()
    const form = formOf({
      environment,
      userScopes: ['search:read'],
      optionalScopes: ['search:read'],
    })
    const outcome = await manifests.create(environment, manifests.draft(form).yaml)
    if (outcome.kind !== 'created') throw new Error(inspect(outcome, { depth: 5 }))
    expect(outcome.isUnfinished).toBe(false)
    const app = slackApps.get(outcome.slackAppId)
    const client = {
      client_id: app.clientId,
      client_secret: slackApps.secret(app.id, 'clientSecret')?.expose() ?? '',
    }
    const [redirect_uri = ''] = slackApps.views()[0]?.redirectUrls ?? []
    const asked = { scope: 'chat:write', user_scope: 'search:read', redirect_uri }
    expect(await authorize(bench.practice, client, asked)).toMatchObject({
      ok: true,
      app_id: app.appId,
      scope: 'chat:write',
    })
    expect(slackApps.views()).toMatchObject([
      { signingSecretMasked: expect.any(String), verificationTokenMasked: expect.any(String) },
    ])
  })

  it('tells what it has against a manifest, with the line', async () => {
    const { manifests, environment, slackApps, calls } = await start()
    const { json: text } = manifests.draft(formOf({ environment }))
    const odd = JSON.stringify(
      { ...JSON.parse(text), settings: { event_subscriptions: { bot_events: ['app_mention'] } } },
      null,
      2,
    )
    const outcome = await manifests.create(environment, odd)
    const line = odd.split('\n').findIndex((one) => one.includes('app_mention')) + 1
    expect(outcome).toMatchObject({ kind: 'refused', problems: [{ severity: 'problem', line }] })
    expect([slackApps.all(), calls('apps.manifest.create')]).toEqual([[], 0])
  })

  it('an update keeps what nobody here knows', async () => {
    const { manifests, environment, slackApps } = await start()
    const made = await manifests.create(environment, JSON.stringify(MANIFEST))
    if (made.kind !== 'created') throw new Error(inspect(made, { depth: 5 }))
    const { slackAppId } = made
    const exported = JSON.parse((await manifests.export(slackAppId)).json)
    expect(exported).toEqual(MANIFEST)
    exported.oauth_config.scopes.bot.push('commands')
    const text = JSON.stringify(exported)
    const comparison = await manifests.compare(slackAppId, text)
    expect(comparison).toMatchObject({ addedCount: 2, removedCount: 1, turnsOnPkce: false })
    expect(await manifests.update(slackAppId, text, comparison.id)).toEqual({
      kind: 'updated',
      permissionsUpdated: true,
      workspaceCount: 0,
    })
    expect(slackApps.get(slackAppId).botScopes).toEqual(['chat:write', 'commands'])
    const after = JSON.parse((await manifests.export(slackAppId)).json)
    expect(after).toEqual(exported)
    expect(after.settings.unknown_to_us).toEqual({ deep: [1, 2] })
  })

  it('an update is refused after somebody else’s', async () => {
    const { manifests, environment } = await start()
    const made = await manifests.create(environment, JSON.stringify(MANIFEST))
    if (made.kind !== 'created') throw new Error(inspect(made, { depth: 5 }))
    const text = (name: string) => JSON.stringify({ ...MANIFEST, display_information: { name } })
    const first = await manifests.compare(made.slackAppId, text('First'))
    const second = await manifests.compare(made.slackAppId, text('Second'))
    await manifests.update(made.slackAppId, text('First'), first.id)
    await expect(
      manifests.update(made.slackAppId, text('Second'), second.id),
    ).rejects.toMatchObject({ code: 'MANIFEST_CHANGED_AT_SLACK' })
  })

  it('says that turning PKCE on cannot be undone, and that it cannot', async () => {
    const { manifests, environment, slackApps } = await start()
    const made = await manifests.create(environment, JSON.stringify(MANIFEST))
    if (made.kind !== 'created') throw new Error(inspect(made, { depth: 5 }))
    const on = JSON.stringify({
      ...MANIFEST,
      oauth_config: { ...MANIFEST.oauth_config, pkce_enabled: true },
    })
    const there = await manifests.compare(made.slackAppId, on)
    expect(there.turnsOnPkce).toBe(true)
    await manifests.update(made.slackAppId, on, there.id)
    const back = JSON.stringify(MANIFEST)
    const again = await manifests.compare(made.slackAppId, back)
    expect(again.turnsOnPkce).toBe(false)
    expect(await manifests.update(made.slackAppId, back, again.id)).toMatchObject({
      kind: 'refused',
      problems: [{ advice: 'Slack says this about /oauth_config/pkce_enabled.' }],
    })
    expect(slackApps.get(made.slackAppId).strategy).toBe('https')
  })

  it.each(['hang-up', 'garbage'] as const)(
    'an app whose answer is lost (%s) may be there',
    async (fault) => {
      const { manifests, environment, plan, slackApps, calls } = await start()
      await plan('apps.manifest.create', fault)
      const { json: text } = manifests.draft(formOf({ environment }))
      await expect(manifests.create(environment, text)).rejects.toMatchObject({
        message: expect.stringContaining('but the app may be there'),
        remedy: 'open-app-settings',
      })
      expect([slackApps.all(), calls('apps.manifest.create')]).toEqual([[], 1])
    },
  )

  it('a pasted pair is renewed at once, and 50 callers renew it once more', async () => {
    const { configurationTokens, environment, clock, pasted, tokenId, calls } = await start()
    expect(calls('tooling.tokens.rotate')).toBe(1)
    const stored = configurationTokens.secret(tokenId, 'token').expose()
    expect(stored).not.toBe(pasted.token.expose())
    expect(configurationTokens.views()).toMatchObject([
      { teamId: pasted.teamId, userId: pasted.userId, state: 'working', canRefresh: true },
    ])
    clock.advance(12 * HOUR_MS)
    const asking = Array.from({ length: 50 }, () => configurationTokens.freshToken(environment))
    const got = new Set((await Promise.all(asking)).map((token) => token.expose()))
    expect([got.size, calls('tooling.tokens.rotate')]).toEqual([1, 2])
    expect(got.has(stored)).toBe(false)
  })

  it('a refresh token that was used elsewhere is dead, and another pair takes its place', async () => {
    const { configurationTokens, environment, clock, tokenId, bench, manifests } = await start()
    const spent = configurationTokens.secret(tokenId, 'refreshToken').expose()
    await fetch(`${bench.practice.url}/api/tooling.tokens.rotate`, {
      method: 'POST',
      body: new URLSearchParams({ refresh_token: spent }),
    })
    clock.advance(12 * HOUR_MS)
    const { json: text } = manifests.draft(formOf({ environment }))
    await expect(manifests.create(environment, text)).rejects.toMatchObject({
      slackCode: 'invalid_refresh_token',
    })
    expect(configurationTokens.views()).toMatchObject([{ state: 'revoked' }])
    const next = await makePracticeConfigurationToken(bench.practice.url, fetch)
    expect(await configurationTokens.add({ environment, ...next })).toBe(tokenId)
    expect(await manifests.create(environment, text)).toMatchObject({ kind: 'created' })
  })
})

describe('with a Slack that tells little', () => {
  async function startBare(credentials: unknown) {
    const server = await startSlackServer()
    onTestFinished(() => server.close())
    server.answer(json({ ok: true, app_id: 'A0BARE', credentials }))
    const baseUrl = server.endpoints.apiUrl.replace(/\/api\/$/, '')
    const rooms = await openAt(baseUrl, await openWorkspaces())
    const lone = { token: Secret.of('placeholder-configuration'), refreshToken: null }
    await rooms.configurationTokens.add({ ...rooms, ...lone })
    return { ...rooms, server }
  }

  it.each([
    { name: 'nothing', credentials: undefined },
    { name: 'another shape', credentials: 'none' },
    { name: 'a client ID alone', credentials: { client_id: '1.2', client_secret: 7 } },
  ])('an app is kept that came with $name', async ({ credentials }) => {
    const { manifests, environment, slackApps } = await startBare(credentials)
    const outcome = await manifests.create(environment, manifests.draft(formOf()).json)
    expect(outcome).toMatchObject({ kind: 'created', isUnfinished: true })
    expect(slackApps.views()).toMatchObject([
      { appId: 'A0BARE', isUnfinished: true, clientSecretMasked: null, signingSecretMasked: null },
    ])
  })

  it('no app is entered without its ID', async () => {
    const { manifests, environment, slackApps, server } = await startBare({})
    server.answer((response, request) => {
      const body = request.url?.endsWith('create') ? '{"ok":true}' : '{"ok":true,"errors":[]}'
      raw(200, body)(response, request)
    })
    const creating = manifests.create(environment, manifests.draft(formOf()).json)
    await expect(creating).rejects.toMatchObject({ code: 'SLACK_GARBAGE' })
    expect(slackApps.all()).toEqual([])
  })
})
