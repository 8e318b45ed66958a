import { readFile } from 'node:fs/promises'
import { expect, type Page } from 'playwright/test'
import type { Desk } from './desk.ts'
import { credential } from './main-job.ts'

/** The acts on tokens that are there, after `FullRun.collectTokens`. */

/** Check, copy, and the one act that shows a secret. Answers what it showed. */
export async function checkCopyReveal({ page }: Desk): Promise<string> {
  await page.getByRole('option', { name: /Practice Studio.*Deploy Bot/ }).click()
  await page.getByRole('button', { name: 'Check token' }).click()
  await expect(page.getByText(/^All \d tokens work\.$/)).toBeVisible()
  await credential(page, 'Bot token').getByRole('button', { name: 'Copy env line' }).click()
  await expect(page.getByText('Env line copied.')).toBeVisible()
  const user = credential(page, 'User token of robin')
  await user.getByRole('button', { name: 'Reveal' }).click()
  await expect(user.getByText(/^Hides in/)).toBeVisible()
  const revealed = await user.locator('.revealed-value').textContent()
  await user.getByRole('button', { name: 'Hide now' }).click()
  await expect(user.getByText(/^Hides in/)).toBeHidden()
  return revealed ?? ''
}

/** Writes a token over the one line that differs, takes it back, and writes it again. */
export async function writeUndoWrite(desk: Desk, file: string): Promise<void> {
  const before = await readFile(file, 'utf8')
  await desk.answerFileDialog(file)
  await writeUserToken(desk.page)
  await desk.page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => readFile(file, 'utf8')).toBe(before)
  await writeUserToken(desk.page)
  await expect.poll(() => readFile(file, 'utf8')).not.toBe(before)
}

async function writeUserToken(page: Page): Promise<void> {
  const user = credential(page, 'User token of sam')
  await user.getByRole('button', { name: 'Write to env file…' }).click()
  await page.getByRole('button', { name: 'Choose…' }).click()
  await page.getByRole('button', { name: 'Write 1 line' }).click()
  await expect(page.getByText(/^1 line written to/)).toBeVisible()
}

/** Ends one token at Slack, and forgets another here. */
export async function revokeAndRemove({ page }: Desk): Promise<void> {
  await page.getByRole('option', { name: /Practice Studio.*By paste/ }).click()
  await page.getByRole('button', { name: 'Revoke…' }).click()
  await page.getByRole('checkbox').first().uncheck({ force: true })
  await page.getByRole('button', { name: 'Revoke 1 token' }).click()
  await expect(page.getByText('1 token of Practice Studio revoked.')).toBeVisible()
  const imported = page.getByRole('option', { name: /Imported/ })
  const count = await imported.count()
  await imported.first().click()
  await page.getByRole('button', { name: 'Remove…' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click()
  await expect(imported).toHaveCount(count - 1)
}

/** Answers what a user would send with a report. */
export async function copyDiagnostics(desk: Desk): Promise<string> {
  const { page } = desk
  await page.keyboard.press('ControlOrMeta+5')
  await page.getByRole('button', { name: 'About' }).click()
  await page.getByRole('button', { name: 'Copy diagnostics' }).click()
  await expect(page.getByText('Diagnostics copied.')).toBeVisible()
  return desk.clipboardText()
}

/** Types into fields as the keyboard does, so that no script of the test holds the text. */
export async function choosePassphrase({ page }: Desk, passphrase: string): Promise<void> {
  for (const name of ['Passphrase', 'Passphrase again']) {
    await page.getByRole('textbox', { name, exact: true }).click()
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.insertText(passphrase)
  }
  await page.getByRole('button', { name: 'Protect my tokens' }).click()
  await expect(page.getByRole('heading', { name: 'Connect a Slack workspace' })).toBeVisible()
}

/** @param passphrase null where the keyring protects the vault */
export async function unlock({ page }: Desk, passphrase: string | null): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Token Desk is locked' })).toBeVisible()
  if (passphrase !== null) {
    await page.getByRole('textbox', { name: 'Passphrase' }).click()
    await page.keyboard.insertText(passphrase)
  }
  await page.getByRole('button', { name: 'Unlock', exact: true }).click()
  await expect(page.getByRole('navigation')).toBeVisible()
}
