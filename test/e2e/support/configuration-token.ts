import { expect, type Page } from 'playwright/test'
import type { TestBrowser } from './browser.ts'
import type { Desk } from './desk.ts'
import { pasteTokens } from './import-token.ts'
import { closeNotice } from './main-job.ts'

/** Both texts, as Slack shows them once. */
export interface ConfigurationPair {
  readonly token: string
  readonly refreshToken: string
}

/** "Generate token" on Slack's page of apps, in a real browser. */
export async function generateConfigurationToken(
  browser: TestBrowser,
  slackUrl: string,
): Promise<ConfigurationPair> {
  const page = await browser.open(`${slackUrl}/apps`)
  await page.getByRole('button', { name: 'Generate token' }).click()
  await expect(page.getByRole('heading', { name: 'Your app configuration token' })).toBeVisible()
  const pair = {
    token: await valueOn(page, 'Access token'),
    refreshToken: await valueOn(page, 'Refresh token'),
  }
  await page.close()
  return pair
}

/** What stands beside a name on one of Slack's pages. */
export async function valueOn(page: Page, name: string): Promise<string> {
  const row = page.locator('dl > div', { has: page.getByText(name, { exact: true }) })
  return (await row.getByRole('definition').textContent()) ?? ''
}

/** Pastes both lines into "Import token", says what the first one is, and stores them. */
export async function importConfigurationToken(
  desk: Desk,
  slackUrl: string,
  { token, refreshToken }: ConfigurationPair,
): Promise<void> {
  const dialog = await pasteTokens(desk, `${token}\n${refreshToken}\n`, { baseUrl: slackUrl })
  await dialog.getByRole('radio', { name: 'Configuration token' }).check({ force: true })
  await dialog.getByRole('button', { name: 'Import 2 secrets' }).click()
  await expect(dialog).toHaveCount(0)
  await closeNotice(desk.page)
}
