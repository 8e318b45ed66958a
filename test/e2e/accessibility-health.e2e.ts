import { expect, test } from 'playwright/test'
import { expectAccessible } from './support/axe.ts'
import type { TestBrowser } from './support/browser.ts'
import { allowInBrowser, type Choice } from './support/consent.ts'
import { type Desk, launchDesk, removeFolder } from './support/desk.ts'
import { pasteTokens } from './support/import-token.ts'
import { issueBotToken } from './support/issue-token.ts'
import { expectFocus } from './support/keys.ts'
import { madeUp } from './support/made-up-secrets.ts'
import { trustingBrowser } from './support/main-job.ts'
import { addSlackApp, authorizeWith } from './support/slack-apps.ts'
import { openTestSlack, type TestSlack, type TestSlackApp } from './support/test-slack.ts'

test.describe.configure({ timeout: 180_000 })

test.describe('axe finds nothing', () => {
  let slack: TestSlack
  let desk: Desk
  let browser: TestBrowser | null = null

  test.beforeAll(async () => {
    slack = await openTestSlack()
    desk = await launchDesk()
  })

  test.afterAll(async () => {
    await browser?.close()
    await desk.close()
    await removeFolder(desk.profile)
    await slack.close()
  })

  const button = (name: string) => desk.page.getByRole('button', { name, exact: true })

  test('on the import of every kind, and on a file that was refused', async () => {
    const { page } = desk
    const bot = await issueBotToken(slack, await slack.register('Imported Bot'))
    const { token, refreshToken } = await slack.configurationToken()
    const block = [
      `SLACK_BOT_TOKEN=${bot}`,
      `SLACK_APP_TOKEN=${madeUp.appToken()}`,
      `SLACK_SIGNING_SECRET=${madeUp.hex()}`,
      `SLACK_VERIFICATION_TOKEN=${madeUp.verificationToken()}`,
      `SLACK_CLIENT_ID=${madeUp.clientId()}`,
      `SLACK_CLIENT_SECRET=${madeUp.hex()}`,
      `HOOK=${madeUp.webhook()}`,
      `TOKEN=${token}`,
      `SLACK_CONFIG_REFRESH_TOKEN=${refreshToken}`,
      `BROWSER=${madeUp.sessionToken()}`,
      `OLD=${['xoxa', '2', madeUp.hex()].join('-')}`,
      `UNKNOWN=${['xoxb', '1', madeUp.hex()].join('-')}`,
    ].join('\n')
    const dialog = await pasteTokens(desk, block, { baseUrl: slack.url })
    await expect(dialog.getByRole('listitem')).toHaveCount(12)
    await expect(dialog.getByText('Say first what kind of token it is.').first()).toBeVisible()
    await expectAccessible(desk, 'import, every kind')
    await dialog.getByRole('radio', { name: 'Configuration token' }).check({ force: true })
    await dialog.getByRole('radio', { name: 'A new workspace' }).check({ force: true })
    await dialog.getByRole('button', { name: /^Import \d secrets$/ }).click()
    await expect(dialog.getByText('Slack cannot tell the name. Give it one.')).toBeVisible()
    await expectAccessible(desk, 'import, without a name')
    await desk.answerFileDialog('/')
    await dialog.getByRole('button', { name: 'Choose file…' }).click()
    await expect(dialog.getByText('This is a folder')).toBeVisible()
    await expectAccessible(desk, 'import, a folder')
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await expect(page.getByRole('dialog')).toHaveCount(0)
  })

  test('on uninstalling, twice asked', async () => {
    const { page } = desk
    await connect(await slack.register('Leaves'), { workspace: 'Practice Studio' })
    const revoke = button('Revoke…')
    const asked = page.getByRole('alertdialog')
    await revoke.focus()
    await page.keyboard.press('Enter')
    await expect(asked).toBeVisible()
    await expectAccessible(desk, 'revoking')
    await button('Uninstall app…').click()
    await expect(page.getByRole('alertdialog', { name: /^Uninstall .* from/ })).toBeVisible()
    await expectAccessible(desk, 'uninstalling, first')
    await button('Uninstall…').click()
    await expect(page.getByRole('alertdialog', { name: /for everyone/ })).toBeVisible()
    await expectAccessible(desk, 'uninstalling, second')
    slack.failNext('apps.uninstall', { error: 'client_id_token_mismatch' })
    await asked.getByRole('checkbox').check({ force: true })
    await button('Uninstall Leaves').click()
    await expect(asked.getByRole('alert')).toContainText('client_id_token_mismatch')
    await expectAccessible(desk, 'uninstalling, refused')
    await page.keyboard.press('Escape')
    await expect(asked).toHaveCount(0)
    await expectFocus(page, revoke)
  })

  test('on an organization, on scopes that are missing, and while all are checked', async () => {
    const { page } = desk
    const whole = await slack.register('Org Bot', { orgDeploy: true })
    await connect(whole, { workspace: 'Practice Organization, all of it' })
    await expect(page.getByText('Practice North', { exact: true })).toBeVisible()
    await expectAccessible(desk, 'organization')

    const grows = await slack.register('Grows', { botScopes: ['chat:write', 'files:write'] })
    await connect({ ...grows, botScopes: ['chat:write'] }, { workspace: 'Practice Studio' })
    await page.keyboard.press('ControlOrMeta+2')
    await page.getByRole('option', { name: 'Grows' }).click()
    await button('Edit…').click()
    const scopes = page.getByRole('combobox', { name: 'Bot scopes' })
    await scopes.fill('files:write')
    await scopes.press('Enter')
    await button('Save changes').click()
    await page.keyboard.press('ControlOrMeta+1')
    await page.getByRole('option', { name: /Practice Studio.*Grows/ }).click()
    await expect(page.getByText('1 scope of Grows is missing')).toBeVisible()
    await expectAccessible(desk, 'a scope missing')

    slack.failNext('auth.test', { error: 'ratelimited', retryAfterSeconds: 600 })
    await button('Check all').focus()
    await page.keyboard.press('Enter')
    await expect(page.getByText(/^Slack asks to wait/)).toBeVisible()
    await expectFocus(page, button('Cancel'))
    await expectAccessible(desk, 'checking all, waiting')
    // In one pane the list went out of view with the focus in it.
    await button('Cancel').focus()
    await page.keyboard.press('Enter')
    await expect(page.getByText(/^Cancelled after/).first()).toBeVisible()
    await expectFocus(page, button('Check all'))
  })

  async function connect(app: TestSlackApp, choice: Choice): Promise<void> {
    await addSlackApp(desk, app)
    const url = await authorizeWith(desk, app.name)
    browser ??= await trustingBrowser(desk)
    await allowInBrowser(browser, url, choice)
    const { workspace = '' } = choice
    const name = workspace.replace(/, all of it$/, '')
    await expect(desk.page.getByRole('heading', { level: 1, name })).toBeVisible()
  }
})
