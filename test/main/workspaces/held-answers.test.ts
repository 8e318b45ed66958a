import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Secret } from '../../../main/platform/secret.ts'
import { SlackNoAnswer } from '../../../main/slack/errors.ts'
import { installationOf } from '../../../main/workspaces/grant.ts'
import { grantOf } from '../../fakes/fake-slack-api.ts'
import { appInput, openWorkspaces } from './workspaces-fixture.ts'

const ACME = { team: { id: 'T222', name: 'Acme' } }

/** Northwind was wanted and is here; Acme came back and is held. */
async function start({ rotates = false, isHere = false } = {}) {
  const desk = await openWorkspaces()
  const app = desk.slackApps.get(await desk.slackApps.add(appInput()))
  const store = (change: object) =>
    desk.installations.store(installationOf(grantOf(change), app, desk.clock.now()))
  const wantedInstallationId = await store({})
  if (isHere) await store(ACME)
  const refreshToken = rotates ? Secret.of('held-refresh') : null
  const bot = { token: Secret.of('held-bot'), scopes: [], expiresAtMs: null, refreshToken }
  const about = { slackAppId: app.id, wantedInstallationId, startedAtMs: 1 }
  await desk.heldAnswers.hold('held', about, installationOf(grantOf({ ...ACME, bot }), app, 2))
  return { ...desk, wantedInstallationId }
}

describe('held answers', () => {
  it('is shown with both names, and is no installation yet', async () => {
    const { heldAnswers, installations } = await start()
    expect(heldAnswers.views()).toMatchObject([
      {
        id: 'held',
        wantedName: 'Northwind Test',
        state: {
          kind: 'other-team',
          teamName: 'Acme',
          failure: { message: 'You allowed Acme, but Northwind Test was wanted' },
        },
      },
    ])
    expect(installations.all()).toHaveLength(1)
  })

  it('is sealed on disk', async () => {
    const { directory } = await start({ rotates: true })
    const onDisk = readFileSync(join(directory, 'vault.json'), 'utf8')
    expect(onDisk).toContain('Acme')
    expect(onDisk).not.toContain('held-bot')
    expect(onDisk).not.toContain('held-refresh')
  })

  it('becomes an installation of its own when kept', async () => {
    const { heldAnswers, installations, wantedInstallationId } = await start()
    const id = await heldAnswers.keep('held')
    expect(id).not.toBe(wantedInstallationId)
    expect(installations.token(id, 'bot').expose()).toBe('held-bot')
    expect(installations.token(wantedInstallationId, 'bot').expose()).toBe('bot-1')
    expect(heldAnswers.views()).toEqual([])
  })

  it('updates the installation of that team when kept', async () => {
    const { heldAnswers, installations } = await start({ isHere: true })
    await heldAnswers.keep('held')
    expect(installations.all()).toHaveLength(2)
  })

  it.each([
    { name: 'a team that is not here', options: {}, revoked: ['held-bot'] },
    { name: 'a team that is here', options: { isHere: true }, revoked: [] },
    {
      name: 'a team that is here, with rotation',
      options: { isHere: true, rotates: true },
      revoked: ['held-refresh', 'held-bot'],
    },
  ])('refused for $name, revokes $revoked', async ({ options, revoked }) => {
    const { heldAnswers, slack, installations } = await start(options)
    await heldAnswers.refuse('held')
    expect(slack.revoked).toEqual(revoked)
    expect(heldAnswers.find('held')).toBeNull()
    expect(installations.all().some((one) => one.teamName === 'Acme')).toBe('isHere' in options)
  })

  it('revokes who signed in, and no ID token', async () => {
    const { heldAnswers, slack, installations, slackApps } = await start()
    const app = slackApps.get(slackApps.all()[0]?.id ?? '')
    const token = { token: Secret.of('held-sign-in'), scopes: [], expiresAtMs: null }
    const signIn = {
      token: { ...token, refreshToken: null },
      idToken: Secret.of('held-id-token'),
      idTokenExpiresAtMs: 1,
      ...{ userId: 'U1', userName: null, email: null },
    }
    const about = { slackAppId: app.id, wantedInstallationId: 'x', startedAtMs: 1 }
    const grant = grantOf({ team: { id: 'T333', name: 'Contoso' }, bot: null, signIn })
    await heldAnswers.hold('signed-in', about, installationOf(grant, app, 2))
    await heldAnswers.refuse('signed-in')
    expect(slack.revoked).toEqual(['held-sign-in'])
    await heldAnswers.hold('signed-in', about, installationOf(grant, app, 2))
    const id = await heldAnswers.keep('signed-in')
    expect(installations.token(id, 'id-token:U1').expose()).toBe('held-id-token')
  })

  it('revokes nothing while an imported token of that team may be the same', async () => {
    const { heldAnswers, slack, installations } = await start()
    const [first] = installations.all()
    if (!first) throw new Error('the wanted installation is missing')
    const { id: _id, ...meta } = first
    await installations.store({
      meta: { ...meta, teamId: 'T222', appId: null, slackAppId: null, source: 'imported' },
      secrets: { bot: Secret.of('held-bot') },
    })
    await heldAnswers.refuse('held')
    expect(slack.revoked).toEqual([])
  })

  it('is forgotten even when Slack does not take the revocation', async () => {
    const { heldAnswers, slack } = await start()
    slack.revokeAnswer = new SlackNoAnswer()
    await heldAnswers.refuse('held')
    expect(heldAnswers.views()).toEqual([])
  })

  it.each(['keep', 'refuse'] as const)('says so when there is nothing to %s', async (act) => {
    const { heldAnswers } = await start()
    await expect(heldAnswers[act]('other')).rejects.toMatchObject({ code: 'OAUTH_STATE_UNKNOWN' })
  })
})
