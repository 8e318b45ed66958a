import { describe, expect, it } from 'vitest'
import { Secret } from '../../../main/platform/secret.ts'
import { SlackNoAnswer } from '../../../main/slack/errors.ts'
import { installationOf } from '../../../main/workspaces/grant.ts'
import { learnOrgTeams } from '../../../main/workspaces/org-teams.ts'
import { grantOf } from '../../fakes/fake-slack-api.ts'
import { appInput, openWorkspaces } from './workspaces-fixture.ts'

const TEAMS = [
  { id: 'T1', name: 'Sales' },
  { id: 'T2', name: 'Support' },
]
const ORGANIZATION = {
  team: null,
  enterprise: { id: 'E1', name: 'Contoso' },
  isEnterpriseInstall: true,
}

async function start(grant: object) {
  const desk = await openWorkspaces()
  const app = desk.slackApps.get(await desk.slackApps.add(appInput()))
  const store = () => desk.installations.store(installationOf(grantOf(grant), app, 1))
  const asked: string[] = []
  desk.slack.listTeams = async ({ host }, token) => {
    asked.push(`${host} ${token.expose()}`)
    return TEAMS
  }
  const id = await store()
  const teams = () => desk.installations.views()[0]?.orgTeams
  return { ...desk, id, store, asked, teams, learn: () => learnOrgTeams(desk, id) }
}

describe('workspaces of an organization', () => {
  it('are asked for with the org-wide token, and outlast a reinstall', async () => {
    const desk = await start(ORGANIZATION)
    await desk.learn()
    expect(desk.asked).toEqual(['slack.com bot-1'])
    expect(desk.teams()).toEqual(TEAMS)
    await desk.store()
    expect(desk.teams()).toEqual(TEAMS)
  })

  it('stay as they were when Slack does not answer', async () => {
    const desk = await start(ORGANIZATION)
    await desk.learn()
    desk.slack.listTeams = () => Promise.reject(new SlackNoAnswer())
    await expect(desk.learn()).rejects.toMatchObject({ code: 'SLACK_NO_ANSWER' })
    expect(desk.teams()).toEqual(TEAMS)
  })

  it.each([
    { name: 'an installation on one workspace', grant: {} },
    {
      name: 'one without a bot or user token',
      grant: {
        ...ORGANIZATION,
        bot: null,
        webhook: {
          url: Secret.of('https://hooks.slack.com/services/x'),
          channel: '#a',
          channelId: 'C1',
          configurationUrl: '',
        },
      },
    },
  ])('are not asked for of $name', async ({ grant }) => {
    const desk = await start(grant)
    await desk.learn()
    expect(desk.asked).toEqual([])
    expect(desk.teams()).toEqual([])
  })
})
