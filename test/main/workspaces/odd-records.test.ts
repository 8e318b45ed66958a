import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openConfStore } from '../../../main/platform/conf-store.ts'
import { createKeyringProtector } from '../../../main/vault/keyring-protector.ts'
import { openVault } from '../../../main/vault/vault.ts'
import { createCertificateStore } from '../../../main/workspaces/certificate-store.ts'
import { createCheckService } from '../../../main/workspaces/check.ts'
import { installationOf } from '../../../main/workspaces/grant.ts'
import { createHostGate } from '../../../main/workspaces/host-gate.ts'
import { createInstallations } from '../../../main/workspaces/installations.ts'
import { HELD_ANSWER, INSTALLATION, SLACK_APP } from '../../../main/workspaces/records.ts'
import { grantOf } from '../../fakes/fake-slack-api.ts'
import { appInput, openWorkspaces, type Workspaces } from './workspaces-fixture.ts'

/** Two workspaces of one Slack app, and an answer for a third team. */
async function start() {
  const desk = await openWorkspaces()
  const app = desk.slackApps.get(await desk.slackApps.add(appInput()))
  const sealable = (team: string) =>
    installationOf(grantOf({ team: { id: team, name: team } }), app, desk.clock.now())
  const one = await desk.installations.store(sealable('T1'))
  const two = await desk.installations.store(sealable('T2'))
  const about = { slackAppId: app.id, wantedInstallationId: one, startedAtMs: 1 }
  await desk.heldAnswers.hold('held', about, sealable('T3'))
  return { ...desk, app, one, two, sealable }
}

/** Changes vault.json without the key, and opens it again. */
async function reopenAfter(desk: Workspaces, change: (text: string) => string) {
  const file = join(desk.directory, 'vault.json')
  desk.vault.close()
  writeFileSync(file, change(readFileSync(file, 'utf8')))
  const protector = createKeyringProtector(desk.keyring)
  const { directory, clock, locks } = desk
  const place = { directory, openStore: openConfStore, clock, locks }
  const { vault } = await openVault({ ...place, protector })
  const installations = createInstallations({
    vault: () => vault,
    clock: desk.clock,
    slackApps: () => [],
    onChange() {},
  })
  const check = createCheckService({ ...desk, installations })
  return { vault, installations, check }
}

type Json = { records: { id: string; meta: object }[] }

function changeMeta(id: string, change: object) {
  return (text: string) => {
    const json: Json = JSON.parse(text)
    for (const record of json.records) if (record.id === id) Object.assign(record.meta, change)
    return JSON.stringify(json)
  }
}

const damaged = expect.objectContaining({ code: 'VAULT_RECORD_DAMAGED' })

describe('a vault file that was changed without the key', () => {
  it('sends no token to the host that was written into it', async () => {
    const desk = await start()
    const environment = { kind: 'custom', baseUrl: 'https://evil.example' }
    const asked: string[] = []
    const slack = {
      ...desk.slack,
      testToken: async (...[endpoints]: Parameters<typeof desk.slack.testToken>) => {
        asked.push(endpoints.host)
        throw new Error('must not be asked')
      },
    }
    const after = await reopenAfter({ ...desk, slack }, changeMeta(desk.one, { environment }))
    await expect(after.check.check(desk.one)).rejects.toThrow(damaged)
    expect(asked).toEqual([])
    expect(() => after.installations.token(desk.one, 'bot')).toThrow(damaged)
    expect(after.installations.views().map(({ id }) => id)).toEqual([desk.two])
    expect(after.vault.damagedCount).toBe(1)
  })

  it('misleads nobody with the name of another workspace', async () => {
    const desk = await start()
    const after = await reopenAfter(desk, (text) => {
      const json: Json = JSON.parse(text)
      const [a, b] = json.records.filter(({ id }) => [desk.one, desk.two].includes(id))
      if (a && b) [a.meta, b.meta] = [b.meta, a.meta]
      return JSON.stringify(json)
    })
    expect(after.installations.views()).toEqual([])
    expect(after.vault.damagedCount).toBe(2)
  })

  it('reveals no refresh token under the name of a credential', async () => {
    const desk = await start()
    const [bot] = desk.installations.get(desk.one).credentials
    const credentials = [{ ...bot, id: 'bot#refresh' }]
    const after = await reopenAfter(desk, changeMeta(desk.one, { credentials }))
    for (const credentialId of ['bot', 'bot#refresh']) {
      expect(() => after.installations.token(desk.one, credentialId)).toThrow(damaged)
    }
    expect(() => after.installations.refreshToken(desk.one, 'bot')).toThrow(damaged)
  })

  it('allows no host by itself, and takes the next yes', async () => {
    const desk = await start()
    const CUSTOM = 'https://slack.example/api/'
    const gateOf = (vault: Workspaces['vault'], answer: boolean) =>
      createHostGate({ vault: () => vault, question: { allowsHost: async () => answer } })
    await gateOf(desk.vault, true).pass('https://other.example/api/')
    const after = await reopenAfter(desk, (text) => text.replace('other.example', 'slack.example'))
    await expect(gateOf(after.vault, false).pass(CUSTOM)).rejects.toMatchObject({
      code: 'SLACK_HOST_REFUSED',
    })
    await gateOf(after.vault, true).pass(CUSTOM)
    await gateOf(after.vault, false).pass(CUSTOM)
  })

  it('makes the certificate anew', async () => {
    const desk = await start()
    const certificate = { certPem: 'PEM', expiresAtMs: 1, fingerprint: 'AA' }
    const keyPem = desk.installations.token(desk.one, 'bot')
    await createCertificateStore(() => desk.vault).save({ ...certificate, keyPem })
    const after = await reopenAfter(desk, (text) => text.replace('"PEM"', '"OTHER"'))
    const store = createCertificateStore(() => after.vault)
    expect(await store.load()).toBeNull()
    await store.save({ ...certificate, keyPem })
    expect((await store.load())?.certPem).toBe('PEM')
  })
})

describe('a record that says what its room cannot read', () => {
  const oddEnvironments = [
    { name: 'plain http', environment: { kind: 'custom', baseUrl: 'http://slack.example' } },
    { name: 'no address', environment: { kind: 'custom', baseUrl: 'slack' } },
    { name: 'an unknown kind', environment: { kind: 'mars' } },
    { name: 'no environment', environment: null },
  ]

  it.each(oddEnvironments)('hides no other: $name', async ({ environment }) => {
    const desk = await start()
    const { id: _, ...app } = desk.app
    const { meta } = desk.sealable('T9')
    const installation = { ...meta, environment }
    const held = { slackAppId: 'x', wantedInstallationId: 'y', startedAtMs: 1 }
    await desk.vault.save({
      put: [
        { id: 'odd-app', kind: SLACK_APP, meta: { ...app, environment } },
        { id: 'odd-one', kind: INSTALLATION, meta: installation },
        { id: 'odd-held', kind: HELD_ANSWER, meta: { ...held, installation } },
      ],
    })
    expect(desk.slackApps.views().map(({ id }) => id)).toEqual([desk.app.id])
    expect(desk.installations.views().map(({ id }) => id)).toEqual([desk.one, desk.two])
    expect(desk.heldAnswers.views().map(({ id }) => id)).toEqual(['held'])
    for (const room of [desk.slackApps, desk.installations, desk.heldAnswers]) {
      expect(room.unreadableCount()).toBe(1)
    }
    expect(() => desk.slackApps.get('odd-app')).toThrow(damaged)
    expect(() => desk.installations.get('odd-one')).toThrow(damaged)
    expect(() => desk.heldAnswers.find('odd-held')).toThrow(damaged)
  })

  it.each([null, 7, 'text', [], {}])('may say anything at all: %j', async (meta) => {
    const desk = await start()
    await desk.vault.save({ put: [{ id: 'odd', kind: INSTALLATION, meta }] })
    expect(desk.installations.views()).toHaveLength(2)
    expect(desk.installations.unreadableCount()).toBe(1)
    expect(desk.vault.record('odd')).not.toBeNull()
  })

  it('is read anew once it was saved as it should be', async () => {
    const desk = await start()
    const put = (meta: object) =>
      desk.vault.save({ put: [{ id: 'odd', kind: INSTALLATION, meta }] })
    await put({})
    expect(desk.installations.unreadableCount()).toBe(1)
    await put(desk.sealable('T9').meta)
    expect(desk.installations.unreadableCount()).toBe(0)
    expect(desk.installations.views()).toHaveLength(3)
  })
})
