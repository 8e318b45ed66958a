import { expect, test } from 'playwright/test'
import type { TestBrowser } from './support/browser.ts'
import { allowInBrowser, expectPage } from './support/consent.ts'
import { type Desk, launchDesk, removeFolder } from './support/desk.ts'
import { trustingBrowser } from './support/main-job.ts'
import { addSlackApp, authorizeWith, opened } from './support/slack-apps.ts'
import { openTestSlack, type TestSlack, type TestSlackApp } from './support/test-slack.ts'

test.describe('what the browser answers', () => {
  let slack: TestSlack
  let desk: Desk
  let app: TestSlackApp
  let other: TestSlackApp
  let browser: TestBrowser | null = null

  test.beforeAll(async () => {
    slack = await openTestSlack()
    desk = await launchDesk()
    app = await slack.register('Deploy Bot')
    other = await slack.register('Review Bot')
    await addSlackApp(desk, app)
    await addSlackApp(desk, other)
    await authorizeWith(desk, app.name)
    await desk.page.getByRole('button', { name: 'Cancel' }).click()
    browser = await trustingBrowser(desk)
  })

  test.afterAll(async () => {
    await browser?.close()
    await desk.close()
    await removeFolder(desk.profile)
    await slack.close()
  })

  test('Cancel in the browser stops it, and another try works', async () => {
    const { page } = desk
    const consent = await theBrowser().open(await authorizeWith(desk, app.name))
    await consent.getByRole('button', { name: 'Cancel' }).click()
    await expectPage(consent, 'Not authorized', 'failed/access_denied')
    await expect(
      page.getByRole('heading', { name: 'The request was cancelled in Slack' }),
    ).toBeVisible()
    await expect(page.getByText('Slack’s code: access_denied')).toBeVisible()
    const url = await opened(desk, () => page.getByRole('button', { name: 'Try again' }).click())
    await allowInBrowser(theBrowser(), url)
    await expect(page.getByRole('heading', { name: 'Practice Studio' })).toBeVisible()
  })

  test('a forged callback changes nothing, and the real one is still answered', async () => {
    const { page } = desk
    const before = slack.outcomes('oauth.v2.access').length
    const url = await authorizeWith(desk, app.name)
    const state = new URL(url).searchParams.get('state') ?? ''
    const callback = new URL(new URL(url).searchParams.get('redirect_uri') ?? '')
    for (const query of [
      { code: 'forged', state: 'forged' },
      { code: 'forged', state: state.slice(0, -1) },
      { error: 'access_denied', state: 'forged' },
      { code: 'forged' },
      { code: 'forged', error: 'access_denied', state },
    ]) {
      const forged = await theBrowser().open(`${callback}?${new URLSearchParams(query)}`)
      await expectPage(forged, 'Nothing to do here', 'nothing-to-do')
      await forged.close()
    }
    await expect(page.getByRole('heading', { name: 'Finish in your browser' })).toBeVisible()
    expect(slack.outcomes('oauth.v2.access')).toHaveLength(before)
    await allowInBrowser(theBrowser(), url)
    await expect(page.getByRole('heading', { name: 'Practice Studio' })).toBeVisible()
    expect(slack.outcomes('oauth.v2.access')).toHaveLength(before + 1)
  })

  test('a repeated callback gets the same page and no second exchange', async () => {
    const before = slack.outcomes('oauth.v2.access').length
    const url = await authorizeWith(desk, app.name)
    const address = await allowInBrowser(theBrowser(), url)
    await expect(desk.page.getByRole('heading', { name: 'Practice Studio' })).toBeVisible()
    for (let time = 0; time < 2; time += 1) {
      const again = await theBrowser().open(address)
      await expectPage(again, 'Auth complete', 'complete')
      await again.close()
    }
    expect(slack.outcomes('oauth.v2.access').slice(before)).toEqual(['ok'])
  })

  for (const order of ['in their order', 'in reverse order', 'at one time'] as const) {
    test(`two authorizations wait and end ${order}`, async () => {
      const { page } = desk
      const before = slack.outcomes('oauth.v2.access').length
      const first = await authorizeWith(desk, app.name)
      const second = await authorizeWith(desk, other.name)
      expect(redirectOf(second)).toBe(redirectOf(first))
      const endFirst = () => allowInBrowser(theBrowser(), first, { workspace: 'Practice Studio' })
      const endSecond = () => allowInBrowser(theBrowser(), second, { workspace: 'Practice Lab' })
      if (order === 'in their order') {
        await endFirst()
        await endSecond()
      } else if (order === 'in reverse order') {
        await endSecond()
        await endFirst()
      } else {
        await Promise.all([endFirst(), endSecond()])
      }
      // The page followed the second one; the first told its end in a toast.
      await expect(page.getByRole('heading', { level: 1, name: 'Practice Lab' })).toBeVisible()
      await expect(page.getByText('Practice Studio connected.').first()).toBeVisible()
      await expect(page.getByRole('option', { name: /Practice Lab.*Review Bot/ })).toHaveCount(1)
      await expect(page.getByRole('option', { name: /Practice Studio.*Deploy Bot/ })).toHaveCount(1)
      await expect(page.getByRole('option', { name: /New workspace/ })).toHaveCount(0)
      expect(slack.outcomes('oauth.v2.access').slice(before)).toEqual(['ok', 'ok'])
    })
  }

  function theBrowser(): TestBrowser {
    if (browser === null) throw new Error('the browser was not opened')
    return browser
  }
})

function redirectOf(authorizeUrl: string): string | null {
  return new URL(authorizeUrl).searchParams.get('redirect_uri')
}
