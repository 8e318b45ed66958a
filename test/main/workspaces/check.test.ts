import { describe, expect, it } from 'vitest'
import { Secret } from '../../../main/platform/secret.ts'
import { slackRefused } from '../../../main/slack/advice.ts'
import { SlackNoAnswer } from '../../../main/slack/errors.ts'
import { createCheckService } from '../../../main/workspaces/check.ts'
import { installationOf } from '../../../main/workspaces/grant.ts'
import { blankCredential } from '../../../main/workspaces/granted-credentials.ts'
import type { CredentialMeta } from '../../../main/workspaces/records.ts'
import { grantOf, tokenInfoOf } from '../../fakes/fake-slack-api.ts'
import { appInput, openWorkspaces } from './workspaces-fixture.ts'

async function start() {
  const desk = await openWorkspaces()
  const app = desk.slackApps.get(await desk.slackApps.add(appInput()))
  const user = { token: Secret.of('user-1'), scopes: [], expiresAtMs: null, refreshToken: null }
  const id = await desk.installations.store(
    installationOf(grantOf({ user, authedUserId: 'U1' }), app, desk.clock.now()),
  )
  desk.clock.advance(60_000)
  const credential = (credentialId: string) =>
    desk.installations.get(id).credentials.find((one) => one.id === credentialId)
  const saved: unknown[] = []
  const { save } = desk.vault
  desk.vault.save = (change) => {
    saved.push(change)
    return save.call(desk.vault, change)
  }
  return { ...desk, id, credential, saved, check: createCheckService(desk) }
}

describe('check', () => {
  it('keeps what Slack says: state, granted scopes, domain, user, time', async () => {
    const { check, id, slack, credential, installations, clock } = await start()
    slack.infos.set(
      'user-1',
      tokenInfoOf({ userId: 'U1', userName: 'mia', isBot: false, scopes: ['search:read'] }),
    )
    await check.check(id)
    expect(credential('bot')).toMatchObject({
      state: 'working',
      scopes: ['chat:write', 'commands'],
    })
    expect(credential('user:U1')).toMatchObject({ userName: 'mia', lastCheckedAtMs: clock.now() })
    expect(installations.get(id)).toMatchObject({
      teamDomain: 'northwind-test.slack.com',
      lastCheckedAtMs: clock.now(),
    })
  })

  it.each([
    { slackCode: 'token_revoked', state: 'revoked' },
    { slackCode: 'account_inactive', state: 'revoked' },
    { slackCode: 'token_expired', state: 'expired' },
    { slackCode: 'ekm_access_denied', state: 'suspended' },
    { slackCode: 'internal_error', state: 'working' },
    { slackCode: 'missing_scope', state: 'working' },
  ])('$slackCode leaves the token $state, and is said', async ({ slackCode, state }) => {
    const { check, id, slack, credential, installations } = await start()
    slack.infos.set('bot-1', slackRefused(slackCode, { during: 'token-call' }))
    await expect(check.check(id)).rejects.toMatchObject({ code: 'SLACK_REFUSED', slackCode })
    expect(credential('bot')?.state).toBe(state)
    expect(installations.token(id, 'bot').expose()).toBe('bot-1')
  })

  it('never takes invalid_auth for the end of a token', async () => {
    const { check, id, slack, credential, installations } = await start()
    slack.infos.set('bot-1', slackRefused('invalid_auth', { during: 'token-call' }))
    await expect(check.check(id)).rejects.toMatchObject({ slackCode: 'invalid_auth' })
    expect(credential('bot')).toMatchObject({ state: 'suspended', slackCode: 'invalid_auth' })
    expect(installations.token(id, 'bot').expose()).toBe('bot-1')
  })

  it('asks for a sign-in token, and sends nothing else to Slack', async () => {
    const { check, id, slack, installations } = await start()
    const { id: _id, ...meta } = installations.get(id)
    const kinds = [
      'app',
      'webhook',
      'sign-in',
      'id-token',
      'signing-secret',
      'client-secret',
    ] as const
    const credentials = kinds.map((kind) => ({
      ...blankCredential(kind, kind),
      userName: 'Robin Example',
      expiresAtMs: 1,
    }))
    const secrets = kinds.map((kind) => [kind, Secret.of(`${kind}-1`)])
    await installations.save(id, { ...meta, credentials }, Object.fromEntries(secrets))
    const asked: string[] = []
    const { testToken } = slack
    slack.testToken = (endpoints, token) => {
      asked.push(token.expose())
      return testToken.call(slack, endpoints, token)
    }
    await check.check(id)
    expect(asked).toEqual(['sign-in-1'])
    const signedIn = installations.get(id).credentials.find(({ kind }) => kind === 'sign-in')
    expect(signedIn).toMatchObject({ state: 'working', userName: 'Robin Example' })
  })

  it('learns the workspaces of an organization after its tokens, and of no other', async () => {
    const { check, id, slack, installations } = await start()
    const asked: string[] = []
    slack.infos.set('bot-1', slackRefused('token_revoked', { during: 'token-call' }))
    slack.listTeams = async (_endpoints, token) => {
      asked.push(token.expose())
      return [{ id: 'T1', name: 'Sales' }]
    }
    await expect(check.check(id)).rejects.toMatchObject({ slackCode: 'token_revoked' })
    expect(asked).toEqual([])
    const working = (credential: CredentialMeta) => ({ ...credential, state: 'working' as const })
    await installations.updateCredentials(id, working, { isOrgWide: true, teamId: null })
    await expect(check.check(id)).rejects.toMatchObject({ slackCode: 'token_revoked' })
    // Not with the one that has just turned out to be revoked.
    expect(asked).toEqual(['user-1'])
    expect(installations.get(id).orgTeams).toEqual([{ id: 'T1', name: 'Sales' }])
  })

  it('saves all that Slack said in one go', async () => {
    const { check, id, saved } = await start()
    await check.check(id)
    expect(saved).toHaveLength(1)
  })

  it('changes nothing when Slack does not answer, and still checks the others', async () => {
    const { check, id, slack, credential, clock } = await start()
    const before = credential('bot')
    slack.infos.set('bot-1', new SlackNoAnswer())
    await expect(check.check(id)).rejects.toMatchObject({ code: 'SLACK_NO_ANSWER' })
    expect(credential('bot')).toEqual(before)
    expect(credential('user:U1')?.lastCheckedAtMs).toBe(clock.now())
  })

  it('refuses an answer about another workspace', async () => {
    const { check, id, slack, installations } = await start()
    slack.infos.set('bot-1', tokenInfoOf({ teamId: 'T999', teamName: 'Elsewhere' }))
    await expect(check.check(id)).rejects.toMatchObject({ code: 'SLACK_GARBAGE' })
    expect(installations.get(id).teamName).toBe('Northwind Test')
  })

  it('drops an answer about a token that was replaced meanwhile', async () => {
    const { check, id, slack, credential, installations } = await start()
    slack.testToken = async () => {
      const { id: _id, ...meta } = installations.get(id)
      await installations.save(id, meta, {
        bot: Secret.of('bot-2'),
        'user:U1': Secret.of('user-2'),
      })
      throw slackRefused('token_revoked', { during: 'token-call' })
    }
    await expect(check.check(id)).rejects.toMatchObject({ slackCode: 'token_revoked' })
    expect(credential('bot')?.state).toBe('working')
  })
})
