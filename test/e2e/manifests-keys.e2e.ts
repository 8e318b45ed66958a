import { expect, type Locator, type Page, test } from 'playwright/test'
import { expectFocus, tabTo } from './support/keys.ts'
import { type ManifestRun, startManifestRun } from './support/manifest-run.ts'

/** No mouse at all: keys alone, as for somebody who has no other way. */
test('an app is made from its manifest and changed by the keyboard alone', async () => {
  test.setTimeout(120_000)
  const run = await startManifestRun()
  try {
    await create(run)
    await update(run)
    expect(run.slack.outcomes('apps.manifest.create')).toEqual(['ok'])
    expect(run.slack.outcomes('apps.manifest.update')).toEqual(['ok'])
  } finally {
    await run.close()
  }
})

async function create({ desk: { page }, wire }: ManifestRun): Promise<void> {
  await page.keyboard.press('Control+2')
  await press(page, 'Add Slack app')
  await expect(page.getByRole('heading', { name: 'Add a Slack app' })).toBeVisible()
  await page.keyboard.press('Shift+Tab')
  await expectFocus(page, button(page, 'New app from a manifest…'))
  await page.keyboard.press('Enter')
  await expectFocus(page, page.getByRole('textbox', { name: 'Name', exact: true }))
  await page.keyboard.type('Key Bot')
  await tabTo(page, page.getByRole('radio', { name: 'slack.com' }))
  await page.keyboard.press('ArrowLeft')
  await expect(page.getByRole('radio', { name: 'Custom' })).toBeChecked()
  await tabTo(page, page.getByRole('textbox', { name: 'Base URL' }))
  await page.keyboard.type(wire.url)
  await tabTo(page, page.getByRole('combobox', { name: 'Bot scopes' }))
  await page.keyboard.type('chat:wirte')
  await page.keyboard.press('Enter')
  await press(page, 'Use chat:write')
  await expectFocus(page, page.getByRole('combobox', { name: 'Bot scopes' }))
  await tabTo(page, page.getByRole('radio', { name: 'JSON' }))
  await page.keyboard.press('ArrowRight')
  const preview = page.getByRole('textbox', { name: 'Manifest preview' })
  await expect(preview).toHaveValue(/- chat:write/)
  await press(page, 'Create on Slack')
  await expect(page.getByRole('heading', { level: 1, name: 'Key Bot' })).toBeVisible()
  await expectFocus(page, button(page, 'Authorize workspace'))
}

async function update({ desk: { page } }: ManifestRun): Promise<void> {
  await tabTo(page, page.getByRole('radio', { name: 'Overview' }))
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('radio', { name: 'Manifest' })).toBeChecked()
  const editor = page.getByRole('textbox', { name: 'Manifest', exact: true })
  await expect(editor).toHaveValue(/chat:write/)
  await press(page, 'Get it from Slack')
  await expect(page.getByText('As Slack has it.')).toBeVisible()
  await tabTo(page, editor)
  const text = await editor.inputValue()
  await page.keyboard.press('Control+a')
  await page.keyboard.insertText(text.replace('"chat:write"', '"chat:write", "reactions:write"'))
  await page.keyboard.press('Control+s')
  const compared = page.getByRole('dialog', { name: 'Compared with Slack' })
  await expect(compared.getByText('"reactions:write"')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(compared).toHaveCount(0)
  await expectFocus(page, editor)
  await press(page, 'Update on Slack…')
  const dialog = page.getByRole('dialog', { name: 'Update Key Bot on Slack?' })
  await tabTo(page, dialog.getByRole('button', { name: 'Update on Slack' }))
  await page.keyboard.press('Enter')
  await expect(page.getByText('Key Bot updated on Slack.')).toBeVisible()
  await expect(page.getByText('No workspace here uses the app yet.')).toBeVisible()
  await expectFocus(page, button(page, 'Update on Slack…'))
}

/** Goes to a button with Tab and presses it. */
async function press(page: Page, name: string): Promise<void> {
  await tabTo(page, button(page, name))
  await page.keyboard.press('Enter')
}

function button(page: Page, name: string): Locator {
  return page.getByRole('button', { name, exact: true }).first()
}
