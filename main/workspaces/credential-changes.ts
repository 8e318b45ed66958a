/**
 * Tells other rooms that a credential's secret became another: after it is durable, and again at the
 * next start if they did not confirm. What a subscriber confirmed stands in the vault.
 */
import { AppError, toFailure } from '../errors.ts'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import { withDeadline } from '../platform/with-deadline.ts'
import type { Vault } from '../vault/vault.ts'
import { type ConfirmedGenerations, createConfirmedGenerations } from './confirmed-generations.ts'
import { createInFlight } from './in-flight.ts'
import type { Installations } from './installations.ts'

/** One credential whose secret is another than the subscriber knows. */
export interface CredentialChange {
  readonly installationId: string
  readonly credentialId: string
  /** Of `CredentialMeta`. */
  readonly generation: number
}

export interface CredentialChanges {
  /**
   * Tells this room of every credential that it has not confirmed, one after the other. When `follow`
   * resolves, that generation counts as confirmed; when it rejects, it is told again at the next start.
   * So it is when it takes longer than `FOLLOW_LIMIT_MS`, whatever becomes of it.
   *
   * @param name stable over versions: what it confirmed is kept under it
   * @returns the function that ends the subscription
   */
  subscribe(name: string, follow: (change: CredentialChange) => Promise<void>): () => void
  /** Looks for what is not confirmed; called after an unlock and after every durable change. */
  deliver(): void
  /**
   * Resolves when nobody follows anything any more: who is at it ends that one, and the rest is told at
   * the next `deliver`. False where nobody was at it.
   */
  settle(): Promise<boolean>
}

export interface CredentialChangesOptions {
  readonly vault: () => Vault
  readonly installations: Installations
  readonly clock: Clock
  readonly log: Log
}

/** A few lines of a file are written in far less; a lock must not wait for one that hangs. */
export const FOLLOW_LIMIT_MS = 15_000

export function createCredentialChanges(options: CredentialChangesOptions): CredentialChanges {
  const inFlight = createInFlight()
  const followers = new Set<Follower>()
  return {
    subscribe(name, follow) {
      const follower = new Follower(options, name, follow)
      followers.add(follower)
      void inFlight.run(() => follower.deliver())
      return () => {
        followers.delete(follower)
        follower.pause()
      }
    },
    deliver() {
      for (const follower of followers) void inFlight.run(() => follower.deliver())
    },
    settle() {
      for (const follower of followers) follower.pause()
      return inFlight.settle()
    },
  }
}

/** One subscriber: told one change at a time, and none of its failures is another's. */
class Follower {
  readonly #options: CredentialChangesOptions
  readonly #name: string
  readonly #follow: (change: CredentialChange) => Promise<void>
  readonly #confirmed: ConfirmedGenerations
  /** What it did not follow since the start. */
  readonly #failed = new Map<string, number>()
  #isRunning = false
  #isToldAgain = false
  #isPaused = false

  constructor(
    options: CredentialChangesOptions,
    name: string,
    follow: (change: CredentialChange) => Promise<void>,
  ) {
    this.#options = options
    this.#name = name
    this.#follow = follow
    this.#confirmed = createConfirmedGenerations(options.vault, name)
  }

  pause(): void {
    this.#isPaused = true
    // A lock ends here, too: after the next unlock it is told of them again.
    this.#failed.clear()
  }

  /** Never rejects. */
  async deliver(): Promise<void> {
    this.#isPaused = false
    this.#isToldAgain = true
    if (this.#isRunning) return
    this.#isRunning = true
    try {
      while (this.#isToldAgain && !this.#isPaused) {
        this.#isToldAgain = false
        await this.#deliverAll()
      }
    } catch (thrown) {
      const isLocked = thrown instanceof AppError && thrown.code === 'VAULT_LOCKED'
      if (!isLocked) this.#complain('changes not told', thrown)
    } finally {
      this.#isRunning = false
    }
  }

  async #deliverAll(): Promise<void> {
    const all = changesOf(this.#options.installations)
    try {
      for (const change of this.#confirmed.pending(all)) {
        if (this.#isPaused) break
        if (!this.#hasFailed(change)) await this.#tell(change)
      }
    } finally {
      // In one save, however many there are: a crash before it tells them once more.
      await this.#confirmed.keep(all)
    }
  }

  async #tell(change: CredentialChange): Promise<void> {
    try {
      const followed = this.#follow(change)
      await withDeadline(followed, FOLLOW_LIMIT_MS, this.#options.clock)
      this.#confirmed.add(change)
    } catch (thrown) {
      this.#failed.set(keyOf(change), change.generation)
      this.#complain('change not followed', thrown)
    }
  }

  #hasFailed(change: CredentialChange): boolean {
    return this.#failed.get(keyOf(change)) === change.generation
  }

  #complain(event: string, thrown: unknown): void {
    this.#options.log.error(event, { by: this.#name, code: toFailure(thrown).code })
  }
}

function changesOf(installations: Installations): CredentialChange[] {
  return installations.all().flatMap(({ id: installationId, credentials }) =>
    credentials.map(({ id: credentialId, generation }) => ({
      ...{ installationId, credentialId, generation },
    })),
  )
}

function keyOf({ installationId, credentialId }: CredentialChange): string {
  return JSON.stringify([installationId, credentialId])
}
