import { expect, type Locator } from 'playwright/test'
import type { Desk } from './desk.ts'

/** Where a pasted token belongs; slack.com unless told. */
export interface ImportOptions {
  readonly baseUrl?: string
  /** For what Slack cannot name. */
  readonly name?: string
}

/** Opens "Import token" by its key, pastes the text and answers the dialog. */
export async function pasteTokens(
  desk: Desk,
  text: string,
  options: ImportOptions = {},
): Promise<Locator> {
  const { page } = desk
  await desk.setClipboardText(text)
  await page.keyboard.press('ControlOrMeta+i')
  const dialog = page.getByRole('dialog', { name: 'Import token' })
  if (options.baseUrl !== undefined) {
    await dialog.getByRole('radio', { name: 'Custom' }).check({ force: true })
    await dialog.getByRole('textbox', { name: 'Base URL' }).fill(options.baseUrl)
  }
  await dialog.getByRole('button', { name: 'Paste' }).click()
  return dialog
}

/** Imports a secret that Slack cannot check, so that a desk has something without any Slack. */
export async function importAppToken(desk: Desk, name: string): Promise<string> {
  // Put together here: nothing in the repository looks like a live token.
  const token = ['xapp', '1', `A0${'7'.repeat(9)}`, '8'.repeat(13), 'ab'.repeat(32)].join('-')
  const dialog = await pasteTokens(desk, token)
  await dialog.getByRole('textbox', { name: 'Workspace name' }).fill(name)
  await dialog.getByRole('button', { name: 'Import 1 secret' }).click()
  await expect(desk.page.getByRole('heading', { level: 1, name })).toBeVisible()
  return token
}
