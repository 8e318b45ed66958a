import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { InstallationView, SecretRef } from '../../main/contract/views.ts'
import { openTempJournal } from '../../main/env/temp-journal.ts'
import { isFree } from './oauth/support.ts'
import {
  type App,
  answerConsent,
  filesIn,
  openPlace,
  type Place,
  startApp,
} from './rooms-fixture.ts'

/** Authorizes a practice workspace, as the first door does; answers it as the page shows it. */
async function authorize(place: Place, app: App): Promise<InstallationView> {
  await app.handlers['practice/try']()
  const page = await answerConsent(place, app.opened.at(-1) ?? '')
  expect(page).toContain('Auth complete')
  await expect.poll(() => app.sources.installations()[0]?.lastCheckedAtMs).toBeTypeOf('number')
  const [installation] = app.sources.installations()
  if (!installation) throw new Error('no workspace in the list')
  return installation
}

function botOf({ id }: InstallationView): SecretRef {
  return { of: 'credential', installationId: id, credentialId: 'bot' }
}

/** Writes the secret to `.env` in the home folder, after a preview. */
async function write(app: App, ref: SecretRef, path: string) {
  app.chosen.path = path
  const file = await app.handlers['sharing/choose-env-file'](ref)
  const preview = await app.handlers['sharing/preview-write'](
    ref,
    file?.id ?? '',
    'SLACK_BOT_TOKEN',
  )
  return app.handlers['sharing/write'](preview.id, { addToGitignore: false })
}

describe('the main job, from the first door to the env file', () => {
  it('goes through, outlives a restart, and leaves no secret but in the env file', async () => {
    const place = await openPlace()
    const { watch, clipboard, home } = place
    const envFile = join(home, '.env')
    writeFileSync(envFile, 'A=1\n')
    const first = await startApp(place)
    expect(first.vault.view).toMatchObject({ state: 'ready', protection: 'keyring' })
    const installation = await authorize(place, first)
    expect(installation).toMatchObject({ source: 'authorized', appName: 'Practice app' })
    expect(installation.credentials.map(({ kind, state }) => [kind, state])).toEqual([
      ['bot', 'working'],
      ['user', 'working'],
    ])
    expect(installation.credentials[0]?.masked).toMatch(/^xox.+…\w{4}$/)
    expect(first.sources.authorizations()).toMatchObject([{ state: { kind: 'done' } }])

    const ref = botOf(installation)
    const { value } = await first.handlers['sharing/reveal'](ref)
    await first.handlers['sharing/copy-line'](ref)
    expect(clipboard.text).toBe(`SLACK_BOT_TOKEN=${value}`)
    const { writeId } = await write(first, ref, envFile)
    expect(readFileSync(envFile, 'utf8')).toBe(`A=1\nSLACK_BOT_TOKEN=${value}\n`)
    await first.handlers['sharing/undo-write'](writeId)
    expect(readFileSync(envFile, 'utf8')).toBe('A=1\n')
    await write(first, ref, envFile)
    await first.close()
    expect(clipboard.text).toBe('')

    const second = await startApp(place)
    expect(second.sources.installations()).toEqual([installation])
    expect((await second.handlers['sharing/reveal'](ref)).value).toBe(value)
    // The practice Slack starts again with the first call that needs it.
    await second.handlers['workspaces/check'](installation.id)
    expect(second.sources.installations()[0]?.credentials[0]?.state).toBe('working')
    second.desk.snapshot()
    await second.close()

    // Bot, user, their refresh tokens, the client secret, the code and the state.
    expect(watch.secrets.has(value)).toBe(true)
    expect(watch.secrets.size).toBeGreaterThanOrEqual(7)
    const places = {
      files: filesIn(place.dataFolder).map(({ text }) => text),
      log: watch.logged,
      page: watch.page,
      addresses: watch.addresses,
    }
    for (const [name, texts] of Object.entries(places)) {
      expect(texts.length, name).toBeGreaterThan(0)
      const leaked = [...watch.secrets].filter((secret) =>
        texts.some((text) => text.includes(secret)),
      )
      expect(leaked.length, name).toBe(0)
    }
    expect(filesIn(home).map(({ path }) => path)).toEqual([envFile])
    expect(readFileSync(envFile, 'utf8')).toBe(`A=1\nSLACK_BOT_TOKEN=${value}\n`)
  })

  it('works the same by a passphrase where there is no keyring', async () => {
    const place = await openPlace()
    place.keyring.available = false
    const app = await startApp(place)
    expect(app.vault.view.state).toBe('choose-passphrase')
    await expect(app.handlers['practice/try']()).rejects.toMatchObject({ code: 'VAULT_LOCKED' })
    await app.handlers['vault/choose-passphrase']('four unrelated words')
    const installation = await authorize(place, app)
    await app.close()

    const again = await startApp(place)
    expect(again.vault.view).toMatchObject({ state: 'locked', protection: 'passphrase' })
    expect(again.desk.snapshot()).toMatchObject({ installations: [], slackApps: [] })
    await again.handlers['vault/unlock']('four unrelated words')
    expect(again.desk.snapshot().installations).toEqual([installation])
    for (const { path, text } of filesIn(place.dataFolder)) {
      expect(text.includes('four unrelated words'), path).toBe(false)
    }
  })

  it('shows the rest of a vault that was changed without its key, and sends no token', async () => {
    const place = await openPlace()
    const first = await startApp(place)
    const installation = await authorize(place, first)
    expect(first.desk.snapshot().vault.unreadableCount).toBe(0)
    await first.close()
    expect(first.sources.vault().unreadableCount).toBe(0)
    const file = join(place.dataFolder, 'vault.json')
    const json: { records: { id: string; meta: { environment?: object } }[] } = JSON.parse(
      readFileSync(file, 'utf8'),
    )
    for (const { id, meta } of json.records) {
      if (id !== installation.id) continue
      meta.environment = { kind: 'custom', baseUrl: 'https://localhost.example' }
    }
    writeFileSync(file, JSON.stringify(json))

    const second = await startApp(place)
    const { vault, installations, slackApps } = second.desk.snapshot()
    expect(vault).toMatchObject({ state: 'ready', recovery: null, unreadableCount: 1 })
    expect([installations.length, slackApps.length]).toEqual([0, 1])
    const seen = place.watch.addresses.length
    for (const call of [
      second.handlers['workspaces/check'](installation.id),
      second.handlers['sharing/reveal'](botOf(installation)),
    ]) {
      await expect(call).rejects.toMatchObject({ code: 'VAULT_RECORD_DAMAGED' })
    }
    expect(place.watch.addresses.slice(seen)).toEqual([])
  })

  it('takes a Cancel in the browser, and authorizes the same workspace again into one', async () => {
    const place = await openPlace()
    const app = await startApp(place)
    const installation = await authorize(place, app)
    const begin = () =>
      app.handlers['workspaces/authorize'](installation.slackAppId ?? '', installation.id)
    const { authorizationId } = await begin()
    expect(await answerConsent(place, app.opened.at(-1) ?? '', 'cancel')).toContain('cancelled')
    expect(app.sources.authorizations().find(({ id }) => id === authorizationId)).toMatchObject({
      state: { kind: 'failed', failure: { code: 'OAUTH_ACCESS_DENIED' } },
    })
    const before = await app.handlers['sharing/reveal'](botOf(installation))
    await app.handlers['authorizations/try-again'](authorizationId)
    expect(await answerConsent(place, app.opened.at(-1) ?? '')).toContain('Auth complete')
    expect(app.sources.installations().map(({ id }) => id)).toEqual([installation.id])
    const after = await app.handlers['sharing/reveal'](botOf(installation))
    expect(after.value).not.toBe(before.value)
  })

  it('registers one practice app, however often the door is used', async () => {
    const place = await openPlace()
    const app = await startApp(place)
    await Promise.all([app.handlers['practice/try'](), app.handlers['practice/try']()])
    await app.handlers['practice/try']()
    expect(app.sources.slackApps().map(({ name }) => name)).toEqual(['Practice app'])
    expect(app.sources.authorizations()).toHaveLength(3)
  })

  it('revokes at Slack and forgets here', async () => {
    const place = await openPlace()
    const app = await startApp(place)
    const { id } = await authorize(place, app)
    expect(await app.handlers['workspaces/revoke'](id, ['bot'])).toEqual({
      revoked: 1,
      failures: [],
    })
    await expect(app.handlers['workspaces/check'](id)).rejects.toMatchObject({
      code: 'SLACK_REFUSED',
    })
    expect(app.sources.installations()[0]?.credentials[0]?.state).toBe('revoked')
    await app.handlers['workspaces/remove'](id)
    expect(app.sources.installations()).toEqual([])
  })
})

describe('a Slack app', () => {
  it('has its pages opened, its redirect URLs and its lines copied', async () => {
    const place = await openPlace()
    const app = await startApp(place)
    const installation = await authorize(place, app)
    const slackAppId = installation.slackAppId ?? ''
    await app.handlers['slack-apps/open-page'](slackAppId, 'oauth')
    const page = `http://localhost:17870/apps/${installation.appId}/oauth`
    expect(app.opened.at(-1)).toBe(page)
    const environment = { kind: 'custom', baseUrl: 'https://slack.example' } as const
    await app.handlers['slack-apps/copy-redirect-urls']('https', 1, environment)
    expect(place.clipboard.text).toBe('https://localhost:17872/callback-slack.example')
    await app.handlers['slack-apps/copy-redirect-urls']('pkce', null, { kind: 'slack' })
    expect(place.clipboard.text.split('\n')).toHaveLength(3)
    const { variables } = await app.handlers['sharing/copy-app-lines'](slackAppId)
    expect(variables).toEqual(['SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET', 'SLACK_BOT_SCOPE'])
    expect(place.clipboard.text).toContain('SLACK_BOT_SCOPE=app_mentions:read,channels:history')
  })

  it('that is changed shows its workspaces anew', async () => {
    const place = await openPlace()
    const app = await startApp(place)
    const { slackAppId } = await authorize(place, app)
    const told: string[] = []
    app.changes.listen((slice) => told.push(slice))
    const [entry] = app.sources.slackApps()
    if (!entry || slackAppId === null) throw new Error('no Slack app')
    const { clientId, flow, strategy, userScopes } = entry
    await app.handlers['slack-apps/update'](slackAppId, {
      ...{ name: 'Renamed', environment: entry.environment.ref, clientId, flow, strategy },
      ...{ clientSecret: null, signingSecret: null, verificationToken: null, redirectUrl: null },
      ...{ botScopes: [...entry.botScopes, 'files:read'], userScopes, optionalScopes: [] },
    })
    expect(told).toEqual(['slackApps', 'installations'])
    expect(app.sources.installations()).toMatchObject([
      { appName: 'Renamed', drift: { missing: [{ side: 'bot', scope: 'files:read' }] } },
    ])
  })
})

describe('an import', () => {
  it('takes a file into the vault, and shows no secret of it', async () => {
    const place = await openPlace()
    const app = await startApp(place)
    const installation = await authorize(place, app)
    const { value } = await app.handlers['sharing/reveal'](botOf(installation))
    const file = join(place.home, 'tokens.env')
    const appToken = ['xapp', '1', 'A0PLACE', '1'.repeat(12), 'p'.repeat(64)].join('-')
    writeFileSync(file, `SLACK_BOT_TOKEN=${value}\nSLACK_APP_TOKEN=${appToken}\n`)
    app.chosen.path = file
    const draft = await app.handlers['import/choose-file']({ kind: 'practice' })
    if (!draft) throw new Error('no draft')
    const checked = await app.handlers['import/check'](draft.id)
    expect(checked.findings.map(({ check }) => check.kind)).toEqual(['works', 'cannot-be-checked'])
    const choices = checked.findings.map(({ id }) => ({ id, as: null }))
    const answer = await app.handlers['import/store'](draft.id, choices, { kind: 'found' })
    expect(answer).toEqual({
      installationId: installation.id,
      stored: 2,
      configurationTokens: 0,
    })
    const [merged] = app.sources.installations()
    expect(merged?.credentials.map(({ kind }) => kind)).toEqual(['bot', 'user', 'app'])
    await app.close()
    const seen = [...place.watch.page, ...place.watch.logged].join('\n')
    for (const secret of [value, appToken]) expect(seen.includes(secret)).toBe(false)
    for (const { path, text } of filesIn(place.dataFolder)) {
      expect(text.includes(appToken), path).toBe(false)
    }
  })
})

describe('a lock', () => {
  it('forgets what was pasted, previewed, written and copied, and shows nothing', async () => {
    const place = await openPlace()
    const app = await startApp(place)
    const installation = await authorize(place, app)
    const ref = botOf(installation)
    const { writeId } = await write(app, ref, join(place.home, '.env'))
    await place.clipboard.writeText((await app.handlers['sharing/reveal'](ref)).value)
    const draft = await app.handlers['import/read-clipboard']({ kind: 'practice' })
    await app.handlers['sharing/copy-line'](ref)
    expect([place.clipboard.isMarked, place.screen.isHidden]).toEqual([true, true])

    await app.handlers['vault/lock']()
    expect(place.clipboard.text).toBe('')
    expect(place.screen.isHidden).toBe(false)
    expect(app.desk.snapshot()).toMatchObject({
      vault: { state: 'locked' },
      ...{ slackApps: [], installations: [], authorizations: [] },
    })
    await expect(app.handlers['sharing/reveal'](ref)).rejects.toMatchObject({
      code: 'VAULT_LOCKED',
    })

    await app.handlers['vault/unlock'](null)
    await expect(app.handlers['sharing/undo-write'](writeId)).rejects.toMatchObject({
      code: 'ENV_NOTHING_TO_UNDO',
    })
    await expect(app.handlers['import/check'](draft.id)).rejects.toMatchObject({
      code: 'IMPORT_NOT_FOUND',
    })
    expect(app.desk.snapshot().installations).toEqual([installation])
  })
})

describe('the start', () => {
  it('removes what a killed write left behind', async () => {
    const place = await openPlace()
    const left = join(place.home, `.tokendesk-${'0'.repeat(16)}.tmp`)
    await openTempJournal(join(place.dataFolder, 'pending-writes')).record(left)
    writeFileSync(left, 'SLACK_BOT_TOKEN=left-behind')
    await startApp(place)
    expect(existsSync(left)).toBe(false)
  })

  it('closes at once while an authorization waits, and frees its port', async () => {
    const place = await openPlace()
    const app = await startApp(place)
    await app.handlers['practice/try']()
    const { port } = app.sources.authorizations()[0] ?? {}
    await app.close()
    expect(await isFree(port ?? 0)).toBe(true)
  })
})
