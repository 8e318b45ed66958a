import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'playwright/test'
import { expectAccessible, expectAccessiblePage } from './support/axe.ts'
import type { TestBrowser } from './support/browser.ts'
import { answerInBrowser, expectPage } from './support/consent.ts'
import { type Desk, launchDesk, removeFolder, temporaryFolder } from './support/desk.ts'
import { pasteTokens } from './support/import-token.ts'
import { connectPractice, credential, trustingBrowser } from './support/main-job.ts'
import { addSlackApp, authorizeWith } from './support/slack-apps.ts'
import { openTestSlack, type TestSlack } from './support/test-slack.ts'

const ENV_FILE = 'DATABASE_URL=postgres://localhost/test\nSLACK_BOT_TOKEN=\nPORT=3000\n'

test.describe.configure({ timeout: 180_000 })

test.describe('axe finds nothing', () => {
  let desk: Desk
  let slack: TestSlack
  let browser: TestBrowser | null = null
  const folders: string[] = []

  test.beforeAll(async () => {
    slack = await openTestSlack()
  })

  test.afterEach(async () => {
    await browser?.close()
    browser = null
    await desk.close()
    for (const folder of [desk.profile, ...folders.splice(0)]) await removeFolder(folder)
  })

  test.afterAll(() => slack.close())

  test('on the first run and in the forms', async () => {
    desk = await launchDesk()
    const { page } = desk
    await expectAccessible(desk, 'first run')

    await page.getByRole('button', { name: 'Add a Slack app' }).click()
    await expect(page.getByRole('heading', { name: 'Add a Slack app' })).toBeVisible()
    await expectAccessible(desk, 'form, empty')
    await page.getByRole('textbox', { name: 'Client ID' }).fill('A07QX2M4D')
    await page.getByRole('combobox', { name: 'Bot scopes' }).fill('chat')
    await expect(page.getByRole('listbox')).toBeVisible()
    await expectAccessible(desk, 'form, choosing a scope')
    await page.keyboard.press('Enter')
    await page.getByRole('radio', { name: 'PKCE on http localhost' }).check()
    await page.getByRole('button', { name: 'Add Slack app' }).click()
    await expect(page.getByText(/This is an app ID/)).toBeVisible()
    await expectAccessible(desk, 'form, with problems')
    await page.getByRole('radio', { name: 'Paste the address' }).check()
    await page.getByRole('radio', { name: 'Custom' }).check({ force: true })
    await expectAccessible(desk, 'form, all fields')
    await page.getByRole('button', { name: 'Cancel' }).click()
    await expect(page.getByRole('button', { name: 'Keep editing' })).toBeVisible()
    await expectAccessible(desk, 'form, leaving it')
    await page.getByRole('button', { name: 'Discard' }).click()
    await page.keyboard.press('ControlOrMeta+2')
    await expect(page.getByText('No Slack apps yet')).toBeVisible()
    await expectAccessible(desk, 'Slack apps, none')

    await page.keyboard.press('ControlOrMeta+i')
    await expectAccessible(desk, 'import, empty')
    await page.getByRole('dialog').getByRole('radio', { name: 'Custom' }).check({ force: true })
    await page.getByRole('dialog').getByRole('button', { name: 'Paste' }).click()
    await expectAccessible(desk, 'import, wrong address')
    await page.keyboard.press('Escape')
    const app = ['xapp', '1', 'A0TEST', '3000000000055', 'ab'.repeat(16)].join('-')
    const session = ['xoxc', '1000000000017', 'cd'.repeat(16)].join('-')
    const bot = ['xoxb', '1000000000017', 'ef'.repeat(16)].join('-')
    const dialog = await pasteTokens(desk, [app, session, bot].join('\n'), { baseUrl: slack.url })
    await expect(dialog.getByText('Refused').first()).toBeVisible()
    await expectAccessible(desk, 'import, found')
  })

  test('on an authorization and its workspace', async () => {
    desk = await launchDesk()
    const { page } = desk
    const app = await slack.register('Deploy Bot', { tokenRotation: true })
    await addSlackApp(desk, app)
    await expectAccessible(desk, 'Slack app')
    const secret = credential(page, 'Client secret')
    await secret.getByRole('button', { name: 'Reveal' }).click()
    await expect(secret.getByText(/^Hides in/)).toBeVisible()
    await expectAccessible(desk, 'Slack app, secret shown')
    await page.getByRole('button', { name: 'Remove…' }).click()
    await expectAccessible(desk, 'Slack app, removing it')
    await page.keyboard.press('Escape')
    await page.keyboard.press('ControlOrMeta+1')
    await expect(page.getByText('No workspaces yet')).toBeVisible()
    await expectAccessible(desk, 'workspaces, none')

    const url = await authorizeWith(desk, app.name)
    await expectAccessible(desk, 'waiting')
    await page.getByRole('button', { name: 'Paste the address instead' }).click()
    await desk.setClipboardText('no address')
    await page.getByRole('button', { name: 'Paste', exact: true }).click()
    await page.getByRole('button', { name: 'Slack asks for an admin’s approval?' }).click()
    await expectAccessible(desk, 'waiting, pasting')
    await page.getByRole('button', { name: 'Slack shows an error page?' }).click()
    await expectAccessible(desk, 'waiting, help')
    await page.getByRole('button', { name: 'What to add in Slack' }).click()
    await expectAccessible(desk, 'redirect URL refused')
    await page.getByRole('button', { name: 'Slack shows something else' }).click()

    browser = await trustingBrowser(desk)
    const consent = await browser.open(url)
    await expectAccessiblePage(consent, 'consent page')
    await consent.getByText('Answer with an error instead…').click()
    await expectAccessiblePage(consent, 'consent page, other answers')
    await consent.getByRole('button', { name: 'Cancel' }).click()
    await expectPage(consent, 'Not authorized', 'failed/access_denied')
    await expectAccessiblePage(consent, 'browser, not authorized')
    await consent.goto(new URL('/callback', consent.url()).href)
    await expectPage(consent, 'Nothing to do here', 'nothing-to-do')
    await expectAccessiblePage(consent, 'browser, nothing to do')
    await expectAccessible(desk, 'stopped')
    await page.getByRole('button', { name: 'Cancel' }).click()

    const again = await answerInBrowser(browser, await authorizeWith(desk, app.name))
    await expectPage(again.page, 'Auth complete', 'complete')
    await expectAccessiblePage(again.page, 'browser, complete')
    await expect(page.getByRole('heading', { level: 1, name: 'Practice Studio' })).toBeVisible()
    await expectAccessible(desk, 'workspace')
    const user = credential(page, 'User token')
    await user.getByRole('button', { name: 'Reveal' }).click()
    await user.getByRole('button', { name: 'Copy env line' }).click()
    await page.getByText('Env line copied.').hover()
    await expectAccessible(desk, 'workspace, token shown, line copied')
  })

  test('on the dialogs of a workspace', async () => {
    desk = await launchDesk()
    const { page } = desk
    await connectPractice(desk).then((opened) => {
      browser = opened
    })
    for (const name of ['Revoke…', 'Remove…', 'Name and note…']) {
      await page.getByRole('button', { name }).click()
      await expect(page.getByRole('dialog').or(page.getByRole('alertdialog'))).toBeVisible()
      await expectAccessible(desk, name)
      await page.keyboard.press('Escape')
    }

    const project = await temporaryFolder('project')
    folders.push(project)
    await promisify(execFile)('git', ['init', '--quiet', project])
    const file = join(project, '.env')
    await writeFile(file, ENV_FILE)
    await desk.answerFileDialog(file)
    await credential(page, 'Bot token').getByRole('button', { name: 'Write to env file…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Write to env file' })
    await expectAccessible(desk, 'write, no file')
    await dialog.getByRole('button', { name: 'Choose…' }).click()
    await expect(dialog.getByText('Git does not ignore this file')).toBeVisible()
    await expectAccessible(desk, 'write, not ignored')
    const variable = dialog.getByRole('textbox', { name: 'Variable' })
    await variable.fill('VITE_SLACK_BOT_TOKEN')
    await expect(dialog.getByText(/publish the token to every visitor/)).toBeVisible()
    await expectAccessible(desk, 'write, public name')
    await variable.fill('not a name')
    await expect(variable).toHaveAttribute('aria-invalid', 'true')
    await expectAccessible(desk, 'write, wrong name')
    await variable.fill('SLACK_BOT_TOKEN')
    await dialog.getByRole('button', { name: 'Write 1 line' }).click()
    await page.getByText(/^1 line written to/).hover()
    await expectAccessible(desk, 'written')
  })
})
