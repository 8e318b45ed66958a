import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, type Locator, test } from 'playwright/test'
import { type Desk, launchDesk, removeFolder, temporaryFolder } from './support/desk.ts'
import { importAppToken } from './support/import-token.ts'
import { credential } from './support/main-job.ts'

const run = promisify(execFile)
const BEFORE = '# Slack\nSLACK_APP_TOKEN=old\nPORT=3000\n'

test.describe('what git would do with the env file', () => {
  let desk: Desk
  let token: string
  let project: string
  let file: string

  test.beforeAll(async () => {
    desk = await launchDesk()
    token = await importAppToken(desk, 'Socket app')
  })

  test.beforeEach(async () => {
    project = await temporaryFolder('project')
    file = join(project, '.env')
    await writeFile(file, BEFORE)
    await git('init', '--quiet')
  })

  test.afterEach(() => removeFolder(project))

  test.afterAll(async () => {
    await desk.close()
    await removeFolder(desk.profile)
  })

  test('a file that git does not ignore: the tick adds the line, undo leaves it', async () => {
    await writeFile(join(project, '.gitignore'), 'node_modules/')
    const dialog = await openPreview()
    const notice = dialog.getByRole('status').filter({ hasText: 'Git does not ignore this file' })
    await expect(notice).toContainText('A commit would publish the token.')
    await expect(notice.getByRole('checkbox', { name: /^Add .*\.env to/ })).toBeChecked()
    await dialog.getByRole('button', { name: 'Write 1 line' }).click()
    await expect(desk.page.getByText('Git ignores it now.')).toBeVisible()
    expect(await readFile(file, 'utf8')).toBe(written())
    const ignored = await readFile(join(project, '.gitignore'), 'utf8')
    expect(ignored).toMatch(/^node_modules\/\n\/?\.env\n$/)
    expect((await git('check-ignore', '.env')).trim()).toBe('.env')
    expect(await git('status', '--porcelain')).toBe('?? .gitignore\n')

    await desk.page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => readFile(file, 'utf8')).toBe(BEFORE)
    expect(await readFile(join(project, '.gitignore'), 'utf8')).toBe(ignored)
  })

  test('without the tick .gitignore is left alone', async () => {
    const dialog = await openPreview()
    await dialog.getByRole('checkbox').uncheck()
    await dialog.getByRole('button', { name: 'Write 1 line' }).click()
    await expect(desk.page.getByText(/^1 line written to/)).toBeVisible()
    expect(await readFile(file, 'utf8')).toBe(written())
    expect(await git('status', '--porcelain')).toBe('?? .env\n')
  })

  test('a file that git tracks: the command that takes it out is shown and copied', async () => {
    await git('add', '.env')
    await git('-c', 'user.name=Test', '-c', 'user.email=test@example.com', 'commit', '-qm', 'Add')
    const dialog = await openPreview()
    const notice = dialog.getByRole('status').filter({ hasText: 'Git tracks this file' })
    await expect(notice).toContainText('Ignoring it is not enough')
    await notice.getByRole('button', { name: 'Copy git command' }).click()
    await expect.poll(() => desk.clipboardText()).toMatch(/^git rm --cached /)
    await dialog.getByRole('button', { name: 'Write 1 line' }).click()
    // Said once both files are written.
    await expect(desk.page.getByText('Git ignores it now.')).toBeVisible()
    expect(await readFile(file, 'utf8')).toBe(written())
    await run('sh', ['-c', await desk.clipboardText()], { cwd: project })
    expect(await git('ls-files')).toBe('')
    expect(await readFile(file, 'utf8')).toBe(written())
    expect((await git('check-ignore', '.env')).trim()).toBe('.env')
  })

  test('a file that git ignores needs nothing', async () => {
    await writeFile(join(project, '.gitignore'), '.env*\n')
    const dialog = await openPreview()
    await expect(dialog.getByText('Git ignores this file.')).toBeVisible()
    await expect(dialog.getByRole('checkbox')).toHaveCount(0)
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    expect(await readFile(file, 'utf8')).toBe(BEFORE)
  })

  test('a repository that git does not trust counts as unknown, never as safe', async () => {
    // Another user's folder, as git sees it: it reads nothing there (safe.directory).
    await run('chown', ['-R', '12345', project])
    const dialog = await openPreview()
    await expect(dialog.getByText('Git did not say whether it ignores this file')).toBeVisible()
    await dialog.getByRole('button', { name: 'Cancel' }).click()
  })

  async function openPreview(): Promise<Locator> {
    await desk.answerFileDialog(file)
    await credential(desk.page, 'App-level token')
      .getByRole('button', { name: 'Write to env file…' })
      .click()
    const dialog = desk.page.getByRole('dialog', { name: 'Write to env file' })
    await dialog.getByRole('button', { name: 'Choose…' }).click()
    await expect(dialog.getByText('1 line changes, 2 stay as they are')).toBeVisible()
    return dialog
  }

  function written(): string {
    return BEFORE.replace('SLACK_APP_TOKEN=old', `SLACK_APP_TOKEN=${token}`)
  }

  async function git(...args: readonly string[]): Promise<string> {
    return (await run('git', args, { cwd: project })).stdout
  }
})
