import { expect, type Locator, type Page } from 'playwright/test'
import { loopbackCertificate, openBrowser, type TestBrowser } from './browser.ts'
import type { Desk } from './desk.ts'

/** Steps of the main job that several tests walk through, as a user would. */

/** The page's region of one credential, such as "Bot token". */
export function credential(page: Page, name: string): Locator {
  return page.getByRole('group', { name: new RegExp(`^${name}`) })
}

/** Opens a browser that trusts the loopback certificate of this app. */
export async function trustingBrowser(desk: Desk): Promise<TestBrowser> {
  return openBrowser(await loopbackCertificate(desk.profile))
}

/** On the consent page: picks the workspace, clicks Allow, and waits for the completion page. */
export async function allow(consent: Page, workspace?: string): Promise<void> {
  if (workspace !== undefined) await pickWorkspace(consent, workspace)
  await consent.getByRole('button', { name: 'Allow' }).click()
  await consent.waitForURL(/^https?:\/\/localhost:1787[123]\/complete$/)
  await expect(consent.getByRole('heading', { name: 'Auth complete' })).toBeVisible()
}

export async function pickWorkspace(consent: Page, workspace: string): Promise<void> {
  await consent.locator('select[name=team]').selectOption({ label: workspace })
}

/** First run → practice → the stored workspace on screen. The caller closes the browser. */
export async function connectPractice(desk: Desk): Promise<TestBrowser> {
  const { page } = desk
  await page.getByRole('button', { name: 'Try the practice workspace' }).click()
  await expect(page.getByRole('heading', { name: 'Finish in your browser' })).toBeVisible()
  const url = await desk.nextOpenedUrl()
  const browser = await trustingBrowser(desk)
  await allow(await browser.open(url), 'Practice Studio')
  await expect(page.getByRole('heading', { name: 'Practice Studio' })).toBeVisible()
  return browser
}

/** Copies a credential's line as a user would, and answers the token in it. */
export async function copiedToken(desk: Desk, name: string): Promise<string> {
  await desk.setClipboardText('')
  await credential(desk.page, name).getByRole('button', { name: 'Copy env line' }).click()
  await expect.poll(() => desk.clipboardText()).toMatch(/^\w+=\S+$/)
  await closeNotice(desk.page)
  return (await desk.clipboardText()).replace(/^\w+=/, '')
}

/** Takes the newest word of what was done away: it lies over the buttons at the lower right for some seconds. */
export async function closeNotice(page: Page): Promise<void> {
  await page.getByRole('region', { name: 'Notifications' }).getByLabel('Close').last().click()
}
