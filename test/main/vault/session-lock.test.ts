import { describe, expect, it } from 'vitest'
import { Secret } from '../../../main/platform/secret.ts'
import { boxWith, sessionIn, TOKEN } from './session-fixture.ts'
import { createBox, type VaultBox } from './vault-fixture.ts'

const PASSPHRASE = 'four unrelated words'

/** Keeps the keyring from answering until told. */
function hold({ keyring }: VaultBox): () => void {
  let answer = () => {}
  const held = new Promise<void>((resolve) => {
    answer = resolve
  })
  const { decrypt } = keyring
  keyring.decrypt = async (sealed) => {
    await held
    return decrypt.call(keyring, sealed)
  }
  return answer
}

describe('a lock', () => {
  it.each(['user', 'idle', 'screen-lock', 'suspend'] as const)(
    'says why until the vault is open again: %s',
    async (by) => {
      const { session, secret } = await sessionIn(await boxWith('keyring'))
      session.lock(by)
      expect(session.view).toMatchObject({ state: 'locked', lockedBy: by })
      session.lock('user')
      expect(session.view.lockedBy).toBe(by)
      await session.unlock(null)
      expect(session.view).toMatchObject({ state: 'ready', lockedBy: null })
      expect(secret()).toBe(TOKEN)
    },
  )

  it('is the user’s own where nothing else is said, and keeps its reason over wrong passphrases', async () => {
    const { session } = await sessionIn(await boxWith({ passphrase: PASSPHRASE }))
    expect(session.view).toMatchObject({ state: 'locked', lockedBy: null })
    await session.unlock(Secret.of(PASSPHRASE))
    session.lock()
    expect(session.view.lockedBy).toBe('user')
    await session.unlock(Secret.of('wrong passphrase')).catch(() => {})
    await session.unlock(null)
    expect(session.view).toMatchObject({ state: 'locked', lockedBy: 'user' })
  })

  it('has no reason any more where the vault cannot be opened', async () => {
    const box = await boxWith('keyring')
    const { session } = await sessionIn(box)
    session.lock('idle')
    box.keyring.available = false
    await expect(session.unlock(null)).rejects.toMatchObject({ remedy: 'retry' })
    expect(session.view).toMatchObject({ state: 'blocked', lockedBy: null })
  })

  it('that comes while the passphrase is tried keeps the vault locked', async () => {
    const { session } = await sessionIn(await boxWith({ passphrase: PASSPHRASE }), null)
    const unlocking = session.unlock(Secret.of(PASSPHRASE))
    // The lock comes once the key is being derived.
    await new Promise((resolve) => setImmediate(resolve))
    session.lock('suspend')
    await expect(unlocking).rejects.toMatchObject({ code: 'VAULT_LOCKED' })
    expect(session.view).toMatchObject({ state: 'locked', lockedBy: 'suspend', retryAtMs: null })
    expect(() => session.vault()).toThrow(expect.objectContaining({ code: 'VAULT_LOCKED' }))
  })

  it('that comes while the keyring is asked keeps the vault locked, and is no failure', async () => {
    const box = await boxWith('keyring')
    const { session, secret } = await sessionIn(box)
    session.lock()
    const answer = hold(box)
    const unlocking = session.unlock(null)
    await new Promise((resolve) => setImmediate(resolve))
    session.lock('screen-lock')
    answer()
    await expect(unlocking).rejects.toMatchObject({ code: 'VAULT_LOCKED' })
    expect(session.view).toMatchObject({
      ...{ state: 'locked', failure: null, lockedBy: 'screen-lock' },
    })
    await session.unlock(null)
    expect(secret()).toBe(TOKEN)
  })

  it('that comes while a passphrase is set leaves the old protection', async () => {
    const box = await boxWith('keyring')
    const before = box.read()
    const { session, secret } = await sessionIn(box, null)
    const setting = session.setPassphrase(null, Secret.of(PASSPHRASE))
    await new Promise((resolve) => setImmediate(resolve))
    session.lock('suspend')
    await expect(setting).rejects.toMatchObject({ code: 'VAULT_LOCKED' })
    expect(session.view).toMatchObject({ state: 'locked', protection: 'keyring' })
    expect(box.read()).toBe(before)
    await session.unlock(null)
    expect(secret()).toBe(TOKEN)
  })

  it('does nothing where no vault is open', async () => {
    const box = createBox()
    box.keyring.available = false
    const { session } = await sessionIn(box)
    session.lock('idle')
    expect(session.view).toMatchObject({ state: 'choose-passphrase', lockedBy: null })
  })
})
