import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Secret } from '../../../main/platform/secret.ts'
import type { KeyProtector } from '../../../main/vault/key-protector.ts'
import { createKeyringProtector } from '../../../main/vault/keyring-protector.ts'
import { createPassphraseProtector } from '../../../main/vault/passphrase-protector.ts'
import { createBox, fakeToken, recordWith, type VaultBox } from './vault-fixture.ts'

const cost = { n: 2 ** 4, r: 8, p: 1 }
const passphrase = (text: string) => createPassphraseProtector(Secret.of(text), { cost })
const FIRST = 'correct horse'
const SECOND = 'battery staple'

async function boxUnder(text: string) {
  const box = createBox()
  const { vault } = await box.open({ protector: passphrase(text) })
  await vault.save({ put: [recordWith('a', fakeToken('a'))] })
  await vault.save({ put: [recordWith('b', fakeToken('b'))] })
  return { box, vault }
}

/** Leaves the last good generation alone to be opened. */
function loseCurrent(box: VaultBox): void {
  rmSync(join(box.directory, 'vault.json'))
}

describe('protecting anew', () => {
  it('opens by the new passphrase alone, in both generations', async () => {
    const { box, vault } = await boxUnder(FIRST)
    await vault.protect(passphrase(SECOND))
    vault.close()
    for (const lose of [() => {}, loseCurrent]) {
      lose(box)
      await expect(box.open({ protector: passphrase(FIRST) })).rejects.toMatchObject({
        code: 'VAULT_WRONG_PASSPHRASE',
      })
      const again = (await box.open({ protector: passphrase(SECOND) })).vault
      expect(again.secret('b', 'token').expose()).toBe(fakeToken('b'))
      again.close()
    }
  })

  it('opens by the new passphrase alone in the copies that were kept, too', async () => {
    const { box, vault } = await boxUnder(FIRST)
    vault.close()
    const other = await boxUnder(FIRST)
    const foreign = other.box.read()
    box.write(foreign, 'vault.set-aside-20260101T000000Z.json')
    box.write('{"half', 'vault.damaged-20260101T000000Z.json')
    const copies = ['vault.version-1.json', 'vault.last-good.suspect-20260101T000000Z-2.json']
    for (const name of copies) box.write(box.read(), name)
    const before = box.json()
    const again = (await box.open({ protector: passphrase(FIRST) })).vault
    await again.protect(passphrase(SECOND))
    again.close()
    for (const name of copies) {
      const { key, ...rest } = box.json(name)
      expect({ ...rest, key: before.key }).toEqual(before)
      expect(key.check).toBe(before.key.check)
      expect(key.wrapped).toEqual(box.json().key.wrapped)
    }
    expect(box.read('vault.set-aside-20260101T000000Z.json')).toBe(foreign)
    expect(box.read('vault.damaged-20260101T000000Z.json')).toBe('{"half')
  })

  it('goes from the keyring to a passphrase and back', async () => {
    const box = createBox()
    const { vault } = await box.open()
    await vault.save({ put: [recordWith('a', fakeToken('a'))] })
    await vault.protect(passphrase(FIRST))
    expect(vault.protection).toBe('passphrase')
    // The keyring is not asked any more.
    box.keyring.available = false
    vault.lock()
    await vault.unlock(passphrase(FIRST))
    box.keyring.available = true
    await vault.protect(createKeyringProtector(box.keyring))
    vault.close()
    const again = (await box.open()).vault
    expect(again.protection).toBe('keyring')
    expect(again.secret('a', 'token').expose()).toBe(fakeToken('a'))
  })

  it.each(['lock', 'close'] as const)('changes nothing when %s comes meanwhile', async (act) => {
    const { box, vault } = await boxUnder(FIRST)
    const before = [box.read(), box.read('vault.last-good.json')]
    const protecting = vault.protect(passphrase(SECOND))
    vault[act]()
    await expect(protecting).rejects.toMatchObject({ code: 'VAULT_LOCKED' })
    expect([box.read(), box.read('vault.last-good.json')]).toEqual(before)
  })

  it('changes nothing when it was locked and unlocked meanwhile', async () => {
    const { box, vault } = await boxUnder(FIRST)
    const before = box.read()
    const protecting = vault.protect(passphrase(SECOND))
    vault.lock()
    await vault.unlock(passphrase(FIRST))
    await expect(protecting).rejects.toMatchObject({ code: 'VAULT_LOCKED' })
    expect(box.read()).toBe(before)
  })

  it('refuses a protector that does not open what it wrapped', async () => {
    const { box, vault } = await boxUnder(FIRST)
    const before = box.read()
    const forgetful: KeyProtector = {
      kind: 'keyring',
      wrap: async () => ({}),
      unwrap: async () => new Uint8Array(32),
    }
    await expect(vault.protect(forgetful)).rejects.toMatchObject({
      code: 'VAULT_KEYRING_LOST_KEY',
    })
    expect(vault.protection).toBe('passphrase')
    expect(box.read()).toBe(before)
  })

  it('needs an unlocked vault, and a strong passphrase', async () => {
    const { vault } = await boxUnder(FIRST)
    await expect(vault.protect(passphrase('short'))).rejects.toMatchObject({
      code: 'VAULT_WEAK_PASSPHRASE',
    })
    vault.lock()
    await expect(vault.protect(passphrase(SECOND))).rejects.toMatchObject({ code: 'VAULT_LOCKED' })
  })
})

it('tells whether a passphrase opens the vault, and changes nothing', async () => {
  const { box, vault } = await boxUnder(FIRST)
  const before = box.read()
  await vault.verify(passphrase(FIRST))
  await expect(vault.verify(passphrase(SECOND))).rejects.toMatchObject({
    code: 'VAULT_WRONG_PASSPHRASE',
  })
  expect(vault.isUnlocked).toBe(true)
  expect(box.read()).toBe(before)
})

describe('forgetting', () => {
  it('leaves what was removed in neither generation', async () => {
    const { box, vault } = await boxUnder(FIRST)
    await vault.save({ remove: ['a'], forgets: true })
    expect(box.read('vault.last-good.json')).toBe(box.read())
    expect(box.json().records.map(({ id }) => id)).toEqual(['b'])
    expect(box.list()).toEqual(['vault.json', 'vault.last-good.json'])
    vault.close()
    loseCurrent(box)
    const again = (await box.open({ protector: passphrase(FIRST) })).vault
    expect(again.record('a')).toBeNull()
  })

  it('leaves it in no copy that was kept of this vault, and all else in them as it was', async () => {
    const { box, vault } = await boxUnder(FIRST)
    const other = createBox()
    await (await other.open()).vault.save({ put: [recordWith('a', fakeToken('other'))] })
    const copies = ['version-1', 'suspect-20260101T000000Z', 'last-good.suspect-20260101T000000Z']
    for (const name of copies) box.write(box.read(), `vault.${name}.json`)
    box.write(other.read(), 'vault.set-aside-20260101T000000Z.json')
    box.write('{"half', 'vault.damaged-20260101T000000Z.json')
    const before = box.json()
    const goneText = before.records.find(({ id }) => id === 'a')?.secrets.token ?? ''
    await vault.save({ put: [recordWith('c', fakeToken('c'))], remove: ['a'], forgets: true })
    for (const name of copies) {
      expect(box.read(`vault.${name}.json`)).not.toContain(goneText)
      expect(box.json(`vault.${name}.json`)).toEqual({
        ...before,
        records: before.records.filter(({ id }) => id === 'b'),
      })
    }
    expect(box.read('vault.set-aside-20260101T000000Z.json')).toBe(other.read())
    expect(box.read('vault.damaged-20260101T000000Z.json')).toBe('{"half')
    const [first = ''] = copies
    const kept = box.read(`vault.${first}.json`)
    await vault.save({ remove: ['c'] })
    expect(box.read(`vault.${first}.json`)).toBe(kept)
  })

  it('keeps the generation before it where nobody says so', async () => {
    const { box, vault } = await boxUnder(FIRST)
    await vault.save({ remove: ['a'] })
    expect(box.json('vault.last-good.json').records.map(({ id }) => id)).toEqual(['a', 'b'])
  })
})
