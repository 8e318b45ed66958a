import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, type Page, test } from 'playwright/test'
import type { TestBrowser } from './support/browser.ts'
import { type Desk, launchDesk, removeFolder, temporaryFolder } from './support/desk.ts'
import { expectFocus, tabTo, walk } from './support/keys.ts'
import { connectPractice, credential } from './support/main-job.ts'

/** Where the focus is after each act, and every stop on the way round each screen. */
test.describe('the focus', () => {
  test.describe.configure({ mode: 'serial' })
  let desk: Desk
  let page: Page
  let project = ''
  let browser: TestBrowser | null = null

  test.beforeAll(async () => {
    project = await temporaryFolder('project')
    desk = await launchDesk()
    page = desk.page
  })

  test.afterAll(async () => {
    await browser?.close()
    await desk.close()
    await removeFolder(desk.profile)
    await removeFolder(project)
  })

  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const row = () => page.getByRole('option', { name: /Practice Studio/ })

  test('begins on the first door; arrows go from door to door', async () => {
    await expectFocus(page, button('Try the practice workspace'))
    expect(await walk(page)).toContain('Paste a token')
    await tabTo(page, button('Try the practice workspace'))
    await page.keyboard.press('ArrowRight')
    await expectFocus(page, button('Add a Slack app'))
    await page.keyboard.press('ArrowLeft')
    await expectFocus(page, button('Try the practice workspace'))
  })

  test('goes from the search to the list and from the list to the workspace', async () => {
    browser = await connectPractice(desk)
    const stops = await walk(page)
    expect(stops.indexOf('Reveal')).toBe(stops.indexOf('Copy env line') - 1)
    expect(stops.indexOf('Copy env line')).toBe(stops.indexOf('Write to env file…') - 1)
    await page.keyboard.press('ControlOrMeta+f')
    await expectFocus(page, page.getByRole('searchbox', { name: 'Search workspaces' }))
    await page.keyboard.type('studio')
    await page.keyboard.press('ArrowDown')
    await expectFocus(page, row())
    await page.keyboard.press('ControlOrMeta+c')
    await expect.poll(() => desk.clipboardText()).toMatch(/^SLACK_BOT_TOKEN=xoxe\.xoxb-/)
    await page.keyboard.press('Enter')
    await expectFocus(page, button('Check token'))
    await page.keyboard.press('Enter')
    await expect(page.getByText('All 2 tokens work.')).toBeVisible()
    await expectFocus(page, button('Check token'))
  })

  test('stays on the button that reveals, and comes back from every dialog', async () => {
    const bot = credential(page, 'Bot token')
    await tabTo(page, bot.getByRole('button', { name: 'Reveal' }))
    await page.keyboard.press('Enter')
    await expectFocus(page, bot.getByRole('button', { name: 'Hide', exact: true }))
    await page.keyboard.press('Enter')
    await expectFocus(page, bot.getByRole('button', { name: 'Reveal' }))
    for (const name of ['Revoke…', 'Remove…']) {
      await tabTo(page, button(name))
      await page.keyboard.press('Enter')
      await expectFocus(page, button('Cancel'))
      await walk(page)
      await page.keyboard.press('Escape')
      await expectFocus(page, button(name))
    }
  })

  // What comes back from main closes this dialog, not a key: that is another way through React.
  test('comes back each time a file was written', async () => {
    const write = credential(page, 'Bot token').getByRole('button', { name: 'Write to env file…' })
    for (let time = 0; time < 8; time += 1) {
      const file = join(project, `.env.${time}`)
      await writeFile(file, 'PORT=3000\n')
      await desk.answerFileDialog(file)
      await tabTo(page, write)
      await page.keyboard.press('Enter')
      await expectFocus(page, button('Choose…'))
      await page.keyboard.press('Enter')
      await expectFocus(page, button('Write 1 line'))
      await page.keyboard.press('Enter')
      await expect(page.getByText(`1 line written to ${file}`)).toBeVisible()
      await expectFocus(page, write)
    }
    await tabTo(page, button('Undo').last())
  })

  test('follows the screen, the panes, the import, an authorization and the lock', async () => {
    const screens = [
      ['2', 'Slack apps'],
      ['4', 'Activity'],
      ['5', 'Settings'],
      ['1', 'Practice Studio'],
    ] as const
    for (const [key, heading] of screens) {
      await page.keyboard.press(`ControlOrMeta+${key}`)
      await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible()
      await walk(page)
    }
    const panes = new Set<string>()
    for (let count = 0; count < 3; count += 1) {
      await page.keyboard.press('F6')
      panes.add(await page.evaluate(nameOfPane))
    }
    expect(panes.size).toBe(3)
    await page.keyboard.press('ControlOrMeta+i')
    await expectFocus(page, button('Paste'))
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    // It comes back a frame after the dialog went.
    await expect.poll(() => page.evaluate(nameOfPane)).not.toBe('none')
    await page.keyboard.press('ControlOrMeta+n')
    await expectFocus(page, button('Open again'))
    await tabTo(page, button('Cancel'))
    await page.keyboard.press('Enter')
    await expect(page.getByRole('option', { name: /New workspace/ })).toHaveCount(0)
    await expectFocus(page, row())
    await page.keyboard.press('ControlOrMeta+Shift+l')
    await expectFocus(page, button('Unlock'))
    await page.keyboard.press('Enter')
    await expect(page.getByRole('navigation')).toBeVisible()
    await expect.poll(() => page.evaluate(nameOfPane)).not.toBe('none')
  })

  test('goes through the form of a Slack app and back', async () => {
    await page.keyboard.press('ControlOrMeta+2')
    await tabTo(page, button('Add Slack app'))
    await page.keyboard.press('Enter')
    await expectFocus(page, page.getByRole('textbox', { name: 'Name', exact: true }))
    expect((await walk(page)).length).toBeGreaterThan(12)
    await tabTo(page, button('Add Slack app'))
    await page.keyboard.press('Enter')
    await expectFocus(page, page.getByRole('textbox', { name: 'Name', exact: true }))
    await tabTo(page, button('Cancel'))
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 1, name: 'Slack apps' })).toBeVisible()
  })

  test('goes to the list when the workspace is removed', async () => {
    await page.keyboard.press('ControlOrMeta+1')
    await tabTo(page, row())
    await page.keyboard.press('Enter')
    await tabTo(page, button('Remove…'))
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await expect(page.getByText('Practice Studio removed.')).toBeVisible()
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY')
  })
})

/** The pane that has the focus. */
function nameOfPane(): string {
  const pane = document.activeElement?.closest('[data-pane]')
  return pane?.getAttribute('aria-label') ?? pane?.className ?? 'none'
}
