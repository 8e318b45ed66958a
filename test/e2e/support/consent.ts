import { expect, type Page } from 'playwright/test'
import type { TestBrowser } from './browser.ts'
import { pickWorkspace } from './main-job.ts'

/** What a test chooses on the consent page. */
export interface Choice {
  /** As the page names it, such as "Practice Lab". */
  readonly workspace?: string
  /** As the page names the person, such as "Sam, a colleague". */
  readonly person?: string
}

/** Opens the consent page, clicks Allow, and answers the address that Slack sends the browser to. */
export async function answerInBrowser(
  browser: TestBrowser,
  authorizeUrl: string,
  choice: Choice = {},
): Promise<{ readonly page: Page; readonly address: string }> {
  const page = await browser.open(authorizeUrl)
  if (choice.workspace !== undefined) await pickWorkspace(page, choice.workspace)
  if (choice.person !== undefined) {
    await page.getByLabel('Act as').selectOption({ label: choice.person })
  }
  const redirect = page.waitForRequest((request) => /\/callback\?/.test(request.url()))
  // Where nothing answers at that address, the click's own navigation fails.
  await page.getByRole('button', { name: 'Allow' }).click({ noWaitAfter: true })
  return { page, address: (await redirect).url() }
}

/** Allows, and sees the browser end on the page that says so. */
export async function allowInBrowser(
  browser: TestBrowser,
  authorizeUrl: string,
  choice: Choice = {},
): Promise<string> {
  const { page, address } = await answerInBrowser(browser, authorizeUrl, choice)
  await expectPage(page, 'Auth complete', 'complete')
  await page.close()
  return address
}

/** The page that the browser ends on: its heading, and an address without code and state. */
export async function expectPage(page: Page, heading: string, path: string): Promise<void> {
  await expect(page.getByRole('heading', { name: heading })).toBeVisible({ timeout: 15_000 })
  const { protocol, hostname, port, pathname, search } = new URL(page.url())
  expect(`${protocol}//${hostname}`).toMatch(/^https?:\/\/localhost$/)
  expect(['17871', '17872', '17873']).toContain(port)
  expect(`${pathname}${search}`).toBe(`/${path}`)
}

/** The answer to an authorize URL without a browser: what a redirect would carry. */
export async function answerAddress(authorizeUrl: string): Promise<string> {
  const consent = await (await fetch(authorizeUrl)).text()
  const form = /name="form" value="([^"]+)"/.exec(consent)?.[1] ?? ''
  const body = new URLSearchParams({ form, decision: 'allow', team: 'T0PRACSTUDIO', person: '0' })
  const { origin, pathname } = new URL(authorizeUrl)
  const sent = await fetch(`${origin}${pathname}`, { method: 'POST', body, redirect: 'manual' })
  const address = sent.headers.get('location')
  if (address === null) throw new Error('the consent page sent no redirect')
  return address
}
