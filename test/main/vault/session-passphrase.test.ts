import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Secret } from '../../../main/platform/secret.ts'
import { createKeyringProtector } from '../../../main/vault/keyring-protector.ts'
import { createPassphraseProtector } from '../../../main/vault/passphrase-protector.ts'
import { boxWith, countCalls, sessionIn, TOKEN } from './session-fixture.ts'
import { createBox, type VaultBox } from './vault-fixture.ts'

const OLD = 'four unrelated words'
const NEW = 'other unrelated words'
const WRONG = 'four unrelated work'
const wrongPassphrase = { code: 'VAULT_WRONG_PASSPHRASE' }

/** Opens each generation on disk by itself, in a folder of its own. */
async function opensBy(box: VaultBox, by: 'keyring' | string): Promise<boolean[]> {
  const protector =
    by === 'keyring'
      ? createKeyringProtector(box.keyring)
      : createPassphraseProtector(Secret.of(by))
  return Promise.all(
    ['vault.json', 'vault.last-good.json'].map(async (name) => {
      const alone = createBox()
      copyFileSync(join(box.directory, name), join(alone.directory, 'vault.json'))
      const { vault } = await alone.open({ protector: null })
      if (vault.protection !== protector.kind) return false
      return vault.unlock(protector).then(
        () => true,
        () => false,
      )
    }),
  )
}

describe('setting a passphrase', () => {
  it('protects the vault by it alone; the keyring is not asked any more', async () => {
    const box = await boxWith('keyring')
    const first = await sessionIn(box)
    const told = first.views.length
    await first.session.setPassphrase(null, Secret.of(NEW))
    expect(first.session.view).toMatchObject({ state: 'ready', protection: 'passphrase' })
    expect(first.views.slice(told)).toMatchObject([{ state: 'ready', protection: 'passphrase' }])
    expect(first.secret()).toBe(TOKEN)
    first.session.close()

    const calls = countCalls(box)
    const { session, secret } = await sessionIn(box)
    expect(session.view).toMatchObject({ state: 'locked', protection: 'passphrase' })
    await session.unlock(null)
    expect(session.view.state).toBe('locked')
    await session.unlock(Secret.of(NEW))
    expect(secret()).toBe(TOKEN)
    expect(calls()).toBe(0)
    expect(await opensBy(box, 'keyring')).toEqual([false, false])
    expect(await opensBy(box, NEW)).toEqual([true, true])
    for (const name of box.list()) expect(box.read(name)).not.toContain(NEW)
  })

  it('changes it for one who knows it, and leaves nothing on disk that the old one opens', async () => {
    const box = await boxWith({ passphrase: OLD })
    expect(await opensBy(box, OLD)).toEqual([true, true])
    const { session, secret } = await sessionIn(box)
    await session.unlock(Secret.of(OLD))
    for (const wrong of [Secret.of(WRONG), null]) {
      await expect(session.setPassphrase(wrong, Secret.of(NEW))).rejects.toMatchObject(
        wrongPassphrase,
      )
    }
    expect(await opensBy(box, OLD)).toEqual([true, true])
    await session.setPassphrase(Secret.of(OLD), Secret.of(NEW))
    expect(await opensBy(box, OLD)).toEqual([false, false])
    expect(await opensBy(box, NEW)).toEqual([true, true])
    session.lock()
    await expect(session.unlock(Secret.of(OLD))).rejects.toMatchObject(wrongPassphrase)
    await session.unlock(Secret.of(NEW))
    expect(secret()).toBe(TOKEN)
  })

  it('refuses a weak one before the current one is looked at', async () => {
    const box = await boxWith({ passphrase: OLD })
    const { session } = await sessionIn(box)
    await session.unlock(Secret.of(OLD))
    for (let count = 0; count < 5; count += 1) {
      await expect(
        session.setPassphrase(Secret.of(WRONG), Secret.of('short')),
      ).rejects.toMatchObject({ code: 'VAULT_WEAK_PASSPHRASE' })
    }
    expect(session.view.retryAtMs).toBeNull()
  })

  it('takes no current one where there is none', async () => {
    const box = await boxWith('keyring')
    const { session } = await sessionIn(box)
    await expect(session.setPassphrase(Secret.of(OLD), Secret.of(NEW))).rejects.toMatchObject({
      code: 'VAULT_NO_PASSPHRASE',
    })
    expect(session.view.protection).toBe('keyring')
  })

  it('takes the real cost, from the keyring to a restart', { timeout: 30_000 }, async () => {
    const box = await boxWith('keyring')
    const first = await sessionIn(box, null)
    await first.session.setPassphrase(null, Secret.of(NEW))
    expect(box.json().key.wrapped).toMatchObject({ kdf: 'scrypt', n: 2 ** 17, r: 8, p: 1 })
    first.session.close()
    const { session, secret } = await sessionIn(box, null)
    await session.unlock(Secret.of(NEW))
    expect(secret()).toBe(TOKEN)
  })
})

describe('removing the passphrase', () => {
  it('needs it, and gives the vault back to the keyring', async () => {
    const box = await boxWith({ passphrase: OLD })
    const { session } = await sessionIn(box)
    await session.unlock(Secret.of(OLD))
    await expect(session.removePassphrase(Secret.of(WRONG))).rejects.toMatchObject(wrongPassphrase)
    expect(session.view.protection).toBe('passphrase')
    await session.removePassphrase(Secret.of(OLD))
    expect(session.view).toMatchObject({ state: 'ready', protection: 'keyring' })
    session.close()
    expect(await opensBy(box, OLD)).toEqual([false, false])
    expect(await opensBy(box, 'keyring')).toEqual([true, true])
    const again = await sessionIn(box)
    expect(again.secret()).toBe(TOKEN)
    await expect(again.session.removePassphrase(Secret.of(OLD))).rejects.toMatchObject({
      code: 'VAULT_NO_PASSPHRASE',
    })
  })

  it('changes nothing without a usable keyring', async () => {
    const box = await boxWith({ passphrase: OLD })
    const { session } = await sessionIn(box)
    await session.unlock(Secret.of(OLD))
    box.keyring.available = false
    const before = box.read()
    await expect(session.removePassphrase(Secret.of(OLD))).rejects.toMatchObject({
      code: 'VAULT_KEYRING_UNAVAILABLE',
    })
    expect(session.view).toMatchObject({ state: 'ready', protection: 'passphrase' })
    expect(box.read()).toBe(before)
  })
})

describe('wrong passphrases', () => {
  it('are counted together, wherever they are entered', async () => {
    const box = await boxWith({ passphrase: OLD })
    const { session, clock, views } = await sessionIn(box)
    const wrong = Secret.of(WRONG)
    await expect(session.unlock(wrong)).rejects.toMatchObject(wrongPassphrase)
    await session.unlock(Secret.of(OLD))
    const acts = [
      () => session.verifyPassphrase(wrong),
      () => session.removePassphrase(wrong),
      () => session.setPassphrase(wrong, Secret.of(NEW)),
    ]
    for (const act of acts) await expect(act()).rejects.toMatchObject(wrongPassphrase)
    const retryAtMs = clock.now() + 1000
    expect(session.view.retryAtMs).toBe(retryAtMs)
    expect(views.at(-1)?.retryAtMs).toBe(retryAtMs)
    session.lock()
    for (const act of [() => session.unlock(Secret.of(OLD)), () => session.unlock(wrong)]) {
      await expect(act()).rejects.toMatchObject({ code: 'VAULT_TRY_LATER', retryAtMs })
    }
    expect(session.view.state).toBe('locked')
    clock.advance(1000)
    expect(views.at(-1)?.retryAtMs).toBeNull()
    await expect(session.unlock(wrong)).rejects.toMatchObject({ retryAtMs: clock.now() + 2000 })
    clock.advance(2000)
    await session.unlock(Secret.of(OLD))
    await session.verifyPassphrase(Secret.of(OLD))
    expect(session.view.retryAtMs).toBeNull()
  })

  it('that are sent at once are not all looked at', async () => {
    const box = await boxWith({ passphrase: OLD })
    const { session } = await sessionIn(box)
    const tries = Array.from({ length: 20 }, () => session.unlock(Secret.of(WRONG)))
    const codes = (await Promise.allSettled(tries)).map(
      (tried) => tried.status === 'rejected' && tried.reason.code,
    )
    expect(codes.slice(0, 3)).toEqual(Array(3).fill('VAULT_WRONG_PASSPHRASE'))
    expect(codes.slice(3)).toEqual(Array(17).fill('VAULT_TRY_LATER'))
  })

  it('do not count against a vault that was begun after them', async () => {
    const box = await boxWith({ passphrase: OLD })
    const { session } = await sessionIn(box)
    for (let count = 0; count < 3; count += 1) {
      await session.unlock(Secret.of(WRONG)).catch(() => {})
    }
    expect(session.view.retryAtMs).not.toBeNull()
    await session.startAfresh()
    expect(session.view).toMatchObject({ state: 'ready', protection: 'keyring', retryAtMs: null })
  })
})

describe('verifying the passphrase', () => {
  it('tells the right one from others, and needs an open vault that has one', async () => {
    const box = await boxWith({ passphrase: OLD })
    const { session } = await sessionIn(box)
    const verify = () => session.verifyPassphrase(Secret.of(OLD))
    await expect(verify()).rejects.toMatchObject({ code: 'VAULT_LOCKED' })
    await session.unlock(Secret.of(OLD))
    const before = box.read()
    await verify()
    await session.removePassphrase(Secret.of(OLD))
    await expect(verify()).rejects.toMatchObject({ code: 'VAULT_NO_PASSPHRASE' })
    expect(box.read()).not.toBe(before)
  })
})

describe('a vault that another process gave back to the keyring', () => {
  it('says so to one who enters the passphrase, and opens without it', async () => {
    const box = await boxWith({ passphrase: OLD })
    const { session, secret } = await sessionIn(box)
    const other = await sessionIn(box)
    await other.session.unlock(Secret.of(OLD))
    await other.session.removePassphrase(Secret.of(OLD))
    await expect(session.unlock(Secret.of(OLD))).rejects.toMatchObject({
      code: 'VAULT_NO_PASSPHRASE',
    })
    expect(session.view).toMatchObject({ state: 'locked', protection: 'keyring' })
    await session.unlock(null)
    expect(secret()).toBe(TOKEN)
  })
})

describe('beginning anew for a restore', () => {
  it('sets a vault whose passphrase is forgotten aside and lets the keyring protect the new one', async () => {
    const box = await boxWith({ passphrase: OLD })
    const before = box.read()
    const { session } = await sessionIn(box)
    await session.beginAnew(Secret.of(NEW))
    expect(session.view).toMatchObject({ state: 'ready', protection: 'keyring', failure: null })
    expect(session.vault().records('installation')).toEqual([])
    const aside = box.list().find((name) => name.startsWith('vault.set-aside-'))
    expect(box.read(aside)).toBe(before)
  })

  it('protects it by the passphrase where there is no keyring', async () => {
    const box = await boxWith('keyring')
    box.keyring.available = false
    const { session } = await sessionIn(box)
    expect(session.view.state).toBe('blocked')
    const before = box.list()
    await expect(session.beginAnew(Secret.of('short'))).rejects.toMatchObject({
      code: 'VAULT_WEAK_PASSPHRASE',
    })
    expect(box.list()).toEqual(before)
    await session.beginAnew(Secret.of(NEW))
    expect(session.view).toMatchObject({ state: 'ready', protection: 'passphrase', failure: null })
    session.lock()
    await session.unlock(Secret.of(NEW))
    expect(session.view.state).toBe('ready')
  })

  it('makes the first vault of a new computer', async () => {
    const box = createBox()
    box.keyring.available = false
    const { session } = await sessionIn(box)
    expect(session.view.state).toBe('choose-passphrase')
    await session.beginAnew(Secret.of(NEW))
    expect(session.view).toMatchObject({ state: 'ready', protection: 'passphrase' })
    expect(box.list()).toEqual(['vault.json'])
  })

  it('leaves an open vault alone', async () => {
    const box = await boxWith('keyring')
    const { session, secret } = await sessionIn(box)
    await expect(session.beginAnew(Secret.of(NEW))).rejects.toMatchObject({ code: 'VAULT_IN_USE' })
    expect(secret()).toBe(TOKEN)
  })

  it('shows what went wrong after the old one was set aside', async () => {
    const box = await boxWith('keyring')
    box.keyring.loseKey('refuse')
    const { session } = await sessionIn(box)
    const { encrypt } = box.keyring
    box.keyring.encrypt = async () => {
      box.keyring.available = false
      return encrypt.call(box.keyring, '')
    }
    const code = 'VAULT_KEYRING_UNAVAILABLE'
    await expect(session.beginAnew(Secret.of(NEW))).rejects.toMatchObject({ code })
    expect(session.view).toMatchObject({ state: 'blocked', failure: { code, remedy: 'retry' } })
    expect(box.list().filter((name) => name.includes('set-aside'))).toHaveLength(2)
  })
})

describe('a keyring that wants to seal again', () => {
  it('gets the key once more, and what it sealed before is gone', async () => {
    const box = await boxWith('keyring')
    const before = box.json().key.wrapped
    const keyring = Object.assign(box.keyring, { wantsSealingAgain: true })
    const { session, secret } = await sessionIn(box)
    expect(session.view.state).toBe('ready')
    const after = box.json().key.wrapped
    expect(after).not.toEqual(before)
    expect(box.json('vault.last-good.json').key.wrapped).toEqual(after)
    keyring.wantsSealingAgain = false
    session.lock()
    await session.unlock(null)
    expect(secret()).toBe(TOKEN)
    expect(box.json().key.wrapped).toEqual(after)
  })

  it('opens the vault also where that fails', async () => {
    const box = await boxWith('keyring')
    const before = box.read()
    const keyring = Object.assign(box.keyring, { wantsSealingAgain: true })
    keyring.encrypt = () => Promise.reject(new Error('no'))
    const { session, secret } = await sessionIn(box)
    expect(session.view).toMatchObject({ state: 'ready', failure: null })
    expect(secret()).toBe(TOKEN)
    expect(box.read()).toBe(before)
  })
})
