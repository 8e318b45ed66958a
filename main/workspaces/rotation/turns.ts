/**
 * One refresh, or one exchange, of one credential: however many callers and processes ask, Slack is
 * asked once, and what it gives is durable before anybody hears of it.
 */
import { createHash } from 'node:crypto'
import type { ProcessLocks } from '../../platform/process-lock.ts'
import { VaultLocked } from '../../vault/errors.ts'
import type { Vault } from '../../vault/vault.ts'
import { createInFlight } from '../in-flight.ts'
import { createSlots } from './slots.ts'
import type { UnsavedPairs } from './unsaved-pairs.ts'

/** Tokens asked for at the same time. */
const CONCURRENCY = 4
/** Longer than one call to Slack with its saves, in another process. */
const LOCK_LIMIT_MS = 30_000

/** A credential of an installation. */
export interface CredentialRef {
  readonly installationId: string
  readonly credentialId: string
}

export interface TurnsOptions {
  readonly vault: () => Vault
  readonly locks: ProcessLocks
  readonly unsaved: UnsavedPairs
}

/** Who may work on a credential: one at a time, in this process and in all others. */
export interface Turns {
  /**
   * Runs the work when its turn comes, on the vault as it is by then. Who comes while it runs or waits
   * gets what comes of it.
   *
   * @throws LockBusy, VaultLocked, and what the work throws
   */
  share(ref: CredentialRef, work: () => Promise<void>): Promise<void>
  has(ref: CredentialRef): boolean
  settle(): Promise<boolean>
  /** What waits for its turn is not begun any more. */
  stop(): void
  start(): void
}

export function createTurns({ vault, locks, unsaved }: TurnsOptions): Turns {
  const inFlight = createInFlight()
  const slots = createSlots(CONCURRENCY)
  const running = new Map<string, Promise<void>>()
  let isStopped = false
  const inTurn = async (ref: CredentialRef, work: () => Promise<void>): Promise<void> => {
    if (isStopped) throw new VaultLocked()
    // The lock is held until the pair is durable: nobody may spend its refresh token meanwhile.
    if (unsaved.has(ref)) return work()
    const release = await locks.take(lockName(ref), LOCK_LIMIT_MS)
    try {
      if (isStopped) throw new VaultLocked()
      vault().reload()
      return await work()
    } finally {
      if (!unsaved.holdLock(ref, release)) release()
    }
  }
  return {
    share(ref, work) {
      const key = keyOf(ref)
      const shared = running.get(key)
      if (shared !== undefined) return shared
      const job = inFlight
        .run(() => slots.run(() => inTurn(ref, work)))
        .finally(() => running.delete(key))
      running.set(key, job)
      return job
    },
    has: (ref) => running.has(keyOf(ref)),
    settle: () => inFlight.settle(),
    stop() {
      isStopped = true
    },
    start() {
      isStopped = false
    },
  }
}

/** By the credential, not by its token: lock files stay, and tokens come and go. */
function lockName(ref: CredentialRef): string {
  return `refresh-${createHash('sha256').update(keyOf(ref)).digest('hex').slice(0, 32)}`
}

export function keyOf({ installationId, credentialId }: CredentialRef): string {
  return JSON.stringify([installationId, credentialId])
}
