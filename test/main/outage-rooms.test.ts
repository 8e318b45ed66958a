import { beforeAll, expect, it } from 'vitest'
import type { Fetch } from '../../main/platform/fetch.ts'
import type { Notifier } from '../../main/platform/notifier.ts'
import { createFakeClock } from '../fakes/fake-clock.ts'
import { createFakePower } from '../fakes/fake-power.ts'
import { type App, answerConsent, createFetch, openPlace, startApp } from './rooms-fixture.ts'

const HOUR = 3600_000

/** The rooms read these when they are needed; compiling them is no part of what is waited for. */
beforeAll(async () => {
  await Promise.all([import('../../main/practice/practice-slack.ts'), import('@slack/web-api')])
}, 60_000)

/** An app with a workspace, whose time and network are the test's. Slack's own time is the real one. */
async function start() {
  const place = await openPlace()
  const clock = createFakeClock(Date.now())
  const power = createFakePower()
  const shown: Parameters<Notifier['show']>[0][] = []
  const visited: string[] = []
  const slack = createFetch(place)
  const network = { answer: null as (() => Promise<Response>) | null }
  const fetch: Fetch = (input, init) => network.answer?.() ?? slack(input, init)
  const app = await startApp(place, {
    ...{ clock, power, fetch },
    notifier: { show: (one) => void shown.push(one) },
    showWorkspace: (id) => void visited.push(id),
  })
  await app.handlers['practice/try']()
  await answerConsent(place, app.opened.at(-1) ?? '')
  await expect.poll(() => app.sources.installations()[0]?.lastCheckedAtMs).toBeTypeOf('number')
  const pass = async (ms: number, stepMs: number) => {
    for (let doneMs = 0; doneMs < ms; doneMs += stepMs) {
      clock.advance(stepMs)
      // What came due runs to its end: it waits for files, sockets and locks, and for no timer.
      await expect.poll(() => isAtRest(app, clock.now()), { interval: 1 }).toBe(true)
    }
  }
  return { place, app, clock, power, network, shown, visited, pass }
}

const tokens = (app: App) => app.sources.installations()[0]?.credentials ?? []
/** Nothing is due: the next try lies ahead, or there is none. */
const isAtRest = (app: App, nowMs: number) =>
  tokens(app).every(({ refresh }) => refresh?.isDead || (refresh?.nextAtMs ?? 0) > nowMs)
const offline = async (): Promise<Response> => {
  throw new TypeError('fetch failed')
}

/** Refreshes that Activity tells of, in the words of its list; which token comes first is chance. */
const told = (app: App) =>
  app.activity
    .list()
    .filter(({ what }) => what === 'refreshed')
    .map(({ outcome, by, code, credentials }) => [outcome, by, code, ...credentials])
    .sort((one, other) => String(one).localeCompare(String(other)))

it('days without a network are shown in the list, in one notification and in Activity, and end at the wake', async () => {
  const { app, clock, power, network, shown, visited, pass } = await start()
  network.answer = offline
  await pass(3 * 24 * HOUR, HOUR / 4)
  const id = app.sources.installations()[0]?.id ?? ''
  for (const { state, refresh } of tokens(app)) {
    expect(state).toBe('expired')
    expect(refresh).toMatchObject({ isDead: false, failure: { code: 'SLACK_NO_ANSWER' } })
    expect(refresh?.failedCount).toBeGreaterThan(100)
    expect(refresh?.nextAtMs).toBeGreaterThan(clock.now())
    expect(refresh?.nextAtMs).toBeLessThan(clock.now() + HOUR / 2)
  }
  expect(shown).toMatchObject([
    {
      title: 'A token of Practice Studio was not refreshed',
      body: 'Slack did not answer. Check the connection, then try again.',
    },
  ])
  shown[0]?.onClick()
  expect(visited).toEqual([id])
  expect(told(app)).toEqual([
    ['warning', 'itself', 'SLACK_NO_ANSWER', 'bot'],
    ['warning', 'itself', 'SLACK_NO_ANSWER', 'user'],
  ])
  await expect(
    app.handlers['sharing/reveal']({
      ...{ of: 'credential', installationId: id, credentialId: 'bot' },
    }),
  ).rejects.toMatchObject({ code: 'SLACK_NO_ANSWER' })

  network.answer = null
  power.tell('resume')
  await expect
    .poll(() => tokens(app).map(({ refresh }) => refresh?.failure ?? null))
    .toEqual([null, null])
  await expect.poll(() => told(app).filter(([outcome]) => outcome === 'done')).toHaveLength(2)
  expect(shown).toHaveLength(1)
}, 60_000)

it('a dead refresh token asks for authorizing again, in the list, in one notification and in Activity', async () => {
  const { app, network, shown, pass } = await start()
  network.answer = async () => Response.json({ ok: false, error: 'invalid_refresh_token' })
  await pass(11 * HOUR, HOUR / 2)
  for (const { refresh } of tokens(app)) {
    expect(refresh).toMatchObject({
      ...{ isDead: true, nextAtMs: null },
      failure: { slackCode: 'invalid_refresh_token', remedy: 'authorize-again' },
    })
  }
  expect(shown).toHaveLength(1)
  expect(shown[0]?.body).toContain('Authorize again.')
  expect(told(app)).toEqual([
    ['failed', 'itself', 'SLACK_REFUSED', 'bot'],
    ['failed', 'itself', 'SLACK_REFUSED', 'user'],
  ])
})

it('who wants no notification finds the failure in the list and in Activity', async () => {
  const { app, network, shown, pass } = await start()
  await app.handlers['security/change']({ notifies: false })
  network.answer = async () => Response.json({ ok: false, error: 'invalid_refresh_token' })
  await pass(11 * HOUR, HOUR / 2)
  expect(tokens(app).map(({ refresh }) => refresh?.isDead)).toEqual([true, true])
  expect(told(app)).toHaveLength(2)
  expect(shown).toEqual([])
})
