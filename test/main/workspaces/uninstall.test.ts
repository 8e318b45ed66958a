import { describe, expect, it } from 'vitest'
import { Secret } from '../../../main/platform/secret.ts'
import { slackRefused } from '../../../main/slack/advice.ts'
import { SlackNoAnswer } from '../../../main/slack/errors.ts'
import { installationOf } from '../../../main/workspaces/grant.ts'
import { blankCredential } from '../../../main/workspaces/granted-credentials.ts'
import { createUninstallService } from '../../../main/workspaces/uninstall.ts'
import { grantOf } from '../../fakes/fake-slack-api.ts'
import { appInput, openWorkspaces } from './workspaces-fixture.ts'

const refused = (slackCode: string) => slackRefused(slackCode, { during: 'uninstall' })

async function start({ hasUser = true } = {}) {
  const desk = await openWorkspaces()
  const slackAppId = await desk.slackApps.add(appInput())
  const user = { token: Secret.of('user-1'), scopes: [], expiresAtMs: null, refreshToken: null }
  const grant = grantOf({
    user: hasUser ? user : null,
    authedUserId: 'U1',
    webhook: { url: Secret.of('hook-1'), channel: 'c', channelId: 'C1', configurationUrl: '' },
  })
  const app = desk.slackApps.get(slackAppId)
  const id = await desk.installations.store(installationOf(grant, app, desk.clock.now()))
  const states = () =>
    Object.fromEntries(desk.installations.get(id).credentials.map((one) => [one.id, one.state]))
  const sent = () => desk.slack.uninstalls.map(({ token }) => token.expose())
  return { ...desk, id, slackAppId, states, sent, uninstall: createUninstallService(desk) }
}

/** Adds credentials of which Slack knows nothing here. */
async function addOthers({ id, installations }: Awaited<ReturnType<typeof start>>) {
  const { id: _id, ...meta } = installations.get(id)
  const kinds = ['app', 'webhook', 'sign-in', 'id-token', 'signing-secret'] as const
  const more = kinds.map((kind) => blankCredential(kind, kind))
  const secrets = Object.fromEntries(kinds.map((kind) => [kind, Secret.of(`${kind}-1`)]))
  await installations.save(id, { ...meta, credentials: [...meta.credentials, ...more] }, secrets)
}

describe('uninstall', () => {
  it('sends the user token with the app’s ID and secret, and marks what it ended', async () => {
    const desk = await start()
    await addOthers(desk)
    const { uninstall, id, slack, states, installations, clock } = desk
    const before = installations.get(id).history
    await uninstall.uninstall(id)
    expect(slack.uninstalls).toHaveLength(1)
    const [sent] = slack.uninstalls
    expect(sent?.token.expose()).toBe('user-1')
    expect(sent?.clientId).toBe('4210987654321.7788990011223')
    expect(sent?.clientSecret.expose()).toBe('placeholder-client-secret')
    expect(states()).toEqual({
      ...{ bot: 'revoked', 'user:U1': 'revoked', 'webhook:C1': 'revoked', 'sign-in': 'revoked' },
      ...{ app: 'unchecked', webhook: 'unchecked', 'id-token': 'unchecked' },
      'signing-secret': 'unchecked',
    })
    const event = { what: 'revoked', atMs: clock.now(), addedScopes: [] }
    expect(installations.get(id).history).toEqual([...before, event])
  })

  it('sends the bot token where there is no user token, and gives Slack’s no with our advice', async () => {
    const { uninstall, id, slack, sent, states } = await start({ hasUser: false })
    slack.uninstallAnswers.set('bot-1', refused('no_permission'))
    await expect(uninstall.uninstall(id)).rejects.toMatchObject({
      code: 'SLACK_REFUSED',
      slackCode: 'no_permission',
      advice:
        'A bot token may not uninstall. Authorize a user token too, or remove the app in the workspace’s own settings.',
    })
    expect(sent()).toEqual(['bot-1'])
    expect(states()).toEqual({ bot: 'working', 'webhook:C1': 'unchecked' })
  })

  it.each(['token_revoked', 'account_inactive'])(
    'counts as done when Slack says %s to every token',
    async (slackCode) => {
      const { uninstall, id, slack, sent, states } = await start()
      slack.uninstallAnswers.set('user-1', refused(slackCode))
      slack.uninstallAnswers.set('bot-1', refused(slackCode))
      await uninstall.uninstall(id)
      expect(sent()).toEqual(['user-1', 'bot-1'])
      expect(states()).toEqual({ bot: 'revoked', 'user:U1': 'revoked', 'webhook:C1': 'revoked' })
    },
  )

  it('does not take one dead token for an uninstalled app', async () => {
    const { uninstall, id, slack, states } = await start()
    slack.uninstallAnswers.set('user-1', refused('token_revoked'))
    slack.uninstallAnswers.set('bot-1', refused('no_permission'))
    await expect(uninstall.uninstall(id)).rejects.toMatchObject({ slackCode: 'no_permission' })
    expect(states().bot).toBe('working')
  })

  it('knows nothing from an expired token', async () => {
    const { uninstall, id, slack, states } = await start()
    slack.uninstallAnswers.set('user-1', refused('token_expired'))
    slack.uninstallAnswers.set('bot-1', refused('token_revoked'))
    await expect(uninstall.uninstall(id)).rejects.toMatchObject({ slackCode: 'token_expired' })
    expect(states().bot).toBe('working')
  })

  it.each([
    { name: 'no answer', told: new SlackNoAnswer(), code: 'SLACK_NO_ANSWER' },
    { name: 'a wrong client secret', told: refused('bad_client_secret'), code: 'SLACK_REFUSED' },
    { name: 'an unknown token', told: refused('invalid_auth'), code: 'SLACK_REFUSED' },
    { name: 'another app’s ID', told: refused('client_id_token_mismatch'), code: 'SLACK_REFUSED' },
  ])('changes nothing for $name', async ({ told, code }) => {
    const { uninstall, id, slack, sent, states } = await start()
    slack.uninstallAnswers.set('user-1', told)
    await expect(uninstall.uninstall(id)).rejects.toMatchObject({ code })
    expect(sent()).toEqual(['user-1'])
    expect(states()).toEqual({ bot: 'working', 'user:U1': 'working', 'webhook:C1': 'unchecked' })
  })

  it('leaves a token alone that came in its place meanwhile', async () => {
    const desk = await start()
    const { slack, installations, slackApps, clock } = desk
    slack.uninstall = async () => {
      const user = { token: Secret.of('user-2'), scopes: [], expiresAtMs: null, refreshToken: null }
      const grant = grantOf({ bot: null, user, authedUserId: 'U1' })
      await installations.store(installationOf(grant, slackApps.get(desk.slackAppId), clock.now()))
    }
    await desk.uninstall.uninstall(desk.id)
    expect(desk.states()).toMatchObject({ bot: 'revoked', 'user:U1': 'working' })
  })
})

describe('what cannot be uninstalled from here', () => {
  it('an imported token without a Slack app', async () => {
    const { uninstall, id, installations, sent } = await start()
    await installations.updateCredentials(id, (one) => one, { slackAppId: null })
    await expect(uninstall.uninstall(id)).rejects.toMatchObject(impossible('no-slack-app'))
    expect(sent()).toEqual([])
  })

  it('a Slack app that belongs to another Slack by now: its secret stays here', async () => {
    const { uninstall, id, slackApps, slackAppId, sent } = await start()
    await slackApps.update(slackAppId, appInput({ environment: { kind: 'govslack' } }))
    await expect(uninstall.uninstall(id)).rejects.toMatchObject(impossible('no-slack-app'))
    expect(sent()).toEqual([])
  })

  it('an app of a public client', async () => {
    const { uninstall, id, slackApps, slackAppId, sent } = await start()
    const publicClient = { strategy: 'pkce' as const, clientSecret: '', botScopes: [] }
    await slackApps.update(slackAppId, appInput({ ...publicClient, userScopes: ['search:read'] }))
    await expect(uninstall.uninstall(id)).rejects.toMatchObject(impossible('no-client-secret'))
    expect(sent()).toEqual([])
  })

  it('a workspace without a token that lives', async () => {
    const { uninstall, id, installations, sent } = await start()
    await installations.updateCredentials(id, (one) => ({ ...one, state: 'revoked' }))
    await expect(uninstall.uninstall(id)).rejects.toMatchObject(impossible('no-token'))
    expect(sent()).toEqual([])
  })

  function impossible(block: string) {
    return { code: 'UNINSTALL_IMPOSSIBLE', block, advice: expect.stringMatching(/ settings\.$/) }
  }
})
