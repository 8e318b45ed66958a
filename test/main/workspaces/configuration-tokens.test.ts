import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { EnvironmentRef } from '../../../main/contract/views.ts'
import { silentLog } from '../../../main/platform/log.ts'
import { Secret } from '../../../main/platform/secret.ts'
import { slackRefused } from '../../../main/slack/advice.ts'
import { SlackNoAnswer, SlackRateLimited } from '../../../main/slack/errors.ts'
import type { ConfigurationTokens as Pair } from '../../../main/slack/slack-api.ts'
import { VaultLocked, VaultWriteFailed } from '../../../main/vault/errors.ts'
import type { Vault, VaultChange } from '../../../main/vault/vault.ts'
import { createConfigurationTokens } from '../../../main/workspaces/configuration-tokens.ts'
import { tokenInfoOf } from '../../fakes/fake-slack-api.ts'
import { openWorkspaces } from './workspaces-fixture.ts'

const SLACK: EnvironmentRef = { kind: 'slack' }
const HOUR_MS = 3600 * 1000
const MINUTE_MS = 60 * 1000
const refresh = (text: string) => Secret.of(`placeholder-refresh-${text}`)
const dead = () => slackRefused('invalid_refresh_token', { during: 'configuration' })

/** A Slack that renews like the real one: each refresh token once, 12 hours for each access token. */
async function start(change: Partial<Pair> = {}) {
  const desk = await openWorkspaces()
  /** Refresh tokens in the order they were sent. */
  const sent: string[] = []
  const fault = { next: null as Error | null }
  let count = 0
  desk.slack.rotateConfigurationToken = async (_endpoints, refreshToken) => {
    sent.push(refreshToken.expose())
    await Promise.resolve()
    const { next } = fault
    fault.next = null
    if (next !== null) throw next
    count += 1
    return {
      token: Secret.of(`placeholder-access-${count}`),
      refreshToken: refresh(`${count}`),
      teamId: 'T111',
      userId: 'U111',
      expiresAtMs: desk.clock.now() + 12 * HOUR_MS,
      ...change,
    }
  }
  desk.slack.testToken = async () => tokenInfoOf({ userId: 'U111' })
  const disk = { failure: null as Error | null }
  const told: string[] = []
  const tokens = createConfigurationTokens({
    vault() {
      if (!desk.vault.isUnlocked) throw new VaultLocked()
      return withDisk(desk.vault, disk)
    },
    ...{ slack: desk.slack, clock: desk.clock, log: silentLog },
    onChange: () => void told.push('configurationTokens'),
  })
  const add = (text = 'a', environment = SLACK) =>
    tokens.add({ environment, token: null, refreshToken: refresh(text) })
  return { ...desk, sent, fault, disk, told, tokens, add }
}

/** The real vault, on a disk that may be full. */
function withDisk(vault: Vault, disk: { failure: Error | null }): Vault {
  return {
    isUnlocked: true,
    protection: 'keyring',
    damagedCount: 0,
    records: (kind) => vault.records(kind),
    record: (id) => vault.record(id),
    secret: (id, field) => vault.secret(id, field),
    reload: () => vault.reload(),
    protect: (protector) => vault.protect(protector),
    verify: (protector) => vault.verify(protector),
    async save(change: VaultChange | (() => VaultChange)) {
      if (disk.failure !== null) throw disk.failure
      await vault.save(change)
    },
    lock: () => vault.lock(),
    unlock: (protector) => vault.unlock(protector),
    close: () => vault.close(),
  }
}

describe('adding a configuration token', () => {
  it('renews a pasted pair at once, and shows whose it is', async () => {
    const { tokens, add, sent, told, clock } = await start()
    const id = await add()
    expect(sent).toEqual(['placeholder-refresh-a'])
    expect(tokens.views()).toEqual([
      {
        ...{ id, teamId: 'T111', teamName: 'Northwind Test', userId: 'U111' },
        environment: { ref: SLACK, label: 'slack.com', host: 'slack.com' },
        masked: '…ss-1',
        expiresAtMs: clock.now() + 12 * HOUR_MS,
        ...{ canRefresh: true, state: 'working', slackCode: null },
      },
    ])
    expect(tokens.secret(id, 'token').expose()).toBe('placeholder-access-1')
    expect(tokens.secret(id, 'refreshToken').expose()).toBe('placeholder-refresh-1')
    expect(told).toContain('configurationTokens')
  })

  it('seals both on disk', async () => {
    const { add, directory } = await start()
    await add()
    const file = readFileSync(join(directory, 'vault.json'), 'utf8')
    expect(file).toContain('configuration-token')
    expect(file).not.toMatch(/placeholder-(?:access|refresh)/)
  })

  it('keeps one for each user in each workspace of each Slack', async () => {
    const { tokens, add } = await start()
    const first = await add('a')
    expect(await add('b')).toBe(first)
    expect(tokens.secret(first, 'token').expose()).toBe('placeholder-access-2')
    expect(await add('c', { kind: 'govslack' })).not.toBe(first)
    expect(tokens.views().map((view) => view.environment.label)).toEqual(['GovSlack', 'slack.com'])
  })

  it('sends a refresh token that is pasted twice once', async () => {
    const { tokens, add, sent } = await start()
    const [first, second] = await Promise.all([add('a'), add('a')])
    expect([second, await add('a')]).toEqual([first, first])
    expect(sent).toEqual(['placeholder-refresh-a'])
    await tokens.remove(first)
    await add('a')
    expect(sent).toHaveLength(2)
  })

  it('keeps what Slack gave before it asks for names', async () => {
    const { tokens, add, slack } = await start()
    const stored: number[] = []
    slack.testToken = async () => {
      stored.push(tokens.views().length)
      throw new SlackNoAnswer()
    }
    const id = await add()
    expect(stored).toEqual([1])
    expect(tokens.views()).toMatchObject([{ id, teamId: 'T111', teamName: null }])
  })

  it('takes no name from an answer of another workspace', async () => {
    const { tokens, add, slack } = await start()
    slack.testToken = async () => tokenInfoOf({ teamId: 'T999', teamName: 'Elsewhere' })
    await add()
    expect(tokens.views()).toMatchObject([{ teamId: 'T111', teamName: null }])
  })

  it('stores nothing when Slack refuses the pair', async () => {
    const { tokens, add, fault } = await start()
    fault.next = dead()
    await expect(add()).rejects.toMatchObject({ slackCode: 'invalid_refresh_token' })
    expect(tokens.views()).toEqual([])
  })

  it('keeps an access token that came alone, and learns whose it is', async () => {
    const { tokens, sent } = await start()
    const access = Secret.of('placeholder-lone-access')
    const id = await tokens.add({ environment: SLACK, token: access, refreshToken: null })
    expect(sent).toEqual([])
    expect(tokens.views()).toMatchObject([
      { id, teamName: 'Northwind Test', expiresAtMs: null, canRefresh: false, state: 'working' },
    ])
    expect((await tokens.freshToken(SLACK)).expose()).toBe('placeholder-lone-access')
  })

  it.each([
    { code: 'invalid_auth', state: 'unchecked', slackCode: null },
    { code: 'not_allowed_token_type', state: 'unchecked', slackCode: null },
    { code: 'token_expired', state: 'expired', slackCode: 'token_expired' },
    { code: 'token_revoked', state: 'revoked', slackCode: 'token_revoked' },
  ])('keeps a lone access token that auth.test answers with $code', async (row) => {
    const { tokens, slack } = await start()
    slack.testToken = async () => {
      throw slackRefused(row.code, { during: 'token-call' })
    }
    const lone = { environment: SLACK, token: Secret.of('placeholder-lone'), refreshToken: null }
    const id = await tokens.add(lone)
    expect(tokens.views()).toMatchObject([
      { id, teamId: null, state: row.state, slackCode: row.slackCode },
    ])
    // The very same token is no second one.
    expect(await tokens.add(lone)).toBe(id)
  })

  it('leaves the refresh token that is here when its user pastes an access token', async () => {
    const { tokens, add } = await start()
    const id = await add()
    const lone = { environment: SLACK, token: Secret.of('placeholder-lone'), refreshToken: null }
    expect(await tokens.add(lone)).toBe(id)
    expect(tokens.secret(id, 'refreshToken').expose()).toBe('placeholder-refresh-1')
  })

  it('wants a token, and an open vault, before anything is sent', async () => {
    const { tokens, vault, add, sent } = await start()
    const nothing = { environment: SLACK, token: null, refreshToken: null }
    await expect(tokens.add(nothing)).rejects.toMatchObject({ code: 'INPUT_INVALID' })
    vault.lock()
    await expect(add()).rejects.toBeInstanceOf(VaultLocked)
    expect(() => tokens.views()).toThrow(VaultLocked)
    expect(sent).toEqual([])
  })
})

describe('renewing', () => {
  it('makes one request for 50 callers, who all get the new token', async () => {
    const { tokens, add, sent, clock } = await start()
    await add()
    clock.advance(12 * HOUR_MS)
    const got = await Promise.all(Array.from({ length: 50 }, () => tokens.freshToken(SLACK)))
    expect(sent).toEqual(['placeholder-refresh-a', 'placeholder-refresh-1'])
    expect(new Set(got.map((token) => token.expose()))).toEqual(new Set(['placeholder-access-2']))
  })

  it('makes one request for all who ask to refresh, however they ask', async () => {
    const { tokens, add, sent, clock } = await start()
    const id = await add()
    clock.advance(12 * HOUR_MS)
    await Promise.all([tokens.refresh(id), tokens.freshToken(SLACK), tokens.refresh(id)])
    expect(sent).toHaveLength(2)
    await tokens.refresh(id)
    expect(sent.at(-1)).toBe('placeholder-refresh-2')
  })

  it.each([
    { name: 'an hour left', leftMs: HOUR_MS, renewals: 0 },
    { name: '11 minutes left', leftMs: 11 * MINUTE_MS, renewals: 0 },
    { name: '10 minutes left', leftMs: 10 * MINUTE_MS, renewals: 1 },
    { name: 'nothing left', leftMs: 0, renewals: 1 },
  ])('with $name renews $renewals times', async ({ leftMs, renewals }) => {
    const { tokens, add, sent, clock } = await start()
    await add()
    clock.advance(12 * HOUR_MS - leftMs)
    await tokens.freshToken(SLACK)
    expect(sent).toHaveLength(1 + renewals)
  })

  it.each([new SlackNoAnswer(), new SlackRateLimited(30)])(
    'uses the old token while it lives when the renewal meets %s',
    async (failure) => {
      const { tokens, add, clock, fault } = await start()
      await add()
      clock.advance(12 * HOUR_MS - 5 * MINUTE_MS)
      fault.next = failure
      expect((await tokens.freshToken(SLACK)).expose()).toBe('placeholder-access-1')
      clock.advance(5 * MINUTE_MS)
      fault.next = failure
      await expect(tokens.freshToken(SLACK)).rejects.toBe(failure)
      expect((await tokens.freshToken(SLACK)).expose()).toBe('placeholder-access-2')
    },
  )

  it('marks a dead refresh token, says what to do, and sends it no more', async () => {
    const { tokens, add, clock, fault, sent } = await start()
    const id = await add()
    clock.advance(12 * HOUR_MS)
    fault.next = dead()
    await expect(tokens.freshToken(SLACK)).rejects.toMatchObject({
      slackCode: 'invalid_refresh_token',
      advice: expect.stringContaining('Make a new pair on Slack’s page'),
      remedy: 'open-app-settings',
    })
    expect(tokens.views()).toMatchObject([
      { id, state: 'revoked', slackCode: 'invalid_refresh_token' },
    ])
    await expect(tokens.freshToken(SLACK)).rejects.toMatchObject({
      code: 'CONFIGURATION_TOKEN_MISSING',
    })
    expect(sent).toHaveLength(2)
  })

  it('stays as it was when the vault does not take the new pair, and stores that pair later', async () => {
    const { tokens, add, clock, disk, sent } = await start()
    const id = await add()
    clock.advance(12 * HOUR_MS)
    disk.failure = new VaultWriteFailed()
    const failed = {
      code: 'VAULT_WRITE_FAILED',
      message: 'Slack renewed the configuration token, but it could not be kept',
      advice: expect.stringContaining('refresh it again before you lock or quit'),
    }
    await expect(tokens.refresh(id)).rejects.toMatchObject(failed)
    expect(tokens.secret(id, 'token').expose()).toBe('placeholder-access-1')
    expect(tokens.secret(id, 'refreshToken').expose()).toBe('placeholder-refresh-1')
    await expect(tokens.freshToken(SLACK)).rejects.toMatchObject(failed)
    disk.failure = null
    expect((await tokens.freshToken(SLACK)).expose()).toBe('placeholder-access-2')
    // The refresh token was spent by the first of the three.
    expect(sent).toEqual(['placeholder-refresh-a', 'placeholder-refresh-1'])
  })

  it('stores a pasted pair later, too', async () => {
    const { tokens, add, disk, sent } = await start()
    disk.failure = new VaultWriteFailed()
    await expect(add()).rejects.toMatchObject({ code: 'VAULT_WRITE_FAILED' })
    expect(tokens.views()).toEqual([])
    disk.failure = null
    await add()
    expect(tokens.views()).toHaveLength(1)
    expect(sent).toHaveLength(1)
  })

  it('does not bring a token back that was removed meanwhile', async () => {
    const { tokens, add } = await start()
    const id = await add()
    const refreshing = tokens.refresh(id)
    await tokens.remove(id)
    await expect(refreshing).rejects.toMatchObject({ code: 'CONFIGURATION_TOKEN_NOT_FOUND' })
    expect(tokens.views()).toEqual([])
  })

  it('is waited for before the vault is locked', async () => {
    const { tokens, add } = await start()
    const id = await add()
    const refreshing = tokens.refresh(id)
    await tokens.settle()
    expect(tokens.secret(id, 'refreshToken').expose()).toBe('placeholder-refresh-2')
    await refreshing
  })

  it('needs a refresh token', async () => {
    const { tokens } = await start()
    const lone = { environment: SLACK, token: Secret.of('placeholder-lone'), refreshToken: null }
    const id = await tokens.add(lone)
    await expect(tokens.refresh(id)).rejects.toMatchObject({
      code: 'SECRET_NOT_FOUND',
      message: 'This configuration token has no refresh token',
    })
    await expect(tokens.refresh('gone')).rejects.toMatchObject({
      code: 'CONFIGURATION_TOKEN_NOT_FOUND',
    })
  })
})

describe('lending a configuration token', () => {
  it('says what is missing, and for which Slack', async () => {
    const { tokens, add } = await start()
    await add('a', { kind: 'govslack' })
    await expect(tokens.freshToken(SLACK)).rejects.toMatchObject({
      code: 'CONFIGURATION_TOKEN_MISSING',
      message: 'No configuration token for slack.com',
      advice: 'Paste one with Import token, or open the prefilled page in Slack instead.',
    })
  })

  it('leaves out a lone access token that has run out', async () => {
    const { tokens, slack, clock } = await start()
    slack.testToken = async () => tokenInfoOf({ expiresAtMs: clock.now() + HOUR_MS })
    const lone = { environment: SLACK, token: Secret.of('placeholder-lone'), refreshToken: null }
    await tokens.add(lone)
    expect((await tokens.freshToken(SLACK)).expose()).toBe('placeholder-lone')
    clock.advance(HOUR_MS)
    await expect(tokens.freshToken(SLACK)).rejects.toMatchObject({
      code: 'CONFIGURATION_TOKEN_MISSING',
    })
    expect(tokens.views()).toMatchObject([{ state: 'expired' }])
  })

  async function withTwo() {
    const desk = await start()
    await desk.add('a')
    desk.clock.advance(1000)
    const lone = { environment: SLACK, token: Secret.of('placeholder-lone'), refreshToken: null }
    desk.slack.testToken = async () => tokenInfoOf({ userId: 'U222' })
    await desk.tokens.add(lone)
    return desk
  }

  it.each(['invalid_app_id', 'no_permission', 'token_revoked', 'invalid_auth'])(
    'tries the next one when Slack answers %s',
    async (code) => {
      const { tokens } = await withTwo()
      const used: string[] = []
      const answer = await tokens.withToken(SLACK, async (token) => {
        used.push(token.expose())
        if (used.length === 1) throw slackRefused(code, { during: 'configuration' })
        return 'done'
      })
      expect(answer).toBe('done')
      expect(used).toEqual(['placeholder-lone', 'placeholder-access-1'])
    },
  )

  it('tells the last refusal when none will do, and notes which are dead', async () => {
    const { tokens } = await withTwo()
    const refused = slackRefused('token_revoked', { during: 'configuration' })
    await expect(
      tokens.withToken(SLACK, async () => {
        throw refused
      }),
    ).rejects.toBe(refused)
    expect(tokens.views().map(({ state }) => state)).toEqual(['revoked', 'revoked'])
  })

  it.each([
    slackRefused('internal_error', { during: 'configuration' }),
    new SlackNoAnswer(),
    new TypeError('defect'),
  ])('tries no other one after %s: Slack may have acted', async (failure) => {
    const { tokens } = await withTwo()
    let calls = 0
    const failing = tokens.withToken(SLACK, async () => {
      calls += 1
      throw failure
    })
    await expect(failing).rejects.toBe(failure)
    expect(calls).toBe(1)
    expect(tokens.views().map(({ state }) => state)).toEqual(['working', 'working'])
  })

  it('renews one that Slack called expired before it is used again', async () => {
    const { tokens, add, sent } = await start()
    await add()
    const failing = tokens.withToken(SLACK, async () => {
      throw slackRefused('token_expired', { during: 'configuration' })
    })
    await expect(failing).rejects.toMatchObject({ slackCode: 'token_expired' })
    expect((await tokens.freshToken(SLACK)).expose()).toBe('placeholder-access-2')
    expect(sent).toHaveLength(2)
    expect(tokens.views()).toMatchObject([{ state: 'working', slackCode: null }])
  })
})
