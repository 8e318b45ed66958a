import { expect, type Locator, test } from 'playwright/test'
import { expectAccessible } from './support/axe.ts'
import { type Desk, launchDesk, removeFolder, temporaryFolder } from './support/desk.ts'
import { pasteTokens } from './support/import-token.ts'
import { expectFocus } from './support/keys.ts'
import { addSlackApp, openNewApp, openSlackApps } from './support/slack-apps.ts'
import { openTestSlack, type TestSlack } from './support/test-slack.ts'

test.describe.configure({ timeout: 180_000 })

test.describe('axe finds nothing, and each dialog gives the focus back', () => {
  let slack: TestSlack
  let desk: Desk
  let home = ''

  test.beforeAll(async () => {
    slack = await openTestSlack()
    home = await temporaryFolder('user-home')
  })

  test.beforeEach(async () => {
    desk = await launchDesk({ env: { HOME: home } })
  })

  test.afterEach(async () => {
    await desk.close()
    await removeFolder(desk.profile)
  })

  test.afterAll(async () => {
    await removeFolder(home)
    await slack.close()
  })

  const button = (name: string) => desk.page.getByRole('button', { name, exact: true })

  test('on a new app from a manifest, and the configuration tokens', async () => {
    const { page } = desk
    await openNewApp(page)
    await expectAccessible(desk, 'new app, empty')
    await button('Open prefilled in Slack').click()
    await expect(page.getByText('Give the app a name.')).toBeVisible()
    await expectAccessible(desk, 'new app, with problems')
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Made Here')
    await page.getByRole('radio', { name: 'Custom' }).check({ force: true })
    await page.getByRole('textbox', { name: 'Base URL' }).fill(slack.url)
    const scopes = page.getByRole('combobox', { name: 'Bot scopes' })
    await scopes.fill('chat:write')
    await scopes.press('Enter')
    await page.getByRole('radio', { name: 'YAML' }).check({ force: true })
    await button('Open prefilled in Slack').click()
    await expect(page.getByText('Slack’s page is open with this manifest')).toBeVisible()
    await expectAccessible(desk, 'new app, Slack’s page open')
    await button('Cancel').click()

    await openSlackApps(page)
    await importConfigurationToken()
    const manage = button('Manage')
    await openByKey(manage, page.getByRole('dialog', { name: 'Configuration tokens' }))
    await expectAccessible(desk, 'configuration tokens')
    const remove = button('Remove…')
    const asked = page.getByRole('alertdialog')
    await openByKey(remove, asked)
    await expectAccessible(desk, 'configuration tokens, removing one')
    await closeByKey(asked, remove)
    await closeByKey(page.getByRole('dialog'), manage)

    await openNewApp(page)
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Made Here')
    await page.getByRole('radio', { name: 'Custom' }).check({ force: true })
    await page.getByRole('textbox', { name: 'Base URL' }).fill(slack.url)
    await scopes.fill('chat:write')
    await scopes.press('Enter')
    await page.getByRole('checkbox', { name: 'Token rotation' }).check({ force: true })
    const create = button('Create on Slack…')
    await openByKey(create, asked)
    await expectAccessible(desk, 'new app, asking about rotation')
    await closeByKey(asked, create)
    await create.click()
    await asked.getByRole('button', { name: 'Create on Slack' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Made Here' })).toBeVisible()
    await expect(page.locator(':focus')).toHaveCount(1)
    await expectAccessible(desk, 'Slack app that was made here')
  })

  test('on the parts of a Slack app’s page', async () => {
    const { page } = desk
    const app = await slack.register('Deploy Bot')
    await addSlackApp(desk, app)
    await part('Scopes')
    await expectAccessible(desk, 'Slack app, scopes')
    await part('Manifest')
    await expect(page.getByText('Slack changes apps only with a configuration token')).toBeVisible()
    await expectAccessible(desk, 'Slack app, manifest without a token')
    await importConfigurationToken()
    await page.getByRole('option', { name: app.name }).click()
    await part('Manifest')
    const editor = page.getByRole('textbox', { name: /manifest/i })
    await expect(editor).toHaveValue(/chat:write/)
    await editor.fill('{ "display_information": ')
    await expect(page.getByText(/^1 problem/)).toBeVisible()
    await expectAccessible(desk, 'Slack app, manifest with a problem')
  })

  test('on Settings → Certificate and its dialogs', async () => {
    const { page } = desk
    await addSlackApp(desk, await slack.register('Deploy Bot'))
    await page.keyboard.press('ControlOrMeta+5')
    await page.getByRole('button', { name: 'Certificate' }).click()
    const trust = button('Trust Token Desk’s certificate…')
    await expect(trust).toBeVisible()
    await expectAccessible(desk, 'certificate, not trusted')
    const dialog = page.getByRole('dialog')
    await openByKey(trust, dialog)
    await expectAccessible(desk, 'certificate, trusting it')
    await closeByKey(dialog, trust)
    await trust.click()
    await dialog.getByRole('button', { name: 'Trust certificate' }).click()
    await expect(page.getByText('The certificate is trusted.')).toBeVisible()
    await expect(dialog).toHaveCount(0)
    await expectFocus(page, trust)
    await expectAccessible(desk, 'certificate, trusted')
    const untrust = button('Stop trusting it…')
    await openByKey(untrust, dialog)
    await expectAccessible(desk, 'certificate, not trusting it any more')
    await closeByKey(dialog, untrust)
  })

  async function importConfigurationToken(): Promise<void> {
    const { token, refreshToken } = await slack.configurationToken()
    const block = `SLACK_CONFIG_TOKEN=${token}\nSLACK_CONFIG_REFRESH_TOKEN=${refreshToken}`
    const dialog = await pasteTokens(desk, block, { baseUrl: slack.url })
    await dialog.getByRole('button', { name: 'Import 2 secrets' }).click()
    await expect(desk.page.getByText(/^Configuration token valid/)).toBeVisible()
  }

  async function part(name: string): Promise<void> {
    await desk.page.getByRole('radio', { name, exact: true }).check({ force: true })
  }

  async function openByKey(opener: Locator, dialog: Locator): Promise<void> {
    await opener.focus()
    await desk.page.keyboard.press('Enter')
    await expect(dialog).toBeVisible()
  }

  async function closeByKey(dialog: Locator, opener: Locator): Promise<void> {
    await desk.page.keyboard.press('Escape')
    await expect(dialog).toHaveCount(0)
    await expectFocus(desk.page, opener)
  }
})
