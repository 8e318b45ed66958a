import { randomBytes } from 'node:crypto'
import { expect } from 'playwright/test'
import { PRACTICE_PORT } from '../../../main/contract/redirect.ts'
import type { TestBrowser } from './browser.ts'
import { allowInBrowser, answerInBrowser } from './consent.ts'
import type { Desk } from './desk.ts'
import { credential, trustingBrowser } from './main-job.ts'
import type { KnownSecret } from './needles.ts'
import { newerWays } from './newer-ways.ts'
import { type Recorder, startRecorder } from './recorder.ts'
import { addSlackApp, authorizeWith, clientSecretField, opened } from './slack-apps.ts'
import { openTestSlack, type TestSlack, type TestSlackApp } from './test-slack.ts'

/** A run through everything that brings secrets into the app, with a list of all of them. */
export interface FullRun {
  readonly slack: TestSlack
  /** Everything that was typed, pasted, put into an address or sent over the wire. */
  secrets(): KnownSecret[]
  know(name: string, value: string): string
  /** First run → every way to get tokens. Opens the browser. */
  collectTokens(desk: Desk): Promise<void>
  close(): Promise<void>
}

/** The practice workspace's port must be free: a recorder takes it, so that nothing passes unseen. */
export async function startFullRun(): Promise<FullRun> {
  const known: KnownSecret[] = []
  const slack = await openTestSlack()
  const practice = await startRecorder(slack.url, PRACTICE_PORT)
  const custom = await startRecorder(slack.url)
  let browser: TestBrowser | null = null
  const know = (name: string, value: string) => {
    known.push({ name, value })
    return value
  }
  return {
    slack,
    know,
    secrets: () => [...known, ...overTheWire(practice), ...overTheWire(custom)],
    async collectTokens(desk) {
      const url = await opened(desk, () =>
        desk.page.getByRole('button', { name: 'Try the practice workspace' }).click(),
      )
      browser = await trustingBrowser(desk)
      const way: Way = { desk, browser, slack, custom, know }
      knowState(way, url)
      await practiceDoor(way, url)
      await appWithSecret(way)
      await appWithPkce(way)
      await appByPaste(way)
      await refusedExchanges(way)
      await importTokens(way)
      await newerWays(way)
    },
    async close() {
      await browser?.close()
      await practice.close()
      await custom.close()
      await slack.close()
    },
  }
}

/** What each step of the run has at hand. */
export interface Way {
  readonly desk: Desk
  readonly browser: TestBrowser
  readonly slack: TestSlack
  readonly custom: Recorder
  readonly know: FullRun['know']
}

/** A secret's first letters tell which one it is, and nothing more. */
function overTheWire(recorder: Recorder): KnownSecret[] {
  return recorder.secrets().map((value) => ({ name: `${value.slice(0, 9)}…`, value }))
}

export function knowState({ know }: Way, authorizeUrl: string): string {
  know('a state', new URL(authorizeUrl).searchParams.get('state') ?? '')
  return authorizeUrl
}

async function practiceDoor({ desk, browser }: Way, url: string): Promise<void> {
  await desk.page.getByRole('button', { name: 'Copy link' }).click()
  await allowInBrowser(browser, url)
  const heading = desk.page.getByRole('heading', { level: 1, name: 'Practice Studio' })
  await expect(heading).toBeVisible()
}

/** Adds an app whose secret is known, and answers it as the form got it. */
export async function addKnown(way: Way, app: TestSlackApp): Promise<void> {
  if (app.clientSecret !== null) way.know('a client secret', app.clientSecret)
  await addSlackApp(way.desk, { ...app, baseUrl: way.custom.url })
}

/** A first and a second person, both with rotating tokens and a webhook. */
async function appWithSecret(way: Way): Promise<void> {
  const { desk, browser } = way
  const botScopes = ['chat:write', 'team:read', 'incoming-webhook']
  const app = await way.slack.register('Deploy Bot', { tokenRotation: true, botScopes })
  await addKnown(way, app)
  for (const person of ['Robin', 'Sam, a colleague']) {
    const url = knowState(way, await authorizeWith(desk, app.name))
    await allowInBrowser(browser, url, { person })
    const heading = desk.page.getByRole('heading', { level: 1, name: 'Practice Studio' })
    await expect(heading).toBeVisible()
  }
  await expect(credential(desk.page, 'User token of sam')).toBeVisible()
}

async function appWithPkce(way: Way): Promise<void> {
  const app = await way.slack.register('Desk Helper', { strategy: 'pkce' })
  await addKnown(way, app)
  const url = knowState(way, await authorizeWith(way.desk, app.name))
  await allowInBrowser(way.browser, url, { workspace: 'Practice Lab' })
  await expect(way.desk.page.getByRole('heading', { name: 'Practice Lab' })).toBeVisible()
}

async function appByPaste(way: Way): Promise<void> {
  const { desk } = way
  const app = await way.slack.register('By paste', { strategy: 'paste' })
  await addKnown(way, app)
  const url = knowState(way, await authorizeWith(desk, app.name))
  const { address } = await answerInBrowser(way.browser, url)
  await desk.setClipboardText(address)
  await desk.page.getByRole('button', { name: 'Paste', exact: true }).click()
  await desk.page.getByRole('button', { name: 'Use this address' }).click()
  const row = desk.page.getByRole('option', { name: /Practice Studio.*By paste/ })
  await expect(row).toBeVisible()
}

/** A wrong client secret and an answer that is not Slack's: code and state must not get into a message. */
async function refusedExchanges(way: Way): Promise<void> {
  const { desk, know, custom } = way
  const { page } = desk
  const app = await way.slack.register('Mistyped Bot')
  await addKnown(way, { ...app, clientSecret: randomBytes(16).toString('hex') })
  await answerInBrowser(way.browser, knowState(way, await authorizeWith(desk, app.name)))
  const words = 'Slack did not accept the client secret'
  await expect(page.getByRole('heading', { name: words })).toBeVisible()
  await page.getByRole('button', { name: 'Edit Slack app' }).click()
  await clientSecretField(page).click()
  await page.keyboard.insertText(know('a client secret', app.clientSecret ?? ''))
  await page.getByRole('button', { name: 'Save changes' }).click()
  custom.fail('oauth.v2.access', 'garbage')
  await answerInBrowser(way.browser, knowState(way, await authorizeWith(desk, app.name)))
  await expect(page.getByRole('heading', { name: 'The answer was not from Slack' })).toBeVisible()
  custom.fail('oauth.v2.access', null)
  const again = page.getByRole('button', { name: 'Try again' })
  knowState(way, await opened(desk, () => again.click()))
  await page.getByRole('button', { name: 'Cancel' }).click()
}

/** A block with a line of every kind, also such as are refused or not known. */
async function importTokens(way: Way): Promise<void> {
  const { desk, custom, know } = way
  const mixed = () => randomBytes(18).toString('hex')
  const numbers = ['1000000000017', '2000000000033']
  const block = [
    `SLACK_BOT_TOKEN="${know('a pasted bot token', ['xoxb', ...numbers, mixed()].join('-'))}"`,
    know('a pasted app token', ['xapp', '1', 'A0PRACTICE', '3000000000055', mixed()].join('-')),
    `export BROWSER=${know('a session token', ['xoxc', ...numbers, mixed()].join('-'))}`,
    `COOKIE=${know('a session cookie', ['xoxd', mixed()].join('-'))}`,
    `OTHER=${know('a foreign value', mixed())}`,
    know('a pasted webhook', `https://hooks.slack.com/services/T0PRAC/B0PRAC/${mixed()}`),
  ]
  await desk.setClipboardText(block.join('\n'))
  await desk.page.keyboard.press('ControlOrMeta+i')
  const dialog = desk.page.getByRole('dialog', { name: 'Import token' })
  await dialog.getByRole('radio', { name: 'Custom' }).check({ force: true })
  await dialog.getByRole('textbox', { name: 'Base URL' }).fill(custom.url)
  await dialog.getByRole('button', { name: 'Paste' }).click()
  await expect(dialog.getByText('6 lines pasted, hidden')).toBeVisible()
  await expect(dialog.getByText('Refused').first()).toBeVisible()
  await dialog.getByRole('textbox', { name: 'Workspace name' }).fill('Imported')
  await dialog.getByRole('button', { name: /^Import \d secret/ }).click()
  await expect(desk.page.getByRole('heading', { level: 1, name: 'Imported' })).toBeVisible()
}
