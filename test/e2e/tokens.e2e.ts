import { expect, type Locator, test } from 'playwright/test'
import type { TestBrowser } from './support/browser.ts'
import { allowInBrowser } from './support/consent.ts'
import { type Desk, launchDesk, removeFolder } from './support/desk.ts'
import { pasteTokens } from './support/import-token.ts'
import { copiedToken, credential, trustingBrowser } from './support/main-job.ts'
import { addSlackApp, authorizeWith, opened, openSlackApps } from './support/slack-apps.ts'
import { openTestSlack, type TestSlack, type TestSlackApp } from './support/test-slack.ts'

test.describe('what a user does with tokens', () => {
  let slack: TestSlack
  let desk: Desk
  let app: TestSlackApp
  let opening: TestBrowser | null = null

  test.beforeAll(async () => {
    slack = await openTestSlack()
    desk = await launchDesk()
    app = await slack.register('Deploy Bot')
    await addSlackApp(desk, app)
  })

  test.beforeEach(async () => {
    const before = slack.outcomes('auth.test').length
    const url = await authorizeWith(desk, app.name)
    opening ??= await trustingBrowser(desk)
    await allowInBrowser(opening, url)
    await expect(heading()).toBeVisible()
    await expect(credential(desk.page, 'Bot token')).toBeVisible()
    // The first check of both tokens, which nobody asked for: it must not count as a test's own.
    await expect.poll(() => slack.outcomes('auth.test').length).toBe(before + 2)
  })

  test.afterAll(async () => {
    await opening?.close()
    await desk.close()
    await removeFolder(desk.profile)
    await slack.close()
  })

  test('a token revoked at Slack is found out by a check, and authorized again', async () => {
    const { page } = desk
    expect(await slack.ask('auth.revoke', await copiedToken(desk, 'User token'))).toBe('ok')
    await page.getByRole('button', { name: 'Check token' }).click()
    const problem = page.getByRole('alert').filter({ hasText: 'This token no longer works' })
    await expect(problem).toContainText('It was revoked, or the app was removed.')
    const dead = credential(page, 'User token')
    await expect(dead.getByText('Revoked', { exact: true })).toBeVisible()
    await expect(dead.getByText('Slack: token_revoked')).toBeVisible()
    await expect(dead.getByRole('button', { name: 'Copy env line' })).toHaveCount(0)
    const again = dead.getByRole('button', { name: 'Authorize again' })
    await allowInBrowser(theBrowser(), await opened(desk, () => again.click()))
    await expect(dead.getByRole('button', { name: 'Copy env line' })).toBeVisible()
    await page.getByRole('button', { name: 'Check token' }).click()
    await expect(page.getByText('All 2 tokens work.')).toBeVisible()
  })

  test('Revoke… ends the ticked tokens at Slack and keeps the others', async () => {
    const { page } = desk
    const bot = await copiedToken(desk, 'Bot token')
    const user = await copiedToken(desk, 'User token')
    await page.getByRole('button', { name: 'Revoke…' }).click()
    const dialog = page.getByRole('alertdialog', { name: /Revoke tokens of Practice Studio/ })
    await expect(dialog).toContainText('This cannot be undone.')
    await expect(dialog).toContainText('This may end the whole installation')
    await expect(dialog.getByRole('button', { name: 'Revoke 2 tokens' })).toBeVisible()
    await dialog.getByRole('checkbox', { name: 'User token' }).uncheck()
    await dialog.getByRole('button', { name: 'Revoke 1 token' }).click()
    await expect(page.getByText('1 token of Practice Studio revoked.')).toBeVisible()
    await expect(credential(page, 'Bot token').getByText('Revoked', { exact: true })).toBeVisible()
    expect(await slack.ask('auth.test', bot)).toBe('token_revoked')
    expect(await slack.ask('auth.test', user)).toBe('ok')
  })

  test('Remove… forgets the workspace here, and the token works on', async () => {
    const { page } = desk
    const bot = await copiedToken(desk, 'Bot token')
    const before = slack.outcomes('auth.revoke').length
    await page.getByRole('button', { name: 'Remove…' }).click()
    const dialog = page.getByRole('alertdialog', { name: /Remove Practice Studio/ })
    await expect(dialog).toContainText('Slack is not told.')
    await dialog.getByRole('button', { name: 'Remove', exact: true }).click()
    await expect(page.getByText('Practice Studio removed.')).toBeVisible()
    await expect(row()).toHaveCount(0)
    expect(await slack.ask('auth.test', bot)).toBe('ok')
    expect(slack.outcomes('auth.revoke')).toHaveLength(before)
  })

  test('Reveal shows one value, and takes it away again', async () => {
    const { page } = desk
    const token = await copiedToken(desk, 'Bot token')
    const bot = credential(page, 'Bot token')
    const shown = page.getByText(token, { exact: true })
    const reveal = bot.getByRole('button', { name: 'Reveal' })
    await reveal.click()
    await expect(shown).toBeVisible()
    await bot.getByRole('button', { name: 'Hide now' }).click()
    await expectGone(token)

    await reveal.click()
    await expect(shown).toBeVisible()
    await openSlackApps(page)
    await expectGone(token)

    await page.getByRole('navigation').getByRole('button', { name: 'Workspaces' }).click()
    await row().click()
    await page.clock.install()
    await reveal.click()
    await expect(shown).toBeVisible()
    await page.clock.runFor(19_000)
    await expect(shown).toBeVisible()
    await page.clock.runFor(1_500)
    await expectGone(token)
    await page.clock.resume()
  })

  test('Import token checks with the chosen environment and stores', async () => {
    const { page } = desk
    const token = await copiedToken(desk, 'Bot token')
    const before = slack.outcomes('auth.test').length
    const text = `# from the settings page\nSLACK_BOT_TOKEN=${token}\n`
    const dialog = await pasteTokens(desk, text, { baseUrl: slack.url })
    await expect(dialog.getByText('2 lines pasted, hidden')).toBeVisible()
    await expect(dialog.getByText('Practice Studio')).toBeVisible()
    expect(slack.outcomes('auth.test').slice(before)).toEqual(['ok'])
    await dialog.getByRole('button', { name: 'Import 1 secret' }).click()
    await expect(page.getByText('1 secret imported.')).toBeVisible()
    await expect(heading()).toBeVisible()
    expect(await copiedToken(desk, 'Bot token')).toBe(token)
  })

  test('a browser session token is refused, alone and beside another, and sent nowhere', async () => {
    const token = await copiedToken(desk, 'Bot token')
    // Put together here: nothing in the repository looks like a live token.
    const session = ['xoxc', '1'.repeat(12), '2'.repeat(12), 'ab'.repeat(32)].join('-')
    const before = slack.outcomes('auth.test').length
    const alone = await pasteTokens(desk, session, { baseUrl: slack.url })
    await expect(alone.getByRole('alert')).toContainText('A browser session token was left out')
    await expect(alone.getByRole('alert')).toContainText('It has the full power of your account')
    await expect(alone.getByRole('checkbox')).toHaveCount(0)
    await alone.getByRole('button', { name: 'Cancel' }).click()
    await expect(alone).toHaveCount(0)
    expect(slack.outcomes('auth.test')).toHaveLength(before)

    const both = await pasteTokens(desk, `${session}\n${token}\n`, { baseUrl: slack.url })
    await expect(both.getByText('Browser session token', { exact: true })).toBeVisible()
    await expect(both.getByText('Practice Studio')).toBeVisible()
    await expect(both.getByRole('checkbox')).toHaveCount(1)
    await expect(both.getByRole('alert')).toContainText('A browser session token was left out')
    expect(await both.innerText()).not.toContain(session)
    await both.getByRole('button', { name: 'Cancel' }).click()
    expect(slack.outcomes('auth.test').slice(before)).toEqual(['ok'])
  })

  /** Not seen, and nowhere in the document either. */
  async function expectGone(token: string): Promise<void> {
    const text = () => desk.page.evaluate(() => document.documentElement.outerHTML)
    await expect.poll(text).not.toContain(token)
  }

  function heading(): Locator {
    return desk.page.getByRole('heading', { level: 1, name: 'Practice Studio' })
  }

  function row(): Locator {
    return desk.page.getByRole('option', { name: /Practice Studio.*Deploy Bot/ })
  }

  function theBrowser(): TestBrowser {
    if (opening === null) throw new Error('the browser was not opened')
    return opening
  }
})
