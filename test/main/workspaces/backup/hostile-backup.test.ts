import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { decodeContent } from '../../../../main/workspaces/backup/content.ts'
import {
  openKey,
  openPayload,
  parseEnvelope,
  sealBackup,
} from '../../../../main/workspaces/backup/envelope.ts'
import {
  APP_META,
  allOf,
  CHEAP,
  CONFIGURATION_META,
  credential,
  fill,
  idOf,
  installation,
  openComputer,
  preview,
  restore,
  WORDS,
} from './backup-fixture.ts'

/** Sealed by somebody who knows the passphrase, so that only its content can give it away. */
async function sealed(value: unknown): Promise<Buffer> {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return sealBackup(Buffer.from(text), WORDS, { createdAtMs: 1, cost: CHEAP })
}

const APP = { id: idOf(1), meta: APP_META, secrets: [['clientSecret', 'c']] }
const WORKSPACE = { id: idOf(2), meta: installation(), secrets: [['bot', 'b']] }
const CONFIGURATION = { id: idOf(3), meta: CONFIGURATION_META, secrets: [['token', 't']] }
const FINE = {
  slackApps: [APP],
  installations: [WORKSPACE],
  configurationTokens: [CONFIGURATION],
}

const withBot = (change: object, secrets: unknown = [['bot', 'b']]) => ({
  ...FINE,
  installations: [
    {
      ...WORKSPACE,
      meta: installation({ credentials: [{ ...credential(), ...change }] }),
      secrets,
    },
  ],
})
const custom = (baseUrl: string) => ({
  ...FINE,
  slackApps: [{ ...APP, meta: { ...APP_META, environment: { kind: 'custom', baseUrl } } }],
})

describe('content of a stranger', () => {
  it('is taken where all of it is as we write it', () => {
    expect(decodeContent(Buffer.from(JSON.stringify(FINE))).installations).toHaveLength(1)
  })

  it.each<[string, unknown]>([
    ['no JSON', '{'],
    ['nothing', null],
    ['a list', []],
    ['a part that is missing', { slackApps: [], installations: [] }],
    ['a part too many', { ...FINE, certificates: [] }],
    ['a key named __proto__', JSON.stringify(FINE).replace('{', '{"__proto__":{},')],
    ['a record without its token', { ...FINE, installations: [{ ...WORKSPACE, secrets: [] }] }],
    [
      'a secret of nobody',
      {
        ...FINE,
        installations: [
          {
            ...WORKSPACE,
            secrets: [
              ['bot', 'b'],
              ['other', 'o'],
            ],
          },
        ],
      },
    ],
    [
      'a secret that stands there twice',
      {
        ...FINE,
        installations: [
          {
            ...WORKSPACE,
            secrets: [
              ['bot', 'b'],
              ['bot', 'c'],
            ],
          },
        ],
      },
    ],
    [
      'a pair of before',
      {
        ...FINE,
        installations: [
          {
            ...WORKSPACE,
            secrets: [
              ['bot', 'b'],
              ['bot#previous', 'c'],
            ],
          },
        ],
      },
    ],
    [
      'a secret of another kind',
      { ...FINE, slackApps: [{ ...APP, secrets: [['privateKey', 'k']] }] },
    ],
    ['an empty secret', { ...FINE, slackApps: [{ ...APP, secrets: [['clientSecret', '']] }] }],
    [
      'an endless secret',
      { ...FINE, slackApps: [{ ...APP, secrets: [['clientSecret', 'x'.repeat(20_001)]] }] },
    ],
    [
      'a token without secrets',
      { ...FINE, configurationTokens: [{ ...CONFIGURATION, secrets: [] }] },
    ],
    ['two records of one ID', { ...FINE, slackApps: [{ ...APP, id: idOf(2) }] }],
    [
      'two credentials of one ID',
      {
        ...FINE,
        installations: [
          { ...WORKSPACE, meta: installation({ credentials: [credential(), credential()] }) },
        ],
      },
    ],
    ['the field of another credential', withBot({ id: 'bot#refresh' }, [['bot#refresh', 'b']])],
    ['a field named __proto__', withBot({ id: '__proto__' }, [['__proto__', 'b']])],
    ['an endless field', withBot({ id: 'b'.repeat(151) }, [['b'.repeat(151), 'b']])],
    ['an unknown kind', withBot({ kind: 'session' })],
    [
      'a time without end',
      JSON.stringify(withBot({})).replace('"grantedAtMs":1000', '"grantedAtMs":1e999'),
    ],
    ['a time that is no date', withBot({ lastCheckedAtMs: 8.64e15 + 1 })],
    ['a time before all dates', withBot({ expiresAtMs: -1e300 })],
    [
      'an event that is on no day',
      {
        ...FINE,
        installations: [
          {
            ...WORKSPACE,
            meta: installation({ history: [{ what: 'authorized', atMs: 1e16, addedScopes: [] }] }),
          },
        ],
      },
    ],
    ['a count that cannot grow', withBot({ generation: Number.MAX_VALUE })],
    ['what is nested without end', `${'['.repeat(500)}${']'.repeat(500)}`],
    ['plain http elsewhere', custom('http://slack.example')],
    ['another protocol', custom('file:///etc/passwd')],
    ['no address', custom('slack.example')],
    ['a user name in the address', custom('https://a:b@slack.example')],
  ])('is refused whole for %s', async (_, value) => {
    const computer = await openComputer()
    await fill(computer.state.vault)
    const before = readFileSync(`${computer.directory}/vault.json`, 'hex')
    const path = `${computer.home}/hostile`
    writeFileSync(path, await sealed(value))
    await expect(preview(computer, path)).rejects.toMatchObject({ code: 'BACKUP_DAMAGED' })
    expect(readFileSync(`${computer.directory}/vault.json`, 'hex')).toBe(before)
    expect(Object.prototype).toEqual({})
  })

  it('gets no ID that a record of another kind has or may have', async () => {
    const computer = await openComputer()
    await fill(computer.state.vault)
    const meta = installation({ teamId: 'T9', appId: 'A9' })
    const ids = ['loopback-certificate', 'held-1', 'allowed-hosts', idOf(1)]
    const installations = ids.map((id, index) => ({
      ...{ id, secrets: [['bot', `b${index}`]] },
      meta: { ...meta, teamId: `T9${index}` },
    }))
    const path = `${computer.home}/hostile`
    writeFileSync(
      path,
      await sealed({ ...FINE, slackApps: [], configurationTokens: [], installations }),
    )
    const before = computer.state.vault.record('loopback-certificate')
    await restore(computer, path)
    const stored = allOf(computer.state.vault, 'installation').map(({ id }) => id)
    expect(stored).toHaveLength(5)
    expect(stored.filter((id) => ids.includes(id))).toEqual([])
    expect(computer.state.vault.record('loopback-certificate')).toEqual(before)
    expect((await preview(computer, path)).rows.map(({ action }) => action)).toEqual(
      ids.map(() => 'keep'),
    )
  })
})

describe('any bit that flips', () => {
  it('is noticed, and is not taken for a wrong passphrase', async () => {
    const good = await sealed(FINE)
    for (let bit = 0; bit < good.length * 8; bit += 3) {
      const bytes = Buffer.from(good)
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      // The line's end belongs to nothing.
      if (bit >> 3 === good.length - 1) continue
      expect(() => parseEnvelope(bytes), `bit ${bit}`).toThrow(
        expect.objectContaining({
          code: expect.stringMatching(/^BACKUP_(?:NOT_A_BACKUP|DAMAGED|NEWER_VERSION)$/),
        }),
      )
    }
  })

  it('is noticed by the seals where somebody has mended the digest', async () => {
    const envelope = parseEnvelope(await sealed(FINE))
    const key = await openKey(envelope, WORDS)
    expect(openPayload(envelope, key).toString()).toBe(JSON.stringify(FINE))
    const changed = [
      { ...envelope, payload: envelope.check },
      { ...envelope, payload: `${envelope.payload.slice(0, -8)}AAAAAAA=` },
      { ...envelope, payload: '' },
      { ...envelope, createdAtMs: envelope.createdAtMs + 1 },
    ]
    for (const one of changed) {
      expect(() => openPayload(one, key)).toThrow(
        expect.objectContaining({ code: 'BACKUP_DAMAGED' }),
      )
    }
    for (const one of [
      { ...envelope, createdAtMs: 2 },
      { ...envelope, check: envelope.payload },
      { ...envelope, kdf: { ...envelope.kdf, p: 2 } },
    ]) {
      await expect(openKey(one, WORDS)).rejects.toMatchObject({ code: 'BACKUP_WRONG_PASSPHRASE' })
    }
  })
})
