import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { createKeyringProtector } from '../../../main/vault/keyring-protector.ts'
import { createFakeKeyring } from '../../fakes/fake-keyring.ts'

const dataKey = randomBytes(32)

it('gives the key back and names the keyring beside it', async () => {
  const protector = createKeyringProtector(createFakeKeyring())
  const wrapped = JSON.parse(JSON.stringify(await protector.wrap(dataKey)))
  expect(wrapped).toEqual({ backend: 'fake_keyring', sealed: expect.any(String) })
  expect(JSON.stringify(wrapped)).not.toContain(dataKey.toString('base64'))
  expect(Buffer.from(await protector.unwrap(wrapped)).equals(dataKey)).toBe(true)
})

it('says which keyring has the key when the desktop changed', async () => {
  const keyring = createFakeKeyring()
  const protector = createKeyringProtector(keyring)
  const wrapped = await protector.wrap(dataKey)
  keyring.backend = 'other_keyring'
  keyring.loseKey('refuse')
  await expect(protector.unwrap(wrapped)).rejects.toMatchObject({
    code: 'VAULT_KEYRING_LOST_KEY',
    advice: expect.stringContaining('fake_keyring'),
  })
})

it.each(['wrap', 'unwrap'] as const)('refuses to %s without a safe keyring', async (act) => {
  const keyring = createFakeKeyring()
  const protector = createKeyringProtector(keyring)
  const wrapped = await protector.wrap(dataKey)
  keyring.available = false
  const acting = act === 'wrap' ? protector.wrap(dataKey) : protector.unwrap(wrapped)
  await expect(acting).rejects.toMatchObject({ code: 'VAULT_KEYRING_UNAVAILABLE' })
})

it('does not take a key of another length', async () => {
  const protector = createKeyringProtector(createFakeKeyring())
  const wrapped = await protector.wrap(dataKey.subarray(1))
  await expect(protector.unwrap(wrapped)).rejects.toMatchObject({ code: 'VAULT_KEYRING_LOST_KEY' })
})

it.each([
  null,
  'text',
  {},
  { backend: 'x' },
  { backend: 'x', sealed: '!' },
  { backend: 1, sealed: 'AA==' },
])('tells a damaged key: %j', async (wrapped) => {
  const protector = createKeyringProtector(createFakeKeyring())
  await expect(protector.unwrap(wrapped)).rejects.toMatchObject({ code: 'VAULT_DAMAGED' })
})
