import { copyFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ActivityEntry, InstallationView, SecretRef } from '../../main/contract/views.ts'
import { sendActivity } from '../../main/ipc/send-activity.ts'
import { type App, answerConsent, openPlace, type Place, startApp } from './rooms-fixture.ts'
import { appInput } from './workspaces/workspaces-fixture.ts'

/** The rooms read these when they are needed; compiling them is no part of what is waited for. */
beforeAll(async () => {
  await Promise.all([
    import('../../main/practice/practice-slack.ts'),
    import('selfsigned'),
    import('@slack/web-api'),
  ])
}, 60_000)

/** Authorizes a practice workspace, as the first door does; answers it as the page shows it. */
async function authorize(place: Place, app: App): Promise<InstallationView> {
  await app.handlers['practice/try']()
  await answerConsent(place, app.opened.at(-1) ?? '')
  await expect.poll(() => app.sources.installations()[0]?.lastCheckedAtMs).toBeTypeOf('number')
  const [installation] = app.sources.installations()
  if (!installation) throw new Error('no workspace in the list')
  return installation
}

const bot = ({ id }: InstallationView): SecretRef => ({
  ...{ of: 'credential', installationId: id, credentialId: 'bot' },
})

/** What an entry says beside the time. */
const said = ({ id: _id, atMs: _atMs, ...rest }: ActivityEntry) =>
  Object.fromEntries(
    Object.entries(rest).filter(([, value]) => value !== null && `${value}` !== ''),
  )
const whats = (app: App) => app.activity.list().map(({ what, outcome }) => `${what} ${outcome}`)

const aboutOf = ({ id }: InstallationView) => ({
  ...{ outcome: 'done', by: 'window', installationId: id },
  ...{ workspace: 'Practice Studio', slackApp: 'Practice app' },
})

/** Answers the text of the file, in which nothing secret of this run stands. */
function expectNoSecret({ dataFolder, watch }: Place): string {
  const text = readFileSync(join(dataFolder, 'activity.jsonl'), 'utf8')
  expect(text).not.toBe('')
  const leaked = [...watch.secrets].filter((secret) => text.includes(secret))
  expect(leaked.length).toBe(0)
  return text
}

async function write(app: App, ref: SecretRef, path: string) {
  app.chosen.path = path
  const file = await app.handlers['sharing/choose-env-file'](ref)
  const preview = await app.handlers['sharing/preview-write'](ref, file?.id ?? '', 'MY_TOKEN')
  return app.handlers['sharing/write'](preview.id, { addToGitignore: false })
}

describe('the acts of the window in Activity', () => {
  it('are noted with names, and with no secret', async () => {
    const place = await openPlace()
    const { watch, home } = place
    const app = await startApp(place)
    const { handlers } = app
    const installation = await authorize(place, app)
    const ref = bot(installation)
    const { value } = await handlers['sharing/reveal'](ref)
    await handlers['sharing/copy-line'](ref)
    writeFileSync(join(home, '.env'), 'A=1\n')
    const { writeId } = await write(app, ref, join(home, '.env'))
    await handlers['sharing/undo-write'](writeId)
    const about = aboutOf(installation)
    const file = { ...about, credentials: ['bot'], file: '~/.env', variable: 'MY_TOKEN' }
    expect((await handlers['activity/list']()).map(said)).toEqual([
      { what: 'authorized', ...about, credentials: ['bot', 'user'] },
      { what: 'revealed', ...about, credentials: ['bot'] },
      { what: 'copied', ...about, credentials: ['bot'], variable: 'SLACK_BOT_TOKEN' },
      { what: 'written', ...file },
      { what: 'write-undone', ...file },
    ])
    expect(watch.secrets.has(value)).toBe(true)
    expectNoSecret(place)
    expect(statSync(join(place.dataFolder, 'activity.jsonl')).mode & 0o777).toBe(0o600)
  })

  it('name the workspace also where it is gone afterwards, and no note of the user', async () => {
    const place = await openPlace()
    const { handlers, ...app } = await startApp(place)
    const installation = await authorize(place, { ...app, handlers })
    await handlers['workspaces/check'](installation.id)
    await handlers['workspaces/check-all']()
    await handlers['security/change']({ clipboardSeconds: 60, notifies: false })
    await handlers['security/change']({})
    await handlers['workspaces/set-note'](installation.id, 'a note that nobody else may read')
    const all = installation.credentials.map(({ id }) => id)
    await handlers['workspaces/revoke'](installation.id, all)
    await handlers['workspaces/remove'](installation.id)
    const about = aboutOf(installation)
    expect(app.activity.list().slice(1).map(said)).toEqual([
      { what: 'checked', ...about },
      { what: 'checked', outcome: 'done', by: 'window', detail: '1 checked, 0 failed' },
      {
        ...{ what: 'settings-changed', outcome: 'done', by: 'window' },
        detail: 'clipboardSeconds, notifies',
      },
      { what: 'revoked', ...about, credentials: ['bot', 'user'] },
      { what: 'removed', ...about },
    ])
    expect(expectNoSecret(place)).not.toContain('nobody else may read')
  })

  it('are noted with the reason where they failed, unless nothing had happened', async () => {
    const place = await openPlace()
    const app = await startApp(place)
    const { handlers } = app
    const installation = await authorize(place, app)
    await handlers['workspaces/revoke'](installation.id, ['bot'])
    const again = handlers['workspaces/check'](installation.id)
    await expect(again).rejects.toMatchObject({ code: 'SLACK_REFUSED' })
    await expect(
      handlers['sharing/write']('none', { addToGitignore: false }),
    ).rejects.toMatchObject({ code: 'ENV_PREVIEW_GONE' })
    await expect(handlers['slack-apps/remove']('none')).rejects.toMatchObject({
      code: 'SLACK_APP_NOT_FOUND',
    })
    const wrong = { ...appInput(), name: ' ' }
    await expect(handlers['slack-apps/add'](wrong)).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    })
    const failed = app.activity.list().filter(({ outcome }) => outcome === 'failed')
    expect(
      failed.map(({ what, workspace, code, slackCode }) => [what, workspace, code, slackCode]),
    ).toEqual([['checked', 'Practice Studio', 'SLACK_REFUSED', 'token_revoked']])
  })

  it('say who was authorized again, and who refused', async () => {
    const place = await openPlace()
    const app = await startApp(place)
    const installation = await authorize(place, app)
    const appId = installation.slackAppId ?? ''
    await app.handlers['workspaces/authorize'](appId, installation.id)
    await answerConsent(place, app.opened.at(-1) ?? '')
    await app.handlers['workspaces/authorize'](appId, null)
    await answerConsent(place, app.opened.at(-1) ?? '', 'cancel')
    expect(whats(app)).toEqual(['authorized done', 'reinstalled done', 'authorized failed'])
    expect(app.activity.list().at(-1)).toMatchObject({
      ...{ slackApp: 'Practice app', code: 'OAUTH_ACCESS_DENIED', slackCode: 'access_denied' },
    })
  })

  it('name what was imported, added, changed and removed', async () => {
    const place = await openPlace()
    const app = await startApp(place)
    const { handlers } = app
    const { slackAppId } = await handlers['slack-apps/add'](appInput())
    await handlers['slack-apps/update'](slackAppId, { ...appInput(), name: 'Other' })
    await handlers['sharing/copy-line']({ of: 'slack-app', slackAppId, field: 'clientSecret' })
    await handlers['sharing/copy-app-lines'](slackAppId)
    await handlers['slack-apps/remove'](slackAppId)
    const token = ['xapp', '1', 'A0123456789', '1'.repeat(13), 'ab'.repeat(32)].join('-')
    place.watch.secrets.add(token)
    await place.clipboard.writeText(token)
    const draft = await handlers['import/read-clipboard']({ kind: 'slack' })
    const choices = draft.findings.map(({ id }) => ({ id, as: null }))
    await handlers['import/store'](draft.id, choices, { kind: 'new', name: 'Northwind' })
    expect(app.activity.list().map(said)).toMatchObject([
      { what: 'slack-app-added', slackApp: 'Deploy Bot' },
      { what: 'slack-app-changed', slackApp: 'Deploy Bot' },
      { what: 'copied', slackApp: 'Other', credentials: ['client-secret'] },
      { what: 'copied', slackApp: 'Other', variable: expect.stringContaining('SLACK_CLIENT_ID') },
      { what: 'slack-app-removed', slackApp: 'Other' },
      { what: 'imported', workspace: 'Northwind', credentials: ['app'] },
    ])
    expectNoSecret(place)
  })
})

describe('the vault in Activity', () => {
  it('says who locked and unlocked it, and who was refused', async () => {
    // A real passphrase takes half a second each time, which is tested elsewhere.
    const place = { ...(await openPlace()), passphraseCost: { n: 16, r: 8, p: 1 } }
    place.keyring.available = false
    const app = await startApp(place)
    const { handlers } = app
    await handlers['vault/choose-passphrase']('four unrelated words')
    await handlers['vault/lock']()
    await handlers['vault/lock']()
    await expect(handlers['vault/unlock']('not these words')).rejects.toThrow()
    await handlers['vault/unlock']('four unrelated words')
    await handlers['vault/unlock']('four unrelated words')
    expect(whats(app)).toEqual([
      ...['passphrase-set done', 'locked done', 'unlock-refused failed', 'unlocked done'],
    ])
    expect(app.activity.list()[1]).toMatchObject({ by: 'window', detail: 'user' })
    expect(app.activity.list()[2]).toMatchObject({ code: 'VAULT_WRONG_PASSPHRASE' })
    expect(expectNoSecret(place)).not.toMatch(/words/)
  })

  it('is told to no locked page: nothing is listed, exported or sent', async () => {
    const place = await openPlace()
    const app = await startApp(place)
    const { handlers } = app
    const sent: string[] = []
    sendActivity({
      activity: app.activity,
      isOpen: () => app.vault.view.state === 'ready',
      send: (entries) => sent.push(...entries.map(({ what }) => what)),
    })
    await handlers['slack-apps/add'](appInput())
    await handlers['vault/lock']()
    for (const call of [() => handlers['activity/list'](), () => handlers['activity/export']([])]) {
      await expect(call()).rejects.toMatchObject({ code: 'VAULT_LOCKED' })
    }
    await handlers['vault/unlock'](null)
    expect(whats(app)).toEqual(['slack-app-added done', 'locked done', 'unlocked done'])
    expect(sent).toEqual(['slack-app-added', 'unlocked'])
  })

  it('says that a damaged file was set aside, once', async () => {
    const place = await openPlace()
    const first = await startApp(place)
    await first.handlers['slack-apps/add'](appInput())
    await first.handlers['slack-apps/add'](appInput({ clientId: '1.2' }))
    await first.close()
    writeFileSync(join(place.dataFolder, 'vault.json'), 'not a vault')
    const second = await startApp(place)
    second.vault.dismissRecovery()
    await second.handlers['vault/lock']()
    const entries = second.activity.list().filter(({ what }) => what === 'vault-recovered')
    expect(entries).toMatchObject([{ outcome: 'warning', by: 'itself', detail: 'last-good' }])
    expect(entries[0]?.file).toContain('vault.damaged')
  })

  it('says that an older vault was brought to this version, and where the original is', async () => {
    const place = await openPlace()
    mkdirSync(place.dataFolder)
    const old = new URL('vault/fixtures/vault-version-1.json', import.meta.url)
    copyFileSync(old, join(place.dataFolder, 'vault.json'))
    const app = await startApp(place)
    expect(whats(app)).toEqual([])
    await app.handlers['vault/unlock']('correct horse')
    await app.handlers['slack-apps/add'](appInput())
    expect(whats(app)).toEqual(['vault-migrated done', 'unlocked done', 'slack-app-added done'])
    const [entry] = app.activity.list()
    expect(entry).toMatchObject({ by: 'itself', file: expect.stringMatching(/vault\.version-1/) })
    expect(readFileSync(entry?.file ?? '', 'utf8')).toBe(readFileSync(old, 'utf8'))
  })
})

describe('an export', () => {
  it('has the entries that are asked for in their order, for its owner alone', async () => {
    const place = await openPlace()
    const app = await startApp(place)
    for (const workspace of ['a', 'b', 'c']) app.activity.record({ what: 'checked', workspace })
    const [a, b, c] = app.activity.list()
    const path = join(place.home, 'out.jsonl')
    app.chosen.path = path
    writeFileSync(path, 'what was there before', { mode: 0o644 })
    const ids = [c?.id ?? '', 'unknown', a?.id ?? '']
    expect(await app.handlers['activity/export'](ids)).toEqual({
      displayPath: '~/out.jsonl',
      count: 2,
    })
    expect(readFileSync(path, 'utf8')).toBe(`${JSON.stringify(c)}\n${JSON.stringify(a)}\n`)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(app.activity.list()).toEqual([a, b, c])
    app.chosen.path = null
    expect(await app.handlers['activity/export'](ids)).toBeNull()
  })

  it('says what to do where the file cannot be written, and leaves nothing there', async () => {
    const place = await openPlace()
    const app = await startApp(place)
    app.chosen.path = place.home
    await expect(app.handlers['activity/export']([])).rejects.toMatchObject({
      ...{ code: 'ACTIVITY_EXPORT_FAILED', message: 'The file could not be written' },
      ...{ advice: expect.stringContaining('Choose another folder'), remedy: 'retry' },
    })
    app.chosen.path = join(place.home, 'none', 'out.jsonl')
    await expect(app.handlers['activity/export']([])).rejects.toMatchObject({
      code: 'ACTIVITY_EXPORT_FAILED',
    })
  })

  it('is not written when the vault was locked while the dialog was open', async () => {
    const place = await openPlace()
    const app = await startApp(place)
    const path = join(place.home, 'out.jsonl')
    Object.defineProperty(app.chosen, 'path', {
      get() {
        app.vault.lock()
        return path
      },
    })
    await expect(app.handlers['activity/export']([])).rejects.toMatchObject({
      code: 'VAULT_LOCKED',
    })
    expect(() => statSync(path)).toThrow('ENOENT')
  })
})
