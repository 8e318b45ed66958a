/** Slack's own OAuth package installs apps of the practice Slack. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  type Installation,
  InstallProvider,
  type InstallProviderOptions,
  type InstallURLOptions,
  LogLevel,
} from '@slack/oauth'
import { type Logger, WebClient } from '@slack/web-api'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../../main/platform/clock.ts'
import { type Bench, formTokenOf, openBench, register, WEB_REDIRECT } from './practice-client.ts'

let bench: Bench
let server: Server | null
beforeEach(async () => {
  server = null
  bench = await openBench({ clock: systemClock })
})
afterEach(async () => {
  await new Promise((resolve) => (server === null ? resolve(null) : server.close(resolve)))
  await bench.end()
})

const nothing = () => {}
/** A cancelled installation is an error to the package, which would print it. */
const SILENT: Logger = {
  setLevel: nothing,
  getLevel: () => LogLevel.ERROR,
  setName: nothing,
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
}

type AnyInstallation = Installation<'v1' | 'v2', boolean>

/** Keeps the one installation that there is. */
function createStore() {
  let kept: AnyInstallation | null = null
  return {
    get installation(): AnyInstallation {
      if (kept === null) throw new Error('nothing was installed')
      return kept
    },
    storeInstallation: async (installation: AnyInstallation) => {
      kept = structuredClone(installation)
    },
    fetchInstallation: async () => {
      if (kept === null) throw new Error('nothing was installed')
      return structuredClone(kept)
    },
  }
}

/** A web server as the package's documents show it, with the path of its two handlers. */
async function openProvider(options: {
  readonly path: string
  readonly app: { readonly client_id: string; readonly client_secret?: string }
  readonly install: InstallURLOptions
  readonly authVersion?: 'v1' | 'v2'
}) {
  const store = createStore()
  const settings: InstallProviderOptions = {
    clientId: options.app.client_id,
    clientSecret: options.app.client_secret ?? '',
    stateSecret: 'only-for-this-test',
    authVersion: options.authVersion ?? 'v2',
    authorizationUrl: `${bench.practice.url}${options.path}`,
    clientOptions: { slackApiUrl: `${bench.practice.url}/api/` },
    installationStore: store,
    installUrlOptions: { redirectUri: WEB_REDIRECT, ...options.install },
    directInstall: true,
    logger: SILENT,
  }
  const provider = new InstallProvider(settings)
  server = createServer((request, response) => {
    if (request.url === '/slack/install') void provider.handleInstallPath(request, response)
    else void provider.handleCallback(request, response)
  })
  const listening = server
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
  return { provider, store, url: `http://127.0.0.1:${(listening.address() as AddressInfo).port}` }
}

/** The browser: follows the install path, allows, and brings the answer and the cookie back. */
async function install(url: string, choice: Record<string, string> = {}): Promise<string> {
  const begun = await fetch(`${url}/slack/install`, { redirect: 'manual' })
  const authorizeUrl = begun.headers.get('location') ?? ''
  const cookie = (begun.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  const form = formTokenOf(await (await fetch(authorizeUrl)).text())
  const sent = { team: 'T0PRACSTUDIO', person: '0', channel: '1', decision: 'allow', ...choice }
  const body = new URLSearchParams({ form, ...sent })
  const { origin, pathname } = new URL(authorizeUrl)
  const init = { method: 'POST', body, redirect: 'manual' } as const
  const answer = await fetch(`${origin}${pathname}`, init)
  const back = new URL(answer.headers.get('location') ?? '')
  expect(`${back.origin}${back.pathname}`).toBe(WEB_REDIRECT)
  const headers = { Cookie: cookie, Accept: 'text/html' }
  return (await fetch(`${url}/callback${back.search}`, { headers })).text()
}

function authTest(token: string | undefined) {
  return new WebClient(token, { slackApiUrl: `${bench.practice.url}/api/` }).auth.test()
}

describe('the package’s InstallProvider', () => {
  it('completes v2 with bot, user and webhook, and refreshes both tokens', async () => {
    const app = await register(bench.practice, { tokenRotation: true })
    const { provider, store, url } = await openProvider({
      path: '/oauth/v2/authorize',
      app,
      install: { scopes: ['chat:write', 'incoming-webhook'], userScopes: ['search:read'] },
    })
    expect(await install(url)).toContain('Thank you')
    const { installation } = store
    expect(installation).toMatchObject({
      team: { id: 'T0PRACSTUDIO', name: 'Practice Studio' },
      bot: {
        scopes: ['chat:write', 'incoming-webhook'],
        refreshToken: expect.stringMatching(/^xoxe-1-/),
      },
      user: { id: 'U01PRACSTUDIO', scopes: ['search:read'] },
      incomingWebhook: { channel: '#general', channelId: 'C02PRACSTUDIO' },
      appId: app.appId,
      tokenType: 'bot',
      isEnterpriseInstall: false,
    })
    const query = { teamId: 'T0PRACSTUDIO', enterpriseId: undefined, isEnterpriseInstall: false }
    const fresh = await provider.authorize(query)
    expect(fresh.botToken).toBe(installation.bot?.token)
    const endedAt = Math.floor(Date.now() / 1000) - 1
    const { bot, user } = installation
    if (bot === undefined) throw new Error('no bot was installed')
    await store.storeInstallation({
      ...installation,
      bot: { ...bot, expiresAt: endedAt },
      user: { ...user, expiresAt: endedAt },
    })
    const refreshed = await provider.authorize(query)
    expect(refreshed.botToken).toMatch(/^xoxe\.xoxb-1-/)
    expect(refreshed.botToken).not.toBe(bot.token)
    expect(refreshed.userToken).not.toBe(user.token)
    expect(store.installation.bot?.refreshToken).toBe(refreshed.botRefreshToken)
    expect(await authTest(refreshed.botToken)).toMatchObject({ bot_id: bot.id })
    expect(await authTest(refreshed.userToken)).toMatchObject({ user: 'robin' })
  })

  it('completes the classic flow', async () => {
    const app = await register(bench.practice)
    const { store, url } = await openProvider({
      path: '/oauth/authorize',
      app,
      install: { scopes: ['bot', 'incoming-webhook'] },
      authVersion: 'v1',
    })
    await install(url)
    expect(store.installation).toMatchObject({
      authVersion: 'v1',
      team: { id: 'T0PRACSTUDIO', name: 'Practice Studio' },
      user: { id: 'U01PRACSTUDIO', scopes: ['bot', 'incoming-webhook'] },
      incomingWebhook: { channel: '#general' },
    })
    const { bot, user } = store.installation
    expect(await authTest(bot?.token)).toMatchObject({ bot_id: bot?.id, user_id: bot?.userId })
    expect(await authTest(user.token)).toMatchObject({ user: 'robin' })
  })

  it('completes an org-wide install', async () => {
    const app = await register(bench.practice, { orgDeploy: true })
    const { store, url } = await openProvider({
      path: '/oauth/v2/authorize',
      app,
      install: { scopes: ['team:read'], userScopes: ['search:read'] },
    })
    await install(url, { team: 'E0PRACORG' })
    expect(store.installation).toMatchObject({
      enterprise: { id: 'E0PRACORG', name: 'Practice Organization' },
      enterpriseUrl: `http://practice-org.enterprise.localhost:${bench.practice.port}/`,
      isEnterpriseInstall: true,
      user: { id: 'W01PRACORG' },
    })
    expect(store.installation.team).toBeUndefined()
  })

  it('tells the user that Slack was cancelled', async () => {
    const { url } = await openProvider({
      path: '/oauth/v2/authorize',
      app: await register(bench.practice),
      install: { scopes: ['chat:write'] },
    })
    expect(await install(url, { decision: 'cancel' })).toContain('Something Went Wrong')
  })
})
