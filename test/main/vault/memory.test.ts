import { createHmac } from 'node:crypto'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { Secret } from '../../../main/platform/secret.ts'
import { DataKey } from '../../../main/vault/data-key.ts'
import type { KeyProtector } from '../../../main/vault/key-protector.ts'
import { createKeyringProtector } from '../../../main/vault/keyring-protector.ts'
import { createPassphraseProtector } from '../../../main/vault/passphrase-protector.ts'
import { createFakeKeyring } from '../../fakes/fake-keyring.ts'
import { createBox, recordWith } from './vault-fixture.ts'

/** Every key that scrypt and HKDF derived, in the very memory that they were given in. */
const derived = vi.hoisted((): Uint8Array[] => [])

vi.mock('node:crypto', async (load) => {
  const real = await load<typeof import('node:crypto')>()
  const scrypt = (...args: unknown[]) => {
    const done = args.pop()
    if (typeof done !== 'function') throw new TypeError('scrypt is told no callback')
    Reflect.apply(real.scrypt, null, [
      ...args,
      (failed: Error | null, key: Buffer) => {
        derived.push(key)
        done(failed, key)
      },
    ])
  }
  const hkdfSync: typeof real.hkdfSync = (...args) => {
    const key = real.hkdfSync(...args)
    derived.push(new Uint8Array(key))
    return key
  }
  return { ...real, default: real, scrypt, hkdfSync }
})

beforeEach(() => {
  derived.length = 0
})

const isZero = (bytes: Uint8Array) => bytes.length > 0 && bytes.every((byte) => byte === 0)
const passphrase = () =>
  createPassphraseProtector(Secret.of('correct horse'), { cost: { n: 16, r: 8, p: 1 } })

/** A protector, and the memory that data keys went through on their way to it and from it. */
function watched(inner: KeyProtector) {
  const wrapped: Uint8Array[] = []
  const unwrapped: Uint8Array[] = []
  const protector: KeyProtector = {
    kind: inner.kind,
    async wrap(dataKey) {
      wrapped.push(dataKey)
      return inner.wrap(dataKey)
    },
    async unwrap(stored) {
      const key = await inner.unwrap(stored)
      unwrapped.push(key)
      return key
    },
  }
  return { wrapped, unwrapped, protector }
}

describe.each([
  { kind: 'keyring', make: () => createKeyringProtector(createFakeKeyring()) },
  { kind: 'passphrase', make: passphrase },
])('keys in memory, protected by $kind', ({ make }) => {
  it('are zeroed by a lock: the data key, and all that were derived', async () => {
    const { wrapped, unwrapped, protector } = watched(make())
    const { vault } = await createBox().open({ protector })
    await vault.save({ put: [recordWith('a', 'x')] })
    const [dataKey] = wrapped
    expect(dataKey && isZero(dataKey)).toBe(false)
    vault.lock()
    expect(wrapped.map(isZero)).toEqual([true])
    expect(unwrapped.length).toBeGreaterThan(0)
    expect(unwrapped.every(isZero)).toBe(true)
    expect(derived.length).toBeGreaterThan(1)
    expect(derived.every(isZero)).toBe(true)
    await vault.unlock(protector)
    expect(derived.every(isZero)).toBe(false)
    vault.close()
    expect(derived.every(isZero)).toBe(true)
    expect(unwrapped.every(isZero)).toBe(true)
  })

  it('are zeroed after they were only tried, and after a new protection', async () => {
    const { protector } = watched(make())
    const { vault } = await createBox().open({ protector })
    const before = derived.length
    const second = watched(passphrase())
    await vault.verify(protector)
    await vault.protect(second.protector)
    expect(derived.length).toBeGreaterThan(before)
    expect(derived.slice(before).every(isZero)).toBe(true)
    expect(second.unwrapped.every(isZero)).toBe(true)
    // The data key itself is in use.
    expect(second.wrapped.every(isZero)).toBe(false)
    await vault.save({ put: [recordWith('a', 'x')] })
    expect(vault.secret('a', 'token').expose()).toBe('x')
  })
})

it('zeroes what turns out to be a wrong key', async () => {
  const box = createBox()
  ;(await box.open()).vault.close()
  box.keyring.loseKey('garble')
  const { unwrapped, protector } = watched(createKeyringProtector(box.keyring))
  await expect(box.open({ protector })).rejects.toMatchObject({ code: 'VAULT_KEYRING_LOST_KEY' })
  expect(unwrapped.map(isZero)).toEqual([true])
  expect(derived.every(isZero)).toBe(true)
})

it('leaves a data key that is zeroed good for nothing', () => {
  const key = DataKey.create()
  const sealed = key.sealSecret('a', 'token', Secret.of('x'))
  key.zero()
  expect(() => key.openSecret('a', 'token', sealed)).toThrow(
    expect.objectContaining({ code: 'VAULT_RECORD_DAMAGED' }),
  )
  const ofZeros = createHmac('sha256', Buffer.alloc(32)).update('text').digest()
  expect(key.mac('text')).toEqual(ofZeros)
  expect(key.listMac('text')).toEqual(ofZeros)
})
