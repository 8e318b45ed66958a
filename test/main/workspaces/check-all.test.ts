import { describe, expect, it } from 'vitest'
import type { EnvironmentRef } from '../../../main/contract/views.ts'
import { Secret } from '../../../main/platform/secret.ts'
import { slackRefused } from '../../../main/slack/advice.ts'
import { SlackNoAnswer, SlackRateLimited } from '../../../main/slack/errors.ts'
import { createCheckService } from '../../../main/workspaces/check.ts'
import { createCheckAllService } from '../../../main/workspaces/check-all.ts'
import { HostRefused } from '../../../main/workspaces/errors.ts'
import { installationOf } from '../../../main/workspaces/grant.ts'
import { blankCredential } from '../../../main/workspaces/granted-credentials.ts'
import { grantOf, tokenInfoOf } from '../../fakes/fake-slack-api.ts'
import { appInput, openWorkspaces } from './workspaces-fixture.ts'

const SLACK: EnvironmentRef = { kind: 'slack' }
const OTHER: EnvironmentRef = { kind: 'custom', baseUrl: 'https://slack.example.com' }

/** A Slack whose answers the test gives one by one. */
interface Asked {
  readonly host: string
  readonly token: string
  /** Answers it; an Error is thrown. */
  answer(told?: Error): void
}

async function start(environments: readonly EnvironmentRef[] = [SLACK]) {
  const desk = await openWorkspaces()
  const { installations, slackApps, slack, clock } = desk
  const ids: string[] = []
  for (const [index, environment] of environments.entries()) {
    const app = slackApps.get(await slackApps.add(appInput({ environment })))
    const bot = {
      token: Secret.of(`bot-${index}`),
      scopes: [],
      expiresAtMs: null,
      refreshToken: null,
    }
    ids.push(
      await installations.store(
        installationOf(
          grantOf({ bot, team: { id: `T${index}`, name: 'Northwind Test' } }),
          app,
          clock.now(),
        ),
      ),
    )
  }
  const asked: Asked[] = []
  slack.testToken = ({ host }, token) =>
    new Promise((resolve, reject) => {
      const answer = (told?: Error) =>
        told ? reject(told) : resolve(tokenInfoOf({ teamId: token.expose().replace('bot-', 'T') }))
      asked.push({ host, token: token.expose(), answer })
    })
  const check = createCheckService(desk)
  let changes = 0
  const onChange = () => {
    changes += 1
  }
  const checkAll = createCheckAllService({ ...desk, check, onChange })
  const tokens = () => asked.map(({ token }) => token)
  const state = (index: number) => installations.get(ids[index] ?? '').credentials[0]?.state
  return { ...desk, ids, asked, tokens, state, checkAll, changeCount: () => changes }
}

/** Lets everything go on that waits for nothing but promises. */
async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve))
}

const times = (count: number, environment: EnvironmentRef = SLACK) =>
  Array.from({ length: count }, () => environment)

describe('check all', () => {
  it('asks at most four at a time, and counts', async () => {
    const { checkAll, asked, changeCount } = await start(times(6))
    expect(checkAll.view()).toBeNull()
    const report = checkAll.run()
    await settle()
    expect(asked).toHaveLength(4)
    expect(checkAll.view()).toEqual({ done: 0, total: 6, failed: 0, waitsUntilMs: null })
    asked[2]?.answer()
    asked[0]?.answer(slackRefused('token_revoked', { during: 'token-call' }))
    await settle()
    expect(asked).toHaveLength(6)
    expect(checkAll.view()).toEqual({ done: 2, total: 6, failed: 1, waitsUntilMs: null })
    for (const one of asked) one.answer()
    expect(await report).toEqual({ checked: 6, failed: 1, wasCancelled: false })
    expect(checkAll.view()).toBeNull()
    expect(changeCount()).toBeGreaterThan(6)
  })

  it('keeps what Slack says with each token, and every token', async () => {
    const { checkAll, asked, state, installations, ids } = await start(times(3))
    const report = checkAll.run()
    await settle()
    asked[0]?.answer(slackRefused('invalid_auth', { during: 'token-call' }))
    asked[1]?.answer(slackRefused('token_revoked', { during: 'token-call' }))
    asked[2]?.answer(new SlackNoAnswer())
    expect(await report).toMatchObject({ checked: 3, failed: 3 })
    expect([state(0), state(1), state(2)]).toEqual(['suspended', 'revoked', 'working'])
    const kept = ids.map((id) => installations.token(id, 'bot').expose())
    expect(kept).toEqual(['bot-0', 'bot-1', 'bot-2'])
  })

  it('asks no workspace that has nothing to check', async () => {
    const { checkAll, asked, installations, ids } = await start(times(2))
    const { id: _id, ...meta } = installations.get(ids[0] ?? '')
    const credentials = [blankCredential('app', 'app'), blankCredential('id-token', 'id-token')]
    await installations.save(ids[0] ?? '', { ...meta, credentials })
    const report = checkAll.run()
    await settle()
    expect(asked.map(({ token }) => token)).toEqual(['bot-1'])
    asked[0]?.answer()
    expect(await report).toEqual({ checked: 1, failed: 0, wasCancelled: false })
  })

  it('is one run: a second call waits for the first', async () => {
    const { checkAll, asked } = await start(times(1))
    const [first, second] = [checkAll.run(), checkAll.run()]
    await settle()
    expect(asked).toHaveLength(1)
    asked[0]?.answer()
    expect(await second).toEqual(await first)
    const third = checkAll.run()
    await settle()
    asked[1]?.answer()
    expect(await third).toMatchObject({ checked: 1 })
  })

  it('passes over what is removed meanwhile, asked or not', async () => {
    const { checkAll, asked, installations, ids, tokens } = await start(times(6))
    const report = checkAll.run()
    await settle()
    await installations.remove(ids[0] ?? '')
    await installations.remove(ids[5] ?? '')
    for (const one of asked) one.answer()
    await settle()
    expect(tokens()).toEqual(['bot-0', 'bot-1', 'bot-2', 'bot-3', 'bot-4'])
    asked[4]?.answer()
    expect(await report).toEqual({ checked: 4, failed: 0, wasCancelled: false })
  })

  it('asks about a host that the user refused no more than what is under way', async () => {
    const { checkAll, asked } = await start([...times(9, OTHER), SLACK])
    const report = checkAll.run()
    await settle()
    for (const one of asked) one.answer(new HostRefused('slack.example.com'))
    await settle()
    expect(asked.map(({ host }) => host)).toEqual([
      ...times(4).map(() => 'slack.example.com'),
      'slack.com',
    ])
    asked[4]?.answer()
    expect(await report).toEqual({ checked: 10, failed: 9, wasCancelled: false })
  })

  it('says that the vault is locked', async () => {
    const { checkAll, vault } = await start()
    vault.lock()
    await expect(checkAll.run()).rejects.toMatchObject({ code: 'VAULT_LOCKED' })
    expect(checkAll.view()).toBeNull()
  })

  it('ends, and says why, when an answer cannot be kept', async () => {
    const { checkAll, asked, vault } = await start(times(6))
    const report = checkAll.run()
    await settle()
    vault.lock()
    asked[0]?.answer()
    await expect(report).rejects.toMatchObject({ code: 'VAULT_LOCKED' })
    for (const one of asked) one.answer()
    await settle()
    expect(asked).toHaveLength(4)
  })
})

describe('a Slack that asks to wait', () => {
  it('is left alone for so long, then asked the same again; others are not held up', async () => {
    const { checkAll, asked, clock, tokens } = await start([...times(5), OTHER])
    const report = checkAll.run()
    await settle()
    asked[1]?.answer(new SlackRateLimited(30))
    await settle()
    const waitsUntilMs = clock.now() + 30_000
    expect(checkAll.view()).toMatchObject({ done: 0, waitsUntilMs })
    // bot-4 has to wait too; the other Slack does not.
    expect(tokens()).toEqual(['bot-0', 'bot-1', 'bot-2', 'bot-3', 'bot-5'])
    for (const one of asked) one.answer()
    await settle()
    expect(checkAll.view()).toMatchObject({ done: 4, total: 6, failed: 0, waitsUntilMs })
    clock.advance(29_999)
    await settle()
    expect(asked).toHaveLength(5)
    clock.advance(1)
    await settle()
    expect(tokens().slice(5)).toEqual(['bot-1', 'bot-4'])
    expect(checkAll.view()).toMatchObject({ waitsUntilMs: null })
    for (const one of asked) one.answer()
    expect(await report).toEqual({ checked: 6, failed: 0, wasCancelled: false })
  })

  it('holds for the longest of its waits', async () => {
    const { checkAll, asked, clock } = await start(times(2))
    const report = checkAll.run()
    await settle()
    asked[0]?.answer(new SlackRateLimited(60))
    asked[1]?.answer(new SlackRateLimited(5))
    await settle()
    clock.advance(59_999)
    await settle()
    expect(asked).toHaveLength(2)
    clock.advance(1)
    await settle()
    expect(asked).toHaveLength(4)
    for (const one of asked) one.answer()
    expect(await report).toMatchObject({ checked: 2, failed: 0 })
  })

  it('does not hold the run for ever', async () => {
    const { checkAll, asked, clock, state } = await start(times(1))
    const report = checkAll.run()
    for (let waits = 0; waits < 6; waits += 1) {
      await settle()
      expect(asked).toHaveLength(waits + 1)
      asked[waits]?.answer(new SlackRateLimited(10))
      await settle()
      clock.advance(10_000)
    }
    expect(await report).toEqual({ checked: 1, failed: 1, wasCancelled: false })
    expect(state(0)).toBe('working')
  })
})

describe('cancelling', () => {
  it('ends the run at once, sends nothing more, and keeps what was under way', async () => {
    const { checkAll, asked, installations, ids, clock } = await start(times(6))
    const report = checkAll.run()
    await settle()
    asked[0]?.answer()
    await settle()
    checkAll.cancel()
    expect(await report).toEqual({ checked: 1, failed: 0, wasCancelled: true })
    expect(checkAll.view()).toBeNull()
    clock.advance(1000)
    for (const one of asked) one.answer()
    await settle()
    expect(asked).toHaveLength(5)
    expect(installations.get(ids[3] ?? '').lastCheckedAtMs).toBe(clock.now())
    expect(installations.get(ids[5] ?? '').lastCheckedAtMs).toBeNull()
    expect(checkAll.view()).toBeNull()
  })

  it('does not wait for a Slack that asked to wait', async () => {
    const { checkAll, asked, clock } = await start(times(2))
    const report = checkAll.run()
    await settle()
    asked[0]?.answer(new SlackRateLimited(30))
    asked[1]?.answer(new SlackRateLimited(30))
    await settle()
    checkAll.cancel()
    expect(await report).toEqual({ checked: 0, failed: 0, wasCancelled: true })
    clock.advance(60_000)
    await settle()
    expect(asked).toHaveLength(2)
  })

  it('does nothing where nothing runs', async () => {
    const { checkAll, asked } = await start(times(1))
    checkAll.cancel()
    const report = checkAll.run()
    await settle()
    asked[0]?.answer()
    expect(await report).toMatchObject({ wasCancelled: false })
  })
})
