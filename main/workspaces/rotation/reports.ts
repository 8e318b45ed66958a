/** Who is told what of a refresh: Activity of each turn of events, the desktop of each outage. */

import type { NewActivity, RecordActivity } from '../../activity/activity.ts'
import { toFailure } from '../../errors.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Notifier } from '../../platform/notifier.ts'
import type { Installations } from '../installations.ts'
import type { RefreshMeta } from '../records.ts'
import { beginsOutage, needsUser } from './outage.ts'
import { type CredentialRef, keyOf } from './turns.ts'

export interface ReportsOptions {
  readonly installations: Installations
  readonly record: RecordActivity
  readonly clock: Clock
  readonly notifier: Notifier
  readonly notifies: () => boolean
  readonly showWorkspace: (installationId: string) => void
}

/**
 * What happens to a credential without anybody's doing is noted once in so long. Real tokens live for hours; a
 * Slack that gives them seconds must not push all else out of Activity.
 */
const SAME_AGAIN_MS = 10 * 60_000

/** Who asked: Token Desk ahead of time, or somebody who is told the failure. */
export type AskedBy = 'itself' | 'user'
export type What = 'refreshed' | 'exchanged'

export interface FailedRefresh {
  readonly ref: CredentialRef
  readonly what: What
  readonly by: AskedBy
  readonly thrown: unknown
  /** How refreshing went before and goes now; `after` is null where that could not be kept. */
  readonly before: RefreshMeta | null
  readonly after: RefreshMeta | null
}

export interface Reports {
  done(ref: CredentialRef, what: What, by: AskedBy): void
  /** Compares with all the others as they are now; the answer tells, once it is durable. */
  failure(failed: FailedRefresh): () => void
}

export function createReports(options: ReportsOptions): Reports {
  return new RefreshReports(options)
}

class RefreshReports implements Reports {
  readonly #options: ReportsOptions
  /** The vault does not take what is to be kept: told once, not for each token and try. */
  #isVaultInTrouble = false
  /** Epoch milliseconds, by credential and what was noted. */
  readonly #notedAtMs = new Map<string, number>()

  constructor(options: ReportsOptions) {
    this.#options = options
  }

  done(ref: CredentialRef, what: What, by: AskedBy): void {
    this.#isVaultInTrouble = false
    this.#note(ref, by, { ...this.#about(ref, by), what })
  }

  failure(failed: FailedRefresh): () => void {
    const { ref, what, by, thrown, before, after } = failed
    const about = this.#about(ref, by)
    const { code, slackCode = null } = toFailure(thrown)
    const isFinal = by === 'user' || (after !== null && needsUser(after))
    const entry: NewActivity = {
      ...{ ...about, what, code, slackCode },
      outcome: isFinal ? 'failed' : 'warning',
    }
    const isNews = by === 'user' || isNew(before, after)
    // The user was sent to this workspace already.
    const isKnown = after !== null && needsUser(after) && this.#siblings(ref).some(needsUser)
    const isOutage = after !== null && !isKnown && beginsOutage(before, after, this.#others(ref))
    return () => {
      const isFirst = after !== null ? isNews : !this.#isVaultInTrouble
      if (after === null) this.#isVaultInTrouble = true
      if (by === 'user' || isFirst) this.#note(ref, by, entry)
      if (by === 'itself' && (isOutage || (after === null && isFirst))) this.#notify(failed, about)
    }
  }

  #note(ref: CredentialRef, by: AskedBy, entry: NewActivity): void {
    const nowMs = this.#options.clock.now()
    const key = JSON.stringify([keyOf(ref), entry.what, entry.outcome, entry.code])
    const sinceMs = nowMs - (this.#notedAtMs.get(key) ?? Number.NEGATIVE_INFINITY)
    if (by === 'itself' && entry.outcome !== 'failed' && sinceMs >= 0 && sinceMs < SAME_AGAIN_MS)
      return
    this.#notedAtMs.set(key, nowMs)
    this.#options.record(entry)
  }

  #notify({ ref, thrown }: FailedRefresh, { workspace }: Pick<NewActivity, 'workspace'>): void {
    const { notifier, notifies, showWorkspace } = this.#options
    if (!notifies()) return
    const { message, advice } = toFailure(thrown)
    notifier.show({
      title: `A token of ${workspace ?? 'a workspace'} was not refreshed`,
      body: `${message}. ${advice}`,
      onClick: () => showWorkspace(ref.installationId),
    })
  }

  #siblings(ref: CredentialRef): RefreshMeta[] {
    return this.#others(ref, ref.installationId)
  }

  #others(
    { installationId, credentialId }: CredentialRef,
    only: string | null = null,
  ): RefreshMeta[] {
    return this.#options.installations.all().flatMap(({ id, credentials }) =>
      credentials.flatMap((one) => {
        if (only !== null && id !== only) return []
        const isSame = id === installationId && one.id === credentialId
        return isSame || one.refresh === null ? [] : [one.refresh]
      }),
    )
  }

  /** Without names where it was removed meanwhile. */
  #about({ installationId, credentialId }: CredentialRef, by: AskedBy) {
    const found = this.#options.installations.all().find(({ id }) => id === installationId)
    const kind = found?.credentials.find(({ id }) => id === credentialId)?.kind
    return {
      // Whoever else asks is the process that Activity belongs to.
      ...(by === 'itself' ? { by: 'itself' as const } : {}),
      installationId,
      workspace: found === undefined ? null : (found.localName ?? found.teamName),
      slackApp: found?.appName ?? null,
      credentials: kind === undefined ? [] : [kind],
    }
  }
}

/** A wait that goes on, try by try, is one line of Activity. */
function isNew(before: RefreshMeta | null, after: RefreshMeta | null): boolean {
  const [old, now] = [before?.failure, after?.failure]
  return old?.code !== now?.code || old?.slackCode !== now?.slackCode
}
