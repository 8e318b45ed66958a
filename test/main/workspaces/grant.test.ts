import { describe, expect, it } from 'vitest'
import type { SlackAppInput } from '../../../main/contract/inputs.ts'
import { Secret } from '../../../main/platform/secret.ts'
import type { OAuthGrant } from '../../../main/slack/slack-api.ts'
import { installationOf } from '../../../main/workspaces/grant.ts'
import { grantOf } from '../../fakes/fake-slack-api.ts'
import { appInput, openWorkspaces } from './workspaces-fixture.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const PKCE: Partial<SlackAppInput> = {
  strategy: 'pkce',
  clientSecret: null,
  botScopes: [],
  userScopes: ['search:read'],
}

const rotating = (name: string, scopes: string[] = ['search:read']) => ({
  token: Secret.of(name),
  scopes,
  expiresAtMs: 43_200_000,
  refreshToken: Secret.of(`${name}-refresh`),
})

const SIGNED_IN: Partial<OAuthGrant> = {
  appId: null,
  bot: null,
  botUserId: null,
  signIn: {
    token: rotating('sign-in-1', ['openid', 'email']),
    idToken: Secret.of('id-token-1'),
    idTokenExpiresAtMs: 300_000,
    userId: 'U111',
    userName: 'Mia',
    email: 'mia@example.com',
  },
}

async function start(change: Partial<SlackAppInput> = {}) {
  const desk = await openWorkspaces()
  const appId = await desk.slackApps.add(appInput(change))
  const store = (grant: Partial<OAuthGrant>, slackAppId = appId) =>
    desk.installations.store(
      installationOf(grantOf(grant), desk.slackApps.get(slackAppId), desk.clock.now()),
    )
  return { ...desk, appId, store }
}

describe('a grant', () => {
  it('gives refresh tokens of a PKCE app 30 days, anew with each authorization', async () => {
    const { store, installations, clock } = await start(PKCE)
    const id = await store({ bot: null, user: rotating('user-1') })
    const end = () => installations.views()[0]?.credentials[0]?.refreshExpiresAtMs
    expect(end()).toBe(clock.now() + 30 * DAY_MS)
    clock.advance(DAY_MS)
    await store({ bot: null, user: rotating('user-2') })
    expect(end()).toBe(clock.now() + 30 * DAY_MS)
    await store({ bot: null, user: { ...rotating('user-3'), refreshToken: null } })
    expect(end()).toBeNull()
    expect(installations.refreshToken(id, 'user:U111')).toBeNull()
  })

  it('gives those of other apps no end', async () => {
    const { store, installations } = await start()
    await store({ bot: rotating('bot-1') })
    expect(installations.views()[0]?.credentials[0]).toMatchObject({
      rotates: true,
      refreshExpiresAtMs: null,
      isClassic: false,
    })
  })

  it('marks what came through classic OAuth', async () => {
    const { store, installations } = await start({
      flow: 'v1',
      botScopes: [],
      userScopes: ['bot', 'users:read'],
    })
    await store({ user: { ...rotating('user-1'), refreshToken: null }, isClassic: true })
    const shown = installations.views()[0]?.credentials
    expect(shown?.map(({ kind, isClassic }) => [kind, isClassic])).toEqual([
      ['bot', true],
      ['user', true],
    ])
  })

  it('keeps who signed in, the token and the ID token', async () => {
    const userScopes = ['openid', 'email']
    const { store, installations } = await start({ flow: 'openid', botScopes: [], userScopes })
    const id = await store(SIGNED_IN)
    const who = { userId: 'U111', userName: 'Mia', userEmail: 'mia@example.com' }
    expect(installations.views()[0]?.credentials).toMatchObject([
      {
        ...{ id: 'sign-in:U111', kind: 'sign-in', ...who, rotates: true, state: 'working' },
        variable: 'SLACK_SIGN_IN_TOKEN',
        scopes: ['openid', 'email'],
      },
      {
        ...{ id: 'id-token:U111', kind: 'id-token', ...who, expiresAtMs: 300_000 },
        variable: 'SLACK_ID_TOKEN',
      },
    ])
    expect(installations.token(id, 'sign-in:U111').expose()).toBe('sign-in-1')
    expect(installations.token(id, 'id-token:U111').expose()).toBe('id-token-1')
    expect(installations.refreshToken(id, 'sign-in:U111')?.expose()).toBe('sign-in-1-refresh')
  })

  it('adds a sign-in to the workspace of the same Slack app, whose entry stays', async () => {
    const desk = await start()
    const id = await desk.store({})
    const other = await desk.slackApps.add(
      appInput({ name: 'Sign-in', flow: 'openid', botScopes: [], userScopes: ['openid'] }),
    )
    const team = { id: 'T111', name: null }
    expect(await desk.store({ ...SIGNED_IN, appId: 'A111', team }, other)).toBe(id)
    expect(desk.installations.views()).toMatchObject([
      { slackAppId: desk.appId, appName: 'Deploy Bot', name: 'Northwind Test' },
    ])
    const kinds = desk.installations.views()[0]?.credentials.map(({ kind }) => kind)
    expect(kinds).toEqual(['bot', 'sign-in', 'id-token'])
  })

  it.each([
    { name: 'no team', team: null },
    { name: 'a team besides', team: { id: 'T111', name: 'Northwind Test' } },
  ])('belongs to the organization after an org-wide install that names $name', async ({ team }) => {
    const { store, installations } = await start()
    const enterprise = { id: 'E1', name: 'Contoso' }
    await store({ team, enterprise, isEnterpriseInstall: true })
    expect(installations.views()).toMatchObject([
      {
        ...{ name: 'Contoso', isOrgWide: true, teamId: null },
        ...{ enterpriseId: 'E1', enterpriseName: 'Contoso', orgTeams: [] },
      },
    ])
  })
})

describe('the history', () => {
  const what = (desk: Awaited<ReturnType<typeof start>>) => desk.installations.views()[0]?.history

  it('begins with the authorization, and tells what each reinstall added', async () => {
    const desk = await start()
    const first = desk.clock.now()
    await desk.store({})
    desk.clock.advance(1000)
    const bot = { ...rotating('bot-2', ['chat:write', 'files:read']), refreshToken: null }
    await desk.store({ bot, user: rotating('user-1', ['chat:write']) })
    desk.clock.advance(1000)
    await desk.store({ bot })
    expect(what(desk)).toEqual([
      { atMs: first, what: 'authorized', addedScopes: [] },
      // The user side had no chat:write of its own yet.
      { atMs: first + 1000, what: 'reinstalled', addedScopes: ['files:read', 'chat:write'] },
      { atMs: first + 2000, what: 'reinstalled', addedScopes: [] },
    ])
  })

  it('keeps the last 50 events', async () => {
    const desk = await start()
    for (let count = 0; count < 60; count += 1) {
      await desk.store({})
      desk.clock.advance(1)
    }
    expect(what(desk)).toHaveLength(50)
    expect(what(desk)?.every((event) => event.what === 'reinstalled')).toBe(true)
    expect(what(desk)?.at(-1)?.atMs).toBe(desk.clock.now() - 1)
  })
})
