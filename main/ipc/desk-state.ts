/**
 * What the page shows, put together from the rooms. A change of a room is told to the page as its
 * new slice, at most once per turn of the event loop, and more seldom while "Check all" runs.
 */
import type { Snapshot } from '../contract/views.ts'
import { AppError } from '../errors.ts'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { Changes, Slice } from '../workspaces/changes.ts'
import { createSendPace } from './send-pace.ts'

export interface DeskSources {
  readonly info: () => Snapshot['info']
  readonly vault: () => Snapshot['vault']
  readonly slackApps: () => Snapshot['slackApps']
  readonly installations: () => Snapshot['installations']
  readonly authorizations: () => Snapshot['authorizations']
  readonly configurationTokens: () => Snapshot['configurationTokens']
  readonly checking: () => Snapshot['checking']
  readonly security: () => Snapshot['security']
}

export interface DeskStateOptions {
  readonly sources: DeskSources
  readonly changes: Changes
  /**
   * Is handed only the slices that changed; one that cannot be read is logged and left as it was,
   * since nobody waits here who could be told.
   */
  readonly send: (slices: Partial<Snapshot>) => void
  readonly clock: Clock
  readonly log: Log
}

export interface DeskState {
  snapshot(): Snapshot
  /** Ends the subscription; nothing is sent afterwards. */
  close(): void
}

/** What "Check all" changes again and again. */
const OF_RUN: ReadonlySet<Slice> = new Set(['installations', 'checking'])

/** The caller closes it. */
export function openDeskState({ sources, changes, send, clock, log }: DeskStateOptions): DeskState {
  let changed = new Set<Slice>()
  const sendChanged = () => {
    const slices = [...changed]
    changed = new Set()
    const entries = slices.flatMap((slice) => readOrLog(sources, slice, log))
    if (entries.length > 0) send(Object.fromEntries(entries))
  }
  const isRunning = () => sources.checking() !== null
  const pace = createSendPace({ send: sendChanged, isRunning, clock })
  const stop = changes.listen((slice) => {
    // Opening or locking the vault changes all that is read from it.
    const more: readonly Slice[] = slice === 'vault' ? FROM_VAULT : [slice]
    for (const one of [slice, ...more]) changed.add(one)
    if (OF_RUN.has(slice)) pace.unhurried()
    else pace.soon()
  })
  return {
    snapshot: () => ({
      info: sources.info(),
      vault: sources.vault(),
      slackApps: read(sources, 'slackApps'),
      installations: read(sources, 'installations'),
      authorizations: read(sources, 'authorizations'),
      configurationTokens: read(sources, 'configurationTokens'),
      checking: read(sources, 'checking'),
      security: sources.security(),
    }),
    close() {
      pace.close()
      stop()
    },
  }
}

/** Nothing of the vault's records is in them. */
const ALWAYS: ReadonlySet<Slice> = new Set(['vault', 'info', 'security'])

/** All that is read from the vault, and what there is to ask the user. */
const FROM_VAULT: readonly Slice[] = [
  'slackApps',
  'installations',
  'authorizations',
  'configurationTokens',
  'checking',
  'security',
]

function readOrLog<S extends Slice>(sources: DeskSources, slice: S, log: Log): [S, Snapshot[S]][] {
  try {
    return [[slice, read(sources, slice)]]
  } catch (thrown) {
    log.error('slice not read', { slice, thrown })
    return []
  }
}

/** A locked vault shows nothing: no names of workspaces, no waiting authorization. */
function read<S extends Slice>(sources: DeskSources, slice: S): Snapshot[S] {
  if (ALWAYS.has(slice)) return sources[slice]() as Snapshot[S]
  if (sources.vault().state !== 'ready') return nothing(slice)
  try {
    return sources[slice]() as Snapshot[S]
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === 'VAULT_LOCKED') {
      return nothing(slice)
    }
    throw thrown
  }
}

function nothing<S extends Slice>(slice: S): Snapshot[S] {
  return (slice === 'checking' ? null : []) as unknown as Snapshot[S]
}
