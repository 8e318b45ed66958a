import { execFile } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, type Locator, test } from 'playwright/test'
import { type Desk, launchDesk, removeFolder, temporaryFolder } from './support/desk.ts'
import { appAndSigning, envText, linesOf, wholeBlock } from './support/env-block.ts'
import { chooseFileOfTokens, openImport, pasteTokens } from './support/import-token.ts'
import { tabTo } from './support/keys.ts'
import { madeUp } from './support/made-up-secrets.ts'
import { copiedToken, credential } from './support/main-job.ts'
import { openTestSlack, type TestSlack } from './support/test-slack.ts'

test.describe('importing a block of env lines', () => {
  let slack: TestSlack
  let desk: Desk
  let folder = ''

  test.beforeAll(async () => {
    slack = await openTestSlack()
    folder = await temporaryFolder('import')
  })

  test.beforeEach(async () => {
    desk = await launchDesk()
  })

  test.afterEach(async () => {
    await desk.close()
    await removeFolder(desk.profile)
  })

  test.afterAll(async () => {
    await slack.close()
    await removeFolder(folder)
  })

  for (const source of ['pasted', 'chosen as a file'] as const) {
    test(`${source}: what was chosen goes into one workspace, nothing before that`, async () => {
      const { page } = desk
      const lines = await wholeBlock(slack)
      const session = madeUp.sessionToken()
      const text = envText(lines, session)
      const before = await vaultText(desk)
      const dialog = await open(source, text)
      await expect(dialog.getByText('Practice Studio', { exact: true })).toBeVisible()

      // Each row names its kind, its variable and no more of the secret than its end.
      const rows = dialog.getByRole('listitem')
      await expect(rows).toHaveCount(lines.length + 1)
      for (const [index, { kind, variable, value }] of lines.entries()) {
        await expect(rows.nth(index)).toContainText(kind)
        await expect(rows.nth(index)).toContainText(variable)
        await expect(box(dialog, kind)).toBeChecked()
        expect(await dialog.innerHTML()).not.toContain(value)
      }
      await expect(rows.last()).toContainText('Browser session token')
      await expect(rows.last().getByRole('checkbox')).toHaveCount(0)
      await expect(dialog.getByRole('alert')).toContainText('A browser session token was left out')
      await expect(dialog).not.toContainText('PORT')

      await box(dialog, 'Verification token').uncheck({ force: true })
      await box(dialog, 'Client secret').uncheck({ force: true })
      await expect(dialog.getByText('They go with Practice Studio.')).toBeVisible()
      expect(await vaultText(desk)).toBe(before)
      await dialog.getByRole('button', { name: 'Import 5 secrets' }).click()
      await expect(page.getByText('5 secrets imported.')).toBeVisible()
      await expect(page.getByRole('heading', { level: 1, name: 'Practice Studio' })).toBeVisible()
      await expect(page.getByRole('option')).toHaveCount(1)

      const taken = lines.filter(({ kind }) => !/^(?:Verification|Client secret)/.test(kind))
      await expect(page.getByRole('group', { name: KINDS })).toHaveCount(taken.length)
      for (const { kind, value } of taken) expect(await copiedToken(desk, kind)).toBe(value)
      const after = await vaultText(desk)
      expect(after).not.toBe(before)
      for (const { value } of [...lines, { value: session }]) expect(after).not.toContain(value)
    })
  }

  test('Cancel and Clear put it away, and nothing is stored', async () => {
    const before = await vaultText(desk)
    const text = envText(await wholeBlock(slack), madeUp.sessionToken())
    const dialog = await pasteTokens(desk, text, { baseUrl: slack.url })
    await expect(box(dialog, 'Bot token')).toBeChecked()
    await dialog.getByRole('button', { name: 'Clear' }).click()
    await expect(dialog.getByRole('checkbox')).toHaveCount(0)
    await expect(dialog.getByRole('button', { name: 'Paste' })).toBeFocused()
    await dialog.getByRole('button', { name: 'Paste' }).click()
    await expect(dialog.getByText('Practice Studio', { exact: true })).toBeVisible()
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await expect(dialog).toHaveCount(0)
    expect(await vaultText(desk)).toBe(before)
    await expect(desk.page.getByRole('button', { name: 'Add a Slack app' })).toBeVisible()
  })

  test('without a token the user says where the secrets go: a new workspace, or one here', async () => {
    const { page } = desk
    const first = appAndSigning()
    const dialog = await pasteTokens(desk, linesOf(first))
    await expect(dialog.getByRole('checkbox')).toHaveCount(2)
    await expect(dialog.getByText('Cannot be checked')).toHaveCount(2)
    await dialog.getByRole('button', { name: 'Import 2 secrets' }).click()
    const name = dialog.getByRole('textbox', { name: 'Workspace name' })
    await expect(name).toBeFocused()
    await expect(dialog.getByText('Slack cannot tell the name. Give it one.')).toBeVisible()
    await name.fill('Home server')
    await name.press('Enter')
    await expect(page.getByRole('heading', { level: 1, name: 'Home server' })).toBeVisible()

    const second = appAndSigning()
    const again = await pasteTokens(desk, linesOf(second))
    await expect(again.getByText('Where do these 2 secrets go?')).toBeVisible()
    await again.getByRole('radio', { name: 'A workspace here' }).check({ force: true })
    await again.getByRole('button', { name: 'Import 2 secrets' }).click()
    await expect(again.getByText('Choose the workspace.')).toBeVisible()
    const workspace = again.getByRole('combobox', { name: 'Workspace' })
    await workspace.fill('home')
    await again.getByRole('option', { name: /Home server/ }).click()
    await again.getByRole('button', { name: 'Import 2 secrets' }).click()
    await expect(page.getByText('2 secrets imported.').last()).toBeVisible()
    await expect(page.getByRole('option')).toHaveCount(1)
    await expect(credential(page, 'App-level token')).toHaveCount(2)
    expect(await copiedToken(desk, 'Signing secret')).toBe(second[1]?.value)
  })

  test('a token that can be two things is imported only once the user has said which', async () => {
    const { page } = desk
    const dialog = await pasteTokens(desk, madeUp.ambiguousToken(), { baseUrl: slack.url })
    const row = dialog.getByRole('listitem')
    await expect(row).toContainText('User or configuration token')
    // Slack has never issued it, so it is not ticked.
    await expect(row.getByRole('checkbox')).not.toBeChecked()
    await expect(dialog.getByRole('alert')).toContainText('invalid_auth')
    await dialog.getByRole('button', { name: 'Cancel' }).click()

    const pair = await slack.configurationToken()
    const block = `TOKEN=${pair.token}\nSLACK_CONFIG_REFRESH=${pair.refreshToken}\n`
    const found = await pasteTokens(desk, block, { baseUrl: slack.url })
    await expect(found.getByRole('checkbox', { name: /^User or conf/ })).toBeChecked()
    const act = found.getByRole('button', { name: /^Import/ })
    await expect(act).toHaveAttribute('aria-disabled', 'true')
    await expect(act).toHaveAccessibleDescription('Say first what kind of token it is.')
    await act.click({ force: true })
    await expect(found).toBeVisible()
    await found.getByRole('radio', { name: 'Configuration token' }).check({ force: true })
    await expect(found.getByText('Goes with the configuration token')).toBeVisible()
    await expect(act).not.toHaveAttribute('aria-disabled', 'true')
    await found.getByRole('button', { name: 'Import 2 secrets' }).click()
    await expect(page.getByText('2 secrets imported.')).toBeVisible()
    await expect(page.getByRole('heading', { level: 1, name: 'Slack apps' })).toBeVisible()
    await expect(page.getByText(/^Configuration token /)).toBeVisible()
  })

  test('files that hold no env lines are refused in words, and another one can be chosen', async () => {
    const wanted: readonly (readonly [string, string, string])[] = [
      [await folderThere(), 'This is a folder', 'Choose a file in it.'],
      [await file('large', Buffer.alloc(2 ** 20 + 1, 'a')), 'This file is larger than 1 MB', ''],
      [await file('image', Buffer.alloc(4096)), 'This is not a text file', ''],
      [await file('latin', Buffer.from('N=\xe4', 'latin1')), 'This file is not UTF-8 text', ''],
      [await pipe(), 'This is not an ordinary file', 'It is a pipe'],
      [join(folder, 'gone'), 'This file is not there any more', ''],
      [await file('other.env', Buffer.from('PORT=1\n')), 'No Slack token was recognised', ''],
    ]
    const before = await vaultText(desk)
    const dialog = await openImport(desk)
    for (const [path, message, advice] of wanted) {
      await desk.answerFileDialog(path)
      await dialog.getByRole('button', { name: 'Choose file…' }).click()
      await expect(dialog.getByRole('alert')).toContainText(message)
      await expect(dialog.getByRole('alert')).toContainText(advice)
      await expect(dialog.getByRole('checkbox')).toHaveCount(0)
    }
    await desk.answerFileDialog(join(folder, 'large'))
    await dialog.getByRole('button', { name: 'Choose file…' }).click()
    await expect(dialog.getByRole('alert')).toContainText('1 MB')
    await desk.answerFileDialog(await file('.env', Buffer.from(linesOf(appAndSigning()))))
    await dialog.getByRole('button', { name: 'Choose another file…' }).click()
    await expect(dialog.getByText('2 lines of .env, hidden')).toBeVisible()
    await expect(dialog.getByRole('alert')).toHaveCount(0)
    // The user closes the system's dialog: what was there stays.
    await desk.answerFileDialog(null)
    await dialog.getByRole('button', { name: 'Choose file…' }).click()
    await expect(dialog.getByRole('checkbox')).toHaveCount(2)
    expect(await vaultText(desk)).toBe(before)
  })

  test('keys alone lead from the key of the dialog to the workspace', async () => {
    const { page } = desk
    await desk.answerFileDialog(
      await file('keys.env', Buffer.from(envText(await wholeBlock(slack), madeUp.sessionToken()))),
    )
    await page.keyboard.press('ControlOrMeta+i')
    const dialog = page.getByRole('dialog', { name: 'Import token' })
    await expect(dialog.getByRole('button', { name: 'Paste' })).toBeFocused()
    await page.keyboard.press('Shift+Tab')
    for (const _ of ['GovSlack', 'Custom']) await page.keyboard.press('ArrowRight')
    await tabTo(page, dialog.getByRole('textbox', { name: 'Base URL' }))
    await page.keyboard.type(slack.url)
    await tabTo(page, dialog.getByRole('button', { name: 'Choose file…' }))
    await page.keyboard.press('Enter')
    await expect(dialog.getByText('Practice Studio', { exact: true })).toBeVisible()
    await tabTo(page, box(dialog, 'Client secret'))
    await page.keyboard.press('Space')
    await expect(box(dialog, 'Client secret')).not.toBeChecked()
    await tabTo(page, dialog.getByRole('button', { name: 'Import 6 secrets' }))
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 1, name: 'Practice Studio' })).toBeVisible()
    await expect(page.getByRole('group', { name: KINDS })).toHaveCount(6)
    // The door that led here is gone.
    await expect(page.getByRole('heading', { level: 1, name: 'Practice Studio' })).toBeFocused()
  })

  function open(source: 'pasted' | 'chosen as a file', text: string): Promise<Locator> {
    const baseUrl = slack.url
    if (source === 'pasted') return pasteTokens(desk, text, { baseUrl })
    return file('.env', Buffer.from(text)).then((path) =>
      chooseFileOfTokens(desk, path, { baseUrl }),
    )
  }

  async function file(name: string, bytes: Buffer): Promise<string> {
    const path = join(folder, name)
    await writeFile(path, bytes)
    return path
  }

  async function folderThere(): Promise<string> {
    const path = join(folder, 'a folder')
    await mkdir(path)
    return path
  }

  async function pipe(): Promise<string> {
    const path = join(folder, 'pipe')
    await promisify(execFile)('mkfifo', [path])
    return path
  }
})

const KINDS = /token$|secret$|^Webhook URL|^Client ID/

function box(dialog: Locator, kind: string): Locator {
  return dialog.getByRole('checkbox', { name: new RegExp(`^${kind} `) })
}

function vaultText({ profile }: Desk): Promise<string> {
  return readFile(join(profile, 'vault.json'), 'utf8')
}
