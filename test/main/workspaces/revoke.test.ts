import { describe, expect, it } from 'vitest'
import { Secret } from '../../../main/platform/secret.ts'
import { slackRefused } from '../../../main/slack/advice.ts'
import { SlackNoAnswer } from '../../../main/slack/errors.ts'
import { installationOf } from '../../../main/workspaces/grant.ts'
import { blankCredential } from '../../../main/workspaces/granted-credentials.ts'
import { createRevokeService } from '../../../main/workspaces/revoke.ts'
import { grantOf } from '../../fakes/fake-slack-api.ts'
import { appInput, openWorkspaces } from './workspaces-fixture.ts'

const REFRESHED = {
  inFlightSinceMs: null,
  lastRefreshedAtMs: 1,
  hasPrevious: false,
  failedCount: 0,
  failure: null,
  nextTryAtMs: null,
  isDead: false,
}

async function start() {
  const desk = await openWorkspaces()
  const app = desk.slackApps.get(await desk.slackApps.add(appInput()))
  const grant = grantOf({
    bot: {
      token: Secret.of('bot-1'),
      scopes: [],
      expiresAtMs: 9,
      refreshToken: Secret.of('bot-1-refresh'),
    },
    user: { token: Secret.of('user-1'), scopes: [], expiresAtMs: null, refreshToken: null },
    authedUserId: 'U1',
    webhook: { url: Secret.of('hook-1'), channel: 'c', channelId: 'C1', configurationUrl: '' },
  })
  const id = await desk.installations.store(installationOf(grant, app, desk.clock.now()))
  const states = () =>
    Object.fromEntries(desk.installations.get(id).credentials.map((one) => [one.id, one.state]))
  return { ...desk, id, states, revoke: createRevokeService(desk) }
}

describe('revoke', () => {
  it('revokes refresh token and access token, and marks the webhook that goes with the bot', async () => {
    const { revoke, id, slack, states } = await start()
    expect(await revoke.revoke(id, ['bot'])).toEqual({ revoked: 1, failures: [] })
    expect(slack.revoked).toEqual(['bot-1-refresh', 'bot-1'])
    expect(states()).toEqual({ bot: 'revoked', 'user:U1': 'working', 'webhook:C1': 'revoked' })
  })

  it('ends the pair before the last refresh too, and keeps it no longer', async () => {
    const { revoke, id, slack, installations } = await start()
    await installations.changeCredential(id, 'bot', (bot) => ({
      meta: { ...bot, refresh: { ...REFRESHED, hasPrevious: true } },
      secrets: {
        bot: Secret.of('bot-2'),
        'bot#refresh': Secret.of('bot-2-refresh'),
        'bot#previous': Secret.of('bot-1'),
        'bot#previous-refresh': Secret.of('bot-1-refresh'),
      },
    }))
    const { revokeToken } = slack
    slack.revokeToken = async (endpoints, token) => {
      const answer = await revokeToken.call(slack, endpoints, token)
      if (!token.expose().startsWith('bot-1')) return answer
      throw slackRefused('invalid_auth', { during: 'token-call' })
    }
    expect(await revoke.revoke(id, ['bot'])).toEqual({ revoked: 1, failures: [] })
    expect(slack.revoked).toEqual(['bot-2-refresh', 'bot-2', 'bot-1-refresh', 'bot-1'])
    expect(installations.previousTokens(id, 'bot')).toEqual({ token: null, refreshToken: null })
    expect(installations.refreshToken(id, 'bot')?.expose()).toBe('bot-2-refresh')
    expect(installations.get(id).credentials[0]).toMatchObject({
      state: 'revoked',
      refresh: { hasPrevious: false },
    })
  })

  it('revokes both tokens of every credential, and says so once in the history', async () => {
    const desk = await start()
    const { id, slack, installations, revoke, states, clock } = desk
    const app = desk.slackApps.get(desk.slackApps.all()[0]?.id ?? '')
    const refreshToken = Secret.of('user-1-refresh')
    const user = { token: Secret.of('user-1'), scopes: [], expiresAtMs: 9, refreshToken }
    await installations.store(
      installationOf(grantOf({ bot: null, user, authedUserId: 'U1' }), app, 1),
    )
    const before = installations.get(id).history
    clock.advance(5000)
    expect(await revoke.revoke(id, ['bot', 'user:U1'])).toEqual({ revoked: 2, failures: [] })
    expect(slack.revoked).toEqual(['bot-1-refresh', 'bot-1', 'user-1-refresh', 'user-1'])
    expect(states()).toEqual({ bot: 'revoked', 'user:U1': 'revoked', 'webhook:C1': 'revoked' })
    const event = { what: 'revoked', atMs: clock.now(), addedScopes: [] }
    expect(installations.get(id).history).toEqual([...before, event])
  })

  it('takes up again where a refresh token died and its access token did not', async () => {
    const { revoke, id, slack, states } = await start()
    const { revokeToken } = slack
    slack.revokeToken = async (endpoints, token) => {
      const isRefresh = token.expose() === 'bot-1-refresh'
      if (!isRefresh) throw new SlackNoAnswer()
      return revokeToken.call(slack, endpoints, token)
    }
    expect((await revoke.revoke(id, ['bot'])).failures).toHaveLength(1)
    expect(states().bot).toBe('working')
    slack.revokeToken = async (endpoints, token) => {
      if (token.expose() === 'bot-1-refresh') {
        throw slackRefused('token_revoked', { during: 'token-call' })
      }
      return revokeToken.call(slack, endpoints, token)
    }
    expect(await revoke.revoke(id, ['bot'])).toEqual({ revoked: 1, failures: [] })
    expect(slack.revoked).toEqual(['bot-1-refresh', 'bot-1'])
  })

  it('revokes a sign-in token, and leaves an imported webhook and what is the app’s own', async () => {
    const { revoke, id, slack, states, installations } = await start()
    const { id: _id, ...meta } = installations.get(id)
    const kinds = ['sign-in', 'id-token', 'webhook', 'app', 'client-secret'] as const
    const more = kinds.map((kind) => blankCredential(kind, kind))
    const secrets = Object.fromEntries(kinds.map((kind) => [kind, Secret.of(`${kind}-1`)]))
    const credentials = [...meta.credentials, ...more]
    await installations.save(id, { ...meta, credentials }, secrets)
    expect(await revoke.revoke(id, ['bot', ...kinds])).toEqual({ revoked: 2, failures: [] })
    expect(slack.revoked).toEqual(['bot-1-refresh', 'bot-1', 'sign-in-1'])
    expect(states()).toEqual({
      ...{ bot: 'revoked', 'user:U1': 'working', 'webhook:C1': 'revoked', 'sign-in': 'revoked' },
      ...{ 'id-token': 'unchecked', webhook: 'unchecked', app: 'unchecked' },
      'client-secret': 'unchecked',
    })
  })

  it('revokes a user token alone', async () => {
    const { revoke, id, slack, states } = await start()
    await revoke.revoke(id, ['user:U1'])
    expect(slack.revoked).toEqual(['user-1'])
    expect(states()).toEqual({ bot: 'working', 'user:U1': 'revoked', 'webhook:C1': 'unchecked' })
  })

  it('counts a token that is dead already as revoked', async () => {
    const { revoke, id, slack, states } = await start()
    slack.revokeAnswer = slackRefused('token_revoked', { during: 'token-call' })
    expect(await revoke.revoke(id, ['user:U1'])).toEqual({ revoked: 1, failures: [] })
    expect(states()['user:U1']).toBe('revoked')
  })

  it.each([
    { name: 'no answer', told: new SlackNoAnswer(), code: 'SLACK_NO_ANSWER' },
    {
      name: 'a refusal',
      told: slackRefused('internal_error', { during: 'token-call' }),
      code: 'SLACK_REFUSED',
    },
    { name: 'a token left alive', told: { revoked: false }, code: 'SLACK_REFUSED' },
  ])('says which credential failed for $name, and leaves its state', async ({ told, code }) => {
    const { revoke, id, slack, states } = await start()
    slack.revokeAnswer = told
    const report = await revoke.revoke(id, ['user:U1', 'bot'])
    expect(report).toMatchObject({
      revoked: 0,
      failures: [
        { credentialId: 'bot', failure: { code } },
        { credentialId: 'user:U1', failure: { code } },
      ],
    })
    expect(states()).toEqual({ bot: 'working', 'user:U1': 'working', 'webhook:C1': 'unchecked' })
  })

  it('sends nothing for what Slack cannot revoke by a call', async () => {
    const { revoke, id, slack } = await start()
    expect(await revoke.revoke(id, ['webhook:C1', 'unknown'])).toEqual({ revoked: 0, failures: [] })
    expect(slack.revoked).toEqual([])
  })

  it('leaves a token alone that came in its place meanwhile, and says so', async () => {
    const desk = await start()
    const app = desk.slackApps.get(desk.slackApps.all()[0]?.id ?? '')
    const { revokeToken } = desk.slack
    desk.slack.revokeToken = async (...args) => {
      const user = { token: Secret.of('user-2'), scopes: [], expiresAtMs: null, refreshToken: null }
      const grant = grantOf({ bot: null, user, authedUserId: 'U1' })
      await desk.installations.store(installationOf(grant, app, desk.clock.now()))
      return revokeToken.apply(desk.slack, args)
    }
    expect(await desk.revoke.revoke(desk.id, ['user:U1'])).toMatchObject({
      revoked: 0,
      failures: [{ credentialId: 'user:U1', failure: { code: 'VAULT_RECORD_CHANGED' } }],
    })
    expect(desk.slack.revoked).toEqual(['user-1'])
    expect(desk.states()['user:U1']).toBe('working')
  })
})
