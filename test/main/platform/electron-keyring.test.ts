import type { SafeStorage } from 'electron'
import { describe, expect, it } from 'vitest'
import { createElectronKeyring } from '../../../main/platform/electron-keyring.ts'
import { createFakeClock } from '../../fakes/fake-clock.ts'

interface Setup {
  readonly style: 'sync' | 'async'
  readonly platform: NodeJS.Platform
  readonly prefix: string
  readonly backend: string
  readonly available: boolean
  /** Keeps every async call from ever answering. */
  readonly hangs: boolean
  readonly isReady: boolean
  readonly opens: boolean
  /** So many calls of `decrypt` fail first. */
  readonly closedFor: number
  readonly seals: boolean
  readonly shouldReEncrypt: boolean
}

const HEALTHY: Setup = {
  style: 'async',
  platform: 'linux',
  prefix: 'v11',
  backend: 'gnome_libsecret',
  available: true,
  hangs: false,
  isReady: true,
  opens: true,
  closedFor: 0,
  seals: true,
  shouldReEncrypt: false,
}

/** safeStorage as the two ages of Electron have it; `calls` tells what was touched. */
function createKeyring(change: Partial<Setup> = {}) {
  const setup = { ...HEALTHY, ...change }
  const calls: string[] = []
  let closedFor = setup.closedFor
  const seal = (plain: string) => {
    if (!setup.seals) throw new Error('Error while encrypting the text')
    return Buffer.from(`${setup.prefix}${plain}`)
  }
  const unseal = (sealed: Buffer) => {
    closedFor -= 1
    if (!setup.opens || closedFor >= 0) throw new Error('Error while decrypting the ciphertext')
    return sealed.subarray(3).toString()
  }
  const answer = <A extends unknown[], T>(name: string, work: (...args: A) => T) => {
    return (...args: A): T => {
      calls.push(name)
      return work(...args)
    }
  }
  const later = <A extends unknown[], T>(name: string, work: (...args: A) => T) =>
    answer(name, async (...args: A): Promise<T> => {
      if (setup.hangs) await new Promise(() => {})
      return work(...args)
    })
  const sync = {
    isEncryptionAvailable: answer('available', () => setup.available),
    encryptString: answer('encrypt', seal),
    decryptString: answer('decrypt', unseal),
  }
  const async = {
    isAsyncEncryptionAvailable: later('available', () => setup.available),
    encryptStringAsync: later('encrypt', seal),
    decryptStringAsync: later('decrypt', (sealed: Buffer) => ({
      result: unseal(sealed),
      shouldReEncrypt: setup.shouldReEncrypt,
    })),
  }
  const fake = {
    getSelectedStorageBackend: answer('backend', () => setup.backend),
    ...(setup.style === 'sync' ? sync : async),
  }
  const clock = createFakeClock()
  const keyring = createElectronKeyring({
    // The other age's calls are missing in either runtime; that is what is under test.
    safeStorage: fake as unknown as SafeStorage,
    isReady: () => setup.isReady,
    platform: setup.platform,
    clock,
  })
  return { keyring, calls, clock }
}

describe.each(['sync', 'async'] as const)('with the %s calls', (style) => {
  it('seals and opens', async () => {
    const { keyring } = createKeyring({ style })
    expect(await keyring.isAvailable()).toBe(true)
    const sealed = await keyring.encrypt('the key')
    expect(Buffer.from(sealed).toString()).toBe('v11the key')
    expect(await keyring.decrypt(sealed)).toBe('the key')
  })

  it('takes a key that everybody knows for no keyring', async () => {
    const { keyring } = createKeyring({ style, prefix: 'v10' })
    expect(await keyring.isAvailable()).toBe(false)
    await expect(keyring.encrypt('x')).rejects.toMatchObject({ code: 'VAULT_KEYRING_UNAVAILABLE' })
    await expect(keyring.decrypt(Buffer.from('v10x'))).rejects.toMatchObject({
      code: 'VAULT_KEYRING_LOST_KEY',
    })
  })

  it.each(['darwin', 'win32'] as const)(
    'takes the same prefix on %s for what it is there',
    async (platform) => {
      const { keyring, calls } = createKeyring({ style, prefix: 'v10', platform })
      expect(await keyring.isAvailable()).toBe(true)
      // The name is asked of Linux alone: elsewhere the call does not exist.
      expect(keyring.backend).toBe(platform === 'darwin' ? 'keychain' : 'dpapi')
      expect(calls).toEqual(['available'])
      expect(await keyring.decrypt(await keyring.encrypt('x'))).toBe('x')
    },
  )

  it('touches nothing before ready', async () => {
    const { keyring, calls } = createKeyring({ style, isReady: false })
    expect(await keyring.isAvailable()).toBe(false)
    expect(keyring.backend).toBe('unknown')
    await expect(keyring.encrypt('x')).rejects.toMatchObject({ code: 'VAULT_KEYRING_UNAVAILABLE' })
    await expect(keyring.decrypt(Buffer.from('v11x'))).rejects.toMatchObject({
      code: 'VAULT_KEYRING_UNAVAILABLE',
    })
    expect(calls).toEqual([])
  })

  it.each([
    { name: 'lost its key', available: true, code: 'VAULT_KEYRING_LOST_KEY' },
    { name: 'is away', available: false, code: 'VAULT_KEYRING_UNAVAILABLE' },
  ])('tells a keyring that $name', async ({ available, code }) => {
    const { keyring } = createKeyring({ style, opens: false, available })
    await expect(keyring.decrypt(Buffer.from('v11x'))).rejects.toMatchObject({ code })
  })

  it.each(['linux', 'darwin', 'win32'] as const)(
    'takes a keyring that neither opens nor seals for one that is away: %s',
    async (platform) => {
      const { keyring } = createKeyring({ style, platform, opens: false, seals: false })
      await expect(keyring.decrypt(Buffer.from('v11x'))).rejects.toMatchObject({
        code: 'VAULT_KEYRING_UNAVAILABLE',
      })
    },
  )

  it('waits out a keyring that was away for a moment', async () => {
    const { keyring } = createKeyring({ style, closedFor: 1 })
    expect(await keyring.decrypt(Buffer.from('v11x'))).toBe('x')
  })
})

it('tells when what it opened wants to be sealed again', async () => {
  const stale = createKeyring({ shouldReEncrypt: true }).keyring
  expect(stale.wantsSealingAgain).toBe(false)
  await stale.decrypt(Buffer.from('v11x'))
  expect(stale.wantsSealingAgain).toBe(true)
  for (const style of ['sync', 'async'] as const) {
    const { keyring } = createKeyring({ style })
    await keyring.decrypt(Buffer.from('v11x'))
    expect(keyring.wantsSealingAgain).toBe(false)
  }
})

it.each(['isAvailable', 'encrypt', 'decrypt'] as const)(
  'gives up %s after a minute',
  async (act) => {
    const { keyring, clock } = createKeyring({ hangs: true })
    const asking =
      act === 'isAvailable'
        ? keyring.isAvailable()
        : act === 'encrypt'
          ? keyring.encrypt('x')
          : keyring.decrypt(Buffer.from('v11x'))
    clock.advance(60_000)
    if (act === 'isAvailable') expect(await asking).toBe(false)
    else await expect(asking).rejects.toMatchObject({ code: 'VAULT_KEYRING_UNAVAILABLE' })
  },
)

it.each([
  { backend: 'kwallet6', prefix: 'v11', named: 'kwallet6' },
  { backend: 'basic_text', prefix: 'v11', named: 'secret_service' },
  { backend: 'basic_text', prefix: 'v12', named: 'portal' },
])('names the keyring $named', async ({ backend, prefix, named }) => {
  const { keyring } = createKeyring({ backend, prefix })
  await keyring.isAvailable()
  expect(keyring.backend).toBe(named)
})
