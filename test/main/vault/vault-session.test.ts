import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openConfStore } from '../../../main/platform/conf-store.ts'
import { silentLog } from '../../../main/platform/log.ts'
import { Secret } from '../../../main/platform/secret.ts'
import { UserCheckRequired } from '../../../main/sharing/errors.ts'
import { vaultHandlers } from '../../../main/vault/handlers.ts'
import { createVaultSession } from '../../../main/vault/vault-session.ts'
import { createFakeClock } from '../../fakes/fake-clock.ts'
import { createBox, fakeToken, recordWith, type VaultBox } from './vault-fixture.ts'

const PASSPHRASE = Secret.of('four unrelated words')
const TOKEN = fakeToken('session')

function sessionIn(box: VaultBox) {
  const states: string[] = []
  const session = createVaultSession({
    directory: box.directory,
    openStore: openConfStore,
    keyring: box.keyring,
    locks: box.locks,
    clock: createFakeClock(),
    log: silentLog,
    passphraseCost: { n: 2 ** 10, r: 8, p: 1 },
    onChange: () => states.push(session.view.state),
  })
  onTestFinished(() => session.close())
  return { session, states }
}

/** A started session in a folder of its own. */
async function start({ hasKeyring = true } = {}) {
  const box = createBox()
  box.keyring.available = hasKeyring
  const { session, states } = sessionIn(box)
  await session.start()
  return { box, session, states, again: () => sessionIn(box).session }
}

/** The folder of a vault that keeps one token, protected as told; its session is closed. */
async function keep(protection: 'keyring' | 'passphrase') {
  const { box, session, again } = await start({ hasKeyring: protection === 'keyring' })
  if (protection === 'passphrase') await session.choosePassphrase(PASSPHRASE)
  await session.vault().save({ put: [recordWith('one', TOKEN)] })
  session.close()
  return { box, again }
}

const kept = (session: ReturnType<typeof sessionIn>['session']) =>
  session.vault().secret('one', 'token').expose()

describe('the vault over the life of the app', () => {
  it('opens by the keyring without asking anyone', async () => {
    const { session, states } = await start()
    expect(session.view).toEqual({
      state: 'ready',
      protection: 'keyring',
      failure: null,
      lockedBy: null,
      retryAtMs: null,
      recovery: null,
      unreadableCount: 0,
    })
    expect(states).toEqual(['ready'])
  })

  it.each(['keyring', 'passphrase'] as const)(
    'has everything again after a restart: %s',
    async (by) => {
      const { box, again } = await keep(by)
      const session = again()
      await session.start()
      if (by === 'passphrase') await session.unlock(PASSPHRASE)
      expect(kept(session)).toBe(TOKEN)
      expect(box.read()).not.toContain(TOKEN)
    },
  )

  it('asks for a passphrase where there is no keyring, and writes nothing until it has one', async () => {
    const { session, box } = await start({ hasKeyring: false })
    expect(session.view).toMatchObject({ state: 'choose-passphrase', protection: null })
    expect(() => session.vault()).toThrow(expect.objectContaining({ code: 'VAULT_LOCKED' }))
    expect(box.list()).toEqual([])
    await expect(session.choosePassphrase(Secret.of('short'))).rejects.toMatchObject({
      code: 'VAULT_WEAK_PASSPHRASE',
    })
    expect(session.view.state).toBe('choose-passphrase')
    expect(box.list()).toEqual([])
    await session.choosePassphrase(PASSPHRASE)
    expect(session.view).toMatchObject({ state: 'ready', protection: 'passphrase', failure: null })
    expect(box.read()).not.toContain(PASSPHRASE.expose())
  })

  it('uses a keyring that came while a passphrase was asked for', async () => {
    const { session, box } = await start({ hasKeyring: false })
    box.keyring.available = true
    await session.unlock(null)
    expect(session.view).toMatchObject({ state: 'ready', protection: 'keyring' })
  })

  it('makes one vault of a passphrase that was sent twice', async () => {
    const { session } = await start({ hasKeyring: false })
    const first = session.choosePassphrase(PASSPHRASE)
    const second = session.choosePassphrase(Secret.of('another passphrase'))
    await first
    await expect(second).rejects.toMatchObject({ code: 'VAULT_LOCKED' })
    expect(session.view.state).toBe('ready')
    session.lock()
    await session.unlock(PASSPHRASE)
    expect(session.view.state).toBe('ready')
  })

  it('takes no new passphrase where there is a vault already', async () => {
    const { session } = await start()
    await session.vault().save({ put: [recordWith('one', TOKEN)] })
    await expect(session.choosePassphrase(PASSPHRASE)).rejects.toMatchObject({
      code: 'VAULT_LOCKED',
    })
    expect(session.view).toMatchObject({ state: 'ready', protection: 'keyring' })
    expect(kept(session)).toBe(TOKEN)
  })

  it.each(['keyring', 'passphrase'] as const)('locks and unlocks: %s', async (by) => {
    const { again } = await keep(by)
    const session = again()
    await session.start()
    const secret = by === 'passphrase' ? PASSPHRASE : null
    await session.unlock(secret)
    const vault = session.vault()
    session.lock()
    expect(session.view).toMatchObject({ state: 'locked', protection: by })
    expect(() => session.vault()).toThrow(expect.objectContaining({ code: 'VAULT_LOCKED' }))
    expect(() => vault.secret('one', 'token')).toThrow(
      expect.objectContaining({ code: 'VAULT_LOCKED' }),
    )
    await session.unlock(secret)
    expect(kept(session)).toBe(TOKEN)
  })

  it('stays locked for a wrong passphrase, and takes the right one after it', async () => {
    const { box, again } = await keep('passphrase')
    box.keyring.available = true
    const session = again()
    await session.start()
    expect(session.view).toMatchObject({ state: 'locked', protection: 'passphrase', failure: null })
    await expect(session.unlock(Secret.of('four unrelated work'))).rejects.toMatchObject({
      code: 'VAULT_WRONG_PASSPHRASE',
    })
    expect(session.view).toMatchObject({ state: 'locked', failure: null })
    await session.unlock(null)
    expect(session.view.state).toBe('locked')
    await session.unlock(PASSPHRASE)
    expect(session.view.state).toBe('ready')
  })

  it('opens when the keyring that was locked answers again', async () => {
    const { box, again } = await keep('keyring')
    box.keyring.available = false
    const session = again()
    await session.start()
    expect(session.view).toMatchObject({
      state: 'blocked',
      failure: { code: 'VAULT_KEYRING_UNAVAILABLE', remedy: 'retry' },
    })
    await expect(session.unlock(null)).rejects.toMatchObject({ code: 'VAULT_KEYRING_UNAVAILABLE' })
    box.keyring.available = true
    await session.unlock(null)
    expect(session.view).toMatchObject({ state: 'ready', failure: null })
    expect(kept(session)).toBe(TOKEN)
  })

  it.each(['refuse', 'garble'] as const)(
    'is blocked when the keyring lost its key (%s), and begins afresh with the old vault kept',
    async (how) => {
      const { box, again } = await keep('keyring')
      const before = box.read()
      box.keyring.loseKey(how)
      const session = again()
      await session.start()
      expect(session.view).toMatchObject({
        state: 'blocked',
        failure: { code: 'VAULT_KEYRING_LOST_KEY', remedy: 'start-afresh' },
      })
      if (how === 'garble') box.keyring.loseKey('refuse')
      await session.startAfresh()
      expect(session.view).toMatchObject({ state: 'ready', failure: null })
      expect(session.vault().records('installation')).toEqual([])
      const aside = box.list().find((name) => name.startsWith('vault.set-aside-'))
      expect(box.read(aside)).toBe(before)
    },
  )

  it('says that the key is lost also when that shows at a later unlock', async () => {
    const { session, box } = await start()
    session.lock()
    box.keyring.loseKey('refuse')
    await expect(session.unlock(null)).rejects.toMatchObject({ code: 'VAULT_KEYRING_LOST_KEY' })
    expect(session.view).toMatchObject({
      state: 'blocked',
      failure: { code: 'VAULT_KEYRING_LOST_KEY' },
    })
  })

  it('begins afresh for a forgotten passphrase, by a new one', async () => {
    const { again } = await keep('passphrase')
    const session = again()
    await session.start()
    await session.startAfresh()
    expect(session.view).toMatchObject({ state: 'choose-passphrase', recovery: null })
    await session.choosePassphrase(Secret.of('other unrelated words'))
    expect(session.vault().records('installation')).toEqual([])
  })

  it('opens a vault whose copy was put back while it was blocked', async () => {
    const { box, again } = await keep('keyring')
    const good = box.read()
    const broken = box.json()
    broken.key.check = 'AAAA'
    box.write(JSON.stringify(broken))
    const session = again()
    await session.start()
    expect(session.view.state).toBe('blocked')
    box.write(good)
    await session.unlock(null)
    expect(kept(session)).toBe(TOKEN)
  })

  it('asks for the passphrase when a file that could not be read is back', async () => {
    const { box, again } = await keep('passphrase')
    const good = box.read()
    rmSync(join(box.directory, 'vault.json'))
    mkdirSync(join(box.directory, 'vault.json'))
    const session = again()
    await session.start()
    expect(session.view).toMatchObject({
      state: 'blocked',
      failure: { code: 'VAULT_UNREADABLE', remedy: 'retry' },
    })
    rmSync(join(box.directory, 'vault.json'), { recursive: true })
    box.write(good)
    await session.unlock(null)
    expect(session.view).toMatchObject({ state: 'locked', protection: 'passphrase', failure: null })
    await session.unlock(PASSPHRASE)
    expect(kept(session)).toBe(TOKEN)
  })

  it('leaves a vault of a newer version alone', async () => {
    const { box, again } = await keep('keyring')
    box.write(JSON.stringify({ ...box.json(), version: 99 }))
    const before = box.read()
    const session = again()
    await session.start()
    expect(session.view).toMatchObject({
      state: 'blocked',
      failure: { code: 'VAULT_NEWER_VERSION', remedy: 'quit' },
    })
    expect(box.read()).toBe(before)
  })

  it('does not open after it was closed', async () => {
    const { again } = await keep('keyring')
    const session = again()
    const starting = session.start()
    session.close()
    await starting
    expect(() => session.vault()).toThrow(expect.objectContaining({ code: 'VAULT_LOCKED' }))
  })
})

describe('a damaged vault file', () => {
  it('opens the last good generation, says so until it is dismissed, and keeps the damaged file', async () => {
    const { box, again } = await keep('keyring')
    box.write('{"format":', 'vault.json')
    const session = again()
    await session.start()
    expect(session.view).toMatchObject({ state: 'ready', recovery: { opened: 'last-good' } })
    expect(readFileSync(session.view.recovery?.damagedFile ?? '', 'utf8')).toBe('{"format":')
    session.dismissRecovery()
    expect(session.view.recovery).toBeNull()
  })

  it('is said even when unlocking fails, and after that succeeded', async () => {
    const { box, again } = await keep('keyring')
    box.write('not a vault', 'vault.json')
    box.keyring.available = false
    const session = again()
    await session.start()
    expect(session.view).toMatchObject({ state: 'blocked', recovery: { opened: 'last-good' } })
    box.keyring.available = true
    await session.unlock(null)
    expect(session.view).toMatchObject({ state: 'ready', recovery: { opened: 'last-good' } })
  })

  it('is said after a passphrase was chosen for the empty one in its place', async () => {
    const box = createBox()
    box.keyring.available = false
    box.write('not a vault')
    const { session } = sessionIn(box)
    await session.start()
    expect(session.view.state).toBe('choose-passphrase')
    await session.choosePassphrase(PASSPHRASE)
    expect(session.view).toMatchObject({ state: 'ready', recovery: { opened: 'empty' } })
    expect(readFileSync(session.view.recovery?.damagedFile ?? '', 'utf8')).toBe('not a vault')
  })
})

describe('the vault’s calls', () => {
  async function desk({ asks = false } = {}) {
    const { session, box } = await start()
    const did: string[] = []
    const handlers = vaultHandlers({
      session,
      quietly: async (run) => {
        did.push(session.view.state)
        await run()
      },
      requireUser() {
        did.push('user required')
        if (asks) throw new UserCheckRequired()
      },
      onPassphraseRemoved: () => did.push(`passphrase removed: ${session.view.protection}`),
      showFile: (path) => did.push(path),
    })
    return { session, box, did, handlers }
  }

  it('let other parts forget while the vault is still open, then lock', async () => {
    const { session, did, handlers } = await desk()
    await handlers['vault/lock']()
    expect(did).toEqual(['ready'])
    expect(session.view.state).toBe('locked')
    await handlers['vault/unlock'](null)
    expect(session.view.state).toBe('ready')
  })

  it('let other parts forget before a vault is begun afresh', async () => {
    const { session, did, handlers } = await desk()
    session.lock()
    await handlers['vault/start-afresh']()
    expect(did).toEqual(['locked'])
    expect(session.view.state).toBe('ready')
  })

  it('begin no other vault while this one is open', async () => {
    const { session, box, handlers } = await desk()
    const before = box.list()
    await expect(handlers['vault/start-afresh']()).rejects.toMatchObject({ code: 'VAULT_IN_USE' })
    expect(box.list()).toEqual(before)
    expect(session.view.state).toBe('ready')
  })

  it('need the user for a first passphrase, and the passphrase itself for every other', async () => {
    const { session, did, handlers } = await desk()
    const [first, second] = ['four unrelated words', 'other unrelated words'] as const
    await handlers['vault/set-passphrase'](null, first)
    expect(did).toEqual(['user required'])
    await handlers['vault/set-passphrase'](first, second)
    await expect(handlers['vault/remove-passphrase'](first)).rejects.toMatchObject({
      code: 'VAULT_WRONG_PASSPHRASE',
    })
    expect(session.view.protection).toBe('passphrase')
    await handlers['vault/remove-passphrase'](second)
    expect(did).toEqual(['user required', 'passphrase removed: keyring'])
  })

  it('set no first passphrase for somebody who is not known', async () => {
    const { session, box, handlers } = await desk({ asks: true })
    const before = box.read()
    await expect(
      handlers['vault/set-passphrase'](null, 'four unrelated words'),
    ).rejects.toMatchObject({ code: 'USER_CHECK_REQUIRED' })
    expect(session.view.protection).toBe('keyring')
    expect(box.read()).toBe(before)
  })

  it('show the damaged file only where there is one', async () => {
    const { did, handlers } = await desk()
    await handlers['vault/show-damaged-file']()
    expect(did).toEqual([])
  })
})

describe('what happened to the file behind its back', () => {
  it('says that entries were removed without the key, and where the file is kept', async () => {
    const { box, again } = await keep('keyring')
    box.tamper(({ records }) => records.pop())
    const session = again()
    await session.start()
    expect(session.view).toMatchObject({
      state: 'ready',
      recovery: {
        opened: 'incomplete',
        damagedFile: join(box.directory, 'vault.suspect-20261123T120000Z.json'),
      },
    })
    session.dismissRecovery()
    session.lock()
    await session.unlock(null)
    expect(session.view.recovery).toBeNull()
  })

  it('is locked once another process has put another vault in its place', async () => {
    const { box, again } = await keep('keyring')
    const session = again()
    await session.start()
    const other = createBox()
    ;(await other.open()).vault.close()
    box.write(other.read())
    await expect(session.vault().save({ remove: ['one'] })).rejects.toMatchObject({
      code: 'VAULT_LOCKED',
    })
    expect(session.view.state).toBe('locked')
    expect(() => session.vault()).toThrow(expect.objectContaining({ code: 'VAULT_LOCKED' }))
    expect(box.read()).toBe(other.read())
  })
})
