/** Pairs that Slack gave and the vault did not take: tried again until it does, or is locked. */
import { AppError, toFailure } from '../../errors.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Log } from '../../platform/log.ts'
import { RefreshNotKept } from './errors.ts'
import { type CredentialRef, keyOf } from './turns.ts'

const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 60_000

export interface UnsavedPairs {
  has(ref: CredentialRef): boolean
  /**
   * Saves; where that fails, goes on trying by itself.
   *
   * @throws RefreshNotKept
   */
  save(ref: CredentialRef, save: () => Promise<void>): Promise<void>
  /** Saves what is there of it. @throws RefreshNotKept */
  retry(ref: CredentialRef): Promise<void>
  /** Takes the lock over until the pair is saved. False where nothing is unsaved. */
  holdLock(ref: CredentialRef, release: () => void): boolean
  /** Tries each once more and then forgets it; called when the vault is about to be locked. */
  flush(): Promise<void>
}

interface Unsaved {
  readonly save: () => Promise<void>
  waitMs: number
  stopTimer: () => void
  release: () => void
}

/** `flush` ends its timers. */
export function createUnsavedPairs({
  clock,
  log,
}: {
  readonly clock: Clock
  readonly log: Log
}): UnsavedPairs {
  const unsaved = new Map<string, Unsaved>()
  const end = (key: string) => {
    const entry = unsaved.get(key)
    unsaved.delete(key)
    entry?.stopTimer()
    entry?.release()
  }
  const tryLater = (key: string, entry: Unsaved) => {
    entry.stopTimer()
    entry.stopTimer = clock.after(entry.waitMs, () => {
      entry.waitMs = Math.min(entry.waitMs * 2, LONGEST_WAIT_MS)
      attempt(key, entry).catch((thrown: unknown) =>
        log.error('new token still not kept', { code: toFailure(thrown).code }),
      )
    })
  }
  const attempt = async (key: string, entry: Unsaved) => {
    try {
      await entry.save()
    } catch (thrown) {
      if (!(thrown instanceof AppError) || GONE.has(thrown.code)) {
        end(key)
        throw thrown
      }
      if (unsaved.get(key) === entry) tryLater(key, entry)
      throw new RefreshNotKept(thrown)
    }
    end(key)
  }
  return {
    has: (ref) => unsaved.has(keyOf(ref)),
    async save(ref, save) {
      const key = keyOf(ref)
      const entry = { save, waitMs: FIRST_WAIT_MS, stopTimer() {}, release() {} }
      unsaved.set(key, entry)
      await attempt(key, entry)
    },
    async retry(ref) {
      const key = keyOf(ref)
      const entry = unsaved.get(key)
      if (entry !== undefined) await attempt(key, entry)
    },
    holdLock(ref, release) {
      const entry = unsaved.get(keyOf(ref))
      if (entry !== undefined) entry.release = release
      return entry !== undefined
    },
    async flush() {
      for (const [key, entry] of [...unsaved]) {
        await attempt(key, entry).catch((thrown: unknown) =>
          // Its mark stays: after the unlock the refresh token before is tried again.
          log.error('new token not kept before the lock', { code: toFailure(thrown).code }),
        )
        end(key)
      }
    },
  }
}

/** Removed while Slack answered: nobody wants the pair any more. */
const GONE: ReadonlySet<string> = new Set(['WORKSPACE_NOT_FOUND', 'SECRET_NOT_FOUND'])
