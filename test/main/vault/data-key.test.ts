import { describe, expect, it } from 'vitest'
import { Secret } from '../../../main/platform/secret.ts'
import { DataKey } from '../../../main/vault/data-key.ts'
import type { KeyProtector } from '../../../main/vault/key-protector.ts'

/** Keeps the key as it is, to look at what is done with it. */
function openProtector(kind: 'keyring' | 'passphrase' = 'keyring') {
  const handed: Uint8Array[] = []
  const protector: KeyProtector = {
    kind,
    async wrap(dataKey) {
      handed.push(dataKey)
      return Buffer.from(dataKey).toString('base64')
    },
    unwrap: async (wrapped) => Buffer.from(String(wrapped), 'base64'),
  }
  return { protector, handed }
}

const damagedRecord = expect.objectContaining({ code: 'VAULT_RECORD_DAMAGED' })

describe('a sealed secret', () => {
  const key = DataKey.create()
  const sealed = key.sealSecret('record', 'field', Secret.of('the secret text'))
  const bytes = Buffer.from(sealed, 'base64')

  it('opens in its place', () => {
    expect(key.openSecret('record', 'field', sealed).expose()).toBe('the secret text')
  })

  it('is never sealed alike twice', () => {
    expect(key.sealSecret('record', 'field', Secret.of('the secret text'))).not.toBe(sealed)
  })

  it.each(Array.from(bytes.keys()))('does not open with byte %i changed', (index) => {
    for (const flip of [0x01, 0x80]) {
      const changed = Buffer.from(bytes)
      changed[index] = (changed[index] ?? 0) ^ flip
      expect(() => key.openSecret('record', 'field', changed.toString('base64'))).toThrow(
        damagedRecord,
      )
    }
  })

  it.each([
    { name: 'nothing', damaged: '' },
    { name: 'no base64', damaged: '!!!' },
    { name: 'nonce alone', damaged: bytes.subarray(0, 12).toString('base64') },
    { name: 'one byte less', damaged: bytes.subarray(0, -1).toString('base64') },
    { name: 'one byte more', damaged: Buffer.concat([bytes, Buffer.of(0)]).toString('base64') },
    { name: 'a shorter tag', damaged: bytes.subarray(0, -12).toString('base64') },
  ])('does not open when it is $name', ({ damaged }) => {
    expect(() => key.openSecret('record', 'field', damaged)).toThrow(damagedRecord)
  })

  it.each([
    { name: 'another record', record: 'other', field: 'field' },
    { name: 'another field', record: 'record', field: 'other' },
    { name: 'record and field exchanged', record: 'field', field: 'record' },
    { name: 'the border moved', record: 'recordf', field: 'ield' },
    { name: 'a name that holds a border', record: 'record","field', field: '' },
  ])('does not open in $name', ({ record, field }) => {
    expect(() => key.openSecret(record, field, sealed)).toThrow(damagedRecord)
  })

  it('does not open with another key', () => {
    expect(() => DataKey.create().openSecret('record', 'field', sealed)).toThrow(damagedRecord)
  })
})

describe('the key', () => {
  it('is zeroed where it stands', async () => {
    const { protector, handed } = openProtector()
    const key = DataKey.create()
    await key.wrap(protector)
    const sealed = key.sealSecret('a', 'b', Secret.of('x'))
    expect(Buffer.from(handed[0] ?? []).some((byte) => byte !== 0)).toBe(true)
    key.zero()
    expect([...(handed[0] ?? [])]).toEqual(Array(32).fill(0))
    expect(() => key.openSecret('a', 'b', sealed)).toThrow(damagedRecord)
  })

  it('is found again through its protector', async () => {
    const { protector } = openProtector()
    const key = DataKey.create()
    const again = await DataKey.unwrap(await key.wrap(protector), protector)
    const sealed = key.sealSecret('a', 'b', Secret.of('x'))
    expect(again.openSecret('a', 'b', sealed).expose()).toBe('x')
  })

  it.each([
    { kind: 'keyring', code: 'VAULT_KEYRING_LOST_KEY' },
    { kind: 'passphrase', code: 'VAULT_DAMAGED' },
  ] as const)('is known to be a wrong one: $kind', async ({ kind, code }) => {
    const { protector } = openProtector(kind)
    const stored = await DataKey.create().wrap(protector)
    const { check } = await DataKey.create().wrap(protector)
    const unwrapping = DataKey.unwrap({ ...stored, check }, protector)
    await expect(unwrapping).rejects.toMatchObject({ code, remedy: 'start-afresh' })
  })
})
