/**
 * One vault over the life of the app: found, opened, locked, unlocked, begun afresh. Other rooms ask
 * it for the vault at each use, so that a lock takes effect everywhere at once.
 */
import type { Failure } from '../contract/errors.ts'
import type { VaultView } from '../contract/views.ts'
import { toFailure } from '../errors.ts'
import type { Clock } from '../platform/clock.ts'
import type { Keyring } from '../platform/keyring.ts'
import type { Log } from '../platform/log.ts'
import type { Secret } from '../platform/secret.ts'
import type { OpenStore } from '../platform/store.ts'
import { VaultLocked } from './errors.ts'
import type { KeyProtector } from './key-protector.ts'
import { createKeyringProtector } from './keyring-protector.ts'
import { createPassphraseProtector } from './passphrase-protector.ts'
import { inspectVault, openVault, startAfresh, type Vault } from './vault.ts'

export interface VaultSessionOptions {
  readonly directory: string
  readonly openStore: OpenStore
  readonly keyring: Keyring
  readonly clock: Clock
  readonly log: Log
  /** Told after every change of `view`. */
  readonly onChange: () => void
}

export interface VaultSession {
  readonly view: VaultView
  /** @throws VaultLocked unless the vault is open and unlocked */
  vault(): Vault
  /** Finds and opens the vault; asks the keyring where it protects the vault. Never rejects. */
  start(): Promise<void>
  /** First start without a keyring. @throws WeakPassphrase */
  choosePassphrase(passphrase: Secret): Promise<void>
  /** @throws WrongPassphrase, KeyringUnavailable, KeyringLostKey */
  unlock(passphrase: Secret | null): Promise<void>
  lock(): void
  /** Moves what cannot be opened aside and begins an empty vault. */
  startAfresh(): Promise<void>
  dismissRecovery(): void
  close(): void
}

/** The caller starts it once and closes it. */
export function createVaultSession(options: VaultSessionOptions): VaultSession {
  return new Session(options)
}

const OPENING: VaultView = { state: 'opening', protection: null, failure: null, recovery: null }

class Session implements VaultSession {
  readonly #options: VaultSessionOptions
  #vault: Vault | null = null
  #view: VaultView = OPENING

  constructor(options: VaultSessionOptions) {
    this.#options = options
  }

  get view(): VaultView {
    return this.#view
  }

  vault(): Vault {
    if (this.#vault === null || !this.#vault.isUnlocked) throw new VaultLocked()
    return this.#vault
  }

  async start(): Promise<void> {
    try {
      await this.#find()
    } catch (thrown) {
      this.#block(thrown)
    }
  }

  async choosePassphrase(passphrase: Secret): Promise<void> {
    await this.#open(createPassphraseProtector(passphrase))
  }

  async unlock(passphrase: Secret | null): Promise<void> {
    const protector =
      passphrase === null
        ? createKeyringProtector(this.#options.keyring)
        : createPassphraseProtector(passphrase)
    if (this.#vault === null) return this.#open(protector)
    await this.#vault.unlock(protector)
    this.#show({ state: 'ready', failure: null, protection: this.#vault.protection })
  }

  lock(): void {
    if (this.#vault === null || !this.#vault.isUnlocked) return
    this.#vault.lock()
    this.#show({ state: 'locked', failure: null })
  }

  async startAfresh(): Promise<void> {
    this.close()
    await startAfresh(this.#options.directory, this.#options.clock)
    this.#view = OPENING
    await this.start()
  }

  dismissRecovery(): void {
    this.#show({ recovery: null })
  }

  close(): void {
    this.#vault?.close()
    this.#vault = null
  }

  async #find(): Promise<void> {
    const { directory, openStore, keyring } = this.#options
    const found = await inspectVault(directory, openStore)
    if (found.protection === 'passphrase') return this.#openLocked()
    if (found.exists || (await keyring.isAvailable())) {
      return this.#open(createKeyringProtector(keyring))
    }
    this.#show({ state: 'choose-passphrase', protection: null, failure: null })
  }

  async #openLocked(): Promise<void> {
    await this.#adopt()
    this.#show({ state: 'locked', failure: null })
  }

  async #open(protector: KeyProtector): Promise<void> {
    const vault = await this.#adopt()
    await vault.unlock(protector)
    this.#show({ state: 'ready', failure: null, protection: vault.protection })
  }

  /** Opened locked first: what was found damaged is said even when unlocking fails afterwards. */
  async #adopt(): Promise<Vault> {
    const { directory, openStore, clock } = this.#options
    const opened = await openVault({ directory, openStore, protector: null, clock })
    this.#vault?.close()
    this.#vault = opened.vault
    this.#view = {
      ...this.#view,
      protection: opened.vault.protection,
      recovery: opened.recovery ?? this.#view.recovery,
    }
    return opened.vault
  }

  #block(thrown: unknown): void {
    const failure: Failure = toFailure(thrown, this.#options.clock.now())
    this.#options.log.error('vault not opened', { code: failure.code })
    this.#show({ state: 'blocked', failure })
  }

  #show(change: Partial<VaultView>): void {
    this.#view = { ...this.#view, ...change }
    this.#options.onChange()
  }
}
