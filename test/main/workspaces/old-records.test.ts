import { describe, expect, it } from 'vitest'
import { Secret } from '../../../main/platform/secret.ts'
import { installationOf } from '../../../main/workspaces/grant.ts'
import { grantOf } from '../../fakes/fake-slack-api.ts'
import { appInput, openWorkspaces } from './workspaces-fixture.ts'

const SLACK = { kind: 'slack' }

/** The three records as version 0.1 wrote them. */
const APP = {
  name: 'Deploy Bot',
  environment: SLACK,
  clientId: '4210987654321.7788990011223',
  appId: 'A111',
  strategy: 'https',
  redirectUrl: null,
  botScopes: ['chat:write'],
  userScopes: [],
  createdAtMs: 1,
}
const INSTALLATION = {
  teamName: 'Northwind Test',
  localName: 'Mine',
  note: '',
  teamId: 'T111',
  teamDomain: null,
  enterpriseId: null,
  enterpriseName: null,
  environment: SLACK,
  slackAppId: 'app-1',
  appName: 'Deploy Bot',
  appId: 'A111',
  botUserId: 'U0BOT',
  credentials: [
    {
      id: 'bot',
      kind: 'bot',
      scopes: ['chat:write'],
      expiresAtMs: null,
      rotates: false,
      userId: null,
      userName: null,
      channel: null,
      state: 'working',
      slackCode: null,
      lastCheckedAtMs: 1,
    },
  ],
  source: 'authorized',
  createdAtMs: 1,
  updatedAtMs: 1,
  lastCheckedAtMs: 1,
}
const HELD = {
  slackAppId: 'app-1',
  wantedInstallationId: 'installation-1',
  installation: { ...INSTALLATION, teamName: 'Acme', teamId: 'T222', localName: null },
  startedAtMs: 1,
}

async function start() {
  const desk = await openWorkspaces()
  const secrets = { bot: Secret.of('old-bot') }
  await desk.vault.save({
    put: [
      {
        id: 'app-1',
        kind: 'slack-app',
        meta: APP,
        secrets: { clientSecret: Secret.of('old-client-secret') },
      },
      { id: 'installation-1', kind: 'installation', meta: INSTALLATION, secrets },
      { id: 'held-1', kind: 'held-answer', meta: HELD, secrets },
    ],
  })
  return desk
}

describe('records of version 0.1', () => {
  it('are shown as what they were', async () => {
    const { slackApps, installations, heldAnswers } = await start()
    expect(slackApps.views()).toMatchObject([
      { flow: 'v2', optionalScopes: [], isUnfinished: false, signingSecretMasked: null },
    ])
    expect(installations.views()).toMatchObject([
      {
        ...{ name: 'Mine', isOrgWide: false, orgTeams: [], history: [] },
        ...{ drift: null, uninstallBlock: null },
        credentials: [{ id: 'bot', isClassic: false, refreshExpiresAtMs: null, userEmail: null }],
      },
    ])
    expect(heldAnswers.views()).toMatchObject([{ flow: 'v2', state: { teamName: 'Acme' } }])
    const counts = [slackApps, installations, heldAnswers].map((room) => room.unreadableCount())
    expect(counts).toEqual([0, 0, 0])
  })

  it('are changed and merged like new ones', async () => {
    const { slackApps, installations, heldAnswers } = await start()
    await slackApps.update('app-1', appInput({ clientSecret: null }))
    expect(slackApps.secret('app-1', 'clientSecret')?.expose()).toBe('old-client-secret')
    const sealable = installationOf(grantOf({}), slackApps.get('app-1'), 9)
    expect(await installations.store(sealable)).toBe('installation-1')
    expect(installations.get('installation-1')).toMatchObject({
      localName: 'Mine',
      history: [{ atMs: 9, what: 'reinstalled', addedScopes: [] }],
    })
    const kept = await heldAnswers.keep('held-1')
    expect(installations.token(kept, 'bot').expose()).toBe('old-bot')
  })
})
