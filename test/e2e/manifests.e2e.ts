import { expect, test } from 'playwright/test'
import { allowInBrowser } from './support/consent.ts'
import { copiedToken, credential } from './support/main-job.ts'
import { type ManifestRun, startManifestRun } from './support/manifest-run.ts'
import { createByHand, fillNewApp, openedBy } from './support/new-app.ts'
import { authorizeWith, clientSecretField, openSlackApps } from './support/slack-apps.ts'

test.describe('a new app from a manifest', () => {
  test.describe.configure({ mode: 'serial' })
  let run: ManifestRun

  test.beforeAll(async () => {
    run = await startManifestRun()
  })

  test.afterAll(async () => {
    await run.close()
  })

  test('shows its manifest as JSON and YAML, and mends an unknown scope', async () => {
    const { page } = run.desk
    await fillNewApp(page, {
      name: 'Deploy Bot',
      baseUrl: run.wire.url,
      botScopes: ['chat:write', 'files:wirte'],
    })
    const preview = page.getByRole('textbox', { name: 'Manifest preview' })
    await expect(preview).toHaveValue(/"bot": \[\s+"chat:write",\s+"files:wirte"\s+\]/)
    await expect(preview).toHaveValue(/https:\/\/localhost:17871\/callback/)
    const warning = page.getByText(/^Line \d+: Token Desk does not know the scope files:wirte$/)
    await expect(warning).toBeVisible()
    await expect(page.getByText(/^Did you mean files:write\?/)).toBeVisible()
    await page.getByRole('radio', { name: 'YAML' }).check({ force: true })
    await expect(preview).toHaveValue(/bot:\n\s+- chat:write\n\s+- files:wirte\n/)
    await page.getByRole('button', { name: 'Use files:write' }).click()
    await expect(preview).toHaveValue(/- chat:write\n\s+- files:write\n/)
    await expect(page.getByText(/does not know the scope/)).toHaveCount(0)
    await expect(page.getByRole('combobox', { name: 'Bot scopes' })).toBeFocused()
  })

  test('is created at Slack with all its secrets, and authorizes a workspace', async () => {
    const { page } = run.desk
    await page.getByRole('button', { name: 'Create on Slack' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Deploy Bot' })).toBeVisible()
    for (const name of ['Client ID', 'Client secret', 'Signing secret', 'Verification token']) {
      await expect(credential(page, name)).toBeVisible()
      expect((await copiedToken(run.desk, name)).length, name).toBeGreaterThan(15)
    }
    const url = await authorizeWith(run.desk, 'Deploy Bot')
    await allowInBrowser(await run.browser(), url, { workspace: 'Practice Studio' })
    await expect(page.getByRole('heading', { level: 1, name: 'Practice Studio' })).toBeVisible()
    expect(await run.slack.ask('auth.test', await copiedToken(run.desk, 'Bot token'))).toBe('ok')
  })

  test('with PKCE is asked about twice before Slack is', async () => {
    const { page } = run.desk
    await fillNewApp(page, {
      name: 'Desk Helper',
      baseUrl: run.wire.url,
      userScopes: ['search:read'],
    })
    await page.getByRole('radio', { name: /^PKCE on http localhost/ }).check()
    await expect(
      page.getByText('Turning PKCE on cannot be undone. Only Slack’s support can.'),
    ).toBeVisible()
    const before = run.slack.outcomes('apps.manifest.create').length
    await page.getByRole('button', { name: 'Create on Slack…' }).click()
    const question = page.getByRole('alertdialog', { name: 'Create Desk Helper on Slack?' })
    await expect(question).toContainText('Turning PKCE on cannot be undone.')
    await question.getByRole('button', { name: 'Cancel' }).click()
    expect(run.slack.outcomes('apps.manifest.create')).toHaveLength(before)
    await page.getByRole('button', { name: 'Create on Slack…' }).click()
    await question.getByRole('button', { name: 'Create on Slack' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Desk Helper' })).toBeVisible()
    expect(run.slack.outcomes('apps.manifest.create').slice(before)).toEqual(['ok'])
    const url = await authorizeWith(run.desk, 'Desk Helper')
    await allowInBrowser(await run.browser(), url, { workspace: 'Practice Lab' })
    await expect(page.getByRole('heading', { level: 1, name: 'Practice Lab' })).toBeVisible()
  })

  test('that Slack refuses is not created, and says which lines are wrong', async () => {
    const { page } = run.desk
    const before = run.slack.outcomes('apps.manifest.create').length
    await fillNewApp(page, {
      name: 'Refused Bot',
      baseUrl: run.wire.url,
      botScopes: ['chat:write'],
    })
    run.wire.alterNext('apps.manifest.validate', () => ({
      ok: false,
      error: 'invalid_manifest',
      errors: [
        { message: 'is taken', pointer: '/display_information/name' },
        { message: 'must be another', pointer: '/oauth_config/redirect_urls/1' },
      ],
    }))
    await page.getByRole('button', { name: 'Create on Slack' }).click()
    await expect(page.getByText('Slack refused the manifest')).toBeVisible()
    await expect(page.getByText('Line 3: is taken')).toBeVisible()
    await expect(page.getByText(/^Line 14: must be another$/)).toBeVisible()
    expect(run.slack.outcomes('apps.manifest.create')).toHaveLength(before)
    await leave()
    await expect(page.getByRole('option', { name: /Refused Bot/ })).toHaveCount(0)
  })

  test('whose answer lacks secrets is kept with what came', async () => {
    const { page } = run.desk
    await fillNewApp(page, { name: 'Half Bot', baseUrl: run.wire.url, botScopes: ['chat:write'] })
    run.wire.alterNext('apps.manifest.create', ({ credentials, ...answer }) => {
      const { client_id, verification_token } = credentials as Record<string, string>
      return { ...answer, credentials: { client_id, verification_token } }
    })
    await page.getByRole('button', { name: 'Create on Slack' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Half Bot' })).toBeVisible()
    const notice = page.getByText('Slack created the app, but one step failed')
    await expect(notice).toBeVisible()
    await expect(
      page.getByText(/Copy the client secret and signing secret from Slack’s app settings/),
    ).toBeVisible()
    await expect(credential(page, 'Client ID')).toBeVisible()
    await expect(credential(page, 'Verification token')).toBeVisible()
    await expect(credential(page, 'Client secret')).toHaveCount(0)
    const url = await openedBy(run.desk, () =>
      page.getByRole('button', { name: 'Open app settings' }).first().click(),
    )
    expect(url).toMatch(/\/apps\/A\w+$/)
  })

  test('whose answer was cut off may be there, and is not created twice', async () => {
    const { page } = run.desk
    await fillNewApp(page, { name: 'Lost Bot', baseUrl: run.wire.url, botScopes: ['chat:write'] })
    const before = run.slack.outcomes('apps.manifest.create').length
    run.slack.failNext('apps.manifest.create', 'hang-up')
    await page.getByRole('button', { name: 'Create on Slack' }).click()
    const problem = page.getByRole('alert').filter({ hasText: 'but the app may be there' })
    await expect(problem).toContainText('Look at the list of apps on Slack’s page')
    await expect(page.getByRole('button', { name: 'Try again' })).toHaveCount(0)
    const url = await openedBy(run.desk, () =>
      problem.getByRole('button', { name: 'Open app settings' }).click(),
    )
    const apps = await (await run.browser()).open(url)
    await expect(apps.getByRole('link', { name: 'Lost Bot' })).toHaveCount(1)
    await apps.close()
    expect(run.slack.outcomes('apps.manifest.create').slice(before)).toEqual(['hang-up'])
    await leave()
  })

  test('without a configuration token is made on Slack’s prefilled page', async () => {
    const { page } = run.desk
    // The same Slack by its own address: the desk has no configuration token for that one.
    await fillNewApp(page, { name: 'By Hand', baseUrl: run.slack.url, botScopes: ['chat:write'] })
    await expect(page.getByText('Slack creates apps only with a configuration token')).toBeVisible()
    await expect(page.getByRole('button', { name: /^Create on Slack/ })).toHaveCount(0)
    const link = await openedBy(run.desk, () =>
      page.getByRole('button', { name: 'Open prefilled in Slack' }).click(),
    )
    expect(new URL(link).searchParams.get('new_app')).toBe('1')
    await expect(page.getByText('Slack’s page is open with this manifest')).toBeVisible()
    const made = await createByHand(await run.browser(), link)
    run.know('the client secret made by hand', made.clientSecret)

    await page.getByRole('button', { name: 'Add Slack app' }).click()
    await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('By Hand')
    await expect(page.getByRole('textbox', { name: 'Base URL' })).toHaveValue(run.slack.url)
    await expect(page.getByRole('list', { name: 'Chosen bot scopes' })).toHaveText('chat:write')
    await page.getByRole('textbox', { name: 'Client ID' }).fill(made.clientId)
    await clientSecretField(page).click()
    await page.keyboard.insertText(made.clientSecret)
    await page.getByRole('button', { name: 'Add Slack app' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'By Hand' })).toBeVisible()
    const url = await authorizeWith(run.desk, 'By Hand')
    await allowInBrowser(await run.browser(), url, { workspace: 'Practice Lab' })
    await expect(page.getByRole('heading', { level: 1, name: 'Practice Lab' })).toBeVisible()
  })

  test('leaves no secret in the page, in the vault file or in what the app writes', async () => {
    const { secretCount, leaks, files } = await run.search()
    expect(leaks).toEqual([])
    expect(secretCount).toBeGreaterThan(20)
    expect(files).toEqual(expect.arrayContaining(['/vault.json', '/logs/token-desk.log']))
  })

  /** Leaves the form without saving. */
  async function leave(): Promise<void> {
    const { page } = run.desk
    await openSlackApps(page)
    await page.getByRole('button', { name: 'Discard' }).click()
  }
})
