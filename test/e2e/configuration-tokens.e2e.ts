import { expect, type Locator, test } from 'playwright/test'
import { openBrowser, type TestBrowser } from './support/browser.ts'
import {
  type ConfigurationPair,
  generateConfigurationToken,
  importConfigurationToken,
} from './support/configuration-token.ts'
import { type Desk, launchDesk, removeFolder } from './support/desk.ts'
import { pasteTokens } from './support/import-token.ts'
import { openSlackApps } from './support/slack-apps.ts'
import { openTestSlack, type TestSlack } from './support/test-slack.ts'

test.describe('a configuration token', () => {
  test.describe.configure({ mode: 'serial' })
  let slack: TestSlack
  let desk: Desk
  let browser: TestBrowser
  let pair: ConfigurationPair

  test.beforeAll(async () => {
    slack = await openTestSlack()
    desk = await launchDesk()
    browser = await openBrowser(null)
    pair = await generateConfigurationToken(browser, slack.url)
  })

  test.afterAll(async () => {
    await browser.close()
    await desk.close()
    await removeFolder(desk.profile)
    await slack.close()
  })

  test('is pasted with its refresh token, and its kind is asked', async () => {
    const lines = `${pair.token}\n${pair.refreshToken}\n`
    const dialog = await pasteTokens(desk, lines, { baseUrl: slack.url })
    await expect(dialog.getByText('Slack writes both kinds alike. Which one is it?')).toBeVisible()
    await expect(dialog.getByText('Needs its configuration token')).toBeVisible()
    const act = dialog.getByRole('button', { name: /^Import \d secret/ })
    await expect(act).toBeDisabled()
    await expect(act).toHaveAccessibleDescription('Say first what kind of token it is.')
    await dialog.getByRole('radio', { name: 'Configuration token' }).check({ force: true })
    await expect(dialog.getByText('Goes with the configuration token')).toBeVisible()
    await dialog.getByRole('button', { name: 'Import 2 secrets' }).click()
    await expect(dialog).toHaveCount(0)
    await openSlackApps(desk.page)
    await expect(foot()).toBeVisible()
  })

  test('is copied and renewed under Manage', async () => {
    const dialog = await manage()
    await expect(token(dialog)).toContainText(/Valid for \d+ h/)
    const first = await copied(dialog)
    const before = slack.outcomes('tooling.tokens.rotate').length
    await dialog.getByRole('button', { name: 'Refresh now' }).click()
    await expect(desk.page.getByText('Configuration token refreshed.')).toBeVisible()
    expect(slack.outcomes('tooling.tokens.rotate').slice(before)).toEqual(['ok'])
    expect(await copied(dialog)).not.toBe(first)
    expect(await slack.ask('auth.test', await copied(dialog))).toBe('ok')
    expect(await token(dialog).innerText()).not.toContain(pair.token)
    await closeDialog(dialog)
  })

  test('is removed under Manage, and the app says what it lacks', async () => {
    const { page } = desk
    const dialog = await manage()
    await dialog.getByRole('button', { name: 'Remove…' }).click()
    const question = page.getByRole('alertdialog', { name: /Remove the configuration token of/ })
    await expect(question).toContainText('It is deleted here, with its refresh token.')
    await question.getByRole('button', { name: 'Remove' }).click()
    await expect(question).toHaveCount(0)
    await expect(token(dialog)).toHaveCount(0)
    await closeDialog(dialog)
    await expect(page.getByText('No configuration token', { exact: true })).toBeVisible()
  })

  test('that Slack does not renew says so, and another takes its place', async () => {
    const { page } = desk
    await importConfigurationToken(desk, slack.url, await generate())
    await expect(foot()).toBeVisible()
    slack.failNext('tooling.tokens.rotate', { error: 'invalid_refresh_token' })
    const dialog = await manage()
    await dialog.getByRole('button', { name: 'Refresh now' }).click()
    const problem = dialog.getByRole('alert')
    await expect(problem).toContainText('The configuration token could not be renewed')
    await expect(problem).toContainText('Make a new pair on Slack’s page of apps')
    await dialog.getByRole('button', { name: 'Close' }).last().click()
    await expect(page.getByRole('button', { name: 'Manage' })).toBeFocused()
    await expect(foot()).toHaveCount(0)
    await importConfigurationToken(desk, slack.url, await generate())
    await expect(foot()).toBeVisible()
  })

  function generate(): Promise<ConfigurationPair> {
    return generateConfigurationToken(browser, slack.url)
  }

  function foot(): Locator {
    return desk.page.getByText(/^Configuration token valid for \d+ h$/)
  }

  function token(dialog: Locator): Locator {
    return dialog.getByRole('group', { name: 'Practice Studio' })
  }

  async function copied(dialog: Locator): Promise<string> {
    await desk.setClipboardText('')
    await token(dialog)
      .getByRole('button', { name: /^Cop(y env line|ied)$/ })
      .click()
    await expect.poll(() => desk.clipboardText()).toMatch(/^SLACK_CONFIG_TOKEN=xoxe\.xoxp-1-/)
    return (await desk.clipboardText()).replace(/^\w+=/, '')
  }

  async function closeDialog(dialog: Locator): Promise<void> {
    await dialog.getByRole('button', { name: 'Close' }).last().click()
    await expect(dialog).toHaveCount(0)
  }

  async function manage(): Promise<Locator> {
    await desk.page.getByRole('button', { name: 'Manage' }).click()
    const dialog = desk.page.getByRole('dialog', { name: 'Configuration tokens' })
    await expect(dialog).toBeVisible()
    return dialog
  }
})
