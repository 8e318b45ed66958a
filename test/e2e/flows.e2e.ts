import { expect, type Page, test } from 'playwright/test'
import { openBrowser, type TestBrowser } from './support/browser.ts'
import { allowInBrowser, answerInBrowser, type Choice } from './support/consent.ts'
import { type Desk, launchDesk, removeFolder } from './support/desk.ts'
import { copiedToken, credential, trustingBrowser } from './support/main-job.ts'
import { openRelay } from './support/relay.ts'
import { addSlackApp, authorizeWith, opened } from './support/slack-apps.ts'
import {
  openTestSlack,
  type TestSlack,
  type TestSlackApp,
  type TestSlackAppOptions,
} from './support/test-slack.ts'

const STUDIO = 'Practice Studio'

/** A way to tokens: how the app is registered, and what is on the workspace's page afterwards. */
interface Way {
  readonly name: string
  readonly app: TestSlackAppOptions
  readonly choice?: Choice
  readonly workspace?: string
  readonly gives: readonly string[]
  readonly givesNot?: readonly string[]
  readonly exchange: string
}

const V2 = 'oauth.v2.access'
const WAYS: readonly Way[] = [
  {
    name: 'a bot alone',
    app: { userScopes: [] },
    gives: ['Bot token'],
    givesNot: ['User token'],
    exchange: V2,
  },
  {
    name: 'a user alone',
    app: { botScopes: [] },
    gives: ['User token'],
    givesNot: ['Bot token'],
    exchange: V2,
  },
  {
    name: 'both, with a webhook',
    app: { botScopes: ['chat:write', 'incoming-webhook'] },
    gives: ['Bot token', 'User token', 'Webhook URL'],
    exchange: V2,
  },
  {
    name: 'both, rotating',
    app: { tokenRotation: true },
    gives: ['Bot token', 'User token'],
    exchange: V2,
  },
  {
    name: 'a whole organization',
    app: { orgDeploy: true },
    choice: { workspace: 'Practice Organization, all of it' },
    workspace: 'Practice Organization',
    gives: ['Bot token', 'User token'],
    exchange: V2,
  },
  {
    name: 'the user-only flow',
    app: { flow: 'v2-user' },
    gives: ['User token'],
    givesNot: ['Bot token'],
    exchange: 'oauth.v2.user.access',
  },
  {
    name: 'a classic app',
    app: { flow: 'v1', userScopes: ['bot', 'chat:write:user'] },
    gives: ['Bot token', 'User token'],
    exchange: 'oauth.access',
  },
  {
    name: 'Sign in with Slack',
    app: { flow: 'openid', userScopes: ['openid', 'email', 'profile'] },
    gives: ['Sign-in token', 'ID token'],
    givesNot: ['Bot token', 'User token'],
    exchange: 'openid.connect.token',
  },
]

test.describe('every way to tokens', () => {
  let slack: TestSlack
  let desk: Desk
  let opening: TestBrowser | null = null

  test.beforeAll(async () => {
    slack = await openTestSlack()
    desk = await launchDesk()
  })

  test.afterAll(async () => {
    await opening?.close()
    await desk.close()
    await removeFolder(desk.profile)
    await slack.close()
  })

  for (const way of WAYS) {
    test(`${way.name}: ${way.gives.join(', ')}`, async () => {
      const app = await slack.register(`By ${way.name}`, way.app)
      await addSlackApp(desk, app)
      const before = slack.outcomes(way.exchange).length
      const url = await authorizeWith(desk, app.name)
      await allowInBrowser(await browser(), url, { workspace: STUDIO, ...way.choice })
      await expectWorkspace(desk.page, way.workspace ?? STUDIO)
      for (const name of way.gives) await expect(credential(desk.page, name)).toBeVisible()
      for (const name of way.givesNot ?? []) {
        await expect(credential(desk.page, name)).toHaveCount(0)
      }
      expect(slack.outcomes(way.exchange).slice(before)).toEqual(['ok'])
    })
  }

  test('an organization’s workspaces are listed, and its token works', async () => {
    const { page } = desk
    await row('Practice Organization').click()
    for (const name of ['Practice North', 'Practice South', 'Practice West']) {
      await expect(page.getByText(name, { exact: true })).toBeVisible()
    }
    expect(await slack.ask('auth.test', await copiedToken(desk, 'Bot token'))).toBe('ok')
  })

  test('who signed in is shown', async () => {
    await row(STUDIO, 'By Sign in with Slack').click()
    await expect(credential(desk.page, 'Sign-in token')).toContainText('robin@practice.example')
  })

  test('a scope that the user unticked is not granted, and not called missing', async () => {
    const { page } = desk
    const app = await slack.register('With an optional scope', {
      botScopes: ['chat:write', 'files:write'],
      optionalScopes: ['files:write'],
    })
    await addSlackApp(desk, app)
    const url = await authorizeWith(desk, app.name)
    const consent = await (await browser()).open(url)
    await consent.getByRole('checkbox', { name: 'files:write' }).uncheck()
    await consent.getByRole('button', { name: 'Allow' }).click()
    await expectWorkspace(page, STUDIO)
    await expect(page.getByText('chat:write', { exact: true })).toBeVisible()
    await expect(page.getByText(/of With an optional scope (is|are) missing/)).toHaveCount(0)
  })

  test('a scope added to the app later is missing, and one click reinstalls with it', async () => {
    const { page } = desk
    const app = await slack.register('Grows', { botScopes: ['chat:write', 'files:write'] })
    await addSlackApp(desk, { ...app, botScopes: ['chat:write'] })
    await connect(app)
    await page.getByRole('navigation').getByRole('button', { name: 'Slack apps' }).click()
    await page.getByRole('option', { name: app.name }).click()
    await page.getByRole('button', { name: 'Edit…' }).click()
    const scopes = page.getByRole('combobox', { name: 'Bot scopes' })
    await scopes.fill('files:write')
    await scopes.press('Enter')
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.getByRole('navigation').getByRole('button', { name: 'Workspaces' }).click()
    await row(STUDIO, app.name).click()
    await expect(page.getByText('1 scope of Grows is missing')).toBeVisible()
    const reinstall = page.getByRole('button', { name: 'Reinstall to add files:write' })
    const url = await opened(desk, () => reinstall.click())
    expect(new URL(url).searchParams.get('team')).toBe('T0PRACSTUDIO')
    await allowInBrowser(await browser(), url, { workspace: STUDIO })
    await expectWorkspace(page, STUDIO)
    await expect(page.getByText(/is missing/)).toHaveCount(0)
    await expect(page.locator('.scope-chip', { hasText: 'files:write' })).toBeVisible()
    await expect(row(STUDIO, app.name)).toHaveCount(1)
  })

  for (const kind of ['redirect', 'tunnel'] as const) {
    test(`a relay that is a ${kind} brings the answer home`, async () => {
      const relay = await openRelay(kind)
      const own = await openBrowser(relay.pem, { switches: [relay.browserSwitch] })
      try {
        const app = await slack.register(`By ${kind}`, {
          strategy: 'relay',
          redirectUrl: relay.url,
        })
        await addSlackApp(desk, app)
        const url = await authorizeWith(desk, app.name)
        expect(new URL(url).searchParams.get('redirect_uri')).toBe(relay.url)
        const { page } = await answerInBrowser(own, url, { workspace: STUDIO })
        await expect(page.getByRole('heading', { name: 'Auth complete' })).toBeVisible()
        expect(page.url()).not.toContain('code')
        await expectWorkspace(desk.page, STUDIO)
        await expect(credential(desk.page, 'Bot token')).toBeVisible()
        expect(relay.seen[0]).toMatch(/^\/callback\?code=/)
      } finally {
        await own.close()
        await relay.close()
      }
    })
  }

  async function connect(app: TestSlackApp): Promise<void> {
    const url = await authorizeWith(desk, app.name)
    await allowInBrowser(await browser(), url, { workspace: STUDIO })
    await expectWorkspace(desk.page, STUDIO)
  }

  async function browser(): Promise<TestBrowser> {
    opening ??= await trustingBrowser(desk)
    return opening
  }

  function row(workspace: string, app = '') {
    return desk.page.getByRole('option', { name: new RegExp(`${workspace}.*${app}`) })
  }
})

async function expectWorkspace(page: Page, name: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
}
