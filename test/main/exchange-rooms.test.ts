import { cpSync } from 'node:fs'
import { beforeAll, expect, it } from 'vitest'
import type { CredentialView, SecretRef } from '../../main/contract/views.ts'
import {
  makePracticeConfigurationToken,
  registerPracticeApp,
} from '../../main/practice/find-practice.ts'
import { manifestCall } from './practice/manifest-client.ts'
import { call } from './practice/practice-client.ts'
import {
  type App,
  answerConsent,
  filesIn,
  openPlace,
  type Place,
  startApp,
} from './rooms-fixture.ts'
import { appInput } from './workspaces/workspaces-fixture.ts'

/** The rooms read these when they are needed; compiling them is no part of what is waited for. */
beforeAll(async () => {
  await Promise.all([import('../../main/practice/practice-slack.ts'), import('@slack/web-api')])
}, 60_000)

const SCOPES = { botScopes: ['chat:write'], userScopes: [] }
const PAPERS = { signingSecret: null, verificationToken: null, optionalScopes: [] }

/** A workspace authorized with an app that has no token rotation. */
async function start() {
  const place = await openPlace()
  const app = await startApp(place)
  await app.host.ensureRunning()
  const practice = { url: `http://localhost:${place.practicePort}` }
  const redirectUrls = place.redirectPorts.map((port) => `https://localhost:${port}/callback`)
  const registered = await registerPracticeApp(practice.url, fetch, {
    ...{ name: 'Lasting Bot', redirectUrls, pkce: false, tokenRotation: false },
    ...SCOPES,
  })
  const clientSecret = registered.clientSecret?.expose() ?? ''
  const { slackAppId } = await app.handlers['slack-apps/add'](
    appInput({
      ...{ name: 'Lasting Bot', environment: { kind: 'practice' }, ...PAPERS, ...SCOPES },
      ...{ clientId: registered.clientId, clientSecret },
    }),
  )
  await app.handlers['workspaces/authorize'](slackAppId, null)
  await answerConsent(place, app.opened.at(-1) ?? '')
  await expect.poll(() => app.sources.installations()[0]?.lastCheckedAtMs).toBeTypeOf('number')
  const id = app.sources.installations()[0]?.id ?? ''
  const ref: SecretRef = { of: 'credential', installationId: id, credentialId: 'bot' }
  const turnOn = async () => {
    const { token } = await makePracticeConfigurationToken(practice.url, fetch)
    const manifest = {
      display_information: { name: 'Lasting Bot' },
      features: { bot_user: { display_name: 'lasting-bot' } },
      oauth_config: { redirect_urls: redirectUrls, scopes: { bot: SCOPES.botScopes } },
      settings: { token_rotation_enabled: true },
    }
    const form = { app_id: registered.appId, manifest }
    expect(await manifestCall(practice, 'update', token.expose(), form)).toMatchObject({ ok: true })
  }
  const isAlive = async (token: string) => (await call(practice, 'auth.test', { token })).ok
  return { place, app, id, ref, turnOn, isAlive }
}

const bot = (app: App): CredentialView | undefined => app.sources.installations()[0]?.credentials[0]
const tokenOf = async (app: App, ref: SecretRef) =>
  (await app.handlers['sharing/reveal'](ref)).value
const acts = (app: App) =>
  app.activity
    .list()
    .filter(({ what }) => what === 'exchanged' || what === 'refreshed')
    .map(({ what, outcome, by, slackCode }) => [what, outcome, by, slackCode])

function expectNoSecret({ dataFolder, watch }: Place): void {
  const texts = [...filesIn(dataFolder).map(({ text }) => text), ...watch.page, ...watch.logged]
  const secrets = [...watch.secrets].filter((secret) => secret.length > 8)
  expect(secrets.length).toBeGreaterThan(4)
  expect(texts.filter((text) => secrets.some((secret) => text.includes(secret))).length).toBe(0)
}

it('turns a token that lasts into one that rotates, once Slack lets it', async () => {
  const { place, app, id, ref, turnOn, isAlive } = await start()
  const lasting = await tokenOf(app, ref)
  expect(bot(app)).toMatchObject({ rotates: false, expiresAtMs: null, canExchange: true })
  await expect(app.handlers['workspaces/exchange-token'](id, 'bot')).rejects.toMatchObject({
    ...{ slackCode: 'token_rotation_not_enabled', remedy: 'open-app-settings' },
  })
  expect(bot(app)).toMatchObject({ rotates: false, canExchange: true, state: 'working' })
  expect(await tokenOf(app, ref)).toBe(lasting)

  await turnOn()
  const twice = [1, 2].map(() => app.handlers['workspaces/exchange-token'](id, 'bot'))
  await Promise.all(twice)
  expect(place.watch.addresses.filter((url) => url.endsWith('oauth.v2.exchange'))).toHaveLength(2)
  expect(bot(app)).toMatchObject({ rotates: true, canExchange: false, state: 'working' })
  expect(bot(app)?.expiresAtMs).toBeGreaterThan(Date.now() + 11 * 3600_000)
  const first = await tokenOf(app, ref)
  // The old one lives until the first refresh of the pair; nobody revokes it, which would end all.
  expect([await isAlive(lasting), await isAlive(first)]).toEqual([true, true])
  await app.handlers['workspaces/refresh'](id)
  expect([await isAlive(lasting), await isAlive(await tokenOf(app, ref))]).toEqual([false, true])
  await expect(app.handlers['workspaces/exchange-token'](id, 'bot')).rejects.toMatchObject({
    code: 'TOKEN_EXCHANGE_IMPOSSIBLE',
  })
  expect(acts(app).slice(0, 3)).toEqual([
    ['exchanged', 'failed', 'window', 'token_rotation_not_enabled'],
    ['exchanged', 'done', 'window', null],
    ['refreshed', 'done', 'window', null],
  ])
  await app.close()
  expectNoSecret(place)
})

it('keeps the token as it is where it was exchanged elsewhere', async () => {
  const { place, app, id, ref, turnOn } = await start()
  await turnOn()
  const copy = { ...place, dataFolder: `${place.dataFolder}-copy` }
  cpSync(place.dataFolder, copy.dataFolder, { recursive: true })
  await app.handlers['workspaces/exchange-token'](id, 'bot')
  const other = await startApp(copy)
  const lasting = await tokenOf(other, ref)
  await expect(other.handlers['workspaces/exchange-token'](id, 'bot')).rejects.toMatchObject({
    ...{ slackCode: 'token_already_exchanged', remedy: 'authorize-again' },
  })
  expect(bot(other)).toMatchObject({ rotates: false, state: 'working' })
  expect(await tokenOf(other, ref)).toBe(lasting)
  await other.handlers['workspaces/check'](id)
})

it('waits for the pair before a lock', async () => {
  const { app, id, ref, turnOn } = await start()
  await turnOn()
  const exchanging = app.handlers['workspaces/exchange-token'](id, 'bot')
  await app.handlers['vault/lock']()
  await Promise.allSettled([exchanging])
  await app.handlers['vault/unlock'](null)
  if (bot(app)?.rotates === false) await app.handlers['workspaces/exchange-token'](id, 'bot')
  expect(bot(app)).toMatchObject({ rotates: true, state: 'working' })
  expect(await tokenOf(app, ref)).toMatch(/^xoxe\.xoxb-/)
  expect(await app.handlers['workspaces/refresh'](id)).toEqual({ refreshed: 1 })
})
