import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'playwright/test'
import { openBrowser } from './browser.ts'
import { allowInBrowser, answerInBrowser } from './consent.ts'
import { removeFolder, temporaryFolder } from './desk.ts'
import { addKnown, knowState, type Way } from './full-run.ts'
import { chooseFileOfTokens, pasteTokens } from './import-token.ts'
import { madeUp } from './made-up-secrets.ts'
import { copiedToken, credential } from './main-job.ts'
import { openRelay } from './relay.ts'
import { addSlackApp, authorizeWith, openNewApp } from './slack-apps.ts'

/** The ways to secrets beside OAuth v2 in the browser: what `FullRun.collectTokens` ends with. */
export async function newerWays(way: Way): Promise<void> {
  await signIn(way)
  await classicApp(way)
  await appByRelay(way)
  await secretsOfTheForm(way)
  await configurationToken(way)
  await createdApp(way)
  await importFile(way)
}

/** The issuer of an ID token is the practice Slack itself, so that no recorder may stand between. */
async function signIn(way: Way): Promise<void> {
  const { desk, know } = way
  const options = { flow: 'openid', userScopes: ['openid', 'email', 'profile'] } as const
  const app = await way.slack.register('Signs In', options)
  know('a client secret', app.clientSecret ?? '')
  await addSlackApp(desk, app)
  const url = knowState(way, await authorizeWith(desk, app.name))
  know('a nonce', new URL(url).searchParams.get('nonce') ?? '')
  const address = await allowInBrowser(way.browser, url, { workspace: 'Practice Studio' })
  know('a code', new URL(address).searchParams.get('code') ?? '')
  await expect(credential(desk.page, 'ID token')).toBeVisible()
  know('an ID token', await copiedToken(desk, 'ID token'))
  know('a sign-in token', await copiedToken(desk, 'Sign-in token'))
}

async function classicApp(way: Way): Promise<void> {
  const userScopes = ['bot', 'chat:write:user']
  const app = await way.slack.register('Classic', { flow: 'v1', userScopes })
  await addKnown(way, app)
  const url = knowState(way, await authorizeWith(way.desk, app.name))
  await allowInBrowser(way.browser, url, { workspace: 'Practice Studio' })
  const row = way.desk.page.getByRole('option', { name: /Practice Studio.*Classic/ })
  await expect(row).toBeVisible()
}

async function appByRelay(way: Way): Promise<void> {
  const relay = await openRelay('redirect')
  const browser = await openBrowser(relay.pem, { switches: [relay.browserSwitch] })
  try {
    const options = { strategy: 'relay', redirectUrl: relay.url } as const
    const app = await way.slack.register('By relay', options)
    await addKnown(way, app)
    const url = knowState(way, await authorizeWith(way.desk, app.name))
    await answerInBrowser(browser, url, { workspace: 'Practice Studio' })
    const row = way.desk.page.getByRole('option', { name: /Practice Studio.*By relay/ })
    await expect(row).toBeVisible()
  } finally {
    await browser.close()
    await relay.close()
  }
}

/** Those that Token Desk keeps for others: behind "More". */
async function secretsOfTheForm({ desk, know }: Way): Promise<void> {
  const { page } = desk
  await page.getByRole('navigation').getByRole('button', { name: 'Slack apps' }).click()
  await page.getByRole('option', { name: 'Deploy Bot' }).click()
  await page.getByRole('button', { name: 'Edit…' }).click()
  await page.getByRole('button', { name: 'More', exact: true }).click()
  for (const [label, value] of [
    ['Signing secret', know('a signing secret', madeUp.hex())],
    ['Verification token', know('a verification token', madeUp.verificationToken())],
  ] as const) {
    await page.getByLabel(new RegExp(`^${label}`)).click()
    await page.keyboard.insertText(value)
  }
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(credential(page, 'Verification token')).toBeVisible()
}

async function configurationToken({ desk, slack, custom, know }: Way): Promise<void> {
  const { token, refreshToken } = await slack.configurationToken()
  know('a configuration token', token)
  know('its refresh token', refreshToken)
  const block = `SLACK_CONFIG_TOKEN=${token}\nSLACK_CONFIG_REFRESH_TOKEN=${refreshToken}`
  const dialog = await pasteTokens(desk, block, { baseUrl: custom.url })
  await dialog.getByRole('button', { name: 'Import 2 secrets' }).click()
  await desk.page.getByRole('button', { name: 'Manage' }).click()
  await desk.page.getByRole('button', { name: 'Refresh now' }).click()
  await expect.poll(() => custom.methods()).toContain('tooling.tokens.rotate')
  await desk.page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click()
}

async function createdApp({ desk, custom }: Way): Promise<void> {
  const { page } = desk
  await openNewApp(page)
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Made Here')
  await page.getByRole('radio', { name: 'Custom' }).check({ force: true })
  await page.getByRole('textbox', { name: 'Base URL' }).fill(custom.url)
  const scopes = page.getByRole('combobox', { name: 'Bot scopes' })
  await scopes.fill('chat:write')
  await scopes.press('Enter')
  await page.getByRole('button', { name: 'Create on Slack' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Made Here' })).toBeVisible()
  await expect(credential(page, 'Signing secret')).toBeVisible()
}

/** The file is removed at once: it holds in the clear what may be nowhere else. */
async function importFile({ desk, custom, know }: Way): Promise<void> {
  const folder = await temporaryFolder('import-file')
  try {
    const lines = [
      `SLACK_APP_TOKEN=${know('an app token of a file', madeUp.appToken())}`,
      `SLACK_SIGNING_SECRET=${know('a signing secret of a file', madeUp.hex())}`,
      `SLACK_CLIENT_SECRET=${know('a client secret of a file', madeUp.hex())}`,
      `SESSION=${know('a session token of a file', madeUp.sessionToken())}`,
      `OTHER_SECRET=${know('a foreign value of a file', madeUp.hex())}`,
    ]
    const path = join(folder, '.env')
    await writeFile(path, lines.join('\n'), { mode: 0o600 })
    const dialog = await chooseFileOfTokens(desk, path, { baseUrl: custom.url })
    await dialog.getByRole('radio', { name: 'A new workspace' }).check({ force: true })
    await dialog.getByRole('textbox', { name: 'Workspace name' }).fill('From a file')
    await dialog.getByRole('button', { name: 'Import 3 secrets' }).click()
    await expect(desk.page.getByRole('heading', { level: 1, name: 'From a file' })).toBeVisible()
  } finally {
    await removeFolder(folder)
  }
}
