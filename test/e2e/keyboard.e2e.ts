import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, type Page, test } from 'playwright/test'
import { launchDesk, removeFolder, temporaryFolder } from './support/desk.ts'
import { trustingBrowser } from './support/main-job.ts'

const BEFORE = 'SLACK_BOT_TOKEN=old\n'

/** No mouse at all: keys alone, as for somebody who has no other way. */
test('the main job by the keyboard alone', async () => {
  const project = await temporaryFolder('keys')
  const file = join(project, '.env')
  await writeFile(file, BEFORE)
  const desk = await launchDesk()
  const { page } = desk
  try {
    await page.keyboard.press('Enter')
    const url = await desk.nextOpenedUrl()
    await expect(page.getByRole('button', { name: 'Open again' })).toBeFocused()

    const browser = await trustingBrowser(desk)
    const consent = await browser.open(url)
    await tabTo(consent, 'Allow')
    await consent.keyboard.press('Enter')
    await consent.waitForURL(/\/complete$/)
    await browser.close()
    await expect(page.getByRole('heading', { name: /^Practice/, level: 1 })).toBeFocused()

    await tabTo(page, 'Copy env line')
    await page.keyboard.press('Enter')
    await expect.poll(() => desk.clipboardText()).toMatch(/^SLACK_BOT_TOKEN=xoxe/)
    const line = await desk.clipboardText()

    await desk.answerFileDialog(file)
    await tabTo(page, 'Write to env file…')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('dialog', { name: 'Write to env file' })).toBeVisible()
    await expect(page.getByRole('button', { name: 'Choose…' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.getByText('1 line changes', { exact: false })).toBeVisible()
    await page.keyboard.press('Control+Enter')
    await expect.poll(() => readFile(file, 'utf8')).toBe(`${line}\n`)
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await tabTo(page, 'Undo')
    await page.keyboard.press('Enter')
    await expect.poll(() => readFile(file, 'utf8')).toBe(BEFORE)

    await page.keyboard.press('Control+5')
    await expect(page.getByRole('heading', { name: 'Appearance' })).toBeVisible()
    await page.keyboard.press('Control+1')
    await page.keyboard.press('Control+f')
    await expect(page.getByRole('searchbox', { name: 'Search workspaces' })).toBeFocused()
    await page.keyboard.type('nothing like it')
    await expect(page.getByText(/No workspace matches/)).toBeVisible()
    await page.keyboard.press('Control+Shift+L')
    await expect(page.getByRole('heading', { name: 'Token Desk is locked' })).toBeVisible()
    await tabTo(page, 'Unlock')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('option', { name: /Practice/ })).toBeVisible()
  } finally {
    await desk.close()
    await removeFolder(desk.profile)
    await removeFolder(project)
  }
})

/** More stops than any screen has. */
const MOST_STOPS = 80

/** Presses Tab until the control of that name has the focus; each stop must show where it is. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    if ((await focusedName(page)) === name) return
    await page.keyboard.press('Tab')
    await expectRing(page)
  }
  throw new Error(`no Tab stop is named “${name}”`)
}

function focusedName(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement
    return element?.getAttribute('aria-label') ?? element?.textContent?.trim() ?? ''
  })
}

/** Something with the focus is outlined: itself, or the part that stands for it. */
async function expectRing(page: Page): Promise<void> {
  const hasRing = await page.evaluate(() => {
    const element = document.activeElement
    if (element === null || element === document.body) return true
    for (let one: Element | null = element; one !== null; one = one.parentElement) {
      const { outlineStyle, boxShadow } = getComputedStyle(one)
      if (outlineStyle !== 'none' || boxShadow !== 'none') return true
    }
    return false
  })
  expect(hasRing).toBe(true)
}
