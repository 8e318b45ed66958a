import { expect, test } from 'playwright/test'
import { allowInBrowser } from './support/consent.ts'
import { type Desk, launchDesk, removeFolder } from './support/desk.ts'
import { copiedToken, credential, trustingBrowser } from './support/main-job.ts'
import { importWorkspaces } from './support/many-tokens.ts'
import { addSlackApp, authorizeWith } from './support/slack-apps.ts'
import { openTestSlack, type TestSlack } from './support/test-slack.ts'

const COUNT = 9

test.describe('checking all workspaces', () => {
  let slack: TestSlack
  let desk: Desk

  test.beforeAll(async () => {
    slack = await openTestSlack()
    desk = await launchDesk()
    await importWorkspaces(desk, slack, COUNT)
  })

  test.afterAll(async () => {
    await desk.close()
    await removeFolder(desk.profile)
    await slack.close()
  })

  const foot = () => desk.page.getByRole('region', { name: 'Workspaces list' })
  const checkAll = () => desk.page.getByRole('button', { name: 'Check all' })
  const checks = () => slack.outcomes('auth.test')

  test('asks each once, and says that all work', async () => {
    const before = checks().length
    await checkAll().click()
    await expectSaid(`All ${COUNT} work`)
    expect(checks().slice(before)).toEqual(Array(COUNT).fill('ok'))
  })

  test('waits as long as Slack asks, says so, and goes on', async () => {
    const { page } = desk
    slack.failNext('auth.test', { error: 'ratelimited', retryAfterSeconds: 3 })
    const before = checks().length
    await checkAll().click()
    await expect(foot().getByText(/^Slack asks to wait\. Goes on in \d s\.$/)).toBeVisible()
    await expect(page.getByRole('progressbar', { name: 'Checking all workspaces' })).toBeVisible()
    await expectOnlyTheLimitedIsOpen(before)
    await expectSaid(`All ${COUNT} work`)
    await expect(page.getByRole('progressbar')).toHaveCount(0)
    expect(checks().slice(before).sort()).toEqual([...Array(COUNT).fill('ok'), 'ratelimited'])
  })

  test('can be cancelled while it waits: nothing more is sent', async () => {
    slack.failNext('auth.test', { error: 'ratelimited' })
    const before = checks().length
    await checkAll().click()
    const answered = await expectOnlyTheLimitedIsOpen(before)
    await foot().getByRole('button', { name: 'Cancel' }).click()
    await expectSaid(`Cancelled after ${answered}`)
    const sent = checks().length
    await expect(checkAll()).toBeFocused()
    // It begins again from the first one, whatever the last run was told.
    await checkAll().click()
    await expectSaid(`All ${COUNT} work`)
    expect(checks()).toHaveLength(sent + COUNT)
  })

  test('counts what needs attention, and each row says it', async () => {
    const { page } = desk
    slack.failNext('auth.test', { error: 'token_revoked' }, { error: 'ekm_access_denied' })
    await checkAll().click()
    await expectSaid(`2 of ${COUNT} need attention`)
    await expect(page.getByRole('option', { name: /Revoked/ })).toHaveCount(1)
    await expect(page.getByRole('option', { name: /Suspended by admin/ })).toHaveCount(1)
    await checkAll().click()
    await expectSaid(`All ${COUNT} work`)
    await expect(page.getByRole('option', { name: /Revoked|Suspended/ })).toHaveCount(0)
  })

  /**
   * Four at a time: those that were under way end, and nobody else is asked while Slack wants to wait.
   * How many were answered before the limited one is not ours to say; it is never more than the other
   * workers could ask. Returns that number.
   */
  async function expectOnlyTheLimitedIsOpen(before: number): Promise<number> {
    await expect(foot().getByText(/^Slack asks to wait/)).toBeVisible()
    const answered = () => checks().length - before - 1
    await expect.poll(() => foot().getByText(`Checking ${answered()} of ${COUNT}`).count()).toBe(1)
    expect(answered()).toBeLessThan(COUNT - 1)
    return answered()
  }

  /** What screen readers are told at the end. */
  async function expectSaid(words: string): Promise<void> {
    await expect(foot().getByRole('status').filter({ hasText: words })).toHaveText(words)
  }
})

/** What Slack says, the state that the token is in then, and the words. */
interface Said {
  readonly code: string
  readonly badge: string
  readonly words: string
  readonly advice: string
  /** No act makes sense any more but authorizing again. */
  readonly isDead: boolean
}

const SAID: readonly Said[] = [
  {
    code: 'token_revoked',
    badge: 'Revoked',
    words: 'This token no longer works',
    advice: 'It was revoked, or the app was removed. Authorize again.',
    isDead: true,
  },
  {
    code: 'account_inactive',
    badge: 'Revoked',
    words: 'This token no longer works',
    advice: 'It was revoked, or the app was removed. Authorize again.',
    isDead: true,
  },
  {
    code: 'token_expired',
    badge: 'Expired',
    words: 'This token has expired',
    advice: 'Authorize again to get a new one.',
    isDead: true,
  },
  {
    code: 'invalid_auth',
    badge: 'Refused by Slack',
    words: 'Slack does not know this token (invalid_auth)',
    advice: 'Check that it was copied whole; some apps also refuse this network.',
    isDead: false,
  },
  {
    code: 'missing_scope',
    badge: 'Working',
    words: 'The token has no scope for this',
    advice: 'Add the scope to the Slack app, then authorize again.',
    isDead: false,
  },
  {
    code: 'ekm_access_denied',
    badge: 'Suspended by admin',
    words: 'Admins have suspended access to this workspace',
    advice: 'The token is kept. Ask an admin; it works again once access is given back.',
    isDead: false,
  },
]

test.describe('what Slack says of a token', () => {
  let slack: TestSlack
  let desk: Desk
  let token = ''

  test.beforeAll(async () => {
    slack = await openTestSlack()
    desk = await launchDesk()
    const app = await slack.register('Deploy Bot', { userScopes: [] })
    await addSlackApp(desk, app)
    const url = await authorizeWith(desk, app.name)
    const browser = await trustingBrowser(desk)
    await allowInBrowser(browser, url, { workspace: 'Practice Studio' })
    await browser.close()
    await expect(
      desk.page.getByRole('heading', { level: 1, name: 'Practice Studio' }),
    ).toBeVisible()
    token = await copiedToken(desk, 'Bot token')
  })

  test.afterAll(async () => {
    await desk.close()
    await removeFolder(desk.profile)
    await slack.close()
  })

  for (const { code, badge, words, advice, isDead } of SAID) {
    test(`${code}: ${badge}, with the one advice, and the token stays`, async () => {
      const { page } = desk
      slack.failNext('auth.test', { error: code })
      await page.getByRole('button', { name: 'Check token' }).click()
      const notice = page.getByRole('alert')
      await expect(notice).toContainText(words)
      await expect(notice).toContainText(advice)
      await expect(notice).toContainText(`Slack’s code: ${code}.`)
      await expect(page.locator('.workspace-name')).toContainText(badge)
      const bot = credential(page, 'Bot token')
      if (isDead) {
        await expect(bot).toContainText(`Slack: ${code}`)
        await expect(bot.getByRole('button')).toHaveText(['Authorize again'])
      } else expect(await copiedToken(desk, 'Bot token')).toBe(token)

      // It is still here: when Slack takes it again, it works.
      await page.getByRole('button', { name: 'Check token' }).click()
      await expect(notice).toHaveCount(0)
      await expect(page.locator('.workspace-name')).toContainText('Working')
      expect(await copiedToken(desk, 'Bot token')).toBe(token)
    })
  }
})
