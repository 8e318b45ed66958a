/**
 * Keeps rotating tokens fresh: ahead of their end, at start, on wake, on request, and just before one
 * leaves the vault. One request per refresh token, however many callers and processes ask.
 */
import type { RecordActivity } from '../../activity/activity.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Log } from '../../platform/log.ts'
import type { Notifier } from '../../platform/notifier.ts'
import type { ProcessLocks } from '../../platform/process-lock.ts'
import type { SlackApi } from '../../slack/slack-api.ts'
import type { Vault } from '../../vault/vault.ts'
import { createHostPauses } from '../host-pauses.ts'
import type { Installations } from '../installations.ts'
import type { SlackApps } from '../slack-apps.ts'
import { ensureFresh, refreshAll } from './asked-for.ts'
import { createLookAhead, type LookAhead } from './look-ahead.ts'
import { createRefresher, type Refresher } from './refresher.ts'
import { createReports } from './reports.ts'
import { createTurns } from './turns.ts'
import { createUnsavedPairs } from './unsaved-pairs.ts'

export interface RotationOptions {
  /** The open vault; throws VaultLocked while locked. */
  readonly vault: () => Vault
  readonly installations: Installations
  readonly slackApps: SlackApps
  readonly slack: SlackApi
  readonly locks: ProcessLocks
  readonly clock: Clock
  readonly log: Log
  /** One notification for an outage, not one for each token. */
  readonly notifier: Notifier
  /** Whether the user wants it. */
  readonly notifies: () => boolean
  /** Brings the user to that workspace. */
  readonly showWorkspace: (installationId: string) => void
  readonly record: RecordActivity
}

export interface Rotation {
  /** Begins to refresh ahead; looks at once at what is due. Called after each unlock. */
  start(): void
  /** After the computer slept. */
  wake(): void
  /** An installation or a Slack app changed: looks soon at what that means. */
  look(): void
  /**
   * Refreshes every rotating token of the installation now.
   *
   * @returns how many have a new token
   * @throws the first failure, after all were tried: RefreshImpossible, SlackRefused, SlackNoAnswer …
   */
  refreshNow(installationId: string): Promise<number>
  /**
   * Refreshes the token where less than 10 minutes remain. A failure is thrown only for a token that
   * has ended: one that still works is handed out.
   */
  ensureFresh(installationId: string, credentialId: string): Promise<void>
  /**
   * Turns a long-lived token into a rotating pair (oauth.v2.exchange). It cannot be undone.
   *
   * @throws TokenExchangeImpossible, RefreshNotKept, OtherTokenAnswered, SlackRefused, SlackRateLimited, SlackNoAnswer, SlackGarbage
   */
  exchange(installationId: string, credentialId: string): Promise<void>
  /** Resolves when no answer of Slack is on its way into the vault. False where none was. */
  settle(): Promise<boolean>
  /**
   * Ends timers, and begins nothing any more; called on lock. The next `settle` tries once more to keep
   * what the vault did not take, and then forgets it. `start` begins anew.
   */
  stop(): void
}

/** The caller stops and settles it before a lock. */
export function createRotation(options: RotationOptions): Rotation {
  const { installations, slackApps, slack, clock, log, vault, locks } = options
  const unsaved = createUnsavedPairs({ clock, log })
  const turns = createTurns({ vault, locks, unsaved })
  const pauses = createHostPauses(clock)
  const reports = createReports(options)
  const refresher: Refresher = createRefresher({
    ...{ installations, slackApps, slack, turns, unsaved, pauses, reports, clock, log },
    onReached: (host) => ahead.reached(host),
  })
  const ahead: LookAhead = createLookAhead({
    ...{ installations, slackApps, refresher, turns, pauses, clock, log },
  })
  let isStopped = true
  return {
    start() {
      isStopped = false
      turns.start()
      ahead.start()
    },
    wake: () => ahead.lookEagerly(),
    look: () => ahead.lookSoon(),
    refreshNow: (installationId) => refreshAll(installations, refresher, installationId),
    ensureFresh: (installationId, credentialId) =>
      ensureFresh({ installations, refresher, clock, log }, { installationId, credentialId }),
    exchange: (installationId, credentialId) =>
      refresher.exchange({ installationId, credentialId }),
    async settle() {
      const hadWork = await turns.settle()
      if (isStopped) await unsaved.flush()
      return hadWork
    },
    stop() {
      isStopped = true
      ahead.stop()
      turns.stop()
    },
  }
}
