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

it.each([
  { sealedWith: 'gnome_libsecret', name: 'The GNOME keyring' },
  { sealedWith: 'kwallet5', name: 'KWallet' },
  // The file is anyone's to write: what it says is not shown.
  { sealedWith: 'Call 555 0100', name: 'Another keyring' },
  { sealedWith: 'constructor', name: 'Another keyring' },
])('says which keyring has the key when the desktop changed: $sealedWith', async (moved) => {
  const keyring = createFakeKeyring()
  keyring.backend = moved.sealedWith
  const protector = createKeyringProtector(keyring)
  const wrapped = await protector.wrap(dataKey)
  keyring.backend = 'other_keyring'
  keyring.loseKey('refuse')
  await expect(protector.unwrap(wrapped)).rejects.toMatchObject({
    code: 'VAULT_KEYRING_LOST_KEY',
    advice: `${moved.name} sealed it: sign in to that desktop again, restore from a backup, or start afresh; the old vault is kept.`,
  })
})

it('names the ways out when the same keyring lost its key', async () => {
  const keyring = createFakeKeyring()
  const protector = createKeyringProtector(keyring)
  const wrapped = await protector.wrap(dataKey)
  keyring.loseKey('refuse')
  await expect(protector.unwrap(wrapped)).rejects.toMatchObject({
    advice: 'Restore from a backup, or start afresh; the old vault is kept.',
    remedy: 'start-afresh',
  })
})

it.each(['refuse', 'garble'] as const)(
  'entrusts nothing to a keyring that does not give it back: %s',
  async (how) => {
    const keyring = createFakeKeyring()
    const protector = createKeyringProtector({
      ...keyring,
      async encrypt(plain) {
        const sealed = await keyring.encrypt(plain)
        keyring.loseKey(how)
        return sealed
      },
    })
    await expect(protector.wrap(dataKey)).rejects.toMatchObject({
      code: 'VAULT_KEYRING_UNAVAILABLE',
    })
  },
)

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
