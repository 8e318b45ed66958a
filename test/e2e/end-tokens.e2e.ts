import { expect, type Locator, test } from 'playwright/test'
import type { TestBrowser } from './support/browser.ts'
import { allowInBrowser } from './support/consent.ts'
import { type Desk, launchDesk, removeFolder } from './support/desk.ts'
import { pasteTokens } from './support/import-token.ts'
import { issueBotToken } from './support/issue-token.ts'
import { copiedToken, credential, trustingBrowser } from './support/main-job.ts'
import { type Recorder, startRecorder } from './support/recorder.ts'
import { addSlackApp, authorizeWith } from './support/slack-apps.ts'
import {
  openTestSlack,
  type TestSlack,
  type TestSlackApp,
  type TestSlackAppOptions,
} from './support/test-slack.ts'

const STUDIO = 'Practice Studio'

test.describe('ending tokens', () => {
  let slack: TestSlack
  /** Sees the refresh tokens, which the app shows nobody. */
  let wire: Recorder
  let desk: Desk
  let browser: TestBrowser | null = null

  test.beforeAll(async () => {
    slack = await openTestSlack()
    wire = await startRecorder(slack.url)
    desk = await launchDesk()
    // The first https app makes the certificate that the browser is to trust.
    await addSlackApp(desk, await slack.register('Deploy Bot'))
    await authorizeWith(desk, 'Deploy Bot')
    await button('Cancel').click()
    browser = await trustingBrowser(desk)
  })

  test.afterAll(async () => {
    await browser?.close()
    await desk.close()
    await removeFolder(desk.profile)
    await wire.close()
    await slack.close()
  })

  const button = (name: string, within: Locator = desk.page.locator('body')) =>
    within.getByRole('button', { name, exact: true })
  const question = (name: string | RegExp) => desk.page.getByRole('alertdialog', { name })

  test('Revoke with rotation ends what works and what renews it, of bot and user', async () => {
    const { page } = desk
    const { app, issued } = await connect('Rotates', { tokenRotation: true })
    const access = issued.filter((token) => /^xoxe\.xox[bp]-/.test(token))
    const refresh = issued.filter((token) => /^xoxe-1-/.test(token))
    expect([access.length, refresh.length]).toEqual([2, 2])
    for (const token of access) expect(await slack.ask('auth.test', token)).toBe('ok')

    await button('Revoke…').click()
    const dialog = question(`Revoke tokens of ${STUDIO}?`)
    await expect(dialog).toContainText('Slack ends these tokens at once')
    await expect(dialog.getByRole('checkbox', { name: /and its refresh token/ })).toHaveCount(2)
    await expect(dialog).toContainText('Rotates stays installed in Slack')
    await button('Revoke 2 tokens', dialog).click()
    await expect(page.getByText(`2 tokens of ${STUDIO} revoked.`)).toBeVisible()
    await expect(page.locator('.workspace-name')).toContainText('Revoked')
    for (const name of ['Bot token', 'User token']) {
      await expect(credential(page, name).getByRole('button')).toHaveText(['Authorize again'])
    }

    for (const token of access) expect(await slack.ask('auth.test', token)).toBe('token_revoked')
    for (const token of refresh) {
      expect(await slack.askToRefresh(app, token)).toBe('invalid_refresh_token')
    }
    await expect(button('Revoke…')).toHaveAccessibleDescription(
      'There is no token here that Slack can end on request.',
    )
  })

  test('“Uninstall app…” asks twice, and ends everything', async () => {
    const { page } = desk
    const { app, issued } = await connect('Leaves', {
      botScopes: ['chat:write', 'incoming-webhook'],
    })
    const tokens = issued.filter((token) => /^xox[bp]-/.test(token))
    expect(tokens).toHaveLength(2)
    await button('Revoke…').click()
    await button('Uninstall app…', question(/^Revoke/)).click()
    const first = question(`Uninstall ${app.name} from ${STUDIO}?`)
    await expect(first).toContainText('All of its tokens end at once, those of other people too.')
    await expect(first).toContainText('To end only some of its tokens, use Revoke.')
    await expect(button('Cancel', first)).toBeFocused()
    await button('Uninstall…', first).click()
    const second = question(`Uninstall ${app.name} for everyone?`)
    const act = button(`Uninstall ${app.name}`, second)
    await expect(button('Cancel', second)).toBeFocused()
    await expect(act).toHaveAccessibleDescription('Tick the box first.')
    expect(wire.methods()).not.toContain('apps.uninstall')
    await second.getByRole('checkbox').check({ force: true })
    await act.click()
    await expect(page.getByText(`${app.name} uninstalled from ${STUDIO}.`)).toBeVisible()
    await expect(page.locator('.workspace-name')).toContainText('Revoked')
    await expect(button('Revoke…')).toBeFocused()

    expect(slack.outcomes('apps.uninstall')).toEqual(['ok'])
    for (const token of tokens) expect(await slack.ask('auth.test', token)).toBe('token_revoked')
    const [webhook = ''] = issued.filter((secret) => secret.includes('/services/'))
    expect(await post(webhook)).toBe('no_service')
  })

  test('Cancel in either of the two questions ends nothing', async () => {
    const { app } = await connect('Stays')
    const token = await copiedToken(desk, 'Bot token')
    const before = slack.outcomes('apps.uninstall').length
    for (const isSecond of [false, true]) {
      await button('Revoke…').click()
      await button('Uninstall app…', question(/^Revoke/)).click()
      if (isSecond) await button('Uninstall…', question(/from/)).click()
      await button('Cancel', question(new RegExp(`^Uninstall ${app.name}`))).click()
      await expect(desk.page.getByRole('alertdialog')).toHaveCount(0)
      await expect(button('Revoke…')).toBeFocused()
    }
    expect(slack.outcomes('apps.uninstall')).toHaveLength(before)
    expect(await slack.ask('auth.test', token)).toBe('ok')
  })

  test('a bot alone may not uninstall: Slack’s code and the advice', async () => {
    const { app } = await connect('Only A Bot', { userScopes: [] })
    await button('Revoke…').click()
    await button('Uninstall app…', question(/^Revoke/)).click()
    await button('Uninstall…', question(/from/)).click()
    const second = question(/for everyone/)
    await second.getByRole('checkbox').check({ force: true })
    await button(`Uninstall ${app.name}`, second).click()
    await expect(second.getByRole('alert')).toContainText('This token may not uninstall the app')
    await expect(second.getByRole('alert')).toContainText('Slack’s code: no_permission.')
    await button('Cancel', second).click()
    expect(await slack.ask('auth.test', await copiedToken(desk, 'Bot token'))).toBe('ok')
  })

  test('uninstalling is not offered for a PKCE app or an imported token, and the reason said', async () => {
    await connect('By PKCE', { strategy: 'pkce' })
    await expectNoUninstall('Slack wants the client secret for it, and this app has none.')
    const token = await issueBotToken(slack, await slack.register('Imported'))
    const dialog = await pasteTokens(desk, token, { baseUrl: slack.url })
    await button('Import 1 secret', dialog).click()
    await expect(desk.page.getByText('1 secret imported.')).toBeVisible()
    await expectNoUninstall('this workspace has no Slack app here')
  })

  test('Remove forgets the tokens here, and Slack is not told', async () => {
    const { app, issued } = await connect('Forgotten')
    const before = wire.methods().length
    await button('Revoke…').click()
    await expect(question(/^Revoke/)).toContainText(
      '“Remove…” forgets the tokens in Token Desk; they keep working elsewhere.',
    )
    await button('Cancel', question(/^Revoke/)).click()
    await button('Remove…').click()
    const dialog = question(`Remove ${STUDIO} from Token Desk?`)
    await expect(dialog).toContainText('The tokens are deleted here and keep working elsewhere.')
    await expect(dialog).toContainText(
      'Slack is not told. To end them, or to uninstall the app, use Revoke.',
    )
    await button('Remove', dialog).click()
    await expect(desk.page.getByText(`${STUDIO} removed.`)).toBeVisible()
    await expect(desk.page.getByRole('option', { name: new RegExp(app.name) })).toHaveCount(0)
    expect(wire.methods()).toHaveLength(before)
    for (const token of issued.filter((one) => /^xox[bp]-/.test(one))) {
      expect(await slack.ask('auth.test', token)).toBe('ok')
    }
  })

  async function expectNoUninstall(reason: string): Promise<void> {
    await button('Revoke…').click()
    const dialog = question(/^Revoke/)
    const others = dialog.getByRole('region', { name: 'Other ways' })
    await expect(others).toContainText(reason)
    await expect(others).toContainText('page for installed apps')
    await expect(others.getByRole('button')).toHaveCount(0)
    await button('Cancel', dialog).click()
  }

  /** A new app with Practice Studio on the desk and on screen, and the secrets that Slack gave for it. */
  async function connect(
    name: string,
    options: TestSlackAppOptions = {},
  ): Promise<{ readonly app: TestSlackApp; readonly issued: readonly string[] }> {
    const app = await slack.register(name, options)
    await addSlackApp(desk, { ...app, baseUrl: wire.url })
    const before = wire.secrets().length
    const url = await authorizeWith(desk, app.name)
    if (browser === null) throw new Error('the browser was not opened')
    await allowInBrowser(browser, url, { workspace: STUDIO })
    await expect(desk.page.getByRole('heading', { level: 1, name: STUDIO })).toBeVisible()
    return { app, issued: wire.secrets().slice(before) }
  }
})

async function post(webhook: string): Promise<string> {
  const answer = await fetch(webhook, { method: 'POST', body: JSON.stringify({ text: 'hello' }) })
  return answer.text()
}
