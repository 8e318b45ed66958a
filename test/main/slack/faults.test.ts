import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OAuthFlow } from '../../../main/contract/redirect.ts'
import { systemClock } from '../../../main/platform/clock.ts'
import type { Log } from '../../../main/platform/log.ts'
import { Secret } from '../../../main/platform/secret.ts'
import { slackEndpoints } from '../../../main/slack/environment.ts'
import { createSlackApi, type SlackApi } from '../../../main/slack/slack-api.ts'
import { createFakeClock } from '../../fakes/fake-clock.ts'
import { sample } from './sample-secrets.ts'
import {
  json,
  type Reply,
  raw,
  refusalOf,
  type SlackServer,
  startSlackServer,
} from './slack-server.ts'

const secrets = {
  code: sample.code(),
  clientSecret: sample.clientSecret(),
  verifier: sample.verifier(),
  token: sample.bot(),
  refresh: sample.refresh(),
}

let server: SlackServer
let elsewhere: SlackServer
let logged: unknown[]

beforeEach(async () => {
  server = await startSlackServer()
  elsewhere = await startSlackServer()
  elsewhere.answer(json({ ok: true }))
  logged = []
})
afterEach(async () => {
  await server.close()
  await elsewhere.close()
})

const log: Log = {
  debug: (...said) => logged.push(said),
  info: (...said) => logged.push(said),
  error: (...said) => logged.push(said),
}

function api(limitMs = 5_000): SlackApi {
  return createSlackApi({ fetch, clock: systemClock, log, limitMs, repeatAfterMs: 1 })
}

function exchange(
  slack: SlackApi,
  codeVerifier: Secret | null = null,
  flow: OAuthFlow = 'v2',
): Promise<unknown> {
  return slack.exchangeCode(server.endpoints, {
    flow,
    nonce: null,
    clientId: '1234567890.0987654321',
    clientSecret: Secret.of(secrets.clientSecret),
    code: Secret.of(secrets.code),
    redirectUri: 'https://localhost:17871/callback',
    codeVerifier,
  })
}

/** Everything that could reach a log or a person. */
function printed(failure: unknown): string {
  return inspect({ failure, logged }, { depth: 20, showHidden: true })
}

const uninstall = (slack: SlackApi) =>
  slack.uninstall(server.endpoints, {
    token: Secret.of(secrets.token),
    clientId: '1234567890.0987654321',
    clientSecret: Secret.of(secrets.clientSecret),
  })
const token = Secret.of(secrets.token)
const refresh = Secret.of(secrets.refresh)

const calls: [string, (slack: SlackApi) => Promise<unknown>][] = [
  ['exchangeCode', (slack) => exchange(slack)],
  ['exchangeCode with a verifier', (slack) => exchange(slack, Secret.of(secrets.verifier))],
  ['testToken', (slack) => slack.testToken(server.endpoints, Secret.of(secrets.token))],
  ['revokeToken', (slack) => slack.revokeToken(server.endpoints, Secret.of(secrets.refresh))],
  ['teamInfo', (slack) => slack.teamInfo(server.endpoints, Secret.of(secrets.token))],
  ['exchangeCode of v2-user', (slack) => exchange(slack, null, 'v2-user')],
  ['exchangeCode of v1', (slack) => exchange(slack, null, 'v1')],
  ['listTeams', (slack) => slack.listTeams(server.endpoints, token)],
  ['uninstall', uninstall],
  ['validateManifest', (slack) => slack.validateManifest(server.endpoints, token, '{}', null)],
  ['createApp', (slack) => slack.createApp(server.endpoints, token, '{}')],
  ['updateApp', (slack) => slack.updateApp(server.endpoints, token, 'A0123456789', '{}')],
  ['exportManifest', (slack) => slack.exportManifest(server.endpoints, token, 'A0123456789')],
  [
    'rotateConfigurationToken',
    (slack) => slack.rotateConfigurationToken(server.endpoints, refresh),
  ],
]
/** Asked again while Slack does not answer: a second call answers as the first would have. */
const REPEATED = /^(?:testToken|teamInfo|listTeams|validateManifest|exportManifest)$/

const echo = JSON.stringify(secrets)
const hangUp: Reply = (response) => response.destroy()
const halfAnAnswer: Reply = (response) => {
  response.writeHead(200, { 'content-length': '1000' })
  response.write(echo)
  setImmediate(() => response.destroy())
}

const faults: [string, Reply, string][] = [
  ['a page', raw(200, `<html>${echo}</html>`, { 'content-type': 'text/html' }), 'SLACK_GARBAGE'],
  ['nothing', raw(200, ''), 'SLACK_GARBAGE'],
  ['truncated JSON', raw(200, `{"ok":true,"access_token":"${secrets.token}`), 'SLACK_GARBAGE'],
  ['one word', raw(200, 'unauthorized'), 'SLACK_GARBAGE'],
  ['null', raw(200, 'null'), 'SLACK_GARBAGE'],
  ['a number', raw(200, '42'), 'SLACK_GARBAGE'],
  ['a list', json([secrets]), 'SLACK_GARBAGE'],
  ['an object of something else', json({ status: 'up', secrets }), 'SLACK_GARBAGE'],
  ['ok in a text', json({ ok: 'false', error: 'invalid_auth' }), 'SLACK_GARBAGE'],
  ['no, without a code', json({ ok: false }), 'SLACK_GARBAGE'],
  ['no, with an object for a code', json({ ok: false, error: secrets }), 'SLACK_GARBAGE'],
  ['no, with the code for a code', json({ ok: false, error: secrets.code }), 'SLACK_GARBAGE'],
  ['no, with a secret for a code', json({ ok: false, error: 'a'.repeat(32) }), 'SLACK_GARBAGE'],
  ['no, with an endless code', json({ ok: false, error: 'a_'.repeat(999) }), 'SLACK_GARBAGE'],
  ['zipped bytes', raw(200, echo, { 'content-type': 'application/gzip' }), 'SLACK_GARBAGE'],
  ['403 from a proxy', raw(403, echo), 'SLACK_GARBAGE'],
  ['404', raw(404, echo), 'SLACK_GARBAGE'],
  // No answer by the fetch standard: it is the proxy's, not the server's.
  ['407', raw(407, echo), 'SLACK_NO_ANSWER'],
  ['400 with a code of Slack', refused(400), 'SLACK_REFUSED'],
  ['408', raw(408, echo), 'SLACK_NO_ANSWER'],
  ['500', raw(500, echo), 'SLACK_NO_ANSWER'],
  ['503', raw(503, echo, { 'retry-after': '5' }), 'SLACK_NO_ANSWER'],
  ['a connection that ends', hangUp, 'SLACK_NO_ANSWER'],
  ['half an answer', halfAnAnswer, 'SLACK_NO_ANSWER'],
]

function refused(status: number): Reply {
  return raw(status, JSON.stringify({ ok: false, error: 'bad_client_secret', echo: secrets }))
}

describe.each(calls)('%s', (name, call) => {
  it.each(faults)('says what happened at %s, and nothing secret', async (_case, reply, code) => {
    server.answer(reply)
    const failure = await refusalOf(call(api()))
    expect(failure).toMatchObject({ code })
    expectNothingSecret(failure)
    if (!REPEATED.test(name)) expect(server.asked).toHaveLength(1)
  })

  it.each([
    [429, { 'retry-after': '7' }, 7],
    [429, { 'retry-after': '0' }, 1],
    [429, { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' }, 30],
    [429, {}, 30],
    [429, { 'retry-after': '99999999' }, 3600],
  ])('is asked to wait by %s %j: %s s', async (status, headers, retryAfterSeconds) => {
    server.answer(raw(status, JSON.stringify({ ok: false, error: 'ratelimited' }), headers))
    const failure = await refusalOf(call(api()))
    expect(failure).toMatchObject({ code: 'SLACK_RATE_LIMITED', retryAfterSeconds })
    expect(server.asked).toHaveLength(1)
  })

  it('is asked to wait by the code alone', async () => {
    server.answer(json({ ok: false, error: 'ratelimited' }))
    expect(await refusalOf(call(api()))).toMatchObject({ code: 'SLACK_RATE_LIMITED' })
  })

  it.each([301, 302, 307, 308])('does not follow a redirect (%s)', async (status) => {
    const location = `${elsewhere.endpoints.apiUrl}auth.test`
    server.answer(raw(status, '', { location }))
    const failure = await refusalOf(call(api()))
    expect(failure).toMatchObject({ code: 'SLACK_NO_ANSWER' })
    expect(elsewhere.asked).toEqual([])
    expectNothingSecret(failure)
  })

  it('gives up when the limit passes', async () => {
    server.answer(() => {})
    const failure = await refusalOf(call(api(80)))
    expect(failure).toMatchObject({ code: 'SLACK_NO_ANSWER' })
    expect(server.asked).toHaveLength(1)
    expectNothingSecret(failure)
  })

  it('gives up on a body that does not end', async () => {
    server.answer((response) => {
      response.writeHead(200)
      response.write('{"ok":')
    })
    expect(await refusalOf(call(api(80)))).toMatchObject({ code: 'SLACK_NO_ANSWER' })
  })
})

function expectNothingSecret(failure: unknown): void {
  const text = printed(failure)
  for (const secret of Object.values(secrets)) expect(text).not.toContain(secret)
}

describe('an exchange', () => {
  it('shows the redirect URL that Slack did not accept', async () => {
    server.answer(json({ ok: false, error: 'bad_redirect_uri' }))
    expect(await refusalOf(exchange(api()))).toMatchObject({
      slackCode: 'bad_redirect_uri',
      advice: expect.stringContaining('https://localhost:17871/callback'),
    })
  })

  it('takes invalid_auth for a used-up answer, not for a dead token', async () => {
    server.answer(json({ ok: false, error: 'invalid_auth' }))
    expect(await refusalOf(exchange(api()))).toMatchObject({
      message: 'Slack did not accept the answer from the browser',
    })
  })
})

describe('the limit', () => {
  it('is ten seconds of the given clock', async () => {
    const clock = createFakeClock()
    const arrived = new Promise<void>((resolve) => server.answer(() => resolve()))
    let isOver = false
    const call = refusalOf(exchange(createSlackApi({ fetch, clock, log }))).finally(() => {
      isOver = true
    })
    await arrived
    clock.advance(9_999)
    await new Promise((resolve) => setImmediate(resolve))
    expect(isOver).toBe(false)
    clock.advance(1)
    expect(await call).toMatchObject({ code: 'SLACK_NO_ANSWER' })
  })

  it('ends the request that hangs', async () => {
    const closed = new Promise<void>((resolve) => {
      server.answer((response) => response.once('close', resolve))
    })
    await refusalOf(exchange(api(80)))
    await closed
    expect(server.asked).toHaveLength(1)
  })

  it('covers all repeats', async () => {
    server.answer(raw(503, ''))
    const startedMs = performance.now()
    const token = Secret.of(secrets.token)
    await refusalOf(
      createSlackApi({ fetch, clock: systemClock, log, limitMs: 100 }).testToken(
        server.endpoints,
        token,
      ),
    )
    expect(performance.now() - startedMs).toBeLessThan(1_000)
  })
})

describe('no connection', () => {
  it('is no answer', async () => {
    const endpoints = server.endpoints
    await server.close()
    const token = Secret.of(secrets.token)
    const failure = await refusalOf(api().testToken(endpoints, token))
    expect(failure).toMatchObject({ code: 'SLACK_NO_ANSWER' })
    expect(printed(failure)).not.toContain(secrets.token)
    server = await startSlackServer()
  })

  it('is not made to an address outside the environment', async () => {
    const hosts: string[] = []
    const spying = async (input: string | URL | Request) => {
      hosts.push(new URL(String(input)).host)
      return new Response(JSON.stringify({ ok: false, error: 'invalid_auth' }))
    }
    const slack = createSlackApi({ fetch: spying, clock: systemClock, log })
    for (const kind of ['slack', 'govslack'] as const) {
      await refusalOf(slack.testToken(slackEndpoints({ kind }), Secret.of(secrets.token)))
    }
    expect(hosts).toEqual(['slack.com', 'slack-gov.com'])
  })
})

describe('the log', () => {
  it('names method, host and outcome', async () => {
    server.answer(json({ ok: false, error: 'invalid_code' }))
    await refusalOf(exchange(api()))
    expect(logged).toEqual([
      [
        'slack call failed',
        {
          method: 'oauth.v2.access',
          host: server.endpoints.host,
          code: 'SLACK_REFUSED',
          slackCode: 'invalid_code',
        },
      ],
    ])
  })
})
