import { expect, test } from 'playwright/test'
import {
  type CompanyAuthority,
  createCompanyAuthority,
  openTlsFront,
  type TlsFront,
  trustAuthority,
} from './support/company-authority.ts'
import { type ConnectProxy, openConnectProxy } from './support/connect-proxy.ts'
import { answerAddress } from './support/consent.ts'
import { type Desk, launchDesk, removeFolder, temporaryFolder } from './support/desk.ts'
import { openImport } from './support/import-token.ts'
import { copiedToken } from './support/main-job.ts'
import { addSlackApp, authorizeWith, openNewApp } from './support/slack-apps.ts'
import { openTestSlack, type TestSlack } from './support/test-slack.ts'

/** GovSlack is an instance of its own, with hosts of its own (slack-auth section 1). */
const HOST = 'slack-gov.com'
const SETTINGS = `https://api.${HOST}/apps`

/** The practice Slack stands for GovSlack, behind a proxy that leads nowhere else. */
test.describe('a GovSlack app', () => {
  test.describe.configure({ mode: 'serial' })
  let slack: TestSlack
  let authority: CompanyAuthority
  let front: TlsFront
  let proxy: ConnectProxy
  let home = ''
  let desk: Desk

  test.beforeAll(async () => {
    slack = await openTestSlack()
    authority = await createCompanyAuthority(HOST)
    front = await openTlsFront(authority, slack.url)
    proxy = await openConnectProxy({ [`${HOST}:443`]: front.port })
    home = await temporaryFolder('gov-home')
    await trustAuthority(home, authority.caPem)
    const url = `http://${proxy.address}`
    const variables = { http_proxy: url, https_proxy: url, no_proxy: '' }
    desk = await launchDesk({
      // On a desktop that Chromium knows, it looks at no variable.
      switches: ['--password-store=gnome-libsecret'],
      env: { HOME: home, XDG_CURRENT_DESKTOP: 'none', ...variables },
    })
  })

  test.afterAll(async () => {
    await desk.close()
    await removeFolder(desk.profile)
    await removeFolder(home)
    await proxy.close()
    await front.close()
    await slack.close()
  })

  test('is authorized, checked and set up at GovSlack’s own hosts alone', async () => {
    const { page } = desk
    const app = await slack.register('Gov Bot', { strategy: 'paste' })
    await addSlackApp(desk, app, 'GovSlack')
    const url = new URL(await authorizeWith(desk, app.name))
    expect(`${url.origin}${url.pathname}`).toBe(`https://${HOST}/oauth/v2/authorize`)

    // Allowed at the practice Slack, which the browser would have come to under that name.
    const address = await answerAddress(`${slack.url}${url.pathname}${url.search}`)
    await desk.setClipboardText(address)
    await page.getByRole('button', { name: 'Paste', exact: true }).click()
    await page.getByRole('button', { name: 'Use this address' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Practice Studio' })).toBeVisible()
    await expect(page.locator('.workspace-name')).toContainText('GovSlack')
    await page.getByRole('button', { name: 'Check token' }).click()
    await expect(page.getByText('All 2 tokens work.')).toBeVisible()
    expect(slack.outcomes('oauth.v2.access')).toEqual(['ok'])
    expect([...new Set(slack.outcomes('auth.test'))]).toEqual(['ok'])

    const token = await copiedToken(desk, 'Bot token')
    await desk.setClipboardText(token)
    const dialog = await openImport(desk)
    await dialog.getByRole('radio', { name: 'GovSlack' }).check({ force: true })
    await dialog.getByRole('button', { name: 'Paste' }).click()
    await expect(dialog.getByText('Practice Studio')).toBeVisible()
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    expect([...new Set(proxy.asked)]).toEqual([`${HOST}:443`])
  })

  test('leads to GovSlack’s own pages, and its links do', async () => {
    const { page } = desk
    await page.getByRole('navigation').getByRole('button', { name: 'Slack apps' }).click()
    await page.getByRole('option', { name: 'Gov Bot' }).click()
    // Slack told the app's ID with the tokens, so that its own pages are known.
    expect(await openedBy('Open app settings')).toMatch(new RegExp(`^${SETTINGS}/A[A-Z0-9]+$`))
    expect(await openedBy('Open OAuth & Permissions')).toMatch(
      new RegExp(`^${SETTINGS}/A[A-Z0-9]+/oauth$`),
    )
    await page.getByRole('button', { name: 'Copy authorize link' }).click()
    await expect.poll(() => desk.clipboardText()).toMatch(`https://${HOST}/oauth/v2/authorize?`)
    await page.getByRole('button', { name: 'Copy Add to Slack button' }).click()
    await expect
      .poll(() => desk.clipboardText())
      .toContain(`href="https://${HOST}/oauth/v2/authorize?`)

    await openNewApp(page)
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Another Gov Bot')
    await page.getByRole('radio', { name: 'GovSlack' }).check({ force: true })
    const scopes = page.getByRole('combobox', { name: 'Bot scopes' })
    await scopes.fill('chat:write')
    await scopes.press('Enter')
    const made = new URL(await openedBy('Open prefilled in Slack'))
    expect(`${made.origin}${made.pathname}`).toBe(SETTINGS)
    expect(made.searchParams.get('new_app')).toBe('1')
    expect(made.searchParams.get('manifest_json')).toContain('Another Gov Bot')

    const hosts = (await desk.openedUrls()).map((url) => new URL(url).hostname)
    expect(hosts.filter((host) => host !== HOST && !host.endsWith(`.${HOST}`))).toEqual([])
    expect([...new Set(proxy.asked)]).toEqual([`${HOST}:443`])
  })

  async function openedBy(name: string): Promise<string> {
    const count = (await desk.openedUrls()).length
    await desk.page.getByRole('button', { name, exact: true }).click()
    return desk.nextOpenedUrl(count)
  }
})
