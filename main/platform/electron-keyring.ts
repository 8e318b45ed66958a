import type { SafeStorage } from 'electron'
import type { Clock } from './clock.ts'
import { KeyringLostKey, KeyringUnavailable } from './errors.ts'
import type { Keyring } from './keyring.ts'
import { DeadlinePassed, withDeadline } from './with-deadline.ts'

/** Long enough for a person to answer the keyring's own prompt; safeStorage has no limit at all. */
const DEADLINE_MS = 60_000

export interface ElectronKeyringOptions {
  readonly safeStorage: SafeStorage
  /** `app.isReady`: before ready, touching safeStorage makes a keychain item under a wrong name. */
  readonly isReady: () => boolean
  readonly clock: Clock
  /** `process.platform` of the runtime. */
  readonly platform: NodeJS.Platform
}

/**
 * The keyring through Electron's safeStorage: the async calls where they exist (42 and later), else
 * the sync ones. On Linux a ciphertext that begins `v10` was made with a key that stands in Chromium's
 * source, so it counts as no keyring at all. Source: Electron safe-storage docs, Chromium
 * posix_key_provider.cc.
 */
export function createElectronKeyring(options: ElectronKeyringOptions): Keyring {
  return new ElectronKeyring(options)
}

class ElectronKeyring implements Keyring {
  readonly #options: ElectronKeyringOptions
  readonly #calls: Calls
  /** First three bytes of what was sealed last; on Linux they name the kind of key. */
  #prefix = ''
  #wantsSealingAgain = false

  constructor(options: ElectronKeyringOptions) {
    this.#options = options
    this.#calls = chooseCalls(options.safeStorage)
  }

  get wantsSealingAgain(): boolean {
    return this.#wantsSealingAgain
  }

  get backend(): string {
    const { platform, safeStorage, isReady } = this.#options
    if (platform === 'darwin') return 'keychain'
    if (platform === 'win32') return 'dpapi'
    if (!isReady()) return 'unknown'
    // The selected backend describes the sync calls alone; what a seal begins with is the truth.
    if (this.#prefix === 'v12') return 'portal'
    const selected = safeStorage.getSelectedStorageBackend()
    return selected === 'basic_text' && this.#prefix === 'v11' ? 'secret_service' : selected
  }

  async isAvailable(): Promise<boolean> {
    if (!this.#options.isReady()) return false
    try {
      if (!(await this.#limited(() => this.#calls.isAvailable()))) return false
      if (this.#options.platform === 'linux') await this.encrypt('probe')
      return true
    } catch (thrown) {
      if (thrown instanceof KeyringUnavailable) return false
      throw thrown
    }
  }

  async encrypt(plain: string): Promise<Uint8Array> {
    const sealed = await this.#limited(() => this.#calls.encrypt(plain))
    const prefix = sealed.subarray(0, 3).toString('latin1')
    if (this.#isPublicKey(prefix)) throw new KeyringUnavailable()
    this.#prefix = prefix
    return sealed
  }

  async decrypt(sealed: Uint8Array): Promise<string> {
    const bytes = Buffer.from(sealed)
    if (this.#isPublicKey(bytes.subarray(0, 3).toString('latin1'))) throw new KeyringLostKey()
    try {
      return await this.#open(bytes)
    } catch (thrown) {
      if (!(await this.#seals(thrown))) throw thrown
    }
    try {
      // Once more: it may have been away for a moment only.
      return await this.#open(bytes)
    } catch (thrown) {
      throw isDeadline(thrown) ? thrown : new KeyringLostKey({ cause: thrown })
    }
  }

  async #open(sealed: Buffer): Promise<string> {
    const { plain, shouldReEncrypt } = await this.#limited(() => this.#calls.decrypt(sealed))
    this.#wantsSealingAgain = shouldReEncrypt
    return plain
  }

  /**
   * safeStorage has no codes. A keyring that does not open this and seals nothing either is locked or
   * away for a while; one that seals all the same has another key.
   */
  async #seals(thrown: unknown): Promise<boolean> {
    if (!(thrown instanceof KeyringUnavailable) || !this.#options.isReady()) return false
    if (isDeadline(thrown) || !(await this.isAvailable())) return false
    try {
      await this.encrypt('probe')
      return true
    } catch (failed) {
      if (failed instanceof KeyringUnavailable) return false
      throw failed
    }
  }

  #isPublicKey(prefix: string): boolean {
    return this.#options.platform === 'linux' && prefix === 'v10'
  }

  /** Every way to fail is one for the caller: the keyring does not answer. */
  async #limited<T>(ask: () => Promise<T>): Promise<T> {
    if (!this.#options.isReady()) throw new KeyringUnavailable()
    try {
      return await withDeadline(ask(), DEADLINE_MS, this.#options.clock)
    } catch (cause) {
      throw new KeyringUnavailable(cause)
    }
  }
}

function isDeadline(thrown: unknown): boolean {
  return thrown instanceof KeyringUnavailable && thrown.cause instanceof DeadlinePassed
}

interface Calls {
  isAvailable(): Promise<boolean>
  encrypt(plain: string): Promise<Buffer>
  decrypt(sealed: Buffer): Promise<Opened>
}

interface Opened {
  readonly plain: string
  readonly shouldReEncrypt: boolean
}

function chooseCalls(safeStorage: SafeStorage): Calls {
  // Looked at without a call: even that starts nothing before ready.
  return typeof safeStorage.encryptStringAsync === 'function'
    ? asyncCalls(safeStorage)
    : syncCalls(safeStorage)
}

function asyncCalls(safeStorage: SafeStorage): Calls {
  return {
    isAvailable: () => safeStorage.isAsyncEncryptionAvailable(),
    encrypt: (plain) => safeStorage.encryptStringAsync(plain),
    async decrypt(sealed) {
      const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(sealed)
      return { plain: result, shouldReEncrypt }
    },
  }
}

function syncCalls(safeStorage: SafeStorage): Calls {
  return {
    isAvailable: async () => safeStorage.isEncryptionAvailable(),
    encrypt: async (plain) => safeStorage.encryptString(plain),
    decrypt: async (sealed) => ({
      plain: safeStorage.decryptString(sealed),
      shouldReEncrypt: false,
    }),
  }
}
