import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Vault } from '../../../../main/vault/vault.ts'
import type { CredentialMeta, InstallationMeta } from '../../../../main/workspaces/records.ts'
import {
  APP_META,
  allOf,
  backUp,
  CONFIGURATION_META,
  credential,
  idOf,
  installation,
  openComputer,
  preview,
  put,
  restore,
} from './backup-fixture.ts'

const REFRESH = {
  inFlightSinceMs: null,
  lastRefreshedAtMs: null,
  hasPrevious: false,
  failedCount: 0,
  failure: null,
  nextTryAtMs: null,
  isDead: false,
} as const

/** One installation in each of two vaults; answers what stands here after the restore, and its row. */
async function merge(
  there: Partial<InstallationMeta>,
  here: Partial<InstallationMeta>,
  secrets: { there: Record<string, string>; here: Record<string, string> },
  ids = [idOf(2), idOf(7)],
) {
  const [one, two] = [await openComputer(), await openComputer()]
  const [from = '', to = ''] = ids
  await one.state.vault.save({
    put: [put(from, 'installation', installation(there), secrets.there)],
  })
  await two.state.vault.save({ put: [put(to, 'installation', installation(here), secrets.here)] })
  const path = await backUp(one)
  const { rows } = await preview(two, path)
  await restore(two, path)
  const found = allOf(two.state.vault, 'installation')
  return { rows, found, first: found[0], again: (await preview(two, path)).rows }
}

async function mergeBots(there: Partial<CredentialMeta>, here: Partial<CredentialMeta>) {
  const { rows, first, again } = await merge(
    { credentials: [credential(there)] },
    { credentials: [credential(here)] },
    {
      there: { bot: 'there', 'bot#refresh': 'there-r' },
      here: { bot: 'here', 'bot#refresh': 'here-r' },
    },
  )
  expect(again[0]?.action).toBe('keep')
  const meta = first?.meta as InstallationMeta
  return { row: rows[0], secrets: first?.secrets, bot: meta.credentials[0] }
}

const HERE = { bot: 'here', 'bot#refresh': 'here-r' }
const THERE = { bot: 'there', 'bot#refresh': 'there-r' }

describe('a credential that both have', () => {
  it('is replaced by one that Slack gave out later, and whoever follows it hears of it', async () => {
    const { row, secrets, bot } = await mergeBots(
      { grantedAtMs: 2000, generation: 1 },
      { grantedAtMs: 1000, generation: 4 },
    )
    expect(row).toMatchObject({
      action: 'update',
      credentialCount: 1,
      storedCount: 1,
      staleCount: 0,
    })
    expect(secrets).toEqual(THERE)
    expect(bot).toMatchObject({ generation: 5, grantedAtMs: 2000 })
  })

  it('counts a refresh as later than the grant, and says that it may be stale', async () => {
    const refresh = { ...REFRESH, lastRefreshedAtMs: 3000 }
    const { row, secrets } = await mergeBots(
      { grantedAtMs: 1000, rotates: true, refresh },
      { grantedAtMs: 2000 },
    )
    expect(row).toMatchObject({ action: 'update', storedCount: 1, staleCount: 1 })
    expect(secrets).toEqual(THERE)
  })

  it.each([
    { what: 'newer here', there: { grantedAtMs: 1000 }, here: { grantedAtMs: 2000 } },
    { what: 'of the same time', there: { grantedAtMs: 1000 }, here: { grantedAtMs: 1000 } },
    { what: 'imported here', there: { grantedAtMs: 1000 }, here: { grantedAtMs: null } },
    { what: 'imported there', there: { grantedAtMs: null }, here: { grantedAtMs: 1000 } },
    {
      what: 'refreshed here',
      there: { grantedAtMs: 1000 },
      here: { grantedAtMs: 500, refresh: { ...REFRESH, lastRefreshedAtMs: 2000 } },
    },
    {
      what: 'revoked there',
      there: { grantedAtMs: 2000, state: 'revoked' as const },
      here: { grantedAtMs: 1000 },
    },
    {
      what: 'past refreshing there',
      there: { grantedAtMs: 2000, refresh: { ...REFRESH, isDead: true } },
      here: { grantedAtMs: 1000 },
    },
  ])('stays when it is $what', async ({ there, here }) => {
    const { row, secrets } = await mergeBots(there, here)
    expect(row).toMatchObject({ action: 'keep', storedCount: 0 })
    expect(secrets).toEqual(HERE)
  })

  it('cannot claim to be newer than the backup', async () => {
    const madeAtMs = Date.UTC(2026, 10, 23, 12)
    const { row } = await mergeBots({ grantedAtMs: madeAtMs + 9e9 }, { grantedAtMs: madeAtMs })
    expect(row).toMatchObject({ action: 'keep' })
  })
})

describe('an installation that both have', () => {
  it('gets what it lacks and loses nothing', async () => {
    const user = credential({ id: 'user:U111', kind: 'user' })
    const hook = credential({ id: 'webhook:C1', kind: 'webhook', grantedAtMs: null })
    const event = { atMs: 5, what: 'authorized' as const, addedScopes: [] }
    const { rows, first, found } = await merge(
      {
        ...{ credentials: [credential(), user], localName: 'Theirs', note: 'ask Ada' },
        ...{ history: [event], botUserId: 'U0BOT' },
      },
      {
        ...{ credentials: [credential({ grantedAtMs: 9000 }), hook], localName: 'Mine' },
        ...{ history: [{ ...event, atMs: 9 }, event], updatedAtMs: 50 },
      },
      {
        there: { bot: 'there', 'user:U111': 'user-1' },
        here: { bot: 'here', 'webhook:C1': 'hook-1' },
      },
    )
    expect(rows).toMatchObject([{ action: 'update', credentialCount: 2, storedCount: 1 }])
    expect(found).toHaveLength(1)
    expect(first).toMatchObject({
      id: idOf(7),
      secrets: { bot: 'here', 'webhook:C1': 'hook-1', 'user:U111': 'user-1' },
      meta: {
        ...{ localName: 'Mine', note: 'ask Ada', botUserId: 'U0BOT', updatedAtMs: 50 },
        history: [{ atMs: 5 }, { atMs: 9 }],
      },
    })
  })

  it('keeps the team that it knows when the backup knows later, but less', async () => {
    const { first } = await merge(
      { teamId: null, updatedAtMs: 99, credentials: [credential({ grantedAtMs: 5000 })] },
      { teamId: 'T111' },
      { there: { bot: 'there' }, here: { bot: 'here' } },
      [idOf(2), idOf(2)],
    )
    expect(first).toMatchObject({ meta: { teamId: 'T111' }, secrets: { bot: 'there' } })
  })

  it('is another one in another workspace, of another app, and at another Slack', async () => {
    for (const other of [
      { teamId: 'T222' },
      { appId: 'A222' },
      { environment: { kind: 'custom' as const, baseUrl: 'https://slack.example' } },
    ]) {
      const { rows, found } = await merge(
        other,
        {},
        { there: { bot: 'there' }, here: { bot: 'here' } },
        [idOf(2), idOf(2)],
      )
      expect(rows).toMatchObject([{ action: 'new' }])
      expect(found).toHaveLength(2)
      expect(found.map(({ secrets }) => secrets.bot).sort()).toEqual(['here', 'there'])
    }
  })

  it('is found by its token where nothing else names it', async () => {
    const nameless = { appId: null, teamId: null }
    const { rows, found } = await merge(
      { ...nameless, credentials: [credential({ id: 'app:1', kind: 'app' })] },
      { ...nameless, credentials: [credential({ id: 'app:2', kind: 'app' })] },
      { there: { 'app:1': 'app-token' }, here: { 'app:2': 'app-token' } },
    )
    expect(rows).toMatchObject([{ action: 'keep' }])
    expect(found).toMatchObject([{ secrets: { 'app:2': 'app-token' } }])
  })
})

describe('Slack apps and configuration tokens', () => {
  it('takes the entry of the same client, fills in its secrets, and names it in the installations', async () => {
    const [one, two] = [await openComputer(), await openComputer()]
    const meta = installation({ slackAppId: idOf(1), appId: null })
    await one.state.vault.save({
      put: [
        put(idOf(1), 'slack-app', APP_META, { clientSecret: 'there', signingSecret: 'sign' }),
        put(idOf(2), 'installation', meta, { bot: 'bot-1' }),
      ],
    })
    await two.state.vault.save({
      put: [
        put(idOf(8), 'slack-app', { ...APP_META, flow: 'openid' }, {}),
        put(idOf(9), 'slack-app', { ...APP_META, name: 'Mine' }, { clientSecret: 'here' }),
      ],
    })
    await restore(two, await backUp(one))
    expect(allOf(two.state.vault, 'slack-app')).toMatchObject([
      { id: idOf(8), secrets: {} },
      {
        id: idOf(9),
        meta: { name: 'Mine' },
        secrets: { clientSecret: 'here', signingSecret: 'sign' },
      },
    ])
    expect(allOf(two.state.vault, 'installation')).toMatchObject([
      { id: idOf(2), meta: { slackAppId: idOf(9) } },
    ])
  })

  it('does not take over an address that another Slack answers to', async () => {
    const [one, two] = [await openComputer(), await openComputer()]
    const paste = { ...APP_META, strategy: 'paste', redirectUrl: 'https://bot.example/callback' }
    const custom = { kind: 'custom', baseUrl: 'https://slack.example' }
    await one.state.vault.save({
      put: [put(idOf(1), 'slack-app', { ...paste, environment: custom }, { clientSecret: 'c' })],
    })
    await two.state.vault.save({ put: [put(idOf(2), 'slack-app', paste, {})] })
    await restore(two, await backUp(one))
    expect(allOf(two.state.vault, 'slack-app')[0]).toMatchObject({
      id: idOf(1),
      meta: { environment: custom, strategy: 'https', redirectUrl: null },
    })
  })

  it.each([
    { there: 2000, here: 1000, token: 'there', action: 'update' },
    { there: 1000, here: 2000, token: 'here', action: 'keep' },
    { there: 1000, here: 1000, token: 'here', action: 'keep' },
  ])(
    'keeps the newer pair of a user: $there against $here',
    async ({ there, here, token, action }) => {
      const [one, two] = [await openComputer(), await openComputer()]
      const meta = (storedAtMs: number) => ({ ...CONFIGURATION_META, storedAtMs })
      await one.state.vault.save({
        put: [put(idOf(1), 'configuration-token', meta(there), { token: 'there' })],
      })
      await two.state.vault.save({
        put: [
          put(idOf(2), 'configuration-token', meta(here), { token: 'here', refreshToken: 'r' }),
        ],
      })
      const { rows } = await preview(two, await backUp(one))
      expect(rows).toMatchObject([{ of: 'configuration-token', action }])
      await restore(two, await backUp(one))
      const secrets = token === 'there' ? { token } : { token, refreshToken: 'r' }
      expect(allOf(two.state.vault, 'configuration-token')).toMatchObject([
        { id: idOf(2), secrets },
      ])
      expect(allOf(two.state.vault, 'configuration-token')[0]?.secrets).toEqual(secrets)
    },
  )
})

/** Installations of few apps, teams and users, so that many of them meet. */
const arbitraryInstallations = fc.uniqueArray(
  fc.record({
    id: fc.integer({ min: 100, max: 104 }),
    teamId: fc.constantFrom('T1', 'T2', null),
    appId: fc.constantFrom('A1', 'A2', null),
    name: fc.string({ maxLength: 5 }),
    updatedAtMs: fc.integer({ min: 1, max: 5 }),
    credentials: fc.uniqueArray(
      fc.record({
        id: fc.constantFrom('bot', 'user:U1', 'user:U2'),
        atMs: fc.option(fc.integer({ min: 1, max: 5 })),
        token: fc.string({ minLength: 1, maxLength: 3 }),
        refresh: fc.option(fc.string({ minLength: 1, maxLength: 3 })),
        scopes: fc.array(fc.constantFrom('a', 'b'), { maxLength: 2 }),
      }),
      { selector: ({ id }) => id, maxLength: 3 },
    ),
  }),
  { selector: ({ id }) => id, maxLength: 4 },
)
type Arbitrary = typeof arbitraryInstallations extends fc.Arbitrary<infer T> ? T : never

async function storeAll(vault: Vault, entries: Arbitrary): Promise<void> {
  const changes = entries.map((entry) => {
    const { name: teamName, teamId, appId, updatedAtMs } = entry
    const credentials = entry.credentials.map(({ id, atMs: grantedAtMs, refresh, scopes }) =>
      credential({
        ...{ id, grantedAtMs, scopes, rotates: refresh !== null },
        kind: id === 'bot' ? 'bot' : 'user',
      }),
    )
    const secrets = entry.credentials.flatMap(({ id, token, refresh }) => [
      [id, token],
      ...(refresh === null ? [] : [[`${id}#refresh`, refresh]]),
    ])
    const meta = installation({ teamName, teamId, appId, updatedAtMs, credentials })
    return put(idOf(entry.id), 'installation', meta, Object.fromEntries(secrets))
  })
  await vault.save({ put: changes })
}

describe('for any two vaults', () => {
  it('restores a backup into an empty vault as it was', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryInstallations, async (entries) => {
        const [one, two] = [await openComputer(), await openComputer()]
        await storeAll(one.state.vault, entries)
        await restore(two, await backUp(one))
        expect(allOf(two.state.vault, 'installation')).toEqual(
          allOf(one.state.vault, 'installation'),
        )
      }),
      { numRuns: 25 },
    )
  }, 30_000)

  it('loses no credential that was here, has all of the backup, and is done with it', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryInstallations, arbitraryInstallations, async (there, here) => {
        const [one, two] = [await openComputer(), await openComputer()]
        await storeAll(one.state.vault, there)
        await storeAll(two.state.vault, here)
        const before = allOf(two.state.vault, 'installation')
        const path = await backUp(one)
        await restore(two, path)
        const after = new Map(allOf(two.state.vault, 'installation').map((one) => [one.id, one]))
        for (const { id, meta } of before) {
          const now = after.get(id)?.meta as InstallationMeta
          for (const had of (meta as InstallationMeta).credentials) {
            const has = now.credentials.find((other) => other.id === had.id)
            // Replaced only by what Slack gave out later.
            expect(has?.grantedAtMs ?? 0).toBeGreaterThanOrEqual(had.grantedAtMs ?? 0)
            expect(after.get(id)?.secrets[had.id]).toBeDefined()
          }
        }
        const { rows } = await preview(two, path)
        expect(rows.filter(({ action }) => action !== 'keep')).toEqual([])
      }),
      { numRuns: 40 },
    )
  }, 60_000)
})
