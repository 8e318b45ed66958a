import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openConfStore } from '../../../main/platform/conf-store.ts'
import { Secret } from '../../../main/platform/secret.ts'
import { createPassphraseProtector } from '../../../main/vault/passphrase-protector.ts'
import { openVault, startAfresh } from '../../../main/vault/vault.ts'
import { createFakeClock } from '../../fakes/fake-clock.ts'
import { createBox, fakeToken, recordWith } from './vault-fixture.ts'

const cost = { n: 2 ** 4, r: 8, p: 1 }
const passphrase = (text: string) => createPassphraseProtector(Secret.of(text), { cost })

describe('keeping', () => {
  it('gives records and secrets back after a restart', async () => {
    const box = createBox()
    const { vault, recovery } = await box.open()
    await vault.save({
      put: [recordWith('a', fakeToken('one')), recordWith('b', fakeToken('two'))],
    })
    vault.close()
    const again = (await box.open()).vault
    expect(recovery).toBeNull()
    expect(again.records('installation').map((r) => r.id)).toEqual(['a', 'b'])
    expect(again.records('other')).toEqual([])
    expect(again.record('a')).toEqual({
      id: 'a',
      kind: 'installation',
      meta: { name: 'a' },
      secretFields: ['token'],
    })
    expect(again.secret('b', 'token').expose()).toBe(fakeToken('two'))
  })

  it.each([
    {
      name: 'sets one and keeps the others',
      secrets: { two: Secret.of('2') },
      fields: ['one', 'two'],
    },
    { name: 'drops one', secrets: { one: null }, fields: [] },
    { name: 'dropping what is not there', secrets: { none: null }, fields: ['one'] },
    { name: 'nothing said', secrets: undefined, fields: ['one'] },
  ])('changes secrets: $name', async ({ secrets, fields }) => {
    const { vault } = await createBox().open()
    await vault.save({ put: [{ id: 'a', kind: 'k', meta: 1, secrets: { one: Secret.of('1') } }] })
    const change = { id: 'a', kind: 'k', meta: 2, ...(secrets === undefined ? {} : { secrets }) }
    await vault.save({ put: [change] })
    expect(vault.record('a')).toEqual({ id: 'a', kind: 'k', meta: 2, secretFields: fields })
  })

  it('removes records, and begins without old secrets when put in the same change', async () => {
    const box = createBox()
    const { vault } = await box.open()
    await vault.save({ put: [recordWith('a', 'x'), recordWith('b', 'y')] })
    await vault.save({ remove: ['a', 'b', 'c'], put: [{ id: 'b', kind: 'k', meta: null }] })
    expect(vault.record('a')).toBeNull()
    expect(vault.record('b')?.secretFields).toEqual([])
  })

  it.each(['', 'ü€😀', '\u0000\n', 'x'.repeat(100_000)])(
    'keeps any text whole (%#)',
    async (text) => {
      const { vault } = await createBox().open()
      await vault.save({ put: [recordWith('a', text)] })
      expect(vault.secret('a', 'token').expose()).toBe(text)
    },
  )

  it('writes no secret in the clear, in either generation, and both with mode 0600', async () => {
    const box = createBox()
    const { vault } = await box.open()
    const token = fakeToken('clear')
    await vault.save({ put: [{ ...recordWith('a', token), meta: { kept: Secret.of(token) } }] })
    await vault.save({ put: [recordWith('b', token)] })
    const files = box.list()
    expect(files).toEqual(['vault.json', 'vault.last-good.json'])
    for (const file of files) {
      const bytes = readFileSync(join(box.directory, file))
      for (const spelling of [token, Buffer.from(token).toString('base64').slice(0, -4)]) {
        expect(bytes.includes(spelling)).toBe(false)
      }
      expect(statSync(join(box.directory, file)).mode & 0o777).toBe(0o600)
    }
  })

  it('makes its folder 0700', async () => {
    const box = createBox()
    const directory = join(box.directory, 'deep', 'vault')
    const protector = passphrase('correct horse')
    const place = { directory, openStore: openConfStore, clock: createFakeClock() }
    const options = { ...place, protector, locks: box.locks }
    const { vault } = await openVault(options)
    vault.close()
    expect(statSync(directory).mode & 0o777).toBe(0o700)
  })

  it('shares no object with its callers', async () => {
    const { vault } = await createBox().open()
    const meta = { name: 'before' }
    await vault.save({ put: [{ id: 'a', kind: 'k', meta }] })
    meta.name = 'after'
    expect(vault.record('a')?.meta).toEqual({ name: 'before' })
  })

  it.each(['', '__proto__', 'x'.repeat(201)])(
    'refuses the name %j and changes nothing',
    async (id) => {
      const { vault } = await createBox().open()
      const put = [recordWith('a', 'x'), { id, kind: 'k', meta: null }]
      await expect(vault.save({ put })).rejects.toBeInstanceOf(TypeError)
      expect(vault.record('a')).toBeNull()
    },
  )

  it('makes concurrent changes all count', async () => {
    const box = createBox()
    const { vault } = await box.open()
    const ids = Array.from({ length: 30 }, (_, index) => `id-${index}`)
    await Promise.all(ids.map((id) => vault.save({ put: [recordWith(id, fakeToken(id))] })))
    const again = (await box.open()).vault
    expect(again.records('installation').map((r) => r.id)).toEqual(ids)
    for (const id of ids) expect(again.secret(id, 'token').expose()).toBe(fakeToken(id))
  })

  it.each([
    { name: 'unknown record', id: 'none', field: 'token' },
    { name: 'unknown field', id: 'a', field: 'none' },
    { name: 'inherited name', id: 'a', field: 'constructor' },
    { name: 'prototype', id: 'a', field: '__proto__' },
  ])('says that there is no such secret: $name', async ({ id, field }) => {
    const { vault } = await createBox().open()
    await vault.save({ put: [recordWith('a', 'x')] })
    expect(() => vault.secret(id, field)).toThrow(
      expect.objectContaining({ code: 'SECRET_NOT_FOUND' }),
    )
  })
})

describe('locking', () => {
  it('needs the key for all that it hands out: nobody vouches for names without it', async () => {
    const box = createBox()
    const { vault } = await box.open()
    await vault.save({ put: [recordWith('a', 'x')] })
    vault.lock()
    expect(vault.isUnlocked).toBe(false)
    for (const read of [
      () => vault.record('a'),
      () => vault.records('installation'),
      () => vault.damagedCount,
      () => vault.secret('a', 'token'),
    ]) {
      expect(read).toThrow(expect.objectContaining({ code: 'VAULT_LOCKED' }))
    }
    await expect(vault.save({ remove: ['a'] })).rejects.toMatchObject({ code: 'VAULT_LOCKED' })
    expect((await box.open()).vault.record('a')?.meta).toEqual({ name: 'a' })
  })

  it('opens locked, tells a wrong passphrase, and unlocks with the right one', async () => {
    const box = createBox()
    const first = await box.open({ protector: passphrase('correct horse') })
    await first.vault.save({ put: [recordWith('a', fakeToken('pass'))] })
    first.vault.close()
    const { vault } = await box.open({ protector: null })
    expect(vault).toMatchObject({ isUnlocked: false, protection: 'passphrase' })
    const before = box.read()
    await expect(vault.unlock(passphrase('wrong horse'))).rejects.toMatchObject({
      code: 'VAULT_WRONG_PASSPHRASE',
    })
    expect(vault.isUnlocked).toBe(false)
    expect(box.read()).toBe(before)
    await vault.unlock(passphrase('correct horse'))
    expect(vault.secret('a', 'token').expose()).toBe(fakeToken('pass'))
  })

  it('makes a new vault at the first unlock when it was opened locked', async () => {
    const box = createBox()
    const { vault } = await box.open({ protector: null })
    expect(box.list()).toEqual([])
    await vault.unlock(passphrase('correct horse'))
    expect(vault).toMatchObject({ isUnlocked: true, protection: 'passphrase' })
    expect(box.json().key.protection).toBe('passphrase')
  })

  it('makes no vault with a weak passphrase', async () => {
    const box = createBox()
    const opening = box.open({ protector: passphrase('short') })
    await expect(opening).rejects.toMatchObject({ code: 'VAULT_WEAK_PASSPHRASE' })
    expect(box.list()).toEqual([])
  })

  it.each(['lock', 'close'] as const)(
    'stays locked when %s comes during an unlock',
    async (act) => {
      const box = createBox()
      ;(await box.open({ protector: passphrase('correct horse') })).vault.close()
      const { vault } = await box.open({ protector: null })
      const unlocking = vault.unlock(passphrase('correct horse'))
      vault[act]()
      await expect(unlocking).rejects.toMatchObject({ code: 'VAULT_LOCKED' })
      expect(vault.isUnlocked).toBe(false)
    },
  )

  it('cannot be unlocked with the other kind of protector', async () => {
    const box = createBox()
    ;(await box.open()).vault.close()
    const { vault } = await box.open({ protector: null })
    await expect(vault.unlock(passphrase('correct horse'))).rejects.toBeInstanceOf(TypeError)
  })
})

describe('a keyring that changed', () => {
  it.each(['refuse', 'garble'] as const)(
    'tells a lost key (%s) and keeps the file',
    async (how) => {
      const box = createBox()
      const { vault } = await box.open()
      await vault.save({ put: [recordWith('a', 'x')] })
      vault.close()
      box.keyring.loseKey(how)
      const before = box.read()
      await expect(box.open()).rejects.toMatchObject({
        code: 'VAULT_KEYRING_LOST_KEY',
        remedy: 'start-afresh',
      })
      expect(box.read()).toBe(before)
      expect(box.list()).toEqual(['vault.json', 'vault.last-good.json'])
    },
  )

  it('waits for a keyring that is away', async () => {
    const box = createBox()
    ;(await box.open()).vault.close()
    box.keyring.available = false
    await expect(box.open()).rejects.toMatchObject({
      code: 'VAULT_KEYRING_UNAVAILABLE',
      remedy: 'retry',
    })
    box.keyring.available = true
    expect((await box.open()).vault.isUnlocked).toBe(true)
  })

  it('makes no vault without a keyring', async () => {
    const box = createBox()
    box.keyring.available = false
    await expect(box.open()).rejects.toMatchObject({ code: 'VAULT_KEYRING_UNAVAILABLE' })
    expect(box.list()).toEqual([])
  })

  it('starts afresh and keeps the old files', async () => {
    const box = createBox()
    const { vault } = await box.open()
    await vault.save({ put: [recordWith('a', 'x')] })
    vault.close()
    const [current, lastGood] = [box.read(), box.read('vault.last-good.json')]
    box.keyring.loseKey('refuse')
    const place = { directory: box.directory, clock: createFakeClock(), locks: box.locks }
    await startAfresh(place)
    await startAfresh(place)
    const again = await box.open()
    expect(again.recovery).toBeNull()
    expect(again.vault.records('installation')).toEqual([])
    expect(box.read('vault.set-aside-20261123T120000Z.json')).toBe(current)
    expect(box.read('vault.last-good.set-aside-20261123T120000Z.json')).toBe(lastGood)
  })
})
