import { expect, type Locator } from 'playwright/test'
import type { Desk } from './desk.ts'
import { madeUp } from './made-up-secrets.ts'

/** Where a pasted token belongs; slack.com unless told. */
export interface ImportOptions {
  readonly baseUrl?: string
  /** For what Slack cannot name. */
  readonly name?: string
}

/** Opens "Import token" by its key, and chooses where the tokens belong. */
export async function openImport(desk: Desk, options: ImportOptions = {}): Promise<Locator> {
  const { page } = desk
  await page.keyboard.press('ControlOrMeta+i')
  const dialog = page.getByRole('dialog', { name: 'Import token' })
  if (options.baseUrl !== undefined) {
    await dialog.getByRole('radio', { name: 'Custom' }).check({ force: true })
    await dialog.getByRole('textbox', { name: 'Base URL' }).fill(options.baseUrl)
  }
  return dialog
}

/** Opens "Import token" by its key, pastes the text and answers the dialog. */
export async function pasteTokens(
  desk: Desk,
  text: string,
  options: ImportOptions = {},
): Promise<Locator> {
  await desk.setClipboardText(text)
  const dialog = await openImport(desk, options)
  await dialog.getByRole('button', { name: 'Paste' }).click()
  return dialog
}

/** The same with a file that the system's dialog answers. */
export async function chooseFileOfTokens(
  desk: Desk,
  path: string,
  options: ImportOptions = {},
): Promise<Locator> {
  await desk.answerFileDialog(path)
  const dialog = await openImport(desk, options)
  await dialog.getByRole('button', { name: 'Choose file…' }).click()
  return dialog
}

/** Imports a secret that Slack cannot check, so that a desk has something without any Slack. */
export async function importAppToken(desk: Desk, name: string): Promise<string> {
  const token = madeUp.appToken()
  const dialog = await pasteTokens(desk, token)
  await dialog.getByRole('textbox', { name: 'Workspace name' }).fill(name)
  await dialog.getByRole('button', { name: 'Import 1 secret' }).click()
  await expect(desk.page.getByRole('heading', { level: 1, name })).toBeVisible()
  return token
}
