/**
 * One vault over the life of the app: found, opened, locked, unlocked, begun afresh. Other rooms ask
 * it for the vault at each use, so that a lock takes effect everywhere at once.
 */
import type { Failure } from '../contract/errors.ts'
import type { VaultView } from '../contract/views.ts'
import { AppError, toFailure } from '../errors.ts'
import type { Clock } from '../platform/clock.ts'
import type { Keyring } from '../platform/keyring.ts'
import type { Log } from '../platform/log.ts'
import type { ProcessLocks } from '../platform/process-lock.ts'
import type { Secret } from '../platform/secret.ts'
import type { OpenStore } from '../platform/store.ts'
import { VaultInUse, VaultLocked } from './errors.ts'
import type { KeyProtector } from './key-protector.ts'
import { createKeyringProtector } from './keyring-protector.ts'
import { createPassphraseProtector, type ScryptCost } from './passphrase-protector.ts'
import { type OpenedVault, openVault, startAfresh, type Vault } from './vault.ts'

export interface VaultSessionOptions {
  readonly directory: string
  readonly openStore: OpenStore
  readonly keyring: Keyring
  /** Between the window and the command line. */
  readonly locks: ProcessLocks
  readonly clock: Clock
  readonly log: Log
  /** Of new passphrases; lower only in tests, which have no half second to spare. */
  readonly passphraseCost?: ScryptCost
  /** Told after every change of `view`. */
  readonly onChange: () => void
}

export interface VaultSession {
  /** Counts damaged records alone: what the others say is the business of their rooms. */
  readonly view: VaultView
  /** @throws VaultLocked unless the vault is open and unlocked */
  vault(): Vault
  /** Finds and opens the vault; asks the keyring where it protects the vault. Never rejects. */
  start(): Promise<void>
  /** First start without a keyring. @throws WeakPassphrase, VaultLocked where there is a vault already */
  choosePassphrase(passphrase: Secret): Promise<void>
  /**
   * With null the vault is looked for again and the keyring asked; a failure of that is shown in
   * `view` too.
   *
   * @throws WrongPassphrase, KeyringUnavailable, KeyringLostKey, and what `openVault` throws
   */
  unlock(passphrase: Secret | null): Promise<void>
  /** @param by why; shown on the locked page */
  lock(by?: NonNullable<VaultView['lockedBy']>): void
  /**
   * Protects the vault by a passphrase alone. `current` is the one until now, null for the keyring.
   *
   * @throws VaultLocked, WrongPassphrase, TryLater, WeakPassphrase, VaultWriteFailed
   */
  setPassphrase(current: Secret | null, next: Secret): Promise<void>
  /** Back to the keyring. @throws VaultLocked, WrongPassphrase, TryLater, KeyringUnavailable, NoPassphrase */
  removePassphrase(current: Secret): Promise<void>
  /** Whether this is the vault's passphrase. @throws WrongPassphrase, TryLater, NoPassphrase, VaultLocked */
  verifyPassphrase(passphrase: Secret): Promise<void>
  /**
   * Sets the vault that cannot be opened aside and makes a new one, for a restore: protected by the
   * keyring, or by this passphrase where there is none.
   *
   * @throws VaultInUse for an open one, WeakPassphrase, VaultWriteFailed
   */
  beginAnew(passphrase: Secret): Promise<void>
  /** Moves what cannot be opened aside and begins an empty vault. @throws VaultInUse for an open one */
  startAfresh(): Promise<void>
  dismissRecovery(): void
  /** Locks for good: what is opening meanwhile is closed again. */
  close(): void
}

/** The caller starts it once and closes it. */
export function createVaultSession(options: VaultSessionOptions): VaultSession {
  return new Session(options)
}

type Shown = Omit<VaultView, 'unreadableCount'>

const OPENING: Shown = {
  state: 'opening',
  protection: null,
  failure: null,
  lockedBy: null,
  retryAtMs: null,
  recovery: null,
}

class Session implements VaultSession {
  readonly #options: VaultSessionOptions
  #vault: Vault | null = null
  #view: Shown = OPENING
  #isClosed = false
  /** Two that open at once would each make a vault; the second finds what the first made. */
  #queue: Promise<unknown> = Promise.resolve()

  constructor(options: VaultSessionOptions) {
    this.#options = options
  }

  get view(): VaultView {
    const isOpen = this.#vault?.isUnlocked ?? false
    // Another process may have put another vault in its place: then it locked itself.
    const state = this.#view.state === 'ready' && !isOpen ? 'locked' : this.#view.state
    return { ...this.#view, state, unreadableCount: isOpen ? (this.#vault?.damagedCount ?? 0) : 0 }
  }

  vault(): Vault {
    if (this.#vault === null || !this.#vault.isUnlocked) throw new VaultLocked()
    return this.#vault
  }

  async start(): Promise<void> {
    try {
      await this.#inTurn(() => this.#find())
    } catch {
      // Shown in `view`, where the page waits for it.
    }
  }

  choosePassphrase(passphrase: Secret): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#view.state !== 'choose-passphrase') throw new VaultLocked()
      await this.#open(this.#protectorOf(passphrase))
    })
  }

  unlock(passphrase: Secret | null): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#vault?.isUnlocked) return
      if (passphrase === null) await this.#find()
      else await this.#open(this.#protectorOf(passphrase))
    })
  }

  lock(): void {
    if (this.#vault === null || !this.#vault.isUnlocked) return
    this.#vault.lock()
    this.#show({ state: 'locked', failure: null })
  }

  async setPassphrase(_current: Secret | null, _next: Secret): Promise<void> {
    throw new Error('not built')
  }

  async removePassphrase(_current: Secret): Promise<void> {
    throw new Error('not built')
  }

  async verifyPassphrase(_passphrase: Secret): Promise<void> {
    throw new Error('not built')
  }

  async beginAnew(_passphrase: Secret): Promise<void> {
    throw new Error('not built')
  }

  async startAfresh(): Promise<void> {
    await this.#inTurn(async () => {
      if (this.#vault?.isUnlocked) throw new VaultInUse()
      this.#drop()
      await startAfresh(this.#options)
      this.#view = OPENING
    })
    await this.start()
  }

  dismissRecovery(): void {
    this.#show({ recovery: null })
  }

  close(): void {
    this.#isClosed = true
    this.#drop()
  }

  #protectorOf(passphrase: Secret): KeyProtector {
    const { passphraseCost: cost } = this.#options
    return createPassphraseProtector(passphrase, cost === undefined ? {} : { cost })
  }

  #drop(): void {
    this.#vault?.close()
    this.#vault = null
  }

  #inTurn(run: () => Promise<void>): Promise<void> {
    const result = this.#queue.then(run)
    this.#queue = result.catch(() => {
      // The failure goes to whoever asked; the next one runs all the same.
    })
    return result
  }

  /** Opens by the keyring where the vault has it; else shows what the user has to give. */
  async #find(): Promise<void> {
    try {
      await this.#findOrThrow()
    } catch (thrown) {
      this.#block(thrown)
      throw thrown
    }
  }

  async #findOrThrow(): Promise<void> {
    const { keyring } = this.#options
    const { vault, exists } = await this.#adopt()
    if (exists && vault.protection === 'passphrase') {
      this.#show({ state: 'locked', failure: null })
    } else if (exists || (await keyring.isAvailable())) {
      await this.#unlock(vault, createKeyringProtector(keyring))
    } else {
      this.#show({ state: 'choose-passphrase', protection: null, failure: null })
    }
  }

  async #open(protector: KeyProtector): Promise<void> {
    const { vault } = await this.#adopt()
    await this.#unlock(vault, protector)
  }

  async #unlock(vault: Vault, protector: KeyProtector): Promise<void> {
    const recovery = (await vault.unlock(protector)) ?? this.#view.recovery
    this.#show({ state: 'ready', failure: null, protection: vault.protection, recovery })
  }

  /**
   * Opened locked first: what was found damaged is said even when unlocking fails afterwards. Read
   * anew each time: the user may have put a copy of the file back.
   */
  async #adopt(): Promise<OpenedVault> {
    const { directory, openStore, clock, locks } = this.#options
    const opened = await openVault({ directory, openStore, protector: null, clock, locks })
    const { vault, recovery } = opened
    if (this.#isClosed) {
      vault.close()
      throw new VaultLocked()
    }
    this.#drop()
    this.#vault = vault
    const { protection } = vault
    this.#view = { ...this.#view, protection, recovery: recovery ?? this.#view.recovery }
    return opened
  }

  #block(thrown: unknown): void {
    const failure: Failure = toFailure(thrown, this.#options.clock.now())
    const more = thrown instanceof AppError ? {} : { thrown }
    this.#options.log.error('vault not opened', { code: failure.code, ...more })
    this.#show({ state: 'blocked', failure })
  }

  #show(change: Partial<Shown>): void {
    if (this.#isClosed) return
    this.#view = { ...this.#view, ...change }
    this.#options.onChange()
  }
}
