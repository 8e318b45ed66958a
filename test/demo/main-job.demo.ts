import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { expect, type Locator, type Page, test } from 'playwright/test'
import type { TestBrowser } from '../e2e/support/browser.ts'
import { type Desk, launchDesk, removeFolder, temporaryFolder } from '../e2e/support/desk.ts'
import { allow, credential, pickWorkspace, trustingBrowser } from '../e2e/support/main-job.ts'

const PICTURES = resolve(import.meta.dirname, '../../demo')

const ENV_FILE = [
  '# Database',
  'DATABASE_URL=postgres://localhost/northwind',
  '',
  '# Slack',
  'SLACK_BOT_TOKEN=',
  'SLACK_SIGNING_SECRET=',
  'PORT=3000',
  '',
].join('\n')

for (const theme of ['light', 'dark'] as const) {
  test(`the main job, ${theme}`, async () => {
    const home = await temporaryFolder('home')
    const desk = await launchDesk({ env: { HOME: home } })
    let browser: TestBrowser | null = null
    try {
      await desk.page.emulateMedia({ colorScheme: theme })
      const take = await camera(theme)
      await take('first-run', desk.page)
      await takeForms(desk, take)
      browser = await takeAuthorization(desk, theme, take)
      await takeWorkspace(desk, take)
      await takeWrite(desk, await project(home), take)
      await takeRest(desk, take)
    } finally {
      await browser?.close()
      await desk.close()
      await removeFolder(desk.profile)
      await removeFolder(home)
    }
  })
}

type Camera = (name: string, page: Page) => Promise<void>

/** Pictures are numbered in the order they are taken: `03-waiting-light.png`. */
async function camera(theme: string): Promise<Camera> {
  await mkdir(PICTURES, { recursive: true })
  let count = 0
  return async (name, page) => {
    count += 1
    const file = `${String(count).padStart(2, '0')}-${name}-${theme}.png`
    await page.screenshot({ path: join(PICTURES, file), animations: 'disabled' })
  }
}

async function project(home: string): Promise<string> {
  const folder = join(home, 'code/northwind-bot')
  await mkdir(folder, { recursive: true })
  return folder
}

/** Messages of earlier steps would lie over the next picture. */
async function closeMessages(page: Page): Promise<void> {
  const messages = page.getByRole('region', { name: 'Notifications' })
  const close = messages.getByRole('button', { name: 'Close' })
  while ((await close.count()) > 0) await close.first().click()
}

async function takeForms({ page }: Desk, take: Camera): Promise<void> {
  await page.getByRole('button', { name: 'Add a Slack app' }).click()
  await expect(page.getByRole('heading', { name: 'Add a Slack app' })).toBeVisible()
  await page.getByRole('textbox', { name: 'Name' }).fill('Deploy Bot')
  await page.getByRole('textbox', { name: 'Client ID' }).fill('A07QX2M4D')
  await page.getByRole('button', { name: 'Add Slack app' }).click()
  await expect(page.getByText(/This is an app ID/)).toBeVisible()
  await take('add-slack-app', page)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: 'Discard' }).click()
  await page.getByRole('button', { name: 'Workspaces' }).first().click()
  await page.getByRole('button', { name: 'Paste a token' }).click()
  await expect(page.getByRole('dialog', { name: 'Import token' })).toBeVisible()
  await take('import-token', page)
  await page.keyboard.press('Escape')
}

async function takeAuthorization(
  desk: Desk,
  theme: 'light' | 'dark',
  take: Camera,
): Promise<TestBrowser> {
  const { page } = desk
  await page.getByRole('button', { name: 'Try the practice workspace' }).click()
  await expect(page.getByRole('heading', { name: 'Finish in your browser' })).toBeVisible()
  const url = await desk.nextOpenedUrl()
  await take('waiting', page)
  const browser = await trustingBrowser(desk)
  const consent = await browser.open('about:blank')
  await consent.emulateMedia({ colorScheme: theme })
  await consent.goto(url)
  await pickWorkspace(consent, 'Practice Studio')
  await take('browser-consent', consent)
  await allow(consent)
  await take('browser-complete', consent)
  return browser
}

async function takeWorkspace({ page }: Desk, take: Camera): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Practice Studio' })).toBeVisible()
  await page.getByRole('button', { name: 'Check token' }).click()
  await expect(page.getByText('All 2 tokens work.')).toBeVisible()
  await closeMessages(page)
  await take('workspace', page)
  await credential(page, 'Bot token').getByRole('button', { name: 'Copy env line' }).click()
  await expect(page.getByText('Env line copied.')).toBeVisible()
  await take('copied', page)
  await closeMessages(page)
  await openAndClose(page, page.getByRole('button', { name: 'Revoke…' }), 'revoke', take)
  await openAndClose(page, page.getByRole('button', { name: 'Remove…' }), 'remove', take)
}

async function openAndClose(page: Page, opener: Locator, name: string, take: Camera) {
  await opener.click()
  await expect(page.getByRole('alertdialog').or(page.getByRole('dialog'))).toBeVisible()
  await take(name, page)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('alertdialog').or(page.getByRole('dialog'))).toHaveCount(0)
}

async function takeWrite(desk: Desk, project: string, take: Camera): Promise<void> {
  const { page } = desk
  const file = join(project, '.env')
  await writeFile(file, ENV_FILE, { mode: 0o600 })
  await desk.answerFileDialog(file)
  await credential(page, 'Bot token').getByRole('button', { name: 'Write to env file…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Write to env file' })
  await dialog.getByRole('button', { name: 'Choose…' }).click()
  await expect(dialog.getByText(/1 line changes/)).toBeVisible()
  await take('write-env', page)
  await dialog.getByRole('button', { name: 'Write 1 line' }).click()
  await expect(page.getByText(/^1 line written to/)).toBeVisible()
  await take('written', page)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('Undone.')).toBeVisible()
  await closeMessages(page)
}

async function takeRest({ page }: Desk, take: Camera): Promise<void> {
  await page.getByRole('button', { name: 'Slack apps' }).first().click()
  await page.getByRole('option', { name: /Practice app/ }).click()
  await take('slack-app', page)
  await page.getByRole('button', { name: 'Settings' }).first().click()
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible()
  await take('settings', page)
  await page.getByRole('button', { name: 'Lock' }).click()
  await expect(page.getByRole('heading', { name: 'Token Desk is locked' })).toBeVisible()
  await take('locked', page)
}
