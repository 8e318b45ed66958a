import { expect, test } from 'playwright/test'
import type { AuthorizationView } from '../../main/contract/views.ts'
import { openBrowser, type TestBrowser } from './support/browser.ts'
import { allowInBrowser, answerInBrowser } from './support/consent.ts'
import { type Desk, launchDesk, removeFolder, temporaryFolder } from './support/desk.ts'
import { credential } from './support/main-job.ts'
import { snapshotOf, valueFromPage } from './support/page-calls.ts'
import { addSlackApp, authorizeWith } from './support/slack-apps.ts'
import { openTestSlack, type TestSlack, type TestSlackApp } from './support/test-slack.ts'

test.describe('trusting the certificate', () => {
  let slack: TestSlack
  let app: TestSlackApp
  /** One user's: the app and the browser share it. */
  let home: string
  let desk: Desk
  let browser: TestBrowser | null = null

  test.beforeAll(async () => {
    slack = await openTestSlack()
    home = await temporaryFolder('user-home')
    desk = await launchDesk({ env: { HOME: home } })
    app = await slack.register('Trusting Bot')
  })

  test.afterEach(async () => {
    await browser?.close()
    browser = null
  })

  test.afterAll(async () => {
    await desk.close()
    await removeFolder(desk.profile)
    await removeFolder(home)
    await slack.close()
  })

  test('the browser refuses before, accepts after, and refuses again after the undo', async () => {
    const looked = await valueFromPage(desk, 'certificate/look')
    expect(looked).toMatchObject({ fingerprint: null, failure: null })
    expect(looked.plan.join(' ')).toContain('.pki/nssdb')

    await addSlackApp(desk, app)
    const url = await authorizeWith(desk, app.name)
    await expectRefused(url)
    expect(await waiting()).toMatchObject({ isCertificateTrusted: false })

    const trusted = await valueFromPage(desk, 'certificate/trust')
    expect(trusted.failure).toBeNull()
    expect(trusted.fingerprint).toMatch(/^(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/)
    expect(statesOf(trusted)).toEqual({ chromium: 'trusted' })
    await expect.poll(async () => (await waiting())?.isCertificateTrusted).toBe(true)

    browser = await openBrowser(null, home)
    expect(await allowInBrowser(browser, url)).toMatch(/^https:\/\/localhost:1787[123]\/callback\?/)
    await expect(desk.page.getByRole('heading', { name: 'Practice Studio' })).toBeVisible()
    await expect(credential(desk.page, 'Bot token')).toBeVisible()
    await browser.close()
    browser = null

    const undone = await valueFromPage(desk, 'certificate/untrust')
    expect(undone.failure).toBeNull()
    expect(statesOf(undone)).toEqual({ chromium: 'untrusted' })
    expect(undone.fingerprint).toBe(trusted.fingerprint)
    await expectRefused(await authorizeWith(desk, app.name))
    expect(await waiting()).toMatchObject({ isCertificateTrusted: false })
  })

  /** A browser started anew stops at its own warning page, and the answer does not arrive. */
  async function expectRefused(url: string): Promise<void> {
    browser = await openBrowser(null, home)
    const failed = browser.context.waitForEvent('requestfailed', {
      predicate: (request) => request.url().startsWith('https://localhost:'),
    })
    await answerInBrowser(browser, url)
    expect((await failed).failure()?.errorText).toBe('net::ERR_CERT_AUTHORITY_INVALID')
    expect((await waiting())?.state).toEqual({ kind: 'waiting' })
    await browser.close()
    browser = null
  }

  async function waiting(): Promise<AuthorizationView | undefined> {
    const { authorizations } = await snapshotOf(desk)
    return authorizations.find(({ state }) => state.kind === 'waiting')
  }
})

function statesOf({ stores }: { readonly stores: readonly { id: string; state: string }[] }) {
  return Object.fromEntries(stores.map(({ id, state }) => [id, state]))
}
