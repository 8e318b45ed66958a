import { afterEach, expect, it, vi } from 'vitest'
import { systemClock } from '../../../main/platform/clock.ts'
import { ConnectionNotTrusted } from '../../../main/platform/errors.ts'
import type { Fetch } from '../../../main/platform/fetch.ts'
import { silentLog } from '../../../main/platform/log.ts'
import { Secret } from '../../../main/platform/secret.ts'
import { slackEndpoints } from '../../../main/slack/environment.ts'
import { createSlackApi, type SlackApi } from '../../../main/slack/slack-api.ts'
import { sample } from './sample-secrets.ts'

const BASE = 'https://slack.test.example'
const endpoints = slackEndpoints({ kind: 'custom', baseUrl: BASE })
const token = Secret.of(sample.bot())

const exchange = {
  clientId: '1234567890.0987654321',
  clientSecret: Secret.of(sample.clientSecret()),
  code: Secret.of(sample.code()),
  redirectUri: 'https://localhost:17871/callback',
  codeVerifier: null,
}
const nonce = Secret.of('nonce')

/** Every way out of the room, and the addresses that it goes to. */
const calls: readonly {
  readonly name: keyof SlackApi
  readonly call: (slack: SlackApi) => Promise<unknown>
  readonly paths: readonly string[]
}[] = [
  ...(['v2', 'v2-user', 'v1'] as const).map((flow) => ({
    name: 'exchangeCode' as const,
    call: (slack: SlackApi) => slack.exchangeCode(endpoints, { ...exchange, flow, nonce: null }),
    paths: [`/api/oauth.${{ v2: 'v2.', 'v2-user': 'v2.user.', v1: '' }[flow]}access`],
  })),
  {
    name: 'exchangeCode',
    call: (slack) => slack.exchangeCode(endpoints, { ...exchange, flow: 'openid', nonce }),
    paths: ['/openid/connect/keys', '/api/openid.connect.token'],
  },
  ...(['testToken', 'revokeToken', 'teamInfo', 'listTeams'] as const).map((name) => ({
    name,
    call: (slack: SlackApi) => slack[name](endpoints, token),
    paths: [
      `/api/${{ testToken: 'auth.test', revokeToken: 'auth.revoke', teamInfo: 'team.info', listTeams: 'auth.teams.list' }[name]}`,
    ],
  })),
  {
    name: 'uninstall',
    call: (slack) => slack.uninstall(endpoints, { ...exchange, token }),
    paths: ['/api/apps.uninstall'],
  },
  {
    name: 'validateManifest',
    call: (slack) => slack.validateManifest(endpoints, token, '{}', null),
    paths: ['/api/apps.manifest.validate'],
  },
  {
    name: 'createApp',
    call: (slack) => slack.createApp(endpoints, token, '{}'),
    paths: ['/api/apps.manifest.create'],
  },
  {
    name: 'updateApp',
    call: (slack) => slack.updateApp(endpoints, token, 'A1', '{}'),
    paths: ['/api/apps.manifest.update'],
  },
  {
    name: 'exportManifest',
    call: (slack) => slack.exportManifest(endpoints, token, 'A1'),
    paths: ['/api/apps.manifest.export'],
  },
  {
    name: 'rotateConfigurationToken',
    call: (slack) => slack.rotateConfigurationToken(endpoints, token),
    paths: ['/api/tooling.tokens.rotate'],
  },
  ...(['bot', 'user', 'sign-in'] as const).map((kind) => ({
    name: 'refreshToken' as const,
    call: (slack: SlackApi) =>
      slack.refreshToken(endpoints, { ...exchange, kind, refreshToken: token }),
    paths: [`/api/${kind === 'sign-in' ? 'openid.connect.token' : 'oauth.v2.access'}`],
  })),
  {
    name: 'exchangeToken',
    call: (slack) => slack.exchangeToken(endpoints, { ...exchange, token }),
    paths: ['/api/oauth.v2.exchange'],
  },
]

function slackOver(fetch: Fetch): SlackApi {
  return createSlackApi({ fetch, clock: systemClock, log: silentLog, repeatAfterMs: 1 })
}

afterEach(() => {
  vi.unstubAllGlobals()
})

it('is looked at here for every method that there is', () => {
  const methods = Object.keys(slackOver(async () => new Response()))
  expect([...new Set(calls.map(({ name }) => name))].sort()).toEqual(methods.sort())
})

it.each(calls)('sends $name ($paths) through the given fetch alone', async ({ call, paths }) => {
  const globalFetch = vi.fn()
  vi.stubGlobal('fetch', globalFetch)
  const asked: string[] = []
  const slack = slackOver(async (input) => {
    const url = String(input instanceof Request ? input.url : input)
    asked.push(url)
    return Response.json(url.endsWith('/keys') ? { keys: [] } : { ok: false, error: 'fatal_error' })
  })
  await expect(call(slack)).rejects.toMatchObject({ slackCode: 'fatal_error' })
  expect(asked).toEqual(paths.map((path) => `${BASE}${path}`))
  expect(globalFetch).not.toHaveBeenCalled()
})

it.each(calls)('says of $name ($paths) that the connection is not trusted', async ({ call }) => {
  const slack = slackOver(async () => {
    throw new ConnectionNotTrusted('slack.test.example')
  })
  await expect(call(slack)).rejects.toMatchObject({
    code: 'SLACK_NO_ANSWER',
    message: 'The connection to slack.test.example is not trusted',
  })
})

it('does not say so any more once the host has proven who it is', async () => {
  let tries = 0
  const slack = slackOver(async () => {
    tries += 1
    if (tries === 1) throw new ConnectionNotTrusted('slack.test.example')
    throw new TypeError('no connection')
  })
  await expect(slack.testToken(endpoints, token)).rejects.toMatchObject({
    message: 'Slack did not answer',
  })
})
