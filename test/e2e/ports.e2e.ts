import { createServer, type Server } from 'node:net'
import { expect, test } from 'playwright/test'
import { REDIRECT_PORTS } from '../../main/contract/redirect.ts'
import { openBrowser, type TestBrowser } from './support/browser.ts'
import { allowInBrowser, answerInBrowser } from './support/consent.ts'
import { type Desk, launchDesk, removeFolder } from './support/desk.ts'
import { credential, trustingBrowser } from './support/main-job.ts'
import { addSlackApp, authorizeWith, opened, openSlackApps } from './support/slack-apps.ts'
import { openTestSlack, type TestSlack } from './support/test-slack.ts'

test.describe('ports that other programs hold', () => {
  let slack: TestSlack
  let desk: Desk
  let browser: TestBrowser | null = null
  let taken: Server[] = []

  test.beforeEach(async () => {
    slack = await openTestSlack()
    desk = await launchDesk()
  })

  test.afterEach(async () => {
    await browser?.close()
    await desk.close()
    await removeFolder(desk.profile)
    await slack.close()
    await Promise.all(taken.map(free))
    taken = []
  })

  test('the first is taken: the next one is used', async () => {
    taken = [await take(REDIRECT_PORTS[0], '127.0.0.1'), await take(REDIRECT_PORTS[1], '::1')]
    const { page } = desk
    const app = await slack.register('Deploy Bot')
    await addSlackApp(desk, app)
    const url = await authorizeWith(desk, app.name)
    await expect(page.getByText(`listening on port ${REDIRECT_PORTS[2]}`)).toBeVisible()
    browser = await trustingBrowser(desk)
    const address = await allowInBrowser(browser, url)
    expect(address).toContain(`https://localhost:${REDIRECT_PORTS[2]}/callback?`)
    await expect(page.getByRole('heading', { name: 'Practice Studio' })).toBeVisible()
  })

  test('all are taken: the message names them, and pasting works', async () => {
    taken = await Promise.all(REDIRECT_PORTS.map((port) => take(port, '127.0.0.1')))
    const { page } = desk
    const app = await slack.register('Deploy Bot')
    await addSlackApp(desk, app)
    await openSlackApps(page)
    await page.getByRole('button', { name: 'Authorize workspace' }).click()
    const problem = page.getByRole('alert')
    await expect(problem).toContainText('No free port to come back to')
    for (const port of REDIRECT_PORTS) await expect(problem).toContainText(`${port}`)
    const url = await opened(desk, () =>
      problem.getByRole('button', { name: 'Paste the address instead' }).click(),
    )
    browser = await openBrowser(null)
    const { address } = await answerInBrowser(browser, url)
    await pasteAddress(desk, address)
    await expect(page.getByRole('heading', { name: 'Practice Studio' })).toBeVisible()
    await expect(credential(page, 'Bot token')).toBeVisible()
  })

  test('all are taken: the practice door goes on by pasting', async () => {
    taken = await Promise.all(REDIRECT_PORTS.map((port) => take(port, '::1')))
    const { page } = desk
    const door = page.getByRole('button', { name: 'Try the practice workspace' })
    const url = await opened(desk, () => door.click())
    const notice = page.getByRole('status').filter({ hasText: 'No free port to come back to' })
    for (const port of REDIRECT_PORTS) await expect(notice).toContainText(`${port}`)
    browser = await openBrowser(null)
    const { address } = await answerInBrowser(browser, url)
    await pasteAddress(desk, address)
    await expect(page.getByRole('heading', { name: 'Practice Studio' })).toBeVisible()
  })
})

async function pasteAddress(desk: Desk, address: string): Promise<void> {
  await desk.setClipboardText(address)
  await desk.page.getByRole('button', { name: 'Paste', exact: true }).click()
  await desk.page.getByRole('button', { name: 'Use this address' }).click()
}

/** A program that holds a port on one of this computer's two addresses. */
function take(port: number, host: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy())
    server.once('error', reject)
    server.listen({ port, host, ipv6Only: true, exclusive: true }, () => resolve(server))
  })
}

function free(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()))
}
