import { expect, test } from 'playwright/test'
import { answerInBrowser } from './support/consent.ts'
import { copiedToken } from './support/main-job.ts'
import { type ManifestRun, startManifestRun } from './support/manifest-run.ts'
import { createApp } from './support/new-app.ts'
import { openSlackApps } from './support/slack-apps.ts'

test.describe('what a web server needs of an app', () => {
  let run: ManifestRun
  let clientId: string
  let clientSecret: string

  test.beforeAll(async () => {
    run = await startManifestRun()
    await createApp(run.desk.page, {
      name: 'Web Bot',
      baseUrl: run.wire.url,
      botScopes: ['chat:write', 'team:read'],
      userScopes: ['search:read'],
    })
    clientId = await copiedToken(run.desk, 'Client ID')
    clientSecret = await copiedToken(run.desk, 'Client secret')
  })

  test.afterAll(async () => {
    await run.close()
  })

  test('the authorize link is copied, without state and secret, and Slack takes it', async () => {
    const text = await copied('Copy authorize link', 'Authorize link copied.')
    const url = new URL(text)
    expect(`${url.origin}${url.pathname}`).toBe(`${run.wire.url}/oauth/v2/authorize`)
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: clientId,
      scope: 'chat:write,team:read',
      user_scope: 'search:read',
    })
    const page = await run.stranger.open(text)
    await expect(page.getByRole('button', { name: 'Allow' })).toBeVisible()
    await page.close()
  })

  test('the Add to Slack button is copied as HTML that leads there', async () => {
    const html = await copied('Copy Add to Slack button', 'Button copied as HTML.')
    expect(html).toContain('Your server must add a state parameter')
    expect(html).not.toContain(clientSecret)
    const page = await run.stranger.open('about:blank')
    await page.setContent(html)
    await page.getByRole('link', { name: 'Add to Slack' }).click()
    await expect(page.getByRole('button', { name: 'Allow' })).toBeVisible()
    await page.close()
  })

  test('the Sign in with Slack button is copied as HTML that leads there', async () => {
    const html = await copied('Copy Sign in with Slack button', 'Button copied as HTML.')
    expect(html).toContain('state and nonce parameters')
    expect(html).not.toContain(clientSecret)
    const page = await run.stranger.open('about:blank')
    await page.setContent(html)
    const link = page.getByRole('link', { name: 'Sign in with Slack' })
    const href = (await link.getAttribute('href')) ?? ''
    await page.close()
    const url = new URL(href)
    expect(url.searchParams.get('scope')).toBe('openid email profile')
    // What the comment beside the button asks of the server.
    url.searchParams.set('state', 'state-of-the-server')
    url.searchParams.set('nonce', 'nonce-of-the-server')
    const { address } = await answerInBrowser(run.stranger, url.href)
    expect(new URL(address).searchParams.get('state')).toBe('state-of-the-server')
  })

  test('the env lines hold the secret, and leave the clipboard on lock', async () => {
    const { desk } = run
    const text = await copied('Copy env lines', 'Env lines copied.')
    expect(text.split('\n')).toEqual([
      `SLACK_CLIENT_ID=${clientId}`,
      `SLACK_CLIENT_SECRET=${clientSecret}`,
      'SLACK_BOT_SCOPE=chat:write,team:read',
    ])
    await expect(desk.page.getByText('Cleared in 30 s.')).toBeVisible()
    await desk.page.getByRole('button', { name: 'Lock', exact: true }).click()
    await expect(desk.page.getByRole('heading', { name: 'Token Desk is locked' })).toBeVisible()
    await expect.poll(() => desk.clipboardText()).toBe('')
    await desk.page.getByRole('button', { name: 'Unlock', exact: true }).click()
    await expect(desk.page.getByRole('navigation')).toBeVisible()
  })

  /** What a button of "Install links" puts on the clipboard. */
  async function copied(button: string, said: string): Promise<string> {
    const { desk } = run
    await desk.setClipboardText('')
    await openSlackApps(desk.page)
    await desk.page.getByRole('option', { name: /Web Bot/ }).click()
    await desk.page.getByRole('button', { name: button }).click()
    await expect(desk.page.getByText(said).last()).toBeVisible()
    return desk.clipboardText()
  }
})
