import { describe, expect, it } from 'vitest'
import type { ImportDraft } from '../../../main/contract/views.ts'
import { Secret } from '../../../main/platform/secret.ts'
import { slackRefused } from '../../../main/slack/advice.ts'
import { VaultLocked } from '../../../main/vault/errors.ts'
import { installationOf } from '../../../main/workspaces/grant.ts'
import { createImportService } from '../../../main/workspaces/import.ts'
import { createFakeClipboard } from '../../fakes/fake-clipboard.ts'
import { grantOf, tokenInfoOf } from '../../fakes/fake-slack-api.ts'
import { appInput, openWorkspaces } from './workspaces-fixture.ts'

const SLACK = { kind: 'slack' } as const

/** Shaped like tokens, put together here so that no scanner takes them for real ones. */
const bot = (end: string) => ['xoxb', '1'.repeat(12), '2'.repeat(12), end.padEnd(24, 'p')].join('-')
const user = ['xoxp', '1'.repeat(12), '2'.repeat(12), '3'.repeat(12), 'p'.repeat(32)].join('-')
const appLevel = ['xapp', '1', 'A0PLACE', '1'.repeat(12), 'p'.repeat(64)].join('-')
const session = ['xoxc', '1'.repeat(12), 'p'.repeat(40)].join('-')
const webhook = ['https://hooks.slack.com/services', 'T0PLACE', 'B0PLACE', 'p'.repeat(24)].join('/')

async function start(pasted: string) {
  const desk = await openWorkspaces()
  const clipboard = createFakeClipboard()
  await clipboard.writeText(pasted)
  const imports = createImportService({
    ...desk,
    clipboard,
    dialogs: { chooseImportFile: async () => null },
    configurationTokens: { add: async () => 'config-1' },
    requireUnlocked() {
      if (!desk.vault.isUnlocked) throw new VaultLocked()
    },
    onStored() {},
  })
  return { ...desk, imports }
}

/** All findings, or those of these lines; nothing is said of what they are. */
function all({ findings }: ImportDraft, ...lines: number[]) {
  return findings
    .filter(({ line }) => lines.length === 0 || lines.includes(line))
    .map(({ id }) => ({ id, as: null }))
}

const FOUND = { kind: 'found' } as const
const named = (name: string) => ({ kind: 'new', name }) as const

describe('import', () => {
  it('recognises each kind, and answers only masked values', async () => {
    const { imports } = await start(
      `SLACK_TOKEN="${bot('a')}"\n${user}\n# note\n${appLevel}\n${webhook}`,
    )
    const draft = await imports.readClipboard(SLACK)
    expect(draft).toMatchObject({
      lineCount: 5,
      findings: [
        { kind: 'bot', variable: 'SLACK_TOKEN', line: 1, check: { kind: 'not-checked' } },
        { kind: 'user', variable: 'SLACK_USER_TOKEN', line: 2 },
        { kind: 'app', line: 4, check: { kind: 'cannot-be-checked' } },
        { kind: 'webhook', line: 5, check: { kind: 'cannot-be-checked' } },
      ],
    })
    for (const secret of [bot('a'), user, appLevel, webhook]) {
      expect(JSON.stringify(draft)).not.toContain(secret)
    }
  })

  it('sends and stores nothing before it is told to', async () => {
    const { imports, slack, installations } = await start(bot('a'))
    let asked = 0
    slack.testToken = async () => {
      asked += 1
      return tokenInfoOf({})
    }
    const draft = await imports.readClipboard(SLACK)
    expect(asked).toBe(0)
    await imports.check(draft.id)
    expect(asked).toBe(1)
    expect(installations.all()).toEqual([])
  })

  it('asks the chosen environment’s host alone', async () => {
    const { imports, slack } = await start(bot('a'))
    const hosts: string[] = []
    slack.testToken = async (endpoints) => {
      hosts.push(endpoints.host)
      return tokenInfoOf({})
    }
    await imports.check((await imports.readClipboard({ kind: 'govslack' })).id)
    expect(hosts).toEqual(['slack-gov.com'])
  })

  it('stores what Slack confirmed under Slack’s names', async () => {
    const { imports, installations } = await start(bot('a'))
    const draft = await imports.readClipboard(SLACK)
    const checked = await imports.check(draft.id)
    expect(checked.findings[0]?.check).toMatchObject({
      kind: 'works',
      workspaceName: 'Northwind Test',
    })
    const { installationId } = await imports.store(draft.id, all(draft), FOUND)
    expect(installations.get(installationId ?? '')).toMatchObject({
      teamId: 'T111',
      appName: 'Deploy Bot',
      source: 'imported',
      credentials: [{ id: 'bot', state: 'working', scopes: ['chat:write', 'commands'] }],
    })
    expect(installations.token(installationId ?? '', 'bot').expose()).toBe(bot('a'))
  })

  it('updates the installation when the same app’s token is pasted again', async () => {
    const { imports, installations } = await start(`${bot('a')}\n${bot('b')}`)
    const draft = await imports.check((await imports.readClipboard(SLACK)).id)
    await imports.store(draft.id, all(draft), FOUND)
    expect(installations.all()).toHaveLength(1)
    expect(installations.token(installations.all()[0]?.id ?? '', 'bot').expose()).toBe(bot('b'))
  })

  it('never merges tokens of apps that Slack did not name', async () => {
    const { imports, slack, installations } = await start(`${bot('a')}\n${bot('b')}`)
    slack.testToken = async () => tokenInfoOf({ appId: null, appName: null })
    const draft = await imports.check((await imports.readClipboard(SLACK)).id)
    await imports.store(draft.id, all(draft), FOUND)
    expect(installations.all()).toHaveLength(2)
  })

  it('says what Slack refused, and imports it anyway under the user’s name', async () => {
    const { imports, slack, installations } = await start(bot('a'))
    slack.infos.set(bot('a'), slackRefused('invalid_auth', { during: 'token-call' }))
    const draft = await imports.check((await imports.readClipboard(SLACK)).id)
    const ids = all(draft)
    expect(draft.findings[0]?.check).toMatchObject({ failure: { slackCode: 'invalid_auth' } })
    await expect(imports.store(draft.id, ids, FOUND)).rejects.toMatchObject({ field: 'rest' })
    await expect(imports.store(draft.id, ids, named('  '))).rejects.toMatchObject({ field: 'name' })
    const { installationId } = await imports.store(draft.id, ids, named(' From the old laptop '))
    expect(installations.views()[0]).toMatchObject({
      id: installationId,
      name: 'From the old laptop',
    })
  })

  it('leaves a session token out of what it stores', async () => {
    const { imports, installations } = await start(`${bot('a')}\n${session}`)
    const draft = await imports.check((await imports.readClipboard(SLACK)).id)
    expect(draft.findings[1]).toMatchObject({
      kind: 'session',
      check: { failure: { code: 'IMPORT_SESSION_TOKEN' } },
    })
    const ids = all(draft)
    expect(await imports.store(draft.id, ids, FOUND)).toMatchObject({ stored: 1 })
    expect(installations.all()).toHaveLength(1)
  })

  it.each([
    { name: 'nothing', pasted: '  ', code: 'IMPORT_CLIPBOARD_EMPTY' },
    { name: 'a poem', pasted: 'roses are red', code: 'IMPORT_NOT_RECOGNISED' },
    { name: 'a session token alone', pasted: session, code: 'IMPORT_SESSION_TOKEN' },
    {
      name: 'a session cookie alone',
      pasted: `d=xoxd-${'p'.repeat(30)}`,
      code: 'IMPORT_SESSION_TOKEN',
    },
  ])('refuses $name', async ({ pasted, code }) => {
    const { imports } = await start(pasted)
    await expect(imports.readClipboard(SLACK)).rejects.toMatchObject({ code })
  })

  it('reads and sends nothing while the vault is locked', async () => {
    const { imports, vault } = await start(bot('a'))
    const draft = await imports.readClipboard(SLACK)
    vault.lock()
    await expect(imports.readClipboard(SLACK)).rejects.toMatchObject({ code: 'VAULT_LOCKED' })
    await expect(imports.check(draft.id)).rejects.toMatchObject({ code: 'VAULT_LOCKED' })
  })

  it('drops the refresh token of the token that it replaces', async () => {
    const { imports, slackApps, installations, clock } = await start(bot('a'))
    const app = slackApps.get(await slackApps.add(appInput()))
    const refreshToken = Secret.of('old-refresh')
    const old = { token: Secret.of('old'), scopes: [], expiresAtMs: 1, refreshToken }
    await installations.store(installationOf(grantOf({ bot: old }), app, clock.now()))
    const draft = await imports.check((await imports.readClipboard(SLACK)).id)
    const { installationId } = await imports.store(draft.id, all(draft), FOUND)
    expect(installations.token(installationId ?? '', 'bot').expose()).toBe(bot('a'))
    expect(installations.refreshToken(installationId ?? '', 'bot')).toBeNull()
  })

  it('keeps nothing after it was put away', async () => {
    const { imports } = await start(bot('a'))
    const draft = await imports.readClipboard(SLACK)
    imports.discard(draft.id)
    await expect(imports.check(draft.id)).rejects.toMatchObject({ code: 'IMPORT_NOT_FOUND' })
  })

  it('leaves the name of an app that is here, when the token does not tell it', async () => {
    const desk = await start(bot('b'))
    const app = desk.slackApps.get(await desk.slackApps.add(appInput()))
    const id = await desk.installations.store(installationOf(grantOf({}), app, 1))
    desk.slack.testToken = async () => tokenInfoOf({ appName: null, userName: 'robot' })
    const draft = await desk.imports.check((await desk.imports.readClipboard(SLACK)).id)
    await desk.imports.store(draft.id, all(draft), FOUND)
    expect(desk.installations.get(id)).toMatchObject({ appName: 'Deploy Bot', slackAppId: app.id })
    expect(desk.installations.token(id, 'bot').expose()).toBe(bot('b'))
  })
})
