import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import type { TestBrowser } from './support/browser.ts'
import { type Desk, launchDesk, removeFolder, temporaryFolder } from './support/desk.ts'
import { connectPractice, credential } from './support/main-job.ts'

const BEFORE = '# Slack\nSLACK_BOT_TOKEN=old\nPORT=3000\n'

for (const protection of ['keyring', 'passphrase'] as const) {
  test(`the main job, sealed with a ${protection}`, async () => {
    const keyring = protection === 'keyring'
    const project = await temporaryFolder('project')
    let desk: Desk = await launchDesk({ keyring })
    let browser: TestBrowser | null = null
    try {
      if (!keyring) await choosePassphrase(desk)
      browser = await connectPractice(desk)

      const bot = credential(desk.page, 'Bot token')
      await bot.getByRole('button', { name: 'Copy env line' }).click()
      await expect(desk.page.getByText('Env line copied.')).toBeVisible()
      const line = await desk.clipboardText()
      expect(line).toMatch(/^SLACK_BOT_TOKEN=xoxe\.xoxb-1-[\w-]+$/)

      const file = join(project, '.env')
      await writeFile(file, BEFORE, { mode: 0o600 })
      await desk.answerFileDialog(file)
      await bot.getByRole('button', { name: 'Write to env file…' }).click()
      const dialog = desk.page.getByRole('dialog', { name: 'Write to env file' })
      await dialog.getByRole('button', { name: 'Choose…' }).click()
      await expect(dialog.getByText('1 line changes, 2 stay as they are')).toBeVisible()
      await dialog.getByRole('button', { name: 'Write 1 line' }).click()
      await expect(desk.page.getByText(/^1 line written to/)).toBeVisible()
      expect(await readFile(file, 'utf8')).toBe(BEFORE.replace('SLACK_BOT_TOKEN=old', line))
      expect((await stat(file)).mode & 0o777).toBe(0o600)

      await desk.page.getByRole('button', { name: 'Undo' }).click()
      await expect.poll(() => readFile(file, 'utf8')).toBe(BEFORE)

      await desk.close()
      desk = await launchDesk({ keyring, profile: desk.profile })
      if (!keyring) await unlock(desk)
      await desk.page.getByRole('option', { name: /Practice Studio/ }).click()
      await credential(desk.page, 'Bot token')
        .getByRole('button', { name: 'Copy env line' })
        .click()
      await expect.poll(() => desk.clipboardText()).toBe(line)
      await desk.page.getByRole('button', { name: 'Check token' }).click()
      await expect(desk.page.getByText('All 2 tokens work.')).toBeVisible()
    } finally {
      await browser?.close()
      await desk.close()
      await removeFolder(desk.profile)
      await removeFolder(project)
    }
  })
}

const PASSPHRASE = 'a long enough passphrase'

async function choosePassphrase({ page }: Desk): Promise<void> {
  await page.getByRole('textbox', { name: 'Passphrase', exact: true }).fill(PASSPHRASE)
  await page.getByRole('textbox', { name: 'Passphrase again' }).fill(PASSPHRASE)
  await page.getByRole('button', { name: 'Protect my tokens' }).click()
  await expect(page.getByRole('heading', { name: 'Connect a Slack workspace' })).toBeVisible()
}

async function unlock({ page }: Desk): Promise<void> {
  await expect(page.getByText('Practice Studio')).toHaveCount(0)
  await page.getByRole('textbox', { name: 'Passphrase' }).fill('not the passphrase')
  await page.getByRole('button', { name: 'Unlock' }).click()
  // It stands at the field, and is said.
  await expect(page.getByText(/This is not the passphrase/).first()).toBeVisible()
  await page.getByRole('textbox', { name: 'Passphrase' }).fill(PASSPHRASE)
  await page.getByRole('button', { name: /^Unlock/ }).click()
  await expect(page.getByText('Practice Studio').first()).toBeVisible()
}
