import { expect, type Locator, test } from 'playwright/test'
import type { TestBrowser } from './support/browser.ts'
import { allowInBrowser, answerInBrowser, expectPage } from './support/consent.ts'
import { type Desk, launchDesk, removeFolder } from './support/desk.ts'
import { copiedToken, credential, trustingBrowser } from './support/main-job.ts'
import { addSlackApp, authorizeWith, opened } from './support/slack-apps.ts'
import { openTestSlack, type TestSlack, type TestSlackApp } from './support/test-slack.ts'

const STUDIO = { workspace: 'Practice Studio' }
const LAB = { workspace: 'Practice Lab' }
const OTHER = 'You allowed Practice Lab, but Practice Studio was wanted'

test.describe('users and teams of one Slack app', () => {
  let slack: TestSlack
  let desk: Desk
  let opening: TestBrowser | null = null

  test.beforeAll(async () => {
    slack = await openTestSlack()
    desk = await launchDesk()
  })

  test.afterAll(async () => {
    await opening?.close()
    await desk.close()
    await removeFolder(desk.profile)
    await slack.close()
  })

  test('a second user of a workspace replaces nobody', async () => {
    const { page } = desk
    const app = await connect('Two Users')
    const first = await copiedToken(desk, 'User token')
    const url = await authorizeWith(desk, app.name)
    await allowInBrowser(await browser(), url, { ...STUDIO, person: 'Sam, a colleague' })
    await expect(credential(page, 'User token of sam')).toBeVisible()
    await expect(credential(page, 'User token of robin')).toBeVisible()
    await expect(row('Practice Studio', app)).toHaveCount(1)
    const second = await copiedToken(desk, 'User token of sam')
    expect(second).not.toBe(first)
    expect(await copiedToken(desk, 'User token of robin')).toBe(first)
    for (const token of [first, second]) expect(await slack.ask('auth.test', token)).toBe('ok')
  })

  test('another team came back: keeping it makes a workspace of its own', async () => {
    const { page } = desk
    const app = await connect('Keeps The Other')
    await otherTeamComesBack(app)
    await page.getByRole('button', { name: 'Keep Practice Lab' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Practice Lab' })).toBeVisible()
    expect(await slack.ask('auth.test', await copiedToken(desk, 'Bot token'))).toBe('ok')
    await expect(row('Practice Studio', app)).toHaveCount(1)
    await expect(row('Practice Lab', app)).toHaveCount(1)
  })

  test('another team came back: refusing it revokes what Slack gave', async () => {
    const app = await connect('Refuses The Other')
    await otherTeamComesBack(app)
    const before = slack.outcomes('auth.revoke').length
    await desk.page.getByRole('button', { name: 'Cancel' }).click()
    await expect(row('Practice Studio', app)).toHaveCount(1)
    await expect(row('Practice Lab', app)).toHaveCount(0)
    // Bot and user token.
    expect(slack.outcomes('auth.revoke').slice(before)).toEqual(['ok', 'ok'])
  })

  test('refusing a team that is here already ends nothing', async () => {
    const { page } = desk
    const app = await connect('Has Both')
    await allowInBrowser(await browser(), await authorizeWith(desk, app.name), LAB)
    await expect(page.getByRole('heading', { level: 1, name: 'Practice Lab' })).toBeVisible()
    const kept = await copiedToken(desk, 'Bot token')
    await row('Practice Studio', app).click()
    await otherTeamComesBack(app)
    const before = slack.outcomes('auth.revoke').length
    await page.getByRole('button', { name: 'Cancel' }).click()
    await expect(row('Practice Lab', app)).toHaveCount(1)
    expect(slack.outcomes('auth.revoke')).toHaveLength(before)
    expect(await slack.ask('auth.test', kept)).toBe('ok')
  })

  test('the other team’s answer is still there after a restart', async () => {
    const app = await connect('Over A Restart')
    await otherTeamComesBack(app)
    await desk.close()
    desk = await launchDesk({ profile: desk.profile })
    const { page } = desk
    await desk.page.getByRole('option', { name: /Practice Studio.*Other workspace/ }).click()
    await expect(page.getByRole('heading', { name: OTHER })).toBeVisible()
    await page.getByRole('button', { name: 'Keep Practice Lab' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Practice Lab' })).toBeVisible()
    expect(await slack.ask('auth.test', await copiedToken(desk, 'Bot token'))).toBe('ok')
    await expect(row('Practice Lab', app)).toHaveCount(1)
  })

  /** A new app with Practice Studio on the desk, and that workspace on screen. */
  async function connect(name: string): Promise<TestSlackApp> {
    const app = await slack.register(name)
    await addSlackApp(desk, app)
    const url = await authorizeWith(desk, app.name)
    await allowInBrowser(await browser(), url, STUDIO)
    await expect(desk.page.getByRole('heading', { level: 1, name: STUDIO.workspace })).toBeVisible()
    return app
  }

  /** The workspace on screen is revoked at Slack, and authorized again by a user who picks another. */
  async function otherTeamComesBack(app: TestSlackApp): Promise<void> {
    const { page } = desk
    expect(await slack.ask('auth.revoke', await copiedToken(desk, 'Bot token'))).toBe('ok')
    await page.getByRole('button', { name: 'Check token' }).click()
    const problem = page.getByRole('alert').filter({ hasText: 'This token no longer works' })
    await expect(problem).toContainText('token_revoked')
    const again = problem.getByRole('button', { name: 'Authorize again' })
    const url = await opened(desk, () => again.click())
    await expect(page.getByText('Pick Practice Studio')).toBeVisible()
    const { page: answered } = await answerInBrowser(await browser(), url, LAB)
    await expectPage(answered, 'Not authorized', 'failed/OAUTH_OTHER_TEAM')
    await expect(page.getByRole('heading', { name: OTHER })).toBeVisible()
    await expect(row('Practice Studio', app)).toHaveCount(2)
  }

  function row(workspace: string, app: TestSlackApp): Locator {
    return desk.page.getByRole('option', { name: new RegExp(`${workspace}.*${app.name}`) })
  }

  async function browser(): Promise<TestBrowser> {
    opening ??= await trustingBrowser(desk)
    return opening
  }
})
