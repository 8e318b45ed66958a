import { expect, type Locator, test } from 'playwright/test'
import { allowInBrowser } from './support/consent.ts'
import { type Manifest, type ManifestRun, startManifestRun } from './support/manifest-run.ts'
import { createApp } from './support/new-app.ts'
import { authorizeWith, opened, openSlackApps } from './support/slack-apps.ts'

/** Fields of a manifest that nothing here knows. */
const UNKNOWN = { is_mcp_enabled: true, siws_links: { initiate_uri: 'https://example.com/siws' } }

test.describe('the manifest of an app that is there', () => {
  test.describe.configure({ mode: 'serial' })
  let run: ManifestRun
  let appId: string

  test.beforeAll(async () => {
    run = await startManifestRun()
    const { desk, wire } = run
    appId = await createApp(desk.page, {
      name: 'Review Bot',
      baseUrl: wire.url,
      botScopes: ['chat:write'],
    })
    const url = await authorizeWith(desk, 'Review Bot')
    await allowInBrowser(await run.browser(), url, { workspace: 'Practice Studio' })
    await expect(heading('Practice Studio')).toBeVisible()
    await changeAtSlack((manifest) => ({
      ...manifest,
      settings: { ...settingsOf(manifest), ...UNKNOWN },
    }))
  })

  test.afterAll(async () => {
    await run.close()
  })

  test('comes from Slack with the fields that nobody here knows', async () => {
    const { page } = run.desk
    await openSlackApps(page)
    await page.getByRole('option', { name: /Review Bot/ }).click()
    await page.getByRole('radio', { name: 'Manifest' }).check({ force: true })
    await expect(
      page.getByText('What Token Desk knows of this app. Slack may have more.'),
    ).toBeVisible()
    await expect(editor()).toHaveValue(/chat:write/)
    await expect(editor()).not.toHaveValue(/is_mcp_enabled/)
    await page.getByRole('button', { name: 'Get it from Slack' }).click()
    await expect(page.getByText('As Slack has it.')).toBeVisible()
    await expect(editor()).toHaveValue(/"is_mcp_enabled": true/)
  })

  test('is compared with Ctrl S, and the difference is shown', async () => {
    const { page } = run.desk
    await edit((manifest) => withScope(manifest, 'reactions:write'))
    await expect(page.getByText(/^\d changes?$/)).toBeVisible()
    await page.keyboard.press('ControlOrMeta+s')
    const dialog = page.getByRole('dialog', { name: 'Compared with Slack' })
    await expect(dialog.getByText('"reactions:write"')).toBeVisible()
    await expect(dialog.getByText('2 lines added, 1 removed')).toBeVisible()
    await dialog.getByRole('button', { name: 'Close' }).last().click()
    await expect(dialog).toHaveCount(0)
    expect(run.slack.outcomes('apps.manifest.update')).toEqual(['ok'])
  })

  test('is not sent over what changed at Slack meanwhile', async () => {
    const { page } = run.desk
    await page.getByRole('button', { name: 'Update on Slack…' }).click()
    const dialog = updateDialog()
    await expect(dialog.getByText('"reactions:write"')).toBeVisible()
    await changeAtSlack((manifest) => ({
      ...manifest,
      display_information: { name: 'Review Bot', description: 'By another' },
    }))
    const before = run.slack.outcomes('apps.manifest.update').length
    await dialog.getByRole('button', { name: 'Update on Slack' }).click()
    await expect(dialog.getByText('The manifest was changed at Slack')).toBeVisible()
    await expect(dialog.getByText(/^Nothing was sent\./)).toBeVisible()
    expect(run.slack.outcomes('apps.manifest.update')).toHaveLength(before)
    await dialog.getByRole('button', { name: 'Compare again' }).click()
    await expect(dialog.getByText('"description": "By another"')).toBeVisible()
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await expect(dialog).toHaveCount(0)
  })

  test('is updated, and keeps what nobody here knows', async () => {
    const { page } = run.desk
    await page.getByRole('button', { name: 'Get it from Slack' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Replace' }).click()
    await expect(editor()).toHaveValue(/By another/)
    await edit((manifest) => withScope(manifest, 'reactions:write'))
    await page.getByRole('button', { name: 'Update on Slack…' }).click()
    await updateDialog().getByRole('button', { name: 'Update on Slack' }).click()
    await expect(page.getByText('Review Bot updated on Slack.')).toBeVisible()
    await expect(page.getByText('Scopes changed. 1 workspace needs a reinstall.')).toBeVisible()
    const there = await run.export(appId)
    expect(there.settings).toMatchObject(UNKNOWN)
    expect(there.display_information).toMatchObject({ description: 'By another' })
    expect(there.oauth_config).toMatchObject({
      scopes: { bot: ['chat:write', 'reactions:write'] },
    })
  })

  test('leads to the workspace that lacks the scope, and one click reinstalls', async () => {
    const { page } = run.desk
    await page.getByRole('button', { name: 'Show workspace' }).click()
    await expect(heading('Practice Studio')).toBeVisible()
    await expect(page.getByText('1 scope of Review Bot is missing')).toBeVisible()
    const reinstall = page.getByRole('button', { name: 'Reinstall to add reactions:write' })
    const url = await opened(run.desk, () => reinstall.click())
    await allowInBrowser(await run.browser(), url, { workspace: 'Practice Studio' })
    await expect(heading('Practice Studio')).toBeVisible()
    await expect(page.getByText(/is missing/)).toHaveCount(0)
    await expect(page.locator('.scope-chip', { hasText: 'reactions:write' })).toBeVisible()
  })

  test('that Slack refuses says which lines are wrong, and changes nothing', async () => {
    const { page } = run.desk
    const there = await run.export(appId)
    await openSlackApps(page)
    await page.getByRole('option', { name: /Review Bot/ }).click()
    await page.getByRole('radio', { name: 'Manifest' }).check({ force: true })
    await expect(editor()).toHaveValue(/reactions:write/)
    await edit((manifest) => ({
      ...manifest,
      settings: { ...settingsOf(manifest), event_subscriptions: { bot_events: ['app_mention'] } },
    }))
    await page.getByRole('button', { name: 'Update on Slack…' }).click()
    await updateDialog().getByRole('button', { name: 'Update on Slack' }).click()
    await expect(page.getByText('Slack refused the manifest')).toBeVisible()
    const line =
      (await editor().inputValue()).split('\n').findIndex((one) => one.includes('app_mention')) + 1
    await expect(page.getByText(`Line ${line}: needs the scope app_mentions:read`)).toBeVisible()
    expect(await run.export(appId)).toEqual(there)
  })

  test('leaves no secret in the page, in the vault file or in what the app writes', async () => {
    const { secretCount, leaks } = await run.search()
    expect(leaks).toEqual([])
    expect(secretCount).toBeGreaterThan(8)
  })

  /** As another program would, with the same token. */
  async function changeAtSlack(change: (manifest: Manifest) => Manifest): Promise<void> {
    const manifest = JSON.stringify(change(await run.export(appId)))
    await run.call('apps.manifest.update', { app_id: appId, manifest })
  }

  /** Types another manifest into the editor. */
  async function edit(change: (manifest: Manifest) => Manifest): Promise<void> {
    const manifest: Manifest = JSON.parse(await editor().inputValue())
    await editor().fill(JSON.stringify(change(manifest), null, 2))
  }

  function editor(): Locator {
    return run.desk.page.getByRole('textbox', { name: 'Manifest', exact: true })
  }

  function updateDialog(): Locator {
    return run.desk.page.getByRole('dialog', { name: 'Update Review Bot on Slack?' })
  }

  function heading(name: string): Locator {
    return run.desk.page.getByRole('heading', { level: 1, name })
  }
})

function settingsOf(manifest: Manifest): object {
  return manifest.settings as object
}

function withScope(manifest: Manifest, scope: string): Manifest {
  const config = manifest.oauth_config as { scopes: { bot: string[] } }
  const scopes = { ...config.scopes, bot: [...config.scopes.bot, scope] }
  return { ...manifest, oauth_config: { ...config, scopes } }
}
