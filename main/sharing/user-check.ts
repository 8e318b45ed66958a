/** Asks who sits here before a secret leaves, where the user wants that. */
import type { UserCheckKind } from '../contract/views.ts'
import type { Clock } from '../platform/clock.ts'
import { UserCheckFailed } from '../platform/errors.ts'
import type { Secret } from '../platform/secret.ts'
import type { SettingsStore } from '../platform/settings.ts'
import type { SystemUserCheck } from '../platform/user-check.ts'
import { VaultLocked } from '../vault/errors.ts'
import type { VaultSession } from '../vault/vault-session.ts'
import { UserCheckImpossible, UserCheckRequired } from './errors.ts'

/** Seconds that a passed check holds for. */
export const HOLDS_SECONDS = 60

/**
 * Ends the sentence that macOS begins with "Token Desk for Slack is trying to". Says all that a passed
 * check allows: the page, which calls for it, could have promised less.
 */
const REASON = 'let secrets out, change what protects them, or delete them'

export interface UserCheckOptions {
  readonly system: SystemUserCheck
  readonly session: VaultSession
  readonly settings: SettingsStore
  readonly clock: Clock
}

export interface UserCheck {
  /** What can be asked; null where nothing can. */
  readonly kind: UserCheckKind
  /**
   * @throws UserCheckRequired where the user wants to be asked and was not lately; UserCheckImpossible
   *   where they want to and there is nothing to ask any more: nothing leaves then
   */
  require(): void
  /**
   * Touch ID for null. A passphrase is taken also where there is Touch ID.
   *
   * @returns seconds that it holds for
   * @throws UserCheckFailed, WrongPassphrase, TryLater, NoPassphrase, UserCheckImpossible, VaultLocked
   */
  confirm(passphrase: Secret | null): Promise<number>
  /** Called on lock: what is being confirmed meanwhile does not count either. */
  forget(): void
}

export function createUserCheck(options: UserCheckOptions): UserCheck {
  return new Check(options)
}

/**
 * Turns asking off where there is nothing to ask any more. Only for where the user gave up the passphrase
 * knowingly, or a new and empty vault was made: everywhere else it stays on, and no secret leaves.
 */
export function stopAskingInVain(options: Omit<UserCheckOptions, 'clock'>): void {
  const isVain = options.settings.get().asksBeforeSecrets && kindOf(options) === null
  if (isVain) options.settings.update({ asksBeforeSecrets: false })
}

function kindOf({ system, session }: Pick<UserCheckOptions, 'system' | 'session'>): UserCheckKind {
  if (system.isAvailable()) return 'touch-id'
  return session.view.protection === 'passphrase' ? 'passphrase' : null
}

class Check implements UserCheck {
  readonly #options: UserCheckOptions
  /** Epoch milliseconds; null where nobody was asked lately. */
  #confirmedAtMs: number | null = null
  #cancelEnd: () => void = () => {}
  /** One prompt of the system, however often the page asks for it. */
  #asking: Promise<void> | null = null
  #forgotten = 0

  constructor(options: UserCheckOptions) {
    this.#options = options
  }

  get kind(): UserCheckKind {
    return kindOf(this.#options)
  }

  require(): void {
    if (!this.#options.settings.get().asksBeforeSecrets || this.#holds()) return
    throw this.kind === null ? new UserCheckImpossible(true) : new UserCheckRequired()
  }

  async confirm(passphrase: Secret | null): Promise<number> {
    const { session, clock } = this.#options
    // While locked there is nothing to show, and nothing to confirm for later.
    session.vault()
    const before = this.#forgotten
    await (passphrase === null ? this.#ask() : session.verifyPassphrase(passphrase))
    if (this.#forgotten !== before) throw new VaultLocked()
    this.#cancelEnd()
    this.#confirmedAtMs = clock.now()
    this.#cancelEnd = clock.after(HOLDS_SECONDS * 1000, () => this.#end())
    return HOLDS_SECONDS
  }

  forget(): void {
    this.#forgotten += 1
    this.#end()
  }

  #end(): void {
    this.#cancelEnd()
    this.#confirmedAtMs = null
  }

  /** The timer ends it by a steady clock; by the time of day it is over after a sleep too. */
  #holds(): boolean {
    if (this.#confirmedAtMs === null) return false
    const sinceMs = this.#options.clock.now() - this.#confirmedAtMs
    return sinceMs >= 0 && sinceMs < HOLDS_SECONDS * 1000
  }

  async #ask(): Promise<void> {
    const { kind } = this
    if (kind === null) throw new UserCheckImpossible(this.#options.settings.get().asksBeforeSecrets)
    // The page offered Touch ID, and it is gone since.
    if (kind !== 'touch-id') throw new UserCheckFailed('Touch ID is not there')
    this.#asking ??= this.#options.system.ask(REASON).finally(() => {
      this.#asking = null
    })
    await this.#asking
  }
}
