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
import type { Installations } from '../installations.ts'
import type { SlackApps } from '../slack-apps.ts'

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
   * @throws TokenExchangeImpossible, SlackRefused, SlackRateLimited, SlackNoAnswer, SlackGarbage
   */
  exchange(installationId: string, credentialId: string): Promise<void>
  /** Resolves when no answer of Slack is on its way into the vault. False where none was. */
  settle(): Promise<boolean>
  /** Ends timers and forgets what is not durable; called on lock. `start` begins anew. */
  stop(): void
}

export function createRotation(_options: RotationOptions): Rotation {
  return {
    start() {},
    wake() {},
    refreshNow: async () => 0,
    ensureFresh: async () => {},
    exchange: async () => {},
    settle: async () => false,
    stop() {},
  }
}
