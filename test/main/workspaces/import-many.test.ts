import { linkSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { ImportDraft } from '../../../main/contract/views.ts'
import { Secret } from '../../../main/platform/secret.ts'
import { slackRefused } from '../../../main/slack/advice.ts'
import { SlackNoAnswer } from '../../../main/slack/errors.ts'
import { VaultLocked, VaultWriteFailed } from '../../../main/vault/errors.ts'
import { installationOf } from '../../../main/workspaces/grant.ts'
import { createImportService } from '../../../main/workspaces/import.ts'
import { createFakeClipboard } from '../../fakes/fake-clipboard.ts'
import { grantOf, tokenInfoOf } from '../../fakes/fake-slack-api.ts'
import { appInput, openWorkspaces } from './workspaces-fixture.ts'

const SLACK = { kind: 'slack' } as const
const FOUND = { kind: 'found' } as const
const named = (name: string) => ({ kind: 'new', name }) as const

/** Shaped like secrets, put together here so that no scanner takes them for real ones. */
const mixed = (start: string) => start.padEnd(32, '0f1e2d3c4b5a6978')
const BOT = ['xoxb', '1'.repeat(12), '2'.repeat(12), 'p'.repeat(24)].join('-')
const USER = ['xoxp', '1'.repeat(12), '2'.repeat(12), 'p'.repeat(32)].join('-')
const APP_LEVEL = ['xapp', '1', 'A0PLACE', '1'.repeat(12), 'p'.repeat(64)].join('-')
const WEBHOOK = ['https://hooks.slack.com/services', 'T0PLACE', 'B0PLACE', 'p'.repeat(24)].join('/')
const either = (end: string) => ['xoxe.xoxp', '1', end.padEnd(60, 'P')].join('-')
const refresh = (end: string) => ['xoxe', '1', end.padEnd(60, 'R')].join('-')
const SIGNING = mixed('a1')
const VERIFICATION = mixed('b2')
const CLIENT = mixed('c3')
const OWN = [
  `SLACK_SIGNING_SECRET=${SIGNING}`,
  `SLACK_VERIFICATION_TOKEN=${VERIFICATION}`,
  'SLACK_CLIENT_ID=4210987654321.7788990011223',
  `SLACK_CLIENT_SECRET=${CLIENT}`,
]

type Added = { token: string | null; refreshToken: string | null; environment: object }

async function start(pasted = '') {
  const desk = await openWorkspaces()
  const folder = mkdtempSync(join(tmpdir(), 'import-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const clipboard = createFakeClipboard()
  await clipboard.writeText(pasted)
  const added: Added[] = []
  const told = { failAfter: Number.POSITIVE_INFINITY, path: null as string | null }
  const onDialog = { run: () => {} }
  const stored: string[] = []
  const imports = createImportService({
    ...desk,
    clipboard,
    dialogs: {
      async chooseImportFile() {
        onDialog.run()
        return told.path
      },
    },
    configurationTokens: {
      async add({ token, refreshToken, environment }) {
        if (added.length >= told.failAfter) throw new SlackNoAnswer()
        const text = (secret: Secret | null) => secret?.expose() ?? null
        added.push({ token: text(token), refreshToken: text(refreshToken), environment })
        return `config-${added.length}`
      },
    },
    requireUnlocked() {
      if (!desk.vault.isUnlocked) throw new VaultLocked()
    },
    onStored: (id) => stored.push(id),
  })
  const read = () => imports.readClipboard(SLACK)
  const file = (text: string | Uint8Array, name = 'tokens.env') => {
    const path = join(folder, name)
    writeFileSync(path, text)
    told.path = path
    return path
  }
  return { ...desk, imports, added, told, onDialog, stored, read, file, folder }
}

/** All findings, or those of these lines, as what they are said to be. */
function choose(
  draft: ImportDraft,
  lines: number[] = [],
  as: 'user' | 'configuration' | null = null,
) {
  return draft.findings
    .filter(({ line }) => lines.length === 0 || lines.includes(line))
    .map(({ id }) => ({ id, as }))
}

describe('a block of env lines', () => {
  it('is recognised whole, and nothing of it is shown', async () => {
    const config = `SLACK_CONFIG_TOKEN=${either('a')}`
    const lines = [`A=${BOT}`, `${USER}`, APP_LEVEL, WEBHOOK, either('b'), config, refresh('a')]
    const { read } = await start(['# tokens', '', ...lines, ...OWN, 'OTHER=1'].join('\n'))
    const draft = await read()
    expect(draft.findings.map(({ kind, variable, line }) => [line, kind, variable])).toEqual([
      [3, 'bot', 'A'],
      [4, 'user', 'SLACK_USER_TOKEN'],
      [5, 'app', 'SLACK_APP_TOKEN'],
      [6, 'webhook', 'SLACK_WEBHOOK_URL'],
      [7, 'config-or-user', 'SLACK_USER_TOKEN'],
      [8, 'configuration', 'SLACK_CONFIG_TOKEN'],
      [9, 'refresh', 'SLACK_CONFIG_REFRESH_TOKEN'],
      [10, 'signing-secret', 'SLACK_SIGNING_SECRET'],
      [11, 'verification-token', 'SLACK_VERIFICATION_TOKEN'],
      [12, 'client-id', 'SLACK_CLIENT_ID'],
      [13, 'client-secret', 'SLACK_CLIENT_SECRET'],
    ])
    for (const secret of [BOT, USER, APP_LEVEL, WEBHOOK, SIGNING, VERIFICATION, CLIENT]) {
      expect(JSON.stringify(draft)).not.toContain(secret)
    }
    expect(JSON.stringify(draft)).not.toContain('7788990011223')
  })

  it('stores what was chosen, and nothing else', async () => {
    const { read, imports, installations, stored } = await start([BOT, WEBHOOK, ...OWN].join('\n'))
    const draft = await imports.check((await read()).id)
    const answer = await imports.store(draft.id, choose(draft, [1, 3]), FOUND)
    expect(answer).toMatchObject({ stored: 2, configurationTokens: 0 })
    expect(stored).toEqual([answer.installationId])
    const [installation] = installations.views()
    expect(installation?.credentials.map(({ kind }) => kind)).toEqual(['bot', 'signing-secret'])
  })

  it('goes with the workspace that was found, in one change of the vault', async () => {
    const desk = await start([...OWN, APP_LEVEL, WEBHOOK, BOT].join('\n'))
    const { save } = desk.vault
    const saves: number[] = []
    desk.vault.save = (given) => {
      const change = typeof given === 'function' ? given() : given
      saves.push(change.put?.length ?? 0)
      return save.call(desk.vault, change)
    }
    const draft = await desk.imports.check((await desk.read()).id)
    const { installationId } = await desk.imports.store(draft.id, choose(draft), FOUND)
    expect(saves).toEqual([1])
    expect(desk.installations.views()).toMatchObject([
      { id: installationId, teamId: 'T111', appId: 'A111', history: [{ what: 'imported' }] },
    ])
    const kinds = desk.installations.views()[0]?.credentials.map(({ kind }) => kind)
    expect(kinds).toEqual([
      ...['bot', 'app', 'webhook', 'signing-secret', 'verification-token', 'client-id'],
      'client-secret',
    ])
    const token = (id: string) => desk.installations.token(installationId ?? '', id).expose()
    expect([token('signing-secret'), token('client-secret')]).toEqual([SIGNING, CLIENT])
    expect(token('client-id')).toBe('4210987654321.7788990011223')
  })

  it('keeps bot and user token of one app together', async () => {
    const { read, imports, slack, installations } = await start(`${BOT}\n${USER}`)
    slack.infos.set(USER, tokenInfoOf({ userId: 'U1', userName: 'mia', isBot: false }))
    const draft = await imports.check((await read()).id)
    await imports.store(draft.id, choose(draft), FOUND)
    expect(installations.views()).toMatchObject([
      { botUserId: 'U0BOT', credentials: [{ id: 'bot' }, { id: 'user:U1', userName: 'mia' }] },
    ])
  })

  it('stores nothing when the vault cannot be written, and can be tried again', async () => {
    const desk = await start(`${BOT}\n${USER}\n${APP_LEVEL}`)
    desk.slack.infos.set(USER, tokenInfoOf({ teamId: 'T222', teamName: 'Acme', isBot: false }))
    const draft = await desk.imports.check((await desk.read()).id)
    const { save } = desk.vault
    desk.vault.save = () => Promise.reject(new VaultWriteFailed())
    const store = () => desk.imports.store(draft.id, choose(draft), named('Rest'))
    await expect(store()).rejects.toMatchObject({ code: 'VAULT_WRITE_FAILED' })
    expect(desk.installations.all()).toEqual([])
    desk.vault.save = save
    await store()
    expect(desk.installations.views().map(({ name }) => name)).toEqual([
      ...['Acme', 'Northwind Test', 'Rest'],
    ])
    await expect(store()).rejects.toMatchObject({ code: 'IMPORT_NOT_FOUND' })
  })
})

describe('secrets without a workspace of their own', () => {
  it('make one new installation together', async () => {
    const { read, imports, installations } = await start([APP_LEVEL, WEBHOOK, ...OWN].join('\n'))
    const draft = await read()
    await imports.store(draft.id, choose(draft), named(' My app '))
    expect(installations.views()).toMatchObject([
      { name: 'My app', appId: 'A0PLACE', teamId: null, source: 'imported' },
    ])
    expect(installations.views()[0]?.credentials).toHaveLength(6)
  })

  it('go to an installation that is here, and leave the rest of it alone', async () => {
    const desk = await start([APP_LEVEL, ...OWN].join('\n'))
    const app = desk.slackApps.get(await desk.slackApps.add(appInput()))
    const id = await desk.installations.store(installationOf(grantOf({}), app, 1))
    const draft = await desk.read()
    const rest = { kind: 'installation', installationId: id } as const
    expect(await desk.imports.store(draft.id, choose(draft), rest)).toMatchObject({
      installationId: id,
      stored: 5,
    })
    expect(desk.installations.views()).toMatchObject([
      {
        ...{ id, teamName: 'Northwind Test', appId: 'A111', slackAppId: app.id },
        ...{ source: 'authorized', appName: 'Deploy Bot' },
        history: [{ what: 'authorized' }, { what: 'imported', addedScopes: [] }],
      },
    ])
    expect(desk.installations.token(id, 'bot').expose()).toBe('bot-1')
    // The same again adds nothing.
    const again = await desk.read()
    await desk.imports.store(again.id, choose(again), rest)
    expect(desk.installations.views()[0]?.credentials).toHaveLength(6)
  })

  it('go to that installation in the same change as its own token', async () => {
    const desk = await start(`${BOT}\n${APP_LEVEL}`)
    const app = desk.slackApps.get(await desk.slackApps.add(appInput()))
    const id = await desk.installations.store(installationOf(grantOf({}), app, 1))
    const draft = await desk.imports.check((await desk.read()).id)
    const rest = { kind: 'installation', installationId: id } as const
    await desk.imports.store(draft.id, choose(draft), rest)
    expect(desk.installations.all()).toHaveLength(1)
    expect(desk.installations.token(id, 'bot').expose()).toBe(BOT)
    const kinds = desk.installations.get(id).credentials.map(({ kind }) => kind)
    expect(kinds).toEqual(['bot', 'app'])
  })

  it('never take the place of a token that works', async () => {
    const desk = await start(BOT)
    desk.slack.infos.set(BOT, slackRefused('invalid_auth', { during: 'token-call' }))
    const app = desk.slackApps.get(await desk.slackApps.add(appInput()))
    const id = await desk.installations.store(installationOf(grantOf({}), app, 1))
    const draft = await desk.imports.check((await desk.read()).id)
    const rest = { kind: 'installation', installationId: id } as const
    await desk.imports.store(draft.id, choose(draft), rest)
    expect(desk.installations.token(id, 'bot').expose()).toBe('bot-1')
    expect(desk.installations.get(id).credentials.map(({ kind }) => kind)).toEqual(['bot', 'bot'])
  })

  it('leave the refresh token of the very token that is here', async () => {
    const desk = await start(BOT)
    const app = desk.slackApps.get(await desk.slackApps.add(appInput()))
    const bot = {
      token: Secret.of(BOT),
      scopes: ['chat:write'],
      expiresAtMs: 43_200_000,
      refreshToken: Secret.of('the-refresh-token'),
    }
    const id = await desk.installations.store(installationOf(grantOf({ bot }), app, 1))
    const draft = await desk.imports.check((await desk.read()).id)
    await desk.imports.store(draft.id, choose(draft), FOUND)
    expect(desk.installations.refreshToken(id, 'bot')?.expose()).toBe('the-refresh-token')
    expect(desk.installations.get(id).credentials).toMatchObject([
      { id: 'bot', rotates: true, expiresAtMs: 43_200_000 },
    ])
  })

  it('keep two secrets of one kind apart', async () => {
    const other = mixed('d4')
    const { read, imports, installations } = await start(
      `SLACK_SIGNING_SECRET=${SIGNING}\nSLACK_DEV_SIGNING_SECRET=${other}`,
    )
    const draft = await read()
    const { installationId } = await imports.store(draft.id, choose(draft), named('Both'))
    const [first, second] = installations.get(installationId ?? '').credentials
    const token = (id = '') => installations.token(installationId ?? '', id).expose()
    expect([token(first?.id), token(second?.id)]).toEqual([SIGNING, other])
  })

  it.each([
    { name: 'no workspace was found', pasted: [WEBHOOK], rest: FOUND, field: 'rest' },
    { name: 'several were found', pasted: [BOT, USER, WEBHOOK], rest: FOUND, field: 'rest' },
    { name: 'the new name is blank', pasted: [WEBHOOK], rest: named('  '), field: 'name' },
  ])('are asked about when $name', async ({ pasted, rest, field }) => {
    const { read, imports, slack, installations } = await start(pasted.join('\n'))
    slack.infos.set(USER, tokenInfoOf({ teamId: 'T222', isBot: false }))
    const draft = await imports.check((await read()).id)
    await expect(imports.store(draft.id, choose(draft), rest)).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      field,
    })
    expect(installations.all()).toEqual([])
    // The draft is still there to be stored otherwise.
    expect((await imports.store(draft.id, choose(draft), named('Rest'))).stored).toBe(pasted.length)
  })

  it('go to no installation of another Slack, and to none that is gone', async () => {
    const desk = await start(WEBHOOK)
    const app = await desk.slackApps.add(appInput({ environment: { kind: 'govslack' } }))
    const sealable = installationOf(grantOf({}), desk.slackApps.get(app), 1)
    const installationId = await desk.installations.store(sealable)
    const draft = await desk.read()
    const store = (id: string) =>
      desk.imports.store(draft.id, choose(draft), { kind: 'installation', installationId: id })
    await expect(store(installationId)).rejects.toMatchObject({ field: 'rest' })
    await expect(store('gone')).rejects.toMatchObject({ code: 'WORKSPACE_NOT_FOUND' })
    expect(desk.installations.get(installationId).credentials).toHaveLength(1)
  })
})

describe('a token that can be a user or a configuration token', () => {
  it('has to be decided by the user', async () => {
    const { read, imports, added, installations } = await start(either('a'))
    const draft = await imports.check((await read()).id)
    expect(draft.findings).toMatchObject([{ kind: 'config-or-user', check: { kind: 'works' } }])
    await expect(imports.store(draft.id, choose(draft), FOUND)).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      field: 'kind',
    })
    expect([added, installations.all()]).toEqual([[], []])
  })

  it('is stored as a user token, as Slack confirmed it', async () => {
    const { read, imports, slack, installations, added } = await start(either('a'))
    slack.infos.set(either('a'), tokenInfoOf({ userId: 'U1', isBot: false }))
    const draft = await imports.check((await read()).id)
    await imports.store(draft.id, choose(draft, [], 'user'), FOUND)
    expect(installations.views()).toMatchObject([
      { teamId: 'T111', credentials: [{ id: 'user:U1', kind: 'user', state: 'working' }] },
    ])
    expect(added).toEqual([])
  })

  it('is stored as a configuration token, with the refresh token beside it', async () => {
    const { read, imports, installations, added } = await start(`${either('a')}\n${refresh('a')}`)
    const draft = await read()
    expect(await imports.store(draft.id, choose(draft, [], 'configuration'), FOUND)).toEqual({
      installationId: null,
      stored: 0,
      configurationTokens: 1,
    })
    expect(added).toEqual([{ token: either('a'), refreshToken: refresh('a'), environment: SLACK }])
    expect(installations.all()).toEqual([])
  })

  it.each([
    { slackCode: 'not_allowed_token_type', check: 'cannot-be-checked' },
    { slackCode: 'invalid_auth', check: 'refused' },
  ])('stays open after $slackCode: $check', async ({ slackCode, check }) => {
    const { read, imports, slack, added } = await start(either('a'))
    slack.infos.set(either('a'), slackRefused(slackCode, { during: 'token-call' }))
    const draft = await imports.check((await read()).id)
    expect(draft.findings[0]?.check.kind).toBe(check)
    await imports.store(draft.id, choose(draft, [], 'configuration'), FOUND)
    expect(added).toHaveLength(1)
  })

  it('is not asked about when its variable says it', async () => {
    const { read, imports, slack, added } = await start(`SLACK_CONFIG_TOKEN=${either('a')}`)
    slack.testToken = () => Promise.reject(new Error('asked about a configuration token'))
    const draft = await imports.check((await read()).id)
    expect(draft.findings).toMatchObject([
      { kind: 'configuration', check: { kind: 'cannot-be-checked' } },
    ])
    await imports.store(draft.id, choose(draft), FOUND)
    expect(added).toMatchObject([{ token: either('a'), refreshToken: null }])
  })

  it('is stored with the secrets of an installation in one act', async () => {
    const { read, imports, added, installations } = await start(
      [BOT, either('a'), refresh('a'), WEBHOOK].join('\n'),
    )
    const draft = await imports.check((await read()).id)
    const choices = choose(draft, [], 'configuration')
    expect(await imports.store(draft.id, choices, FOUND)).toMatchObject({
      stored: 2,
      configurationTokens: 1,
    })
    expect(added).toHaveLength(1)
    expect(installations.all()).toHaveLength(1)
  })

  it.each([
    { name: 'a refresh token alone', lines: ['r1'], pairs: [[null, 'r1']] },
    {
      name: 'two tokens',
      lines: ['t1', 't2'],
      pairs: [
        ['t1', null],
        ['t2', null],
      ],
    },
    {
      name: 'two pairs, the refresh token first',
      lines: ['r1', 't1', 'r2', 't2'],
      pairs: [
        ['t1', 'r1'],
        ['t2', 'r2'],
      ],
    },
    {
      name: 'a token and then a pair',
      lines: ['t1', 't2', 'r2'],
      pairs: [
        ['t1', null],
        ['t2', 'r2'],
      ],
    },
  ])('pairs $name', async ({ lines, pairs }) => {
    const secret = (name: string | null | undefined) =>
      name?.startsWith('t') ? either(name) : name ? refresh(name) : null
    const { read, imports, added } = await start(lines.map(secret).join('\n'))
    const draft = await read()
    await imports.store(draft.id, choose(draft, [], 'configuration'), FOUND)
    expect(added.map(({ token, refreshToken }) => [token, refreshToken])).toEqual(
      pairs.map((pair) => pair.map(secret)),
    )
  })

  it('is not stored twice when a later one fails first', async () => {
    const desk = await start([either('t1'), either('t2'), APP_LEVEL].join('\n'))
    const draft = await desk.read()
    desk.told.failAfter = 1
    const choices = choose(draft, [], 'configuration')
    const store = () => desk.imports.store(draft.id, choices, named('Rest'))
    await expect(store()).rejects.toMatchObject({ code: 'SLACK_NO_ANSWER' })
    expect(desk.installations.all()).toEqual([])
    desk.told.failAfter = 9
    expect(await store()).toMatchObject({ stored: 1, configurationTokens: 2 })
    expect(desk.added.map(({ token }) => token)).toEqual([either('t1'), either('t2')])
  })
})

describe('a chosen file', () => {
  it('is read like pasted text, and named without its folder', async () => {
    const desk = await start()
    desk.file(`\uFEFFSLACK_BOT_TOKEN=${BOT}\r\nA=1\r\n`, '.env.local')
    const draft = await desk.imports.chooseFile(SLACK)
    expect(draft).toMatchObject({
      fileName: '.env.local',
      lineCount: 2,
      findings: [{ kind: 'bot', variable: 'SLACK_BOT_TOKEN', line: 1 }],
    })
    expect(JSON.stringify(draft)).not.toContain(desk.folder)
    expect(desk.installations.all()).toEqual([])
  })

  it('may be read-only or have a second name', async () => {
    const desk = await start()
    const path = desk.file(BOT)
    linkSync(path, join(desk.folder, 'second-name'))
    expect((await desk.imports.chooseFile(SLACK))?.findings).toHaveLength(1)
  })

  it('answers null when the dialog was closed', async () => {
    const { imports } = await start()
    expect(await imports.chooseFile(SLACK)).toBeNull()
  })

  it.each<{ name: string; make: (desk: Awaited<ReturnType<typeof start>>) => void; said: string }>([
    {
      name: 'a folder',
      make: (desk) => {
        desk.told.path = join(desk.folder, 'folder')
        mkdirSync(desk.told.path)
      },
      said: 'This is a folder',
    },
    {
      name: 'more than 1 MB',
      make: ({ file }) => void file('A=1\n'.repeat(300_000)),
      said: 'This file is larger than 1 MB',
    },
    {
      name: 'UTF-16',
      make: ({ file }) => void file(Buffer.from(`\uFEFF${BOT}`, 'utf16le')),
      said: 'This file is UTF-16',
    },
    {
      name: 'no UTF-8',
      make: ({ file }) => void file(Buffer.from([0x41, 0x3d, 0xe9, 0x0a])),
      said: 'This file is not UTF-8 text',
    },
    {
      name: 'a program',
      make: ({ file }) => void file(Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 0, 1, 2, 0])),
      said: 'This is not a text file',
    },
    {
      name: 'nothing any more',
      make: (desk) => {
        desk.told.path = join(desk.folder, 'gone.env')
      },
      said: 'This file is not there any more',
    },
  ])('is refused with what to do: $name', async ({ make, said }) => {
    const desk = await start()
    make(desk)
    await expect(desk.imports.chooseFile(SLACK)).rejects.toMatchObject({
      code: 'IMPORT_FILE_UNREADABLE',
      message: said,
      advice: expect.stringMatching(/\w{4}/),
      remedy: 'choose-file',
    })
  })

  it('says when it holds nothing of use', async () => {
    const desk = await start()
    desk.file('A=1\n')
    await expect(desk.imports.chooseFile(SLACK)).rejects.toMatchObject({
      code: 'IMPORT_NOT_RECOGNISED',
    })
  })

  it('is not kept when the vault was locked while the dialog was open', async () => {
    const desk = await start()
    desk.file(BOT)
    desk.onDialog.run = () => desk.vault.lock()
    await expect(desk.imports.chooseFile(SLACK)).rejects.toMatchObject({ code: 'VAULT_LOCKED' })
  })
})
