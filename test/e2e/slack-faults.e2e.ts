import { expect, test } from 'playwright/test'
import type { PracticeFault } from '../../main/practice/practice-parts.ts'
import type { TestBrowser } from './support/browser.ts'
import { allowInBrowser, answerAddress, answerInBrowser, expectPage } from './support/consent.ts'
import { type Desk, launchDesk, removeFolder } from './support/desk.ts'
import { trustingBrowser } from './support/main-job.ts'
import { addSlackApp, authorizeWith, clientSecretField, opened } from './support/slack-apps.ts'
import { openTestSlack, type TestSlack, type TestSlackApp } from './support/test-slack.ts'

const EXCHANGE = 'oauth.v2.access'
const NO_ANSWER = { words: 'Slack did not answer', page: 'SLACK_NO_ANSWER' }
const GARBAGE = { words: 'The answer was not from Slack', page: 'SLACK_GARBAGE' }
const WAIT = { words: 'Slack asks to wait', page: 'SLACK_RATE_LIMITED' }
const OLD_CODE = { words: 'The code from Slack is no longer valid', page: 'invalid_code' }

test.describe('Slack fails during the exchange', () => {
  let slack: TestSlack
  let desk: Desk
  let app: TestSlackApp
  let opening: TestBrowser | null = null

  test.beforeAll(async () => {
    slack = await openTestSlack()
    desk = await launchDesk()
    app = await slack.register('Deploy Bot')
    await addSlackApp(desk, app)
    await authorizeWith(desk, app.name)
    await desk.page.getByRole('button', { name: 'Cancel' }).click()
    opening = await trustingBrowser(desk)
  })

  test.afterAll(async () => {
    await opening?.close()
    await desk.close()
    await removeFolder(desk.profile)
    await slack.close()
  })

  const faults: readonly (readonly [string, PracticeFault, typeof NO_ANSWER])[] = [
    ['hangs up', 'hang-up', NO_ANSWER],
    ['answers 500', { status: 500 }, NO_ANSWER],
    ['answers with a sign-in page', 'garbage', GARBAGE],
    ['answers 429', { status: 429 }, WAIT],
    ['says ratelimited', { error: 'ratelimited' }, WAIT],
    ['does not know the code', { error: 'invalid_code' }, OLD_CODE],
  ]
  for (const [name, fault, said] of faults) {
    test(`it ${name}: the words, and another try that works`, async () => {
      slack.failNext(EXCHANGE, fault)
      const before = slack.outcomes(EXCHANGE).length
      const url = await authorizeWith(desk, app.name)
      const { page } = await answerInBrowser(browser(), url)
      await expectPage(page, 'Not authorized', `failed/${said.page}`)
      await tryAgainAfter(said.words)
      expect(slack.outcomes(EXCHANGE).slice(before)).toHaveLength(2)
    })
  }

  test('it is slow: the limit ends it, and the rest of the app does not wait', async () => {
    slack.failNext(EXCHANGE, 'slow')
    const other = await slack.register('Review Bot')
    await addSlackApp(desk, other)
    const slow = await authorizeWith(desk, app.name)
    const { page: waiting } = await answerInBrowser(browser(), slow)
    await expect(desk.page.getByRole('heading', { name: 'Slack answered' })).toBeVisible()
    const url = await authorizeWith(desk, other.name)
    await allowInBrowser(browser(), url, { workspace: 'Practice Lab' })
    await expect(desk.page.getByRole('heading', { name: 'Practice Lab' })).toBeVisible()
    await expectPage(waiting, 'Not authorized', 'failed/SLACK_NO_ANSWER')
    await desk.page.getByRole('option', { name: /New workspace.*Stopped/ }).click()
    await tryAgainAfter(NO_ANSWER.words)
  })

  test('it is down: the words, and another try that works', async () => {
    const url = await authorizeWith(desk, app.name)
    const address = await answerAddress(url)
    await slack.stop()
    const page = await browser().open(address)
    await expectPage(page, 'Not authorized', 'failed/SLACK_NO_ANSWER')
    await slack.start()
    await tryAgainAfter(NO_ANSWER.words)
  })

  test('the client secret is wrong: the words lead to the form that mends it', async () => {
    const { page } = desk
    const right = await slack.register('Mistyped Bot')
    await addSlackApp(desk, { ...right, clientSecret: '0'.repeat(32) })
    const first = await authorizeWith(desk, right.name)
    const { page: answered } = await answerInBrowser(browser(), first)
    await expectPage(answered, 'Not authorized', 'failed/bad_client_secret')
    const words = 'Slack did not accept the client secret'
    await expect(page.getByRole('heading', { name: words })).toBeVisible()
    await expect(page.getByText('Slack’s code: bad_client_secret')).toBeVisible()
    await page.getByRole('button', { name: 'Edit Slack app' }).click()
    await clientSecretField(page).fill(right.clientSecret ?? '')
    await page.getByRole('button', { name: 'Save changes' }).click()
    const url = await authorizeWith(desk, right.name)
    await allowInBrowser(browser(), url)
    await expect(page.getByRole('heading', { level: 1, name: 'Practice Studio' })).toBeVisible()
  })

  async function tryAgainAfter(words: string): Promise<void> {
    const { page } = desk
    await expect(page.getByRole('heading', { name: words })).toBeVisible()
    const url = await opened(desk, () => page.getByRole('button', { name: 'Try again' }).click())
    await allowInBrowser(browser(), url, { workspace: 'Practice Studio' })
    await expect(page.getByRole('heading', { level: 1, name: 'Practice Studio' })).toBeVisible()
  }

  function browser(): TestBrowser {
    if (opening === null) throw new Error('the browser was not opened')
    return opening
  }
})
