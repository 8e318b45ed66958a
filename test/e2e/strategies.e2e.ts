import { expect, test } from 'playwright/test'
import { openBrowser, type TestBrowser } from './support/browser.ts'
import { allowInBrowser, answerInBrowser } from './support/consent.ts'
import { type Desk, launchDesk, removeFolder } from './support/desk.ts'
import { credential, trustingBrowser } from './support/main-job.ts'
import { addSlackApp, authorizeWith, fillSlackApp } from './support/slack-apps.ts'
import { openTestSlack, type TestSlack } from './support/test-slack.ts'

test.describe('how Slack comes back', () => {
  let slack: TestSlack
  let desk: Desk
  let browser: TestBrowser | null = null

  test.beforeAll(async () => {
    slack = await openTestSlack()
    desk = await launchDesk()
  })

  test.afterEach(async () => {
    await browser?.close()
    browser = null
  })

  test.afterAll(async () => {
    await desk.close()
    await removeFolder(desk.profile)
    await slack.close()
  })

  test('https on localhost gives a bot and a user token', async () => {
    const { page } = desk
    const app = await slack.register('Over https')
    await page.getByRole('button', { name: 'Add a Slack app' }).click()
    await fillSlackApp(page, app)
    const url = await authorizeWith(desk, app.name)
    browser = await trustingBrowser(desk)
    const address = await allowInBrowser(browser, url)
    expect(address).toMatch(/^https:\/\/localhost:17871\/callback\?/)
    await expect(page.getByRole('heading', { name: 'Practice Studio' })).toBeVisible()
    await expect(credential(page, 'Bot token')).toBeVisible()
    await expect(credential(page, 'User token')).toBeVisible()
    expect(slack.outcomes('oauth.v2.access')).toEqual(['ok'])
  })

  test('PKCE on http localhost gives a user token and needs no certificate', async () => {
    const { page } = desk
    const app = await slack.register('Over PKCE', { strategy: 'pkce' })
    await addSlackApp(desk, app)
    const url = await authorizeWith(desk, app.name)
    expect(new URL(url).searchParams.get('code_challenge_method')).toBe('S256')
    browser = await openBrowser(null)
    const address = await allowInBrowser(browser, url)
    expect(address).toMatch(/^http:\/\/localhost:1787[123]\/callback\?/)
    await expect(page.getByRole('heading', { name: 'Practice Studio' })).toBeVisible()
    await expect(credential(page, 'User token')).toBeVisible()
    await expect(credential(page, 'Bot token')).toHaveCount(0)
  })

  test('a pasted address works with any registered URL', async () => {
    const { page } = desk
    const app = await slack.register('By paste', { strategy: 'paste' })
    await addSlackApp(desk, app)
    const url = await authorizeWith(desk, app.name)
    browser = await openBrowser(null)
    const { address } = await answerInBrowser(browser, url)
    await desk.setClipboardText(address)
    await page.getByRole('button', { name: 'Paste', exact: true }).click()
    const field = page.getByRole('textbox', { name: 'Address from the browser' })
    await expect(field).toHaveValue('https://practice.example/callback')
    await page.getByRole('button', { name: 'Use this address' }).click()
    await expect(page.getByRole('heading', { name: 'Practice Studio' })).toBeVisible()
    await expect(credential(page, 'Bot token')).toBeVisible()
  })

  test('a browser that does not get past the certificate is helped by pasting', async () => {
    const { page } = desk
    const app = await slack.register('Past the warning')
    await addSlackApp(desk, app)
    const url = await authorizeWith(desk, app.name)
    browser = await openBrowser(null)
    const { address } = await answerInBrowser(browser, url)
    const before = slack.outcomes('oauth.v2.access').length
    await page.getByRole('button', { name: 'Paste the address instead' }).click()

    await desk.setClipboardText('no address at all')
    await page.getByRole('button', { name: 'Paste', exact: true }).click()
    await expect(page.getByRole('alert')).toContainText('This is not the address')
    const foreign = new URL(address)
    foreign.searchParams.set('state', 'made-up')
    await desk.setClipboardText(foreign.href)
    await page.getByRole('button', { name: 'Paste', exact: true }).click()
    await page.getByRole('button', { name: 'Use this address' }).click()
    await expect(page.getByRole('alert')).toContainText('No authorization waits for this answer')
    expect(slack.outcomes('oauth.v2.access')).toHaveLength(before)

    await desk.setClipboardText(address)
    await page.getByRole('button', { name: 'Paste', exact: true }).click()
    await page.getByRole('button', { name: 'Use this address' }).click()
    await expect(page.getByRole('heading', { name: 'Practice Studio' })).toBeVisible()
    expect(slack.outcomes('oauth.v2.access')).toHaveLength(before + 1)
  })
})
