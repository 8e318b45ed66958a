import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { EnvironmentRef } from '../../main/contract/views.ts'
import { makePracticeConfigurationToken } from '../../main/practice/find-practice.ts'
import { type App, filesIn, openPlace, type Place, startApp } from './rooms-fixture.ts'
import { formOf } from './workspaces/manifests/manifests-fixture.ts'

const PRACTICE: EnvironmentRef = { kind: 'practice' }

/** The practice Slack runs, and a pair of its configuration tokens is imported from the clipboard. */
async function importPair(place: Place, app: App): Promise<void> {
  await app.handlers['practice/try']()
  const url = `http://localhost:${place.practicePort}`
  const { token, refreshToken } = await makePracticeConfigurationToken(url, fetch)
  for (const secret of [token, refreshToken]) place.watch.secrets.add(secret.expose())
  await place.clipboard.writeText(
    `SLACK_CONFIG_TOKEN=${token.expose()}\nSLACK_CONFIG_REFRESH_TOKEN=${refreshToken.expose()}\n`,
  )
  const draft = await app.handlers['import/read-clipboard'](PRACTICE)
  const chosen = draft.findings.map(({ id }) => ({ id, as: 'configuration' as const }))
  const stored = await app.handlers['import/store'](draft.id, chosen, { kind: 'found' })
  expect(stored).toMatchObject({ installationId: null, configurationTokens: 1 })
}

async function createApp(app: App, name: string) {
  const form = formOf({ environment: PRACTICE, name })
  const { json } = await app.handlers['manifests/draft'](form)
  return app.handlers['manifests/create'](PRACTICE, json)
}

describe('apps made from manifests, through the calls of the page', () => {
  it('go from an imported pair to an install link, and leave no secret outside the vault', async () => {
    const place = await openPlace()
    const { watch, clipboard } = place
    const first = await startApp(place)
    await importPair(place, first)
    expect(first.sources.configurationTokens()).toMatchObject([
      { state: 'working', canRefresh: true, environment: { label: 'Practice' } },
    ])
    const made = await createApp(first, 'Made Here')
    if (made.kind !== 'created') throw new Error('refused')
    await first.handlers['slack-apps/copy-install-link'](made.slackAppId, 'add-to-slack')
    const button = await clipboard.readText()
    expect(button).toContain('http://localhost:17870/oauth/v2/authorize?client_id=')
    await first.close()

    const second = await startApp(place)
    const exported = await second.handlers['manifests/export'](made.slackAppId)
    const edited = exported.json.replace('Made Here', 'Made There')
    const comparison = await second.handlers['manifests/compare'](made.slackAppId, edited)
    const { slackAppId } = made
    expect(
      await second.handlers['manifests/update'](slackAppId, edited, comparison.id),
    ).toMatchObject({ kind: 'updated', permissionsUpdated: false })
    const secrets = [...watch.secrets].filter((secret) => secret !== '')
    expect(secrets.length).toBeGreaterThan(4)
    const seen = [...watch.page, ...watch.logged, ...watch.addresses, button].join('\n')
    const onDisk = filesIn(place.dataFolder)
      .map(({ text }) => text)
      .join('\n')
    for (const secret of secrets) {
      expect(seen).not.toContain(secret)
      expect(onDisk).not.toContain(secret)
    }
  })

  it('are sealed before a lock that was asked for meanwhile', async () => {
    const place = await openPlace()
    const app = await startApp(place)
    await importPair(place, app)
    const [token] = app.sources.configurationTokens()
    const held = holdAnswers('apps.manifest.create', 'tooling.tokens.rotate')
    const creating = createApp(app, 'Just Before')
    const refreshing = app.handlers['configuration-tokens/refresh'](token?.id ?? '')
    await expect.poll(held.count).toBe(2)
    const locking = app.handlers['vault/lock']()
    // Time enough for a lock that waits for nothing.
    for (let turn = 0; turn < 50; turn += 1) await new Promise((go) => setImmediate(go))
    expect(app.vault.view.state).toBe('ready')
    held.release()
    await locking
    expect(app.vault.view.state).toBe('locked')
    expect(await creating).toMatchObject({ kind: 'created', isUnfinished: false })
    await refreshing
    await app.handlers['vault/unlock'](null)
    expect(app.sources.slackApps().map(({ name }) => name)).toContain('Just Before')
    // The pair that came last is the one that works.
    await app.handlers['configuration-tokens/refresh'](token?.id ?? '')
    expect(await createApp(app, 'Just After')).toMatchObject({ kind: 'created' })
  })

  it('are sealed when they begin while the lock waits for a token', async () => {
    const place = await openPlace()
    const app = await startApp(place)
    await importPair(place, app)
    const [token] = app.sources.configurationTokens()
    const rotation = holdAnswers('tooling.tokens.rotate')
    const refreshing = app.handlers['configuration-tokens/refresh'](token?.id ?? '')
    await expect.poll(rotation.count).toBe(1)
    const locking = app.handlers['vault/lock']()
    for (let turn = 0; turn < 50; turn += 1) await new Promise((go) => setImmediate(go))
    const creation = holdAnswers('apps.manifest.create')
    const creating = createApp(app, 'Begun Late')
    await expect.poll(creation.count).toBe(1)
    rotation.release()
    await refreshing
    for (let turn = 0; turn < 50; turn += 1) await new Promise((go) => setImmediate(go))
    expect(app.vault.view.state).toBe('ready')
    creation.release()
    await locking
    expect(await creating).toMatchObject({ kind: 'created', isUnfinished: false })
    expect(app.vault.view.state).toBe('locked')
  })
})

/** Keeps Slack's answers to these methods back until they are let go. */
function holdAnswers(...methods: readonly string[]) {
  const send = globalThis.fetch
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  let count = 0
  vi.stubGlobal('fetch', async (...asked: Parameters<typeof fetch>) => {
    const response = await send(...asked)
    if (methods.some((method) => String(asked[0]).endsWith(method))) {
      count += 1
      await released
    }
    return response
  })
  onTestFinished(() => void vi.unstubAllGlobals())
  return { count: () => count, release: () => release() }
}
