import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'playwright/test'
import { loopbackCertificate, openBrowser, type TestBrowser } from '../e2e/support/browser.ts'
import { allow, credential } from '../e2e/support/main-job.ts'
import { answerFileDialog } from './file-dialog.ts'
import { type PackagedApp, packagedExecutable, startPackagedApp } from './packaged-app.ts'
import { installSystemBrowser } from './system-browser.ts'

const BEFORE = '# Slack\nSLACK_BOT_TOKEN=old\nPORT=3000\n'

/** Nothing of the app is replaced: the system's own browser, clipboard and file dialog are used. */
test('the packaged app does the main job', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'token-desk-smoke-home-'))
  const profile = join(folder, 'profile')
  const file = join(folder, '.env')
  const system = await installSystemBrowser(folder)
  const start = () =>
    startPackagedApp(packagedExecutable('TOKEN_DESK_SMOKE_APP'), { profile, env: system.env })
  let app: PackagedApp = await start()
  let browser: TestBrowser | null = null
  try {
    const page = await app.page()
    await page.getByRole('button', { name: 'Try the practice workspace' }).click()
    const url = await system.opened()
    browser = await openBrowser(await loopbackCertificate(profile))
    await allow(await browser.open(url), 'Practice Studio')
    await expect(page.getByRole('heading', { name: 'Practice Studio' })).toBeVisible()

    const bot = credential(page, 'Bot token')
    await bot.getByRole('button', { name: 'Copy env line' }).click()
    await expect(page.getByText('Env line copied.')).toBeVisible()
    const line = await clipboardText()
    expect(line).toMatch(/^SLACK_BOT_TOKEN=xoxe\.xoxb-1-[\w-]+$/)

    await writeFile(file, BEFORE, { mode: 0o600 })
    await bot.getByRole('button', { name: 'Write to env file…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Write to env file' })
    await dialog.getByRole('button', { name: 'Choose…' }).click()
    await answerFileDialog('Choose an env file', file)
    await expect(dialog.getByText('1 line changes, 2 stay as they are')).toBeVisible()
    await dialog.getByRole('button', { name: 'Write 1 line' }).click()
    await expect(page.getByText(/^1 line written to/)).toBeVisible()
    expect(await readFile(file, 'utf8')).toBe(BEFORE.replace('SLACK_BOT_TOKEN=old', line))
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => readFile(file, 'utf8')).toBe(BEFORE)

    await app.close()
    app = await start()
    const again = await app.page()
    await again.getByRole('option', { name: /Practice Studio/ }).click()
    await again.getByRole('button', { name: 'Check token' }).click()
    await expect(again.getByText('All 2 tokens work.')).toBeVisible()
    await credential(again, 'Bot token').getByRole('button', { name: 'Copy env line' }).click()
    await expect.poll(clipboardText).toBe(line)
  } finally {
    await browser?.close()
    await app.close()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
})

/** Read by a program of its own, as any other one on the desktop would. */
async function clipboardText(): Promise<string> {
  const args = ['-selection', 'clipboard', '-out']
  const { stdout } = await promisify(execFile)('xclip', args).catch(() => ({ stdout: '' }))
  return stdout
}
