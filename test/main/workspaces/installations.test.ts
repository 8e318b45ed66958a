import { describe, expect, it } from 'vitest'
import { Secret } from '../../../main/platform/secret.ts'
import type { OAuthGrant } from '../../../main/slack/slack-api.ts'
import { installationOf } from '../../../main/workspaces/grant.ts'
import { createInstallations } from '../../../main/workspaces/installations.ts'
import { grantOf } from '../../fakes/fake-slack-api.ts'
import { appInput, openWorkspaces, type Workspaces } from './workspaces-fixture.ts'

async function start() {
  const desk = await openWorkspaces()
  const slackAppId = await desk.slackApps.add(appInput())
  return {
    ...desk,
    slackAppId,
    store: (grant: Partial<OAuthGrant>) => store(desk, slackAppId, grant),
  }
}

function store(desk: Workspaces, slackAppId: string, grant: Partial<OAuthGrant>): Promise<string> {
  const app = desk.slackApps.get(slackAppId)
  return desk.installations.store(installationOf(grantOf(grant), app, desk.clock.now()))
}

function userToken(token: string) {
  return {
    token: Secret.of(token),
    scopes: ['search:read'],
    expiresAtMs: 9,
    refreshToken: Secret.of(`${token}-refresh`),
  }
}

describe('installations', () => {
  it('replaces the bot token of the same app and team, and keeps name and note', async () => {
    const { installations, store } = await start()
    const id = await store({})
    await installations.rename(id, ' My test ')
    await installations.setNote(id, 'for the demo')
    const bot = {
      token: Secret.of('bot-2'),
      scopes: ['commands'],
      expiresAtMs: null,
      refreshToken: null,
    }
    expect(await store({ bot })).toBe(id)
    expect(installations.token(id, 'bot').expose()).toBe('bot-2')
    expect(installations.views()).toMatchObject([
      { name: 'My test', teamName: 'Northwind Test', note: 'for the demo' },
    ])
    expect(installations.get(id).credentials[0]?.scopes).toEqual(['commands'])
  })

  it('keeps one user token for each authorizing user', async () => {
    const { installations, store } = await start()
    const id = await store({ user: userToken('user-1'), authedUserId: 'U1' })
    await store({ user: userToken('user-2'), authedUserId: 'U2' })
    await store({ user: userToken('user-1b'), authedUserId: 'U1', bot: null })
    const kinds = installations.get(id).credentials.map((credential) => credential.id)
    expect(kinds).toEqual(['bot', 'user:U1', 'user:U2'])
    expect(installations.token(id, 'user:U1').expose()).toBe('user-1b')
    expect(installations.token(id, 'user:U2').expose()).toBe('user-2')
    expect(installations.refreshToken(id, 'user:U1')?.expose()).toBe('user-1b-refresh')
  })

  it('drops a refresh token that the new grant does not have', async () => {
    const { installations, store } = await start()
    const id = await store({ bot: userToken('bot-rotating') })
    expect(installations.refreshToken(id, 'bot')?.expose()).toBe('bot-rotating-refresh')
    await store({})
    expect(installations.refreshToken(id, 'bot')).toBeNull()
  })

  it.each([
    { name: 'another team', grant: { team: { id: 'T222', name: 'Acme' } } },
    {
      name: 'an organization',
      grant: { team: null, enterprise: { id: 'E1', name: 'Contoso' }, isEnterpriseInstall: true },
    },
  ])('makes an installation of its own for $name', async ({ grant }) => {
    const { installations, store } = await start()
    const first = await store({})
    const second = await store(grant)
    expect(second).not.toBe(first)
    expect(await store(grant)).toBe(second)
    expect(installations.all()).toHaveLength(2)
  })

  it('makes an installation of its own for the same team of another app', async () => {
    const desk = await start()
    const other = await desk.slackApps.add(appInput({ clientId: '9.9', name: 'Other' }))
    const first = await desk.store({})
    expect(await store(desk, other, { appId: 'A222' })).not.toBe(first)
  })

  it('keeps webhooks of different channels beside each other', async () => {
    const { installations, store } = await start()
    const webhook = (channelId: string) => ({
      url: Secret.of(`https://hooks.slack.com/services/${channelId}`),
      channel: `#${channelId.toLowerCase()}`,
      channelId,
      configurationUrl: 'https://slack.com/x',
    })
    const id = await store({ webhook: webhook('C1') })
    await store({ webhook: webhook('C2') })
    const channels = installations.get(id).credentials.map((credential) => credential.channel)
    expect(channels).toEqual([null, '#c1', '#c2'])
  })

  it('masks in the view, and shows the new ends after a replacement', async () => {
    const { installations, store } = await start()
    const token = (end: string) => ({
      token: Secret.of(['xoxb', '1'.repeat(12), `placeholder${end}`].join('-')),
      scopes: [],
      expiresAtMs: null,
      refreshToken: null,
    })
    await store({ bot: token('aaaa') })
    expect(installations.views()[0]?.credentials[0]?.masked).toBe('xoxb-…aaaa')
    await store({ bot: token('bbbb') })
    expect(installations.views()[0]?.credentials[0]?.masked).toBe('xoxb-…bbbb')
  })

  it('gives Slack’s own name back when renamed to nothing', async () => {
    const { installations, store } = await start()
    const id = await store({})
    await installations.rename(id, 'Mine')
    await installations.rename(id, '  ')
    expect(installations.views()[0]?.name).toBe('Northwind Test')
  })

  it.each([
    {
      name: 'an unknown workspace',
      code: 'WORKSPACE_NOT_FOUND',
      ask: (d: Workspaces) => d.installations.get('x'),
    },
    {
      name: 'the ID of something else',
      code: 'WORKSPACE_NOT_FOUND',
      ask: (d: Workspaces) => d.installations.get(d.slackApps.all()[0]?.id ?? ''),
    },
  ])('says so for $name', async ({ ask, code }) => {
    const desk = await start()
    expect(() => ask(desk)).toThrow(expect.objectContaining({ code }))
  })

  it('says so for a credential that is not there', async () => {
    const { installations, store } = await start()
    const id = await store({})
    expect(() => installations.token(id, 'user:U9')).toThrow(
      expect.objectContaining({ code: 'SECRET_NOT_FOUND' }),
    )
  })

  it('shows what differs from the Slack app, also after that was changed', async () => {
    const { slackApps, installations, store, slackAppId } = await start()
    await store({})
    const shown = () => installations.views()[0]
    expect(shown()).toMatchObject({ drift: null, uninstallBlock: null, appName: 'Deploy Bot' })
    const botScopes = ['chat:write', 'files:read']
    await slackApps.update(slackAppId, appInput({ name: 'Renamed', botScopes }))
    expect(shown()).toMatchObject({
      appName: 'Renamed',
      drift: { missing: [{ side: 'bot', scope: 'files:read' }], extra: [] },
    })
    await slackApps.update(slackAppId, appInput({ name: 'Renamed' }))
    expect(shown()?.drift).toBeNull()
    const environment = { kind: 'govslack' } as const
    await slackApps.update(slackAppId, appInput({ environment, botScopes }))
    expect(shown()).toMatchObject({ drift: null, uninstallBlock: 'no-slack-app' })
  })

  it('makes 1,000 views anew for a changed app only, and unseals nothing for the others', async () => {
    const desk = await start()
    const otherId = await desk.slackApps.add(appInput({ clientId: '9.9', name: 'Other' }))
    const put = Array.from({ length: 1000 }, (_, index) => {
      const team = { id: `T${index}`, name: `Team ${index}` }
      const app = desk.slackApps.get(index < 10 ? otherId : desk.slackAppId)
      const appId = index < 10 ? 'A222' : 'A111'
      return desk.installations.prepareStore(installationOf(grantOf({ team, appId }), app, 1)).put
    })
    await desk.installations.storeAll(put)
    let unsealed = 0
    const counting = createInstallations({
      clock: desk.clock,
      slackApps: () => desk.slackApps.facts(),
      onChange() {},
      vault: () =>
        new Proxy(desk.vault, {
          get(target, name) {
            if (name === 'secret') unsealed += 1
            const value: unknown = Reflect.get(target, name, target)
            return typeof value === 'function' ? value.bind(target) : value
          },
        }),
    })
    expect(counting.views()).toHaveLength(1000)
    expect(unsealed).toBe(1000)
    const before = counting.views()
    expect(unsealed).toBe(1000)
    await desk.slackApps.update(otherId, appInput({ clientId: '9.9', botScopes: ['files:read'] }))
    const after = counting.views()
    expect(unsealed).toBe(1010)
    expect(after.filter((view) => !before.includes(view))).toHaveLength(10)
    expect(after.filter(({ drift }) => drift !== null)).toHaveLength(10)
  })
})
