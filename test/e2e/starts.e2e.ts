import { spawn } from 'node:child_process'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { expect, test } from 'playwright/test'
import { type Desk, launchDesk, removeFolder } from './support/desk.ts'
import { importAppToken } from './support/import-token.ts'
import { copiedToken } from './support/main-job.ts'

const DAMAGE = '{"version":1,"records":[{"kind":"instal'

test.describe('starting on what an earlier start left', () => {
  let desk: Desk

  test.beforeEach(async () => {
    desk = await launchDesk()
  })

  test.afterEach(async () => {
    await desk.close()
    await removeFolder(desk.profile)
  })

  test('a damaged vault file: the last good copy is open, and it is said', async () => {
    const token = await importAppToken(desk, 'First app')
    await importAppToken(desk, 'Second app')
    await damage('vault.json')
    const { page } = desk
    await expect(
      page.getByText('The vault file was damaged. Its last good copy is open.'),
    ).toBeVisible()
    await page.getByRole('option', { name: /First app/ }).click()
    expect(await copiedToken(desk, 'App-level token')).toBe(token)
    await expectKept()
    await page.getByRole('button', { name: 'Put this notice away' }).click()
    await expect(page.getByText('The vault file was damaged.')).toHaveCount(0)
    await importAppToken(desk, 'Third app')
  })

  test('both generations damaged: an empty vault is open, and the app works', async () => {
    await importAppToken(desk, 'First app')
    await importAppToken(desk, 'Second app')
    await damage('vault.json', 'vault.last-good.json')
    const { page } = desk
    await expect(
      page.getByText('The vault file was damaged. An empty vault is open.'),
    ).toBeVisible()
    await expectKept()
    const token = await importAppToken(desk, 'Third app')
    await desk.close()
    desk = await launchDesk({ profile: desk.profile })
    await expect(desk.page.getByText('The vault file was damaged.')).toHaveCount(0)
    await desk.page.getByRole('option', { name: /Third app/ }).click()
    expect(await copiedToken(desk, 'App-level token')).toBe(token)
  })

  test('a second start brings the first to the front and ends', async () => {
    await desk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide())
    await expect.poll(isVisible).toBe(false)
    expect(await startAgain(desk)).toBe(0)
    await expect.poll(isVisible).toBe(true)
    expect(desk.app.windows()).toHaveLength(1)
  })

  /** Closes the app, breaks these files of its profile, and starts it again. */
  async function damage(...names: readonly string[]): Promise<void> {
    await desk.close()
    for (const name of names) await writeFile(join(desk.profile, name), DAMAGE)
    desk = await launchDesk({ profile: desk.profile })
  }

  /** The damaged file is there to the byte, under another name. */
  async function expectKept(): Promise<void> {
    const names = await readdir(desk.profile)
    const aside = names.find((name) => name.startsWith('vault.damaged-')) ?? 'none was kept'
    expect(await readFile(join(desk.profile, aside), 'utf8')).toBe(DAMAGE)
  }

  function isVisible(): Promise<boolean | undefined> {
    return desk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())
  }
})

/** Starts the same program over the same profile; answers its exit code. */
function startAgain(desk: Desk): Promise<number | null> {
  const { spawnfile, spawnargs } = desk.app.process()
  const root = resolve(import.meta.dirname, '../..')
  const asRoot = spawnargs.filter((argument) => argument === '--no-sandbox')
  const second = spawn(spawnfile, [...asRoot, root, '--profile', desk.profile], { stdio: 'ignore' })
  return new Promise((end, reject) => {
    second.once('error', reject)
    second.once('exit', (code) => end(code))
  })
}
