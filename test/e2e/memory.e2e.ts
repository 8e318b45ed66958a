import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import type { TestBrowser } from './support/browser.ts'
import { type Desk, launchDesk, removeFolder, temporaryFolder } from './support/desk.ts'
import { unlock } from './support/every-act.ts'
import { connectPractice, copiedToken, credential } from './support/main-job.ts'
import { countInMemory, mainHeap } from './support/main-memory.ts'
import { needlesOf, searchBytes } from './support/needles.ts'
import { pageMemory } from './support/page-memory.ts'

/** V8 cuts texts in a heap snapshot to 1,024 characters unless told. */
const SWITCHES = ['--js-flags=--heap-snapshot-string-limit=100000000']

test.describe('what stays in memory', () => {
  test.describe.configure({ mode: 'serial', timeout: 120_000 })
  let profile = ''
  let desk: Desk
  let browser: TestBrowser
  let key: Buffer
  let tokens: { name: string; value: string }[] = []

  test.beforeAll(async () => {
    profile = await temporaryFolder('memory')
    const before = await launchDesk({ profile })
    browser = await connectPractice(before)
    tokens = [
      { name: 'the bot token', value: await copiedToken(before, 'Bot token') },
      { name: 'the user token', value: await copiedToken(before, 'User token') },
    ]
    key = await dataKey(before)
    await before.close()
    // A process of its own: what the test asked the other one for was never in it.
    desk = await launchDesk({ profile, switches: SWITCHES })
  })

  test.afterAll(async () => {
    await desk.close()
    await browser.close()
    await removeFolder(profile)
  })

  test('the page holds a token while it is shown, and none once it is hidden', async () => {
    const needles = needlesOf(tokens)
    await desk.page.getByRole('option', { name: /Practice Studio/ }).click()
    const bot = credential(desk.page, 'Bot token')
    await bot.getByRole('button', { name: 'Reveal' }).click()
    await expect(bot.getByText(/^Hides in/)).toBeVisible()
    const shown = searchBytes(await pageMemory(desk.page), needles, 'the page')
    expect(new Set(shown.map(({ secret }) => secret))).toEqual(new Set(['the bot token']))
    await bot.getByRole('button', { name: 'Hide now' }).click()
    await expect(bot.getByText(/^Hides in/)).toBeHidden()
    expect(searchBytes(await pageMemory(desk.page), needles, 'the page')).toEqual([])
  })

  test('the search through main finds what is there', async () => {
    const planted = { name: 'planted', value: randomBytes(24).toString('hex') }
    const plant = (value: string | null) =>
      desk.app.evaluate((_electron, value) => {
        Reflect.set(globalThis, 'planted', value)
      }, value)
    await plant(planted.value)
    const found = searchBytes(await mainHeap(desk), needlesOf([planted]), 'main')
    expect(found.length).toBeGreaterThan(0)
    await plant(null)
    // An unlocked vault has its key at hand: these are its bytes, in a Buffer.
    expect(await countInMemory(desk, key)).toBeGreaterThan(0)
  })

  test('a locked app holds neither the data key nor a token', async () => {
    const { page } = desk
    await credential(page, 'Bot token').getByRole('button', { name: 'Copy env line' }).click()
    await expect(page.getByText('Env line copied.')).toBeVisible()
    await page.getByRole('button', { name: 'Lock', exact: true }).first().click()
    await expect(page.getByRole('heading', { name: 'Token Desk is locked' })).toBeVisible()
    const spelled = ['base64', 'base64url', 'hex', 'latin1'].map((form) => ({
      name: `the data key as ${form}`,
      value: key.toString(form as BufferEncoding),
    }))
    const heap = await mainHeap(desk)
    expect(searchBytes(heap, needlesOf([...tokens, ...spelled]), 'main')).toEqual([])
    expect(searchBytes(await pageMemory(page), needlesOf(tokens), 'the page')).toEqual([])
    expect(await countInMemory(desk, key)).toBe(0)
    await unlock(desk, null)
    expect(await countInMemory(desk, key)).toBeGreaterThan(0)
  })
})

/** The data key of the vault, asked of the keyring as the app does. */
async function dataKey({ app, profile }: Desk): Promise<Buffer> {
  const { key } = JSON.parse(await readFile(join(profile, 'vault.json'), 'utf8'))
  const sealed: string = key.wrapped.sealed
  const text = await app.evaluate(async ({ safeStorage }, sealed) => {
    const bytes = Buffer.from(sealed, 'base64')
    // The synchronous calls end with Electron 45, the others began with 42.
    const later = safeStorage as unknown as {
      decryptStringAsync?(bytes: Buffer): Promise<{ result: string }>
    }
    if (later.decryptStringAsync === undefined) return safeStorage.decryptString(bytes)
    return (await later.decryptStringAsync(bytes)).result
  }, sealed)
  const bytes = Buffer.from(text, 'base64')
  expect(bytes).toHaveLength(32)
  return bytes
}
