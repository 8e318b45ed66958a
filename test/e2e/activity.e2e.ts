import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, type Page, test } from 'playwright/test'
import { expectAccessible } from './support/axe.ts'
import type { TestBrowser } from './support/browser.ts'
import { type Desk, launchDesk, removeFolder, temporaryFolder } from './support/desk.ts'
import { connectPractice, copiedToken, credential } from './support/main-job.ts'
import { callFromPage } from './support/page-calls.ts'

test.describe.configure({ timeout: 180_000 })

const rows = (page: Page) => page.getByRole('list', { name: 'Activity' }).locator('.activity-row')

test('Activity says what happened, keeps it over a restart, and tells a locked page nothing', async () => {
  const project = await temporaryFolder('project')
  let desk: Desk = await launchDesk()
  let browser: TestBrowser | null = null
  try {
    await desk.page.keyboard.press('ControlOrMeta+4')
    await expect(desk.page.getByText('Nothing happened yet.')).toBeVisible()
    await desk.page.keyboard.press('ControlOrMeta+1')
    browser = await connectPractice(desk)
    const token = await copiedToken(desk, 'Bot token')
    await write(desk, join(project, '.env'))
    await desk.page.keyboard.press('ControlOrMeta+4')
    const said = [/Wrote SLACK_BOT_TOKEN to/, /Copied env line SLACK_BOT_TOKEN/, /Authorized with/]
    await expect(rows(desk.page)).toHaveText(said)
    await expectAccessible(desk, 'activity')

    await desk.page.keyboard.press('ControlOrMeta+f')
    await desk.page.keyboard.type('copied')
    await expect(rows(desk.page)).toHaveText([/Copied env line/])
    await desk.page.keyboard.press('ArrowDown')
    await desk.page.keyboard.press('Enter')
    await expect(desk.page.getByText('You, in the window')).toBeVisible()
    await expectAccessible(desk, 'activity, a row open')
    await desk.page.getByRole('button', { name: 'Clear search' }).click()
    await desk.page.getByRole('radio', { name: 'Files' }).check({ force: true })
    await expect(rows(desk.page)).toHaveText([/Wrote SLACK_BOT_TOKEN to/])
    await desk.page.getByRole('radio', { name: 'All', exact: true }).check({ force: true })

    const exported = join(project, 'activity.jsonl')
    await desk.answerFileDialog(exported)
    await desk.page.getByRole('button', { name: 'Export as JSON lines…' }).click()
    await expect(desk.page.getByText(`3 entries exported to ${exported}.`)).toBeVisible()
    expect((await stat(exported)).mode & 0o777).toBe(0o600)
    const text = await readFile(exported, 'utf8')
    const whats = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).what)
    expect(whats).toEqual(['authorized', 'copied', 'written'])
    const kept = await readFile(join(desk.profile, 'activity.jsonl'), 'utf8')
    expect(kept).toBe(text)
    expect(text).not.toContain(token)
    expect(text).not.toMatch(/xox|xapp-|hooks\./)

    // What another process adds is there at once.
    const [first = ''] = text.split('\n')
    const other = { ...JSON.parse(first), id: 'of another process', by: 'command-line' }
    await writeFile(join(desk.profile, 'activity.jsonl'), `${JSON.stringify(other)}\n`, {
      flag: 'a',
    })
    await expect(rows(desk.page)).toHaveCount(4)

    await desk.close()
    desk = await launchDesk({ profile: desk.profile })
    await desk.page.keyboard.press('ControlOrMeta+4')
    await expect(rows(desk.page)).toHaveCount(4)
    await desk.page.keyboard.press('ControlOrMeta+Shift+L')
    await expect(desk.page.getByRole('heading', { name: 'Token Desk is locked' })).toBeVisible()
    await expect(rows(desk.page)).toHaveCount(0)
    await expect(desk.page.getByText(/Practice Studio|SLACK_BOT_TOKEN/)).toHaveCount(0)
    const refused = await callFromPage(desk, 'activity/list')
    expect(refused).toMatchObject({ ok: false, failure: { code: 'VAULT_LOCKED' } })
    await desk.page.getByRole('button', { name: 'Unlock' }).click()
    await expect(rows(desk.page)).toHaveText([/Unlocked/, /Locked/, /./, /./, /./, /./])
  } finally {
    await browser?.close()
    await desk.close()
    await removeFolder(desk.profile)
    await removeFolder(project)
  }
})

async function write(desk: Desk, file: string): Promise<void> {
  await writeFile(file, 'PORT=3000\n', { mode: 0o600 })
  await desk.answerFileDialog(file)
  await credential(desk.page, 'Bot token')
    .getByRole('button', { name: 'Write to env file…' })
    .click()
  const dialog = desk.page.getByRole('dialog', { name: 'Write to env file' })
  await dialog.getByRole('button', { name: 'Choose…' }).click()
  await dialog.getByRole('button', { name: 'Write 1 line' }).click()
  await expect(desk.page.getByText(/^1 line written to/)).toBeVisible()
}
