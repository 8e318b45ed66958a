import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openConfStore } from '../../../main/platform/conf-store.ts'
import { silentLog } from '../../../main/platform/log.ts'
import { createOsLocks } from '../../../main/platform/os-locks.ts'
import { Secret } from '../../../main/platform/secret.ts'
import { createKeyringProtector } from '../../../main/vault/keyring-protector.ts'
import { openVault } from '../../../main/vault/vault.ts'
import { createCertificateStore } from '../../../main/workspaces/certificate-store.ts'
import { createCheckService } from '../../../main/workspaces/check.ts'
import { configurationTokenRecords } from '../../../main/workspaces/configuration-tokens-records.ts'
import { installationOf } from '../../../main/workspaces/grant.ts'
import { createHeldAnswers } from '../../../main/workspaces/held-answers.ts'
import { createHostGate } from '../../../main/workspaces/host-gate.ts'
import { createInstallations } from '../../../main/workspaces/installations.ts'
import { learnOrgTeams } from '../../../main/workspaces/org-teams.ts'
import { createRevokeService } from '../../../main/workspaces/revoke.ts'
import { createSlackApps } from '../../../main/workspaces/slack-apps.ts'
import { createUninstallService } from '../../../main/workspaces/uninstall.ts'
import { grantOf } from '../../fakes/fake-slack-api.ts'
import { appInput, openWorkspaces, type Workspaces } from './workspaces-fixture.ts'

/** The rooms once more, on a vault of their own over the same file: as the command line has them. */
async function beside({ directory, clock, keyring, slack }: Workspaces) {
  const locks = createOsLocks({ directory: join(directory, 'locks'), platform: process.platform })
  const place = { directory, openStore: openConfStore, clock, locks }
  const { vault } = await openVault({ ...place, protector: createKeyringProtector(keyring) })
  onTestFinished(() => vault.close())
  const parts = { vault: () => vault, clock, onChange() {} }
  const installations = createInstallations({ ...parts, slackApps: () => [] })
  const slackApps = createSlackApps({
    ...parts,
    workspacesOf: (id) =>
      installations
        .all()
        .filter((one) => one.slackAppId === id)
        .map((one) => one.teamName),
  })
  const records = { installations, slackApps, slack, log: silentLog }
  return { vault, ...records, heldAnswers: createHeldAnswers({ ...parts, ...records }) }
}

async function start() {
  const desk = await openWorkspaces()
  const app = desk.slackApps.get(await desk.slackApps.add(appInput()))
  const sealable = (team: string, bot = 'bot-1') =>
    installationOf(
      grantOf({
        team: { id: team, name: team },
        bot: { token: Secret.of(bot), scopes: [], expiresAtMs: null, refreshToken: null },
      }),
      app,
      desk.clock.now(),
    )
  const id = await desk.installations.store(sealable('T111'))
  return { ...desk, app, sealable, id, other: await beside(desk) }
}
type Desk = Awaited<ReturnType<typeof start>>

describe('what another Token Desk changed of the same workspace stays', () => {
  it.each<{ name: string; act: (desk: Desk) => Promise<unknown>; after: object }>([
    {
      name: 'rename',
      act: ({ installations, id }) => installations.rename(id, 'Mine'),
      after: { localName: 'Mine' },
    },
    {
      name: 'check',
      act: (desk) => createCheckService(desk).check(desk.id),
      after: { teamDomain: 'northwind-test.slack.com' },
    },
    {
      name: 'revoke',
      act: (desk) => createRevokeService(desk).revoke(desk.id, ['bot']),
      after: { credentials: [{ state: 'revoked' }] },
    },
    {
      name: 'uninstall',
      act: (desk) => createUninstallService(desk).uninstall(desk.id),
      after: { credentials: [{ state: 'revoked' }] },
    },
    {
      name: 'authorize again',
      act: ({ installations, sealable }) => installations.store(sealable('T111', 'bot-2')),
      after: { credentials: [{ state: 'working' }] },
    },
    {
      name: 'a list of teams',
      act: (desk) =>
        desk.installations.updateCredentials(desk.id, (one) => one, {
          orgTeams: [{ id: 'T9', name: 'Nine' }],
        }),
      after: { orgTeams: [{ id: 'T9', name: 'Nine' }] },
    },
  ])('$name', async ({ act, after }) => {
    const desk = await start()
    await desk.other.installations.setNote(desk.id, 'by the other')
    await act(desk)
    expect(desk.installations.get(desk.id)).toMatchObject({ note: 'by the other', ...after })
    desk.other.vault.reload()
    expect(desk.other.installations.get(desk.id)).toMatchObject({ note: 'by the other', ...after })
  })

  it('a token that it got in place of the one that ended', async () => {
    const desk = await start()
    const { slack, installations, id, sealable, other } = desk
    const { revokeToken } = slack
    slack.revokeToken = async (endpoints, token) => {
      await other.installations.store(sealable('T111', 'bot-2'))
      return revokeToken.call(slack, endpoints, token)
    }
    const { revoked, failures } = await createRevokeService(desk).revoke(id, ['bot'])
    expect(slack.revoked).toEqual(['bot-1'])
    expect(revoked).toBe(0)
    expect(failures).toMatchObject([{ failure: { code: 'VAULT_RECORD_CHANGED', remedy: 'retry' } }])
    expect(installations.get(id).credentials).toMatchObject([{ id: 'bot', state: 'working' }])
    expect(installations.token(id, 'bot').expose()).toBe('bot-2')
  })

  it.each(['revoke', 'uninstall'] as const)(
    'a token that it got before: that one is ended by %s',
    async (how) => {
      const desk = await start()
      const { slack, installations, id, sealable, other } = desk
      await other.installations.store(sealable('T111', 'bot-2'))
      if (how === 'revoke') await createRevokeService(desk).revoke(id, ['bot'])
      else await createUninstallService(desk).uninstall(id)
      const uninstalls = slack.uninstalls.map(({ token }) => token.expose())
      expect([...slack.revoked, ...uninstalls]).toEqual(['bot-2'])
      expect(installations.get(id).credentials).toMatchObject([{ id: 'bot', state: 'revoked' }])
    },
  )

  it('that it removed it: nothing brings it back', async () => {
    const desk = await start()
    await desk.other.installations.remove(desk.id)
    const gone = { code: 'WORKSPACE_NOT_FOUND' }
    await expect(desk.installations.rename(desk.id, 'x')).rejects.toMatchObject(gone)
    await expect(desk.installations.remove(desk.id)).rejects.toMatchObject(gone)
    expect(desk.installations.all()).toEqual([])
  })
})

describe('what another Token Desk added is not added again', () => {
  it('the same workspace, authorized', async () => {
    const { installations, other, sealable } = await start()
    const id = await other.installations.store(sealable('T222', 'first'))
    expect(await installations.store(sealable('T222', 'second'))).toBe(id)
    expect(installations.token(id, 'bot').expose()).toBe('second')
  })

  it('the same workspace, kept from an answer for another one', async () => {
    const { installations, heldAnswers, other, sealable, app, id } = await start()
    const about = { slackAppId: app.id, wantedInstallationId: id, startedAtMs: 1 }
    await heldAnswers.hold('held', about, sealable('T222', 'second'))
    const kept = await other.installations.store(sealable('T222', 'first'))
    expect(await heldAnswers.keep('held')).toBe(kept)
    expect(installations.all()).toHaveLength(2)
    other.vault.reload()
    await expect(other.heldAnswers.keep('held')).rejects.toMatchObject({
      code: 'OAUTH_STATE_UNKNOWN',
    })
  })

  it('the same configuration token', async () => {
    const { vault, other } = await start()
    const meta = {
      ...{ environment: { kind: 'slack' as const }, teamId: 'T1', teamName: null, userId: 'U1' },
      ...{ expiresAtMs: null, state: 'working' as const, slackCode: null, storedAtMs: 1 },
    }
    const store = (of: typeof vault, fresh: string) => {
      const records = configurationTokenRecords(() => of)
      return records.save(() => ({ id: records.findSame(meta)?.id ?? fresh, meta }))
    }
    expect(await store(other.vault, 'one')).toBe('one')
    expect(await store(vault, 'two')).toBe('one')
    const records = configurationTokenRecords(() => vault)
    await configurationTokenRecords(() => other.vault).update('one', { teamName: 'Named' })
    await records.update('one', { slackCode: 'x' })
    expect(records.get('one')).toMatchObject({ teamName: 'Named', slackCode: 'x' })
  })
})

describe('Slack apps', () => {
  it('keep the ID that another Token Desk learned, over an edit', async () => {
    const { slackApps, other, app } = await start()
    await other.slackApps.learnAppId(app.id, 'A999')
    await slackApps.update(app.id, appInput({ name: 'Renamed', clientSecret: null }))
    expect(slackApps.get(app.id)).toMatchObject({ name: 'Renamed', appId: 'A999' })
    await other.slackApps.update(app.id, appInput({ name: 'Again', clientSecret: null }))
    await slackApps.learnAppId(app.id, 'A998')
    expect(slackApps.get(app.id)).toMatchObject({ name: 'Again', appId: 'A998' })
  })

  it('stay while another Token Desk has just begun to use them', async () => {
    const { slackApps, other, sealable, id, installations, app } = await start()
    await installations.remove(id)
    await other.installations.store(sealable('T333'))
    await expect(slackApps.remove(app.id)).rejects.toMatchObject({ code: 'SLACK_APP_IN_USE' })
  })
})

it('keeps both hosts that two of them were allowed to contact', async () => {
  const { vault, other } = await start()
  const gateOf = (of: typeof vault, answers: boolean[]) =>
    createHostGate({
      vault: () => of,
      question: { allowsHost: async () => answers.shift() ?? false },
    })
  await gateOf(other.vault, [true]).pass('https://one.example/')
  await gateOf(vault, [true]).pass('https://two.example/')
  const later = gateOf(vault, [])
  await later.pass('https://one.example/')
  await later.pass('https://two.example/')
})

it('keeps no trust of a certificate that another Token Desk has replaced', async () => {
  const { vault, other } = await start()
  const [mine, theirs] = [
    createCertificateStore(() => vault),
    createCertificateStore(() => other.vault),
  ]
  const certificate = (fingerprint: string) => ({
    ...{ fingerprint, certPem: 'x', expiresAtMs: 1, keyPem: Secret.of(`key of ${fingerprint}`) },
  })
  await mine.save(certificate('one'))
  await theirs.save(certificate('two'))
  await mine.keepTrust({ fingerprint: 'one', storeIds: ['system'] })
  expect((await mine.load())?.keyPem.expose()).toBe('key of two')
  expect(mine.trustedIn()).toEqual([])
})

it('learns the teams of an organization without losing a note', async () => {
  const desk = await start()
  const { installations, other, id, slack } = desk
  await installations.update(id, (before) => ({ ...before, isOrgWide: true, teamId: null }))
  slack.listTeams = async () => {
    await other.installations.setNote(id, 'by the other')
    return [{ id: 'T9', name: 'Nine' }]
  }
  await learnOrgTeams(desk, id)
  expect(installations.get(id)).toMatchObject({ note: 'by the other', orgTeams: [{ id: 'T9' }] })
})

describe('what is removed is in neither generation of the vault', () => {
  const both = ({ directory }: Workspaces) =>
    ['vault.json', 'vault.last-good.json'].map((name) =>
      readFileSync(join(directory, name), 'utf8'),
    )

  it.each<{ name: string; remove: (desk: Desk) => Promise<unknown>; id: (desk: Desk) => string }>([
    {
      name: 'a workspace',
      remove: (desk) => desk.installations.remove(desk.id),
      id: (desk) => desk.id,
    },
    {
      name: 'a Slack app',
      async remove(desk) {
        await desk.installations.remove(desk.id)
        await desk.slackApps.remove(desk.app.id)
      },
      id: (desk) => `"${desk.app.id}"`,
    },
    {
      name: 'an answer that was refused',
      async remove(desk) {
        const about = { slackAppId: desk.app.id, wantedInstallationId: desk.id, startedAtMs: 1 }
        await desk.heldAnswers.hold('held-answer', about, desk.sealable('T5'))
        await desk.heldAnswers.refuse('held-answer')
      },
      id: () => '"held-answer"',
    },
    {
      name: 'a configuration token',
      async remove({ vault }) {
        const records = configurationTokenRecords(() => vault)
        const meta = {
          ...{ environment: { kind: 'slack' as const }, teamId: null, teamName: null },
          ...{ userId: null, expiresAtMs: null, state: 'working' as const },
          ...{ slackCode: null, storedAtMs: 1 },
        }
        await records.save(() => ({ id: 'configuration', meta }))
        await records.remove('configuration')
      },
      id: () => '"configuration"',
    },
  ])('$name', async ({ remove, id }) => {
    const desk = await start()
    await remove(desk)
    for (const text of both(desk)) expect(text).not.toContain(id(desk))
  })
})
