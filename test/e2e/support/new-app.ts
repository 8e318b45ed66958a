import { expect, type Page } from 'playwright/test'
import type { TestBrowser } from './browser.ts'
import { valueOn } from './configuration-token.ts'
import type { Desk } from './desk.ts'
import { closeNotice } from './main-job.ts'
import { addScopes, openSlackApps } from './slack-apps.ts'

/** What the form "New app from a manifest" is filled in with. */
export interface NewApp {
  readonly name: string
  /** A custom base URL. */
  readonly baseUrl: string
  readonly botScopes?: readonly string[]
  readonly userScopes?: readonly string[]
}

/** Opens "New app from a manifest" from the list, and fills it in. */
export async function fillNewApp(page: Page, app: NewApp): Promise<void> {
  await openSlackApps(page)
  await page.getByRole('button', { name: 'Add Slack app' }).first().click()
  await page.getByRole('button', { name: 'New app from a manifest…' }).click()
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(app.name)
  await page.getByRole('radio', { name: 'Custom' }).check({ force: true })
  await page.getByRole('textbox', { name: 'Base URL' }).fill(app.baseUrl)
  await addScopes(page, 'Bot scopes', app.botScopes ?? [])
  await addScopes(page, 'User scopes', app.userScopes ?? [])
}

/** The address that an act opens in the browser, where nothing waits for an answer from there. */
export async function openedBy(desk: Desk, act: () => Promise<void>): Promise<string> {
  const count = (await desk.openedUrls()).length
  await act()
  return desk.nextOpenedUrl(count)
}

/** "Create" on Slack's prefilled page. */
export async function createByHand(
  browser: TestBrowser,
  link: string,
): Promise<{ readonly clientId: string; readonly clientSecret: string }> {
  const page = await browser.open(link)
  await page.getByRole('button', { name: 'Create' }).click()
  await expect(page.getByRole('heading', { name: /is made$/ })).toBeVisible()
  const clientId = await valueOn(page, 'Client ID')
  const clientSecret = await valueOn(page, 'Client Secret')
  await page.close()
  return { clientId, clientSecret }
}

/** Has Slack create the app from its manifest. Ends on its page; answers Slack's ID of it. */
export async function createApp(page: Page, app: NewApp): Promise<string> {
  await fillNewApp(page, app)
  await page.getByRole('button', { name: 'Create on Slack' }).click()
  await expect(page.getByRole('heading', { level: 1, name: app.name })).toBeVisible()
  await closeNotice(page)
  const facts = await page.getByText(/^A[0-9A-Z]{8,} · /).textContent()
  return facts?.split(' ')[0] ?? ''
}
