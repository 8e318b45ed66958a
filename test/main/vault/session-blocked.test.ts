import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Secret } from '../../../main/platform/secret.ts'
import { boxWith, sessionIn, TOKEN } from './session-fixture.ts'
import type { VaultBox } from './vault-fixture.ts'

interface Case {
  readonly name: string
  readonly happen: (box: VaultBox) => void
  readonly code: string
  readonly remedy: string
  /** What the words have to name. */
  readonly ways: readonly RegExp[]
}

const GONE = [/restore from a backup/i, /start afresh/, /old vault is kept/]

const CASES: readonly Case[] = [
  {
    name: 'the keyring lost its key',
    happen: ({ keyring }) => keyring.loseKey('refuse'),
    ...{ code: 'VAULT_KEYRING_LOST_KEY', remedy: 'start-afresh', ways: GONE },
  },
  {
    name: 'the keyring answers rubbish',
    happen: ({ keyring }) => keyring.loseKey('garble'),
    ...{ code: 'VAULT_KEYRING_LOST_KEY', remedy: 'start-afresh', ways: GONE },
  },
  {
    name: 'the desktop has another keyring',
    happen({ keyring }) {
      keyring.backend = 'kwallet6'
      keyring.loseKey('refuse')
    },
    ...{ code: 'VAULT_KEYRING_LOST_KEY', remedy: 'start-afresh' },
    ways: [/^Another keyring sealed it: sign in to that desktop again/, ...GONE],
  },
  {
    name: 'the keyring is locked',
    happen({ keyring }) {
      keyring.available = false
    },
    ...{ code: 'VAULT_KEYRING_UNAVAILABLE', remedy: 'retry' },
    ways: [/Unlock the keyring/, /try again/],
  },
  {
    name: 'a newer Token Desk wrote the file',
    happen: (box) => box.write(JSON.stringify({ ...box.json(), version: 99 })),
    ...{ code: 'VAULT_NEWER_VERSION', remedy: 'quit' },
    ways: [/newest version/, /Nothing was changed/],
  },
  {
    name: 'the wrapped key is damaged',
    happen: (box) =>
      box.tamper((json) => {
        json.key.wrapped = { backend: 'fake_keyring', sealed: '!' }
      }),
    ...{ code: 'VAULT_DAMAGED', remedy: 'start-afresh' },
    ways: [/copy of the file back/, ...GONE],
  },
  {
    name: 'a folder stands in the file’s place',
    happen(box) {
      rmSync(join(box.directory, 'vault.json'))
      mkdirSync(join(box.directory, 'vault.json'))
    },
    ...{ code: 'VAULT_UNREADABLE', remedy: 'retry', ways: [/data folder/, /try again/] },
  },
]

describe('a vault that cannot be opened', () => {
  it.each(CASES)('says why and names the ways out, and loses nothing: $name', async (given) => {
    const box = await boxWith('keyring')
    const lastGood = box.read('vault.last-good.json')
    given.happen(box)
    const files = box.list()
    const { session } = await sessionIn(box)
    const { state, failure } = session.view
    expect({ state, code: failure?.code, remedy: failure?.remedy }).toEqual({
      ...{ state: 'blocked', code: given.code, remedy: given.remedy },
    })
    for (const way of given.ways) expect(failure?.advice).toMatch(way)
    expect(box.list()).toEqual(files)
    expect(box.read('vault.last-good.json')).toBe(lastGood)
  })

  it('whose keyring was locked for a while has everything again', async () => {
    const box = await boxWith('keyring')
    box.keyring.available = false
    const { session, secret } = await sessionIn(box)
    for (let count = 0; count < 3; count += 1) {
      await expect(session.unlock(null)).rejects.toMatchObject({
        code: 'VAULT_KEYRING_UNAVAILABLE',
      })
    }
    box.keyring.available = true
    await session.unlock(null)
    expect(secret()).toBe(TOKEN)
  })

  it('by its passphrase says so at the try, and counts it for no wrong one', async () => {
    const box = await boxWith({ passphrase: 'four unrelated words' })
    box.tamper((json) => {
      json.key.wrapped = { kdf: 'scrypt', n: 3 }
    })
    const { session } = await sessionIn(box)
    for (let count = 0; count < 5; count += 1) {
      await expect(session.unlock(Secret.of('four unrelated words'))).rejects.toMatchObject({
        ...{ code: 'VAULT_DAMAGED', remedy: 'start-afresh' },
      })
    }
    expect(session.view.retryAtMs).toBeNull()
    await session.beginAnew(Secret.of('other unrelated words'))
    expect(box.list().filter((name) => name.includes('set-aside'))).toHaveLength(2)
  })
})
