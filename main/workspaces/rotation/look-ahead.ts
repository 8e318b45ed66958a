/** Looks at what is due, and when to look again. */
import { AppError, toFailure } from '../../errors.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Log } from '../../platform/log.ts'
import { slackEndpoints } from '../../slack/environment.ts'
import type { HostPauses } from '../host-pauses.ts'
import type { CredentialChanged, Installation, Installations } from '../installations.ts'
import type { CredentialMeta } from '../records.ts'
import type { SlackApps } from '../slack-apps.ts'
import { ended, isSeenWorking, unmarked, withoutPrevious } from './refresh-changes.ts'
import { refreshClient } from './refresh-client.ts'
import { pauseMs, type Refresher } from './refresher.ts'
import {
  CLOCK_SLACK_MS,
  isDue,
  isKeptFresh,
  isMarked,
  nextRefreshAtMs,
  waitsForUser,
} from './schedule.ts'
import { type CredentialRef, keyOf, type Turns } from './turns.ts'

/** A clock that jumps is noticed by then; timers run on while it does. */
const LONGEST_LOOK_MS = 5 * 60_000
const SHORTEST_LOOK_MS = 250
/** Many changes in a row are looked at once. */
const SOON_MS = 50
/** What could not even be begun, as with a full disk, is begun again so much later. */
const TRY_AGAIN_MS = 30_000

export interface LookAheadOptions {
  readonly installations: Installations
  readonly slackApps: SlackApps
  readonly refresher: Refresher
  readonly turns: Turns
  readonly pauses: HostPauses
  readonly clock: Clock
  readonly log: Log
}

export interface LookAhead {
  /** Looks at once; what failed for want of an answer is tried again, too. Nothing where it runs already. */
  start(): void
  /** The same where it runs: the computer woke, or something changed that may have helped. */
  lookEagerly(): void
  /** This host answers again: who waits for it need not. */
  reached(host: string): void
  /** Something changed: looks soon. */
  lookSoon(): void
  stop(): void
}

export function createLookAhead(options: LookAheadOptions): LookAhead {
  return new Looking(options)
}

interface Found {
  readonly ref: CredentialRef
  readonly installation: Installation
  readonly credential: CredentialMeta
}

class Looking implements LookAhead {
  readonly #options: LookAheadOptions
  /** What is not begun again before then, by credential. */
  readonly #notBefore = new Map<string, number>()
  /** Sooner than the record says, since the clock went back after it was written; by credential. */
  readonly #dueBy = new Map<string, number>()
  #lastLookMs: number | null = null
  #isRunning = false
  #stopTimer = () => {}
  #isSoon = false

  constructor(options: LookAheadOptions) {
    this.#options = options
  }

  start(): void {
    const wasRunning = this.#isRunning
    this.#isRunning = true
    if (wasRunning) this.lookSoon()
    else this.lookEagerly()
  }

  lookEagerly(): void {
    this.#notBefore.clear()
    this.#look(isWaiting)
  }

  lookSoon(): void {
    if (this.#isSoon || !this.#isRunning) return
    this.#isSoon = true
    this.#arm(SOON_MS)
  }

  stop(): void {
    this.#isRunning = false
    this.#isSoon = false
    this.#notBefore.clear()
    this.#dueBy.clear()
    this.#lastLookMs = null
    this.#stopTimer()
  }

  #look(isEager: (found: Found) => boolean = () => false): void {
    if (!this.#isRunning) return
    this.#isSoon = false
    try {
      const all = this.#all()
      this.#noteJump(all)
      for (const found of all) this.#tidy(found)
      const due = all.filter((found) => this.#isTime(found, isEager))
      for (const found of due) this.#begin(found)
      this.#arm(this.#nextLookMs(all))
    } catch (thrown) {
      // Locked: it begins anew with the unlock.
      if (!(thrown instanceof AppError)) throw thrown
      this.stop()
    }
  }

  #all(): Found[] {
    return this.#options.installations.all().flatMap((installation) =>
      installation.credentials.map((credential) => ({
        ref: { installationId: installation.id, credentialId: credential.id },
        ...{ installation, credential },
      })),
    )
  }

  /** A token ends when Slack's clock says so: one that went back here must not put its refresh off. */
  #noteJump(all: readonly Found[]): void {
    const nowMs = this.#options.clock.now()
    const jumpMs = (this.#lastLookMs ?? nowMs) - nowMs
    this.#lastLookMs = nowMs
    if (jumpMs <= CLOCK_SLACK_MS) return
    for (const { ref, credential } of all) {
      const key = keyOf(ref)
      const dueMs = this.#dueBy.get(key) ?? nextRefreshAtMs(credential)
      if (dueMs !== null) this.#dueBy.set(key, dueMs - jumpMs)
    }
  }

  #isTime(found: Found, isEager: (found: Found) => boolean): boolean {
    const { ref, credential } = found
    const { clock, turns, pauses } = this.#options
    const nowMs = clock.now()
    if (!isKeptFresh(credential) || turns.has(ref) || this.#waitMs(ref) > 0) return false
    if (pauseMs(pauses, hostOf(found), nowMs) > 0) return false
    const isDueBy = nowMs >= (this.#dueBy.get(keyOf(ref)) ?? Infinity)
    return isDueBy || isDue(credential, nowMs) || isEager(found) || this.#isPossibleAgain(found)
  }

  /** The Slack app, or its secret, is here now. */
  #isPossibleAgain({ installation, credential }: Found): boolean {
    if (credential.refresh?.failure?.code !== 'REFRESH_IMPOSSIBLE') return false
    try {
      refreshClient(this.#options.slackApps, installation, credential)
      return true
    } catch (thrown) {
      if (thrown instanceof AppError) return false
      throw thrown
    }
  }

  #begin({ ref }: Found): void {
    const { refresher, log } = this.#options
    this.#dueBy.delete(keyOf(ref))
    const failed = (thrown: unknown) => {
      log.info('token not refreshed', { code: toFailure(thrown).code })
      if (!this.#isRunning) return
      this.#holdBack(ref)
      this.lookSoon()
    }
    refresher
      .refresh(ref, 'itself')
      .catch(failed)
      .catch((thrown: unknown) => log.info('not looked on', { code: toFailure(thrown).code }))
  }

  /** The record says when it is tried again; where that could not be kept, it is not at once. */
  #holdBack(ref: CredentialRef): void {
    const { clock } = this.#options
    const found = this.#all().find((one) => keyOf(one.ref) === keyOf(ref))
    if (found === undefined || !isDue(found.credential, clock.now())) return
    this.#notBefore.set(keyOf(ref), clock.now() + TRY_AGAIN_MS)
  }

  reached(host: string): void {
    this.#look(
      (found) =>
        found.credential.refresh?.failure?.code === 'SLACK_NO_ANSWER' && hostOf(found) === host,
    )
  }

  /** What follows from the time, or from a check, and needs no question to Slack. */
  #tidy({ ref, credential }: Found): void {
    const { clock, turns } = this.#options
    if (turns.has(ref) || this.#waitMs(ref) > 0) return
    if (isSeenWorking(credential)) {
      this.#change(ref, (now) => (isSeenWorking(now) ? withoutPrevious(now) : null))
    } else if (ended(credential, clock.now()) !== null) {
      this.#change(ref, (now) => wrapped(ended(now, clock.now())))
    } else if (isMarked(credential) && !credential.rotates) {
      // An exchange without an answer: the long-lived token works on, and can be exchanged no more.
      this.#change(ref, (now) => (now.rotates ? null : { meta: unmarked(now) }))
    }
  }

  #change(ref: CredentialRef, change: (now: CredentialMeta) => CredentialChanged | null): void {
    const { installations, clock, log } = this.#options
    installations
      .changeCredential(ref.installationId, ref.credentialId, change)
      .catch((thrown: unknown) => {
        this.#notBefore.set(keyOf(ref), clock.now() + TRY_AGAIN_MS)
        log.info('token not tidied', { code: toFailure(thrown).code })
      })
  }

  /** Never longer than it can have been set for: the clock may have jumped back. */
  #waitMs(ref: CredentialRef): number {
    const waitMs = (this.#notBefore.get(keyOf(ref)) ?? 0) - this.#options.clock.now()
    return waitMs > TRY_AGAIN_MS ? 0 : waitMs
  }

  #nextLookMs(all: readonly Found[]): number {
    const { clock, turns, pauses } = this.#options
    const nowMs = clock.now()
    const waits = all.flatMap((found) => {
      const { ref, credential } = found
      if (turns.has(ref) || !isKeptFresh(credential)) return []
      const nextAtMs = isMarked(credential) ? nowMs : nextRefreshAtMs(credential)
      if (nextAtMs === null) return []
      const atMs = Math.min(nextAtMs, this.#dueBy.get(keyOf(ref)) ?? Infinity)
      return [Math.max(atMs - nowMs, this.#waitMs(ref), pauseMs(pauses, hostOf(found), nowMs))]
    })
    return Math.min(
      Math.max(Math.min(...waits, LONGEST_LOOK_MS), SHORTEST_LOOK_MS),
      LONGEST_LOOK_MS,
    )
  }

  #arm(delayMs: number): void {
    this.#stopTimer()
    if (!this.#isRunning) return
    this.#stopTimer = this.#options.clock.after(delayMs, () => this.#look())
  }
}

function hostOf({ installation }: Found): string {
  return slackEndpoints(installation.environment).host
}

/** Failed, and tried again by itself later; not where Slack asked to wait. */
function isWaiting({ credential: { refresh } }: Found): boolean {
  if (!refresh?.failure || waitsForUser(refresh)) return false
  return refresh.failure.code !== 'SLACK_RATE_LIMITED'
}

function wrapped(meta: CredentialMeta | null): CredentialChanged | null {
  return meta === null ? null : { meta }
}
