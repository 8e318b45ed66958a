import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { silentLog } from '../../../main/platform/log.ts'
import { Secret } from '../../../main/platform/secret.ts'
import { createSlackApi, type SlackApi } from '../../../main/slack/slack-api.ts'
import { scopeList } from '../../../main/slack/wire.ts'
import { createFakeClock } from '../../fakes/fake-clock.ts'
import { sample } from './sample-secrets.ts'
import { json, raw, type SlackServer, startSlackServer } from './slack-server.ts'

const clock = createFakeClock()
const token = Secret.of(sample.bot())

let server: SlackServer
let api: SlackApi

beforeEach(async () => {
  server = await startSlackServer()
  api = createSlackApi({ fetch, clock, log: silentLog, repeatAfterMs: 1 })
})
afterEach(() => server.close())

const botAnswer = {
  ok: true,
  url: 'https://northwind-test.slack.com/',
  team: 'Northwind Test',
  user: 'deploybot',
  team_id: 'T0123456789',
  user_id: 'U0BOT',
  bot_id: 'B0123456789',
  is_enterprise_install: false,
}

describe('a Slack that says too much', () => {
  it('is taken for none when a name fills pages', async () => {
    server.answer(json({ ...botAnswer, team: 'x'.repeat(30_001) }))
    await expect(api.testToken(server.endpoints, token)).rejects.toMatchObject({
      code: 'SLACK_GARBAGE',
    })
  })

  it('has no more scopes than four apps together', () => {
    const names = Array.from({ length: 50_000 }, (_, index) => `scope:${index}`)
    expect(scopeList(names.join(','))).toEqual(names.slice(0, 2000))
    expect(scopeList(names)).toHaveLength(2000)
  })
})

describe('testToken', () => {
  it('reads a bot token, with its scopes from the header', async () => {
    server.answer(
      json(
        { ...botAnswer, app_id: 'A0123456789', app_name: 'Deploy Bot', expires_in: 3600 },
        { 'x-oauth-scopes': 'chat:write, users:read,chat:write' },
      ),
    )
    expect(await api.testToken(server.endpoints, token)).toEqual({
      teamId: 'T0123456789',
      teamName: 'Northwind Test',
      teamDomain: 'northwind-test.slack.com',
      userId: 'U0BOT',
      userName: 'deploybot',
      botId: 'B0123456789',
      appId: 'A0123456789',
      appName: 'Deploy Bot',
      enterpriseId: null,
      isEnterpriseInstall: false,
      expiresAtMs: clock.now() + 3_600_000,
      scopes: ['chat:write', 'users:read'],
      isBot: true,
    })
  })

  it('sends the token as bearer and nowhere else', async () => {
    server.answer(json(botAnswer))
    await api.testToken(server.endpoints, token)
    expect(server.asked).toEqual([
      {
        method: 'POST',
        path: '/api/auth.test',
        authorization: `Bearer ${token.expose()}`,
        form: {},
      },
    ])
  })

  it('reads a user token; the user may be null', async () => {
    const { bot_id: _botId, ...rest } = botAnswer
    server.answer(json({ ...rest, user: null, expires_in: null }, { 'x-oauth-scopes': '' }))
    expect(await api.testToken(server.endpoints, token)).toMatchObject({
      isBot: false,
      botId: null,
      userName: null,
      expiresAtMs: null,
      scopes: [],
    })
  })

  it('takes the ID of an organization for no team', async () => {
    const org = { team_id: 'E0123456789', enterprise_id: 'E0123456789' }
    server.answer(json({ ...botAnswer, ...org, is_enterprise_install: true }))
    expect(await api.testToken(server.endpoints, token)).toMatchObject({
      teamId: null,
      enterpriseId: 'E0123456789',
      isEnterpriseInstall: true,
    })
  })

  it('keeps a workspace address that is none out', async () => {
    server.answer(json({ ...botAnswer, url: 'not a url' }))
    expect(await api.testToken(server.endpoints, token)).toMatchObject({ teamDomain: null })
  })

  it.each([
    ['an answer about no workspace', { ok: true }],
    ['a number for a team', { ...botAnswer, team_id: 1 }],
    ['scopes that are no list', { ...botAnswer, response_metadata: { scopes: 'all' } }],
    ['messages that are no list', { ...botAnswer, response_metadata: { messages: 7 } }],
  ])('takes %s for garbage', async (_case, answer) => {
    server.answer(json(answer))
    await expect(api.testToken(server.endpoints, token)).rejects.toMatchObject({
      code: 'SLACK_GARBAGE',
    })
  })

  it('asks again while Slack is in trouble', async () => {
    let count = 0
    server.answer((response, request) => {
      count += 1
      const reply = count < 3 ? raw(503, '') : json(botAnswer)
      reply(response, request)
    })
    const info = await api.testToken(server.endpoints, token)
    expect(info.teamId).toBe('T0123456789')
    expect(server.asked).toHaveLength(3)
  })

  it.each(['token_revoked', 'invalid_auth', 'token_expired', 'brand_new_code'])(
    'hands on %s, asked once',
    async (slackCode) => {
      server.answer(json({ ok: false, error: slackCode }))
      await expect(api.testToken(server.endpoints, token)).rejects.toMatchObject({
        code: 'SLACK_REFUSED',
        slackCode,
      })
      expect(server.asked).toHaveLength(1)
    },
  )
})

describe('revokeToken', () => {
  it.each([true, false])('says what Slack says: %s', async (revoked) => {
    server.answer(json({ ok: true, revoked }))
    expect(await api.revokeToken(server.endpoints, token)).toEqual({ revoked })
    expect(server.asked).toMatchObject([
      { path: '/api/auth.revoke', authorization: `Bearer ${token.expose()}` },
    ])
  })

  it('is sent once, also when Slack is in trouble', async () => {
    server.answer(raw(503, ''))
    await expect(api.revokeToken(server.endpoints, token)).rejects.toMatchObject({
      code: 'SLACK_NO_ANSWER',
    })
    expect(server.asked).toHaveLength(1)
  })

  it('takes an answer that does not say for garbage', async () => {
    server.answer(json({ ok: true }))
    await expect(api.revokeToken(server.endpoints, token)).rejects.toMatchObject({
      code: 'SLACK_GARBAGE',
    })
  })
})

describe('teamInfo', () => {
  it('reads name and domain', async () => {
    server.answer(json({ ok: true, team: { id: 'T1', name: 'Northwind', domain: 'northwind' } }))
    expect(await api.teamInfo(server.endpoints, token)).toEqual({
      name: 'Northwind',
      domain: 'northwind',
    })
  })

  it('is null without team:read', async () => {
    server.answer(json({ ok: false, error: 'missing_scope', needed: 'team:read', provided: '' }))
    expect(await api.teamInfo(server.endpoints, token)).toBeNull()
  })

  it.each([
    [{ ok: false, error: 'token_revoked' }, 'SLACK_REFUSED'],
    [{ ok: true, team: {} }, 'SLACK_GARBAGE'],
  ])('hands on other failures (%#)', async (answer, code) => {
    server.answer(json(answer))
    await expect(api.teamInfo(server.endpoints, token)).rejects.toMatchObject({ code })
  })
})

describe('listTeams', () => {
  const page = (ids: string[], next: string) =>
    json({
      ok: true,
      teams: ids.map((id) => ({ id, name: `Team ${id}` })),
      response_metadata: { next_cursor: next },
    })

  it('reads all pages', async () => {
    server.answer((response, request) => {
      const isFirst = server.asked.length === 1
      const reply = isFirst ? page(['T1', 'T2'], 'more=') : page(['T3'], '')
      reply(response, request)
    })
    expect(await api.listTeams(server.endpoints, token)).toEqual([
      { id: 'T1', name: 'Team T1' },
      { id: 'T2', name: 'Team T2' },
      { id: 'T3', name: 'Team T3' },
    ])
    expect(server.asked.map(({ path, form }) => ({ path, form }))).toEqual([
      { path: '/api/auth.teams.list', form: { limit: '1000' } },
      { path: '/api/auth.teams.list', form: { limit: '1000', cursor: 'more=' } },
    ])
  })

  it.each([
    [{ ok: true, teams: [] }, []],
    [{ ok: true, teams: [{ id: 'T1', icon: {} }] }, [{ id: 'T1', name: 'T1' }]],
  ])('takes %j', async (answer, teams) => {
    server.answer(json(answer))
    expect(await api.listTeams(server.endpoints, token)).toEqual(teams)
  })

  it('ends at a page that leads back', async () => {
    server.answer(page(['T1'], 'again'))
    await expect(api.listTeams(server.endpoints, token)).rejects.toMatchObject({
      code: 'SLACK_GARBAGE',
    })
    expect(server.asked).toHaveLength(2)
  })

  it.each([
    { name: 'pages', ids: ['T1'], asked: 100 },
    { name: 'workspaces', ids: Array.from({ length: 1001 }, (_, index) => `T${index}`), asked: 20 },
  ])('takes $name without end for garbage, not for the whole list', async ({ ids, asked }) => {
    server.answer((response, request) => {
      page(ids, `page-${server.asked.length}`)(response, request)
    })
    await expect(api.listTeams(server.endpoints, token)).rejects.toMatchObject({
      code: 'SLACK_GARBAGE',
    })
    expect(server.asked).toHaveLength(asked)
  })

  it('ends where one page has more than all of them may have', async () => {
    const ids = Array.from({ length: 25_000 }, (_, index) => `T${index}`)
    const teams = ids.map((id) => ({ id }))
    server.answer(json({ ok: true, teams, response_metadata: { next_cursor: 'more' } }))
    await expect(api.listTeams(server.endpoints, token)).rejects.toMatchObject({
      code: 'SLACK_GARBAGE',
    })
    expect(server.asked).toHaveLength(1)
  })

  it.each([{ ok: true }, { ok: true, teams: 'all' }, { ok: true, teams: [{ name: 'A' }] }])(
    'takes %j for garbage',
    async (answer) => {
      server.answer(json(answer))
      await expect(api.listTeams(server.endpoints, token)).rejects.toMatchObject({
        code: 'SLACK_GARBAGE',
      })
    },
  )
})

describe('uninstall', () => {
  const clientSecret = sample.clientSecret()
  const uninstall = () =>
    api.uninstall(server.endpoints, {
      token,
      clientId: '1234567890.0987654321',
      clientSecret: Secret.of(clientSecret),
    })

  it('sends token, client ID and secret, once', async () => {
    server.answer(json({ ok: true }))
    await uninstall()
    expect(server.asked).toEqual([
      {
        method: 'POST',
        path: '/api/apps.uninstall',
        authorization: `Bearer ${token.expose()}`,
        form: { client_id: '1234567890.0987654321', client_secret: clientSecret },
      },
    ])
  })

  it.each([
    ['client_id_token_mismatch', 'The token belongs to another Slack app'],
    ['no_permission', 'This token may not uninstall the app'],
    ['bad_client_secret', 'Slack did not accept the client secret'],
  ])('says what %s means here', async (error, message) => {
    server.answer(json({ ok: false, error }))
    await expect(uninstall()).rejects.toMatchObject({ slackCode: error, message })
  })
})
