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
import { requireStrength } from './derive-key.ts'
import { NoPassphrase, VaultInUse, VaultLocked } from './errors.ts'
import type { KeyProtector } from './key-protector.ts'
import { createKeyringProtector } from './keyring-protector.ts'
import { createPassphraseActs, type PassphraseActs } from './passphrase-acts.ts'
import { createPassphrasePause, type PassphrasePause } from './passphrase-pause.ts'
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
  /** Told after every change of `view`, and after another process changed what is in the vault. */
  readonly onChange: () => void
  /** Told when a new, empty vault was made, before `onChange` is. */
  readonly onCreated?: () => void
  /** Told when a file of an older version was brought to this one, and where the original is kept. */
  readonly onMigrated?: (keptFile: string) => void
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
   * @throws WrongPassphrase, TryLater, KeyringUnavailable, KeyringLostKey, what `openVault` throws,
   *   NoPassphrase for a passphrase where the keyring protects the vault, and VaultLocked where it
   *   was locked meanwhile
   */
  unlock(passphrase: Secret | null): Promise<void>
  /**
   * Drops the data key at once. One that is being unlocked stays locked; where nothing is open,
   * nothing happens.
   *
   * @param by why; shown on the locked page
   */
  lock(by?: NonNullable<VaultView['lockedBy']>): void
  /**
   * Protects the vault by a passphrase alone. `current` is the one until now, null for the keyring.
   *
   * @throws VaultLocked, WrongPassphrase, TryLater, WeakPassphrase, VaultWriteFailed, NoPassphrase
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
   * @throws VaultInUse for an open one, WeakPassphrase with nothing set aside, VaultWriteFailed,
   *   KeyringUnavailable
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

type Shown = Omit<VaultView, 'unreadableCount' | 'retryAtMs'>

const OPENING: Shown = {
  state: 'opening',
  protection: null,
  failure: null,
  lockedBy: null,
  recovery: null,
}

class Session implements VaultSession {
  readonly #options: VaultSessionOptions
  /** Counts wrong passphrases, wherever they were entered. */
  readonly #pause: PassphrasePause
  readonly #passphrases: PassphraseActs
  #vault: Vault | null = null
  #view: Shown = OPENING
  #isUnlocking = false
  #isClosed = false
  /** Two that open at once would each make a vault; the second finds what the first made. */
  #queue: Promise<unknown> = Promise.resolve()

  constructor(options: VaultSessionOptions) {
    this.#options = options
    this.#pause = createPassphrasePause(options.clock, () => this.#show({}))
    this.#passphrases = createPassphraseActs({
      keyring: options.keyring,
      pause: this.#pause,
      protectorOf: (passphrase) => this.#protectorOf(passphrase),
    })
  }

  get view(): VaultView {
    const isOpen = this.#vault?.isUnlocked ?? false
    // Another process may have put another vault in its place: then it locked itself.
    const state = this.#view.state === 'ready' && !isOpen ? 'locked' : this.#view.state
    const unreadableCount = isOpen ? (this.#vault?.damagedCount ?? 0) : 0
    return { ...this.#view, state, retryAtMs: this.#pause.retryAtMs, unreadableCount }
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
      await this.#try(passphrase)
    })
  }

  unlock(passphrase: Secret | null): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#vault?.isUnlocked) return
      if (passphrase === null) await this.#find()
      else await this.#try(passphrase)
    })
  }

  lock(by: NonNullable<VaultView['lockedBy']> = 'user'): void {
    if (this.#vault === null || !(this.#vault.isUnlocked || this.#isUnlocking)) return
    this.#vault.lock()
    this.#show({ state: 'locked', failure: null, lockedBy: by })
  }

  setPassphrase(current: Secret | null, next: Secret): Promise<void> {
    return this.#protectAnew((vault) => this.#passphrases.set(vault, current, next))
  }

  removePassphrase(current: Secret): Promise<void> {
    return this.#protectAnew((vault) => this.#passphrases.remove(vault, current))
  }

  verifyPassphrase(passphrase: Secret): Promise<void> {
    return this.#inTurn(async () => this.#passphrases.verify(this.vault(), passphrase))
  }

  beginAnew(passphrase: Secret): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#vault?.isUnlocked) throw new VaultInUse()
      const { keyring } = this.#options
      const hasKeyring = await keyring.isAvailable()
      if (!hasKeyring) requireStrength(passphrase)
      await this.#setAside()
      await this.#orBlock(() =>
        this.#open(hasKeyring ? createKeyringProtector(keyring) : this.#protectorOf(passphrase)),
      )
    })
  }

  async startAfresh(): Promise<void> {
    await this.#inTurn(async () => {
      if (this.#vault?.isUnlocked) throw new VaultInUse()
      await this.#setAside()
    })
    await this.start()
  }

  dismissRecovery(): void {
    this.#show({ recovery: null })
  }

  close(): void {
    this.#isClosed = true
    this.#pause.close()
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

  async #setAside(): Promise<void> {
    this.#drop()
    await startAfresh(this.#options)
    this.#view = OPENING
    this.#pause.reset()
  }

  #inTurn(run: () => Promise<void>): Promise<void> {
    const result = this.#queue.then(run)
    this.#queue = result.catch(() => {
      // The failure goes to whoever asked; the next one runs all the same.
    })
    return result
  }

  #protectAnew(run: (vault: Vault) => Promise<void>): Promise<void> {
    return this.#inTurn(async () => {
      const vault = this.vault()
      await run(vault)
      this.#show({ protection: vault.protection })
    })
  }

  /** Opens by the keyring where the vault has it; else shows what the user has to give. */
  #find(): Promise<void> {
    return this.#orBlock(() => this.#findOrThrow())
  }

  /** A failure is shown in `view` too, but for a lock that came meanwhile: that one is shown as such. */
  async #orBlock(run: () => Promise<void>): Promise<void> {
    try {
      await run()
    } catch (thrown) {
      const wasLocked = thrown instanceof VaultLocked && this.#view.state === 'locked'
      if (!wasLocked) this.#block(thrown)
      throw thrown
    }
  }

  async #findOrThrow(): Promise<void> {
    const { keyring } = this.#options
    const { vault, exists } = await this.#adopt()
    if (exists && vault.protection === 'passphrase') {
      this.#show({ state: 'locked', failure: null })
    } else if (exists || (await keyring.isAvailable())) {
      const protector = createKeyringProtector(keyring)
      await this.#unlock(vault, protector, exists)
      if (keyring.wantsSealingAgain) await this.#sealAgain(vault, protector)
    } else {
      this.#show({ state: 'choose-passphrase', protection: null, failure: null })
    }
  }

  #try(passphrase: Secret): Promise<void> {
    return this.#pause.attempt(() => this.#open(this.#protectorOf(passphrase)))
  }

  async #open(protector: KeyProtector): Promise<void> {
    const { vault, exists } = await this.#adopt()
    // Another process gave it back to the keyring since the passphrase was asked for.
    if (exists && vault.protection !== protector.kind) {
      this.#show({})
      throw new NoPassphrase()
    }
    await this.#unlock(vault, protector, exists)
  }

  async #unlock(vault: Vault, protector: KeyProtector, existed: boolean): Promise<void> {
    this.#isUnlocking = true
    try {
      const recovery = (await vault.unlock(protector)) ?? this.#view.recovery
      this.#view = { ...this.#view, protection: vault.protection, recovery }
    } finally {
      this.#isUnlocking = false
    }
    if (!existed) this.#options.onCreated?.()
    this.#show({ state: 'ready', failure: null })
  }

  /** The keyring's own key was changed: what the older one sealed opens for now, but not for ever. */
  async #sealAgain(vault: Vault, protector: KeyProtector): Promise<void> {
    try {
      await vault.protect(protector)
    } catch (thrown) {
      // The vault is open and well; the next start tries again.
      this.#options.log.error('key not sealed again', { code: toFailure(thrown).code })
    }
  }

  /**
   * Opened locked first: what was found damaged is said even when unlocking fails afterwards. Read
   * anew each time: the user may have put a copy of the file back.
   */
  async #adopt(): Promise<OpenedVault> {
    const opened = await openVault({
      ...this.#options,
      protector: null,
      // It is told in the middle of a call, which goes on with what it has read.
      onOvertaken: () => queueMicrotask(() => this.#showOvertaken()),
    })
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

  /** Another process changed the vault: its records, what protects it, or which one it is. */
  #showOvertaken(): void {
    if (this.#vault === null || this.#view.state !== 'ready') return
    const { isUnlocked, protection } = this.#vault
    this.#show({ protection, ...(isUnlocked ? {} : { state: 'locked', failure: null }) })
  }

  #block(thrown: unknown): void {
    const failure: Failure = toFailure(thrown, this.#options.clock.now())
    const more = thrown instanceof AppError ? {} : { thrown }
    this.#options.log.error('vault not opened', { code: failure.code, ...more })
    this.#show({ state: 'blocked', failure })
  }

  #show(change: Partial<Shown>): void {
    if (this.#isClosed) return
    const view = { ...this.#view, ...change }
    this.#view = view.state === 'locked' ? view : { ...view, lockedBy: null }
    this.#options.onChange()
  }
}
