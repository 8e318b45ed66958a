import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../../main/errors.ts'
import { Secret } from '../../../main/platform/secret.ts'
import { createPassphraseProtector } from '../../../main/vault/passphrase-protector.ts'
import type { Vault } from '../../../main/vault/vault.ts'
import { createBox, type RecordJson, type VaultBox } from './vault-fixture.ts'

const WORDS = 'correct horse'
const protector = createPassphraseProtector(Secret.of(WORDS), { cost: { n: 2, r: 1, p: 1 } })
const IDS = ['a', 'b', 'c']
const FIELDS = ['token', 'refresh']
const secretOf = (id: string, field: string) => `${id} ${field} ${'x'.repeat(30)}`

const put = (id: string) => ({
  ...{ id, kind: 'installation', meta: { name: id, host: `${id}.slack.com` } },
  secrets: Object.fromEntries(FIELDS.map((field) => [field, Secret.of(secretOf(id, field))])),
})

/** One vault for all: each try begins with its two files as they were. */
async function original() {
  const box = createBox()
  const { vault } = await box.open({ protector })
  await vault.save({ put: ['a', 'b'].map(put) })
  await vault.save({ put: [put('c')] })
  vault.close()
  return { current: bytesOf(box, 'vault.json'), lastGood: bytesOf(box, 'vault.last-good.json') }
}

function bytesOf(box: VaultBox, name: string): Buffer {
  return readFileSync(join(box.directory, name))
}

/** What is found there when it is opened: handed out right, said to be wrong, or refused. */
async function open(box: VaultBox): Promise<string> {
  try {
    const { vault, recovery } = await box.open({ protector })
    const state = `${recovery?.opened ?? 'as it was'}, ${checked(vault)} damaged`
    // The first change afterwards must lose nothing either.
    await vault.save({ put: [put('z')] })
    vault.close()
    return state
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown.code
    throw thrown
  }
}

/** Nothing wrong is ever handed out: a record says what was saved, or it is not there. */
function checked(vault: Vault): number {
  for (const { id, meta, secretFields } of vault.records('installation')) {
    expect(meta).toEqual({ name: id, host: `${id}.slack.com` })
    expect(secretFields).toEqual([...FIELDS].sort())
    for (const field of FIELDS) {
      expect(vault.secret(id, field).expose()).toBe(secretOf(id, field))
    }
  }
  return vault.damagedCount
}

/** The very bytes are still in one of the files. */
function isKept(box: VaultBox, bytes: Buffer): boolean {
  return box.list().some((name) => bytesOf(box, name).equals(bytes))
}

const CLEAR =
  /^(?:as it was, [0-3] damaged|incomplete, [0-3] damaged|last-good, 0 damaged|VAULT_DAMAGED|VAULT_WRONG_PASSPHRASE|VAULT_NEWER_VERSION)$/

describe('vault.json with anything done to it', () => {
  async function tried(current: Buffer, lastGood: Buffer): Promise<string> {
    const box = createBox()
    box.write(current.toString('latin1'), 'x')
    const { writeFileSync } = await import('node:fs')
    writeFileSync(join(box.directory, 'vault.json'), current)
    writeFileSync(join(box.directory, 'vault.last-good.json'), lastGood)
    const state = await open(box)
    expect(state).toMatch(CLEAR)
    expect(isKept(box, current)).toBe(true)
    return state
  }

  it('has a clear state, and its bytes are kept: a flipped bit', async () => {
    const { current, lastGood } = await original()
    const states = new Set<string>()
    await fc.assert(
      fc.asyncProperty(fc.nat(current.length - 1), fc.nat(7), async (at, bit) => {
        const flipped = Buffer.from(current)
        flipped[at] = (flipped[at] ?? 0) ^ (1 << bit)
        states.add(await tried(flipped, lastGood))
      }),
      { numRuns: 120 },
    )
    // All kinds of places were hit.
    expect(states.size).toBeGreaterThan(3)
  }, 60_000)

  it('has a clear state, and its bytes are kept: cut off', async () => {
    const { current, lastGood } = await original()
    await fc.assert(
      fc.asyncProperty(fc.nat(current.length - 1), async (length) => {
        expect(await tried(current.subarray(0, length), lastGood)).toBe('last-good, 0 damaged')
      }),
      { numRuns: 25 },
    )
  }, 60_000)

  it('never hands out a secret in another place: ciphertexts moved', async () => {
    const { current, lastGood } = await original()
    const place = fc.record({ id: fc.constantFrom(...IDS), field: fc.constantFrom(...FIELDS) })
    await fc.assert(
      fc.asyncProperty(place, place, fc.boolean(), async (from, to, isWithMac) => {
        fc.pre(from.id !== to.id || from.field !== to.field)
        const json: { records: RecordJson[] } = JSON.parse(current.toString())
        const find = (id: string) => json.records.find((record) => record.id === id)
        const [source, target] = [find(from.id), find(to.id)]
        if (!source || !target) throw new Error('no such record')
        target.secrets[to.field] = source.secrets[from.field] ?? ''
        if (isWithMac) target.mac = source.mac ?? ''
        expect(await tried(Buffer.from(JSON.stringify(json)), lastGood)).toMatch(/, 1 damaged$/)
      }),
      { numRuns: 25 },
    )
  }, 60_000)

  it('tells the wrapped key of another vault', async () => {
    const [mine, other] = [await original(), await original()]
    const json = JSON.parse(mine.current.toString())
    const foreign = JSON.parse(other.current.toString())
    for (const key of [foreign.key, { ...json.key, wrapped: foreign.key.wrapped }]) {
      const state = await tried(Buffer.from(JSON.stringify({ ...json, key })), mine.lastGood)
      // Its own key opens with the same passphrase, and vouches for nothing that is here.
      expect(state).toMatch(/^(?:incomplete, 3 damaged|VAULT_DAMAGED)$/)
    }
  })

  it('shows the older one where the generations are swapped, and keeps both', async () => {
    const { current, lastGood } = await original()
    expect(await tried(lastGood, current)).toBe('as it was, 0 damaged')
  })
})
