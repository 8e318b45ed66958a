import { describe, expect, it } from 'vitest'
import { type CredentialView, snapshot } from '../../main/contract/views.ts'
import {
  type App,
  answerConsent,
  filesIn,
  openPlace,
  type Place,
  startApp,
} from './rooms-fixture.ts'

/** The practice workspace, authorized, whose tokens live for so long. */
async function start(tokenLifeSeconds: number | null) {
  const place = { ...(await openPlace()), tokenLifeSeconds }
  const app = await startApp(place)
  await app.handlers['practice/try']()
  await expect.poll(() => app.opened).toHaveLength(1)
  await answerConsent(place, app.opened.at(-1) ?? '')
  await expect.poll(() => app.sources.installations()).toHaveLength(1)
  const id = app.sources.installations()[0]?.id ?? ''
  return { place, app, id }
}

const tokens = (app: App): CredentialView[] =>
  app.sources.installations()[0]?.credentials.filter(({ rotates }) => rotates) ?? []

/** Without the exchange of the code. */
const refreshesOf = ({ watch }: Place) =>
  watch.addresses.filter((url) => url.endsWith('/oauth.v2.access')).length - 1

describe('rotation in the whole app', () => {
  it('refreshes bot and user by itself before their end, and shows it', async () => {
    const { place, app, id } = await start(8)
    const before = tokens(app)
    expect(before.map(({ kind }) => kind)).toEqual(['bot', 'user'])
    const limit = { timeout: 20_000, interval: 50 }
    await expect
      .poll(() => tokens(app).map(({ refresh }) => refresh?.lastRefreshedAtMs ?? 0), limit)
      .toEqual([expect.toSatisfy((ms: number) => ms > 0), expect.toSatisfy((ms: number) => ms > 0)])
    const after = tokens(app)
    for (const [index, token] of after.entries()) {
      const old = before[index]
      expect(token.refresh?.lastRefreshedAtMs).toBeLessThan(old?.expiresAtMs ?? 0)
      expect(token.expiresAtMs).toBeGreaterThan(old?.expiresAtMs ?? 0)
      expect(token.masked).not.toBe(old?.masked)
      expect(token.scopes).toEqual(old?.scopes)
    }
    await app.handlers['workspaces/check'](id)
    expect(tokens(app).map(({ state }) => state)).toEqual(['working', 'working'])
    expect(refreshesOf(place)).toBeGreaterThanOrEqual(2)
  }, 40_000)

  it('makes one request for each token, however many ask, and leaks none of them', async () => {
    const { place, app, id } = await start(null)
    const asked = Array.from({ length: 50 }, () => app.handlers['workspaces/refresh'](id))
    expect(await Promise.all(asked)).toEqual(asked.map(() => ({ refreshed: 2 })))
    expect(refreshesOf(place)).toBe(2)
    expect(snapshot.shape.installations.safeParse(app.sources.installations()).success).toBe(true)
    await app.handlers['workspaces/check'](id)
    await app.close()
    const texts = [
      ...place.watch.page.map((text) => ({ path: 'page', text })),
      ...place.watch.logged.map((text) => ({ path: 'log', text })),
      ...filesIn(place.dataFolder),
    ]
    const secrets = [...place.watch.secrets].filter((secret) => secret.length > 8)
    expect(secrets.length).toBeGreaterThan(8)
    const found = texts.filter(({ text }) => secrets.some((secret) => text.includes(secret)))
    expect(found.map(({ path }) => path)).toEqual([])
  }, 20_000)

  it('refreshes at the start what ended while the app was closed', async () => {
    const { place, app, id } = await start(4)
    const [bot] = tokens(app)
    await app.close()
    await expect.poll(() => Date.now(), { timeout: 10_000 }).toBeGreaterThan(bot?.expiresAtMs ?? 0)
    const again = await startApp({ ...place, tokenLifeSeconds: null })
    await expect
      .poll(
        () =>
          tokens(again).map(({ state, expiresAtMs }) => [state, (expiresAtMs ?? 0) > Date.now()]),
        {
          timeout: 15_000,
        },
      )
      .toEqual([
        ['working', true],
        ['working', true],
      ])
    await again.handlers['workspaces/check'](id)
  }, 40_000)

  it('locks only when what Slack gave is sealed', async () => {
    const { app, id } = await start(null)
    const refreshing = Promise.resolve(app.handlers['workspaces/refresh'](id))
    await app.handlers['vault/lock']()
    // Both were asked for before the lock, or the second was refused by it; none is lost.
    await refreshing.catch((thrown: unknown) =>
      expect(thrown).toMatchObject({ code: 'VAULT_LOCKED' }),
    )
    await app.handlers['vault/unlock'](null)
    expect(tokens(app).map(({ refresh }) => refresh?.isRunning)).toEqual([false, false])
    await app.handlers['workspaces/check'](id)
    expect(await app.handlers['workspaces/refresh'](id)).toEqual({ refreshed: 2 })
  }, 20_000)
})
