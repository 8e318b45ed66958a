/**
 * Notes in Activity what the window asked for: the handlers of the contract, each wrapped where its
 * call is an act. Nothing of an argument or an answer goes into an entry but names and counts.
 */
import type { NewActivity, RecordActivity } from '../activity/activity.ts'
import type { Handlers } from '../contract/api.ts'
import type { CallArgs, CallName, CallValue } from '../contract/calls.ts'
import type { ErrorCode } from '../contract/errors.ts'
import { toFailure } from '../errors.ts'
import type { Clock } from '../platform/clock.ts'
import type { VaultSession } from '../vault/vault-session.ts'
import { type ActNames, createActNames } from './act-names.ts'
import type { Records } from './build-records.ts'
import { sharingActs } from './sharing-acts.ts'
import { vaultActs } from './vault-acts.ts'
import { workspaceActs } from './workspace-acts.ts'

/** What is known of an act before it is done, and what its answer adds. */
export interface Act<N extends CallName> {
  /** The entry where it fails, and where `done` is left out. */
  readonly entry: NewActivity
  /** What to note of what it answered: entries, or none. */
  readonly done?: (value: CallValue<N>) => readonly NewActivity[]
  /** Failures that are noted; all but `UNSAID` when left out. */
  readonly isNoted?: (code: ErrorCode) => boolean
}

/** How the calls of one subject are noted. A call that is missing is no act. */
export type Acts = { readonly [N in CallName]?: (...args: CallArgs<N>) => Act<N> }

/** What the user mends at once in the same form, and asks again. Nothing has happened. */
const UNSAID: ReadonlySet<ErrorCode> = new Set([
  'INPUT_INVALID',
  'IPC_BAD_ARGUMENTS',
  'VAULT_LOCKED',
  'VAULT_WEAK_PASSPHRASE',
  'VAULT_TRY_LATER',
  'USER_CHECK_REQUIRED',
  // It names nothing that is here: nothing has happened to anything. A page that was taken over could
  // else push out all that did happen.
  'WORKSPACE_NOT_FOUND',
  'SLACK_APP_NOT_FOUND',
  'CONFIGURATION_TOKEN_NOT_FOUND',
  'SECRET_NOT_FOUND',
  'IMPORT_NOT_FOUND',
  'ENV_PREVIEW_GONE',
  'ENV_NOTHING_TO_UNDO',
  'SHARING_TOO_OFTEN',
])

/**
 * Milliseconds in which the same thing that changed no secret is noted once: a page that somebody took over
 * must not push all else out of Activity by calls that cost nothing.
 */
const SAME_AGAIN_MS = 60_000

export interface RecordActsOptions
  extends Pick<Records, 'installations' | 'slackApps' | 'configurationTokens'> {
  readonly session: VaultSession
  readonly record: RecordActivity
  readonly clock: Clock
}

/** The same handlers; every act is noted when it has ended, well or not. */
export function recordActs<H extends Partial<Handlers>>(
  handlers: H,
  options: RecordActsOptions,
): H {
  const record = withoutRepeats(options)
  const names: ActNames = createActNames(options)
  const acts: Acts = {
    ...workspaceActs(names),
    ...sharingActs(names),
    ...vaultActs(options.session),
  }
  const wrapped = Object.entries(acts)
    .filter(([name]) => name in handlers)
    .map(([name, act]) => [name, noting(handlers[name as keyof H] as Run, act as Begin, record)])
  return { ...handlers, ...Object.fromEntries(wrapped) }
}

type Run = (...args: readonly unknown[]) => unknown
type Begin = (...args: readonly unknown[]) => Act<CallName>

function noting(run: Run, begin: Begin, record: RecordActivity): Run {
  return async (...args) => {
    const { entry, done, isNoted = (code) => !UNSAID.has(code) } = begin(...args)
    try {
      const value = await run(...args)
      for (const told of done?.(value as never) ?? [entry]) record(told)
      return value
    } catch (thrown) {
      const { code, slackCode = null } = toFailure(thrown)
      if (isNoted(code)) record({ ...entry, outcome: 'failed', code, slackCode })
      throw thrown
    }
  }
}

/**
 * Holds for what failed, and for changed settings. Each time that a secret left or was ended is noted, and
 * so is each wrong passphrase: those have a pause of their own.
 */
function withoutRepeats({ record, clock }: RecordActsOptions): RecordActivity {
  const notedAtMs = new Map<string, number>()
  return (entry) => {
    const isCheap = entry.outcome === 'failed' || entry.what === 'settings-changed'
    if (!isCheap || entry.code === 'VAULT_WRONG_PASSPHRASE') return record(entry)
    const nowMs = clock.now()
    const isOver = (atMs: number) => atMs > nowMs || nowMs - atMs >= SAME_AGAIN_MS
    for (const [key, atMs] of notedAtMs) if (isOver(atMs)) notedAtMs.delete(key)
    const key = JSON.stringify(entry)
    if (notedAtMs.has(key)) return
    notedAtMs.set(key, nowMs)
    record(entry)
  }
}
