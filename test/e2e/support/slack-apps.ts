import { expect, type Locator, type Page } from 'playwright/test'
import type { RedirectStrategy } from '../../../main/contract/redirect.ts'
import { FLOWS } from '../../../renderer/views/add-slack-app/flows.ts'
import { STRATEGY_NAMES } from '../../../renderer/views/slack-apps/strategy-names.ts'
import type { Desk } from './desk.ts'
import type { TestSlackApp } from './test-slack.ts'

/** Opens "Add a Slack app" from the list, fills it in and saves it. Ends on the app's page. */
export async function addSlackApp(
  { page }: Desk,
  app: TestSlackApp,
  environment?: FormEnvironment,
): Promise<void> {
  await openSlackApps(page)
  await page.getByRole('button', { name: 'Add Slack app' }).first().click()
  await fillSlackApp(page, app, environment)
}

/** Opens "New app from a manifest", which the form for a new app leads to. */
export async function openNewApp(page: Page): Promise<void> {
  await openSlackApps(page)
  await page.getByRole('button', { name: 'Add Slack app' }).first().click()
  await page.getByRole('button', { name: 'New app from a manifest…' }).click()
  await expect(page.getByRole('heading', { name: 'New app from a manifest' })).toBeVisible()
}

/** As the form names it; the app's own base URL belongs to "Custom". */
type FormEnvironment = 'Custom' | 'GovSlack'

/** Fills in the open form "Add a Slack app" as a user would, and saves it. */
export async function fillSlackApp(
  page: Page,
  app: TestSlackApp,
  environment: FormEnvironment = 'Custom',
): Promise<void> {
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(app.name)
  await page.getByRole('radio', { name: environment }).check({ force: true })
  if (environment === 'Custom') {
    await page.getByRole('textbox', { name: 'Base URL' }).fill(app.baseUrl)
  }
  await page.getByRole('textbox', { name: 'Client ID' }).fill(app.clientId)
  await page.getByRole('radio', { name: STRATEGY_NAMES[app.strategy] }).check()
  if (app.clientSecret !== null) await clientSecretField(page).fill(app.clientSecret)
  const urlField = REDIRECT_FIELDS[app.strategy]
  if (urlField) await page.getByRole('textbox', { name: urlField }).fill(app.redirectUrl)
  const flow = FLOWS.find(({ id }) => id === app.flow)?.label ?? ''
  await page.getByRole('radio', { name: flow, exact: true }).check({ force: true })
  if (app.flow === 'openid') await tickAll(page, app.userScopes)
  else {
    await addScopes(page, 'Bot scopes', app.botScopes)
    await addScopes(page, app.flow === 'v1' ? 'Scopes' : 'User scopes', app.userScopes)
  }
  if (app.optionalScopes.length > 0) {
    await page.getByRole('button', { name: 'More', exact: true }).click()
    await tickAll(page.getByRole('group', { name: 'Optional scopes' }), app.optionalScopes)
  }
  await page.getByRole('button', { name: 'Add Slack app' }).click()
  await expect(page.getByRole('heading', { level: 1, name: app.name })).toBeVisible()
}

/** The field for the client secret in the form. */
export function clientSecretField(page: Page) {
  return page.locator('input[name=clientSecret]')
}

const REDIRECT_FIELDS: Partial<Record<RedirectStrategy, string>> = {
  paste: 'Redirect URL',
  relay: 'Relay URL',
}

async function tickAll(within: Page | Locator, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const box = within.getByRole('checkbox', { name: new RegExp(`^${name}`) })
    if (!(await box.isChecked())) await box.check({ force: true })
  }
}

/** Types scopes into a picker, one by one. */
export async function addScopes(
  page: Page,
  label: string,
  scopes: readonly string[],
): Promise<void> {
  const field = page.getByRole('combobox', { name: label })
  for (const scope of scopes) {
    await field.fill(scope)
    await field.press('Enter')
  }
}

export async function openSlackApps(page: Page): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name: 'Slack apps' }).click()
}

/** "Authorize workspace" on the app's page. Answers the address that was opened in the browser. */
export async function authorizeWith(desk: Desk, appName: string): Promise<string> {
  const { page } = desk
  await openSlackApps(page)
  await page.getByRole('option', { name: appName }).click()
  await expect(page.getByRole('heading', { level: 1, name: appName })).toBeVisible()
  return opened(desk, () => page.getByRole('button', { name: 'Authorize workspace' }).click())
}

/** The address that an act opens in the browser, once the app waits for it. */
export async function opened(desk: Desk, act: () => Promise<void>): Promise<string> {
  const count = (await desk.openedUrls()).length
  await act()
  const url = await desk.nextOpenedUrl(count)
  await expect(desk.page.getByRole('heading', { name: 'Finish in your browser' })).toBeVisible()
  return url
}
