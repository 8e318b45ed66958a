import { expect, test } from 'playwright/test'
import { allowInBrowser } from './support/consent.ts'
import { type Desk, launchDesk, removeFolder } from './support/desk.ts'
import { closeNotice, copiedToken, credential, trustingBrowser } from './support/main-job.ts'
import { addSlackApp, authorizeWith } from './support/slack-apps.ts'
import { openTestSlack, type TestSlack, type TestSlackAppOptions } from './support/test-slack.ts'

const REFRESH = 'oauth.v2.access'

/** A desk with one workspace, authorized with an app of the test's own Slack. */
async function connected(options: TestSlackAppOptions): Promise<{ slack: TestSlack; desk: Desk }> {
  const slack = await openTestSlack()
  const desk = await launchDesk()
  const app = await slack.register('Deploy Bot', options)
  await addSlackApp(desk, app)
  const url = await authorizeWith(desk, app.name)
  const browser = await trustingBrowser(desk)
  await allowInBrowser(browser, url, { workspace: 'Practice Studio' })
  await browser.close()
  await expect(desk.page.getByRole('heading', { level: 1, name: 'Practice Studio' })).toBeVisible()
  return { slack, desk }
}

test.describe('tokens that rotate', () => {
  let slack: TestSlack
  let desk: Desk

  test.beforeAll(async () => {
    ;({ slack, desk } = await connected({ tokenRotation: true }))
  })

  test.afterAll(async () => {
    await desk.close()
    await removeFolder(desk.profile)
    await slack.close()
  })

  const head = () => desk.page.locator('.workspace-acts')
  const badge = () => desk.page.locator('.workspace-name')
  const bot = () => credential(desk.page, 'Bot token')
  const notice = (title: string) => desk.page.getByRole('status').filter({ hasText: title })
  const refreshNow = () => head().getByRole('button', { name: 'Refresh now' })

  test('are refreshed on request, each by itself, and the new ones are handed out', async () => {
    const before = await copiedToken(desk, 'Bot token')
    const asked = slack.outcomes(REFRESH).length
    await refreshNow().click()
    await expect(desk.page.getByText('Refreshed.')).toBeVisible()
    await expect(desk.page.getByText('Practice Studio, 2 new tokens.')).toBeVisible()
    await closeNotice(desk.page)
    expect(slack.outcomes(REFRESH).slice(asked)).toEqual(['ok', 'ok'])
    const after = await copiedToken(desk, 'Bot token')
    expect(after).not.toBe(before)
    expect(await slack.ask('auth.test', after)).toBe('ok')
    await expect(bot()).toContainText(/1[12] h/)
    await expect(badge()).toContainText('Working')
  })

  test('hide a revealed value that was refreshed meanwhile', async () => {
    const shown = bot().locator('.revealed-value')
    await bot().getByRole('button', { name: 'Reveal' }).click()
    await expect(shown).toHaveText(/^xoxe\.xoxb-/)
    await refreshNow().click()
    await expect(bot().getByRole('button', { name: 'Reveal' })).toBeVisible()
    await expect(shown).toHaveText('')
    await closeNotice(desk.page)
  })

  test('say that a refresh failed, and are used until it works', async () => {
    const token = await copiedToken(desk, 'Bot token')
    slack.failNext(REFRESH, { error: 'internal_error' }, { error: 'internal_error' })
    await refreshNow().click()
    await expect(notice('2 tokens could not be refreshed')).toContainText('Token Desk keeps trying')
    await expect(badge()).toContainText('Refresh failed')
    await expect(bot()).toContainText('Refresh failed')
    await expect(desk.page.getByRole('option', { name: /Refresh failed/ })).toBeVisible()
    await expect(desk.page.getByRole('radio', { name: 'Needs attention 1' })).toBeAttached()
    expect(await copiedToken(desk, 'Bot token')).toBe(token)
    expect(await slack.ask('auth.test', token)).toBe('ok')

    await notice('2 tokens').getByRole('button', { name: 'Refresh now' }).click()
    await expect(notice('2 tokens')).toHaveCount(0)
    await expect(badge()).toContainText('Working')
    expect(await copiedToken(desk, 'Bot token')).not.toBe(token)
  })

  test('lead to authorizing again once Slack takes no refresh token any more', async () => {
    const token = await copiedToken(desk, 'Bot token')
    const refused = { error: 'invalid_refresh_token' }
    // Both tokens, each with the refresh token before as well.
    slack.failNext(REFRESH, refused, refused, refused, refused)
    await refreshNow().click()
    const dead = notice('2 tokens cannot be refreshed any more')
    await expect(dead).toContainText('Slack’s code: invalid_refresh_token.')
    await expect(dead.getByRole('button')).toHaveText(['Authorize again'])
    await expect(refreshNow()).toHaveAttribute('aria-disabled', 'true')
    // They still work for hours.
    expect(await copiedToken(desk, 'Bot token')).toBe(token)

    slack.failNext(REFRESH)
    const count = (await desk.openedUrls()).length
    await dead.getByRole('button', { name: 'Authorize again' }).click()
    const browser = await trustingBrowser(desk)
    await allowInBrowser(browser, await desk.nextOpenedUrl(count), { workspace: 'Practice Studio' })
    await browser.close()
    await expect(badge()).toContainText('Working')
    await expect(dead).toHaveCount(0)
  })
})

test.describe('a token that lasts', () => {
  let slack: TestSlack
  let desk: Desk

  test.beforeAll(async () => {
    ;({ slack, desk } = await connected({ userScopes: [] }))
  })

  test.afterAll(async () => {
    await desk.close()
    await removeFolder(desk.profile)
    await slack.close()
  })

  test('keeps as it is when Slack does not turn rotation on', async () => {
    const { page } = desk
    const token = await copiedToken(desk, 'Bot token')
    await expect(page.getByRole('button', { name: 'Refresh now' })).toHaveCount(0)
    await page.getByRole('button', { name: 'Turn on token rotation…' }).click()
    const dialog = page.getByRole('alertdialog')
    await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused()
    await dialog.getByRole('checkbox').check({ force: true })
    await dialog.getByRole('button', { name: 'Turn on token rotation' }).click()
    await expect(dialog.getByRole('alert')).toContainText('token_rotation_not_enabled')
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await expect(page.getByRole('button', { name: 'Turn on token rotation…' })).toBeFocused()
    expect(await copiedToken(desk, 'Bot token')).toBe(token)
    expect(slack.outcomes('oauth.v2.exchange')).toEqual(['token_rotation_not_enabled'])
  })
})
