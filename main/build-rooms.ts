/**
 * Builds the rooms on top of an outside world and joins them: who gets what, and nothing else. The
 * window hands in Electron's world, tests hand in their own. How the rooms of one subject are joined
 * stands in `rooms/`.
 */
import { activityHandlers } from './activity/handlers.ts'
import type { Handlers } from './contract/api.ts'
import type { VaultView } from './contract/views.ts'
import { removeLeftovers } from './env/temp-journal.ts'
import { toFailure } from './errors.ts'
import type { DeskSources } from './ipc/desk-state.ts'
import type { Clock } from './platform/clock.ts'
import type { Log } from './platform/log.ts'
import { type Authorizing, buildAuthorize } from './rooms/build-authorize.ts'
import { buildGround, type Ground } from './rooms/build-ground.ts'
import { buildHealth, type Health } from './rooms/build-health.ts'
import { buildImport } from './rooms/build-import.ts'
import { buildRecords, type Records } from './rooms/build-records.ts'
import { buildRotation, type Rotating } from './rooms/build-rotation.ts'
import { buildSecurity, type Security } from './rooms/build-security.ts'
import { buildSharing, type Sharing } from './rooms/build-sharing.ts'
import { createDeleting } from './rooms/create-deleting.ts'
import type { Outside } from './rooms/outside.ts'
import { recordActs } from './rooms/record-acts.ts'
import { securityHandlers } from './rooms/security-handlers.ts'
import { untilDeleted } from './rooms/until-deleted.ts'
import { followLocks } from './rooms/vault-acts.ts'
import { sharingHandlers } from './sharing/handlers.ts'
import { VaultLocked } from './vault/errors.ts'
import { vaultHandlers } from './vault/handlers.ts'
import type { VaultSession } from './vault/vault-session.ts'
import { backupHandlers } from './workspaces/backup/backup-handlers.ts'
import { certificateHandlers } from './workspaces/certificate-handlers.ts'
import type { Changes, Slice } from './workspaces/changes.ts'
import type { CredentialChanges } from './workspaces/credential-changes.ts'
import { workspaceHandlers } from './workspaces/handlers.ts'
import { healthHandlers } from './workspaces/health-handlers.ts'
import type { ImportService } from './workspaces/import.ts'
import { installLinkHandlers } from './workspaces/install-link-handlers.ts'
import { manifestHandlers } from './workspaces/manifests/manifest-handlers.ts'
import { rotationHandlers } from './workspaces/rotation/rotation-handlers.ts'

export type { Outside } from './rooms/outside.ts'

export interface Rooms {
  readonly changes: Changes
  readonly vault: VaultSession
  readonly sources: Omit<DeskSources, 'info'>
  readonly handlers: Omit<Handlers, Extract<keyof Handlers, `desk/${string}`>>
  /** For who keeps a copy of a secret, as an env link does. */
  readonly credentialChanges: Pick<CredentialChanges, 'subscribe'>
  /** Removes what a killed write left behind, then finds and opens the vault. Never rejects. */
  start(): Promise<void>
  /** Ends what waits, clears the clipboard if it is still ours, locks the vault. */
  close(): Promise<void>
}

interface Parts extends Ground, Records, Health, Rotating, Security, Sharing {
  readonly authorizing: Authorizing
  readonly imports: ImportService
}

/** The caller starts the rooms once and closes them. */
export function buildRooms(outside: Outside): Rooms {
  const ground = buildGround(outside)
  const records = buildRecords(ground, outside)
  const health = buildHealth(ground, records, outside)
  const rotating = buildRotation(ground, records, outside)
  const sharing = buildSharing(records, rotating, outside)
  const parts: Parts = {
    ...{ ...ground, ...records, ...health, ...rotating, ...sharing },
    ...buildSecurity(ground, sharing.journal, outside),
    authorizing: buildAuthorize(ground, records, health.check, outside),
    imports: buildImport(ground, records, outside),
  }
  const { session, journal, guard, changes } = parts
  const { record } = outside.activity
  const noteLocks = followLocks({ session, record, homeDirectory: outside.homeDirectory })
  const quietly = (run: () => Promise<void>) => runQuietly(parts, outside.clock, run)
  const stopWatching = parts.watch(
    onceAtATime((by) => quietly(async () => session.lock(by)), outside.log),
    () => parts.rotation.wake(),
  )
  const stopFollowing = changes.listen((slice) => {
    if (slice === 'vault') noteLocks()
    followVault(parts, slice)
  })
  const close = async () => {
    stopWatching()
    stopFollowing()
    await guard.clearOurs()
    await parts.authorizing.authorizations.close()
    await quietly(async () => session.close())
  }
  return {
    changes: ground.changes,
    vault: session,
    sources: sourcesOf(parts),
    credentialChanges: parts.credentialChanges,
    handlers: handlersOf(parts, outside, { quietly, close }),
    async start() {
      await removeLeftovers(journal).catch((thrown: unknown) =>
        outside.log.error('leftovers not removed', { code: toFailure(thrown).code }),
      )
      await session.start()
    },
    close,
  }
}

/** An open vault is kept fresh; what changed in it is told to who follows it. */
function followVault({ session, rotation, credentialChanges }: Parts, slice: Slice): void {
  if (session.view.state !== 'ready') return
  if (slice === 'vault') rotation.start()
  if (slice === 'installations') rotation.look()
  if (slice === 'vault' || slice === 'installations') credentialChanges.deliver()
}

function sourcesOf(parts: Parts): Rooms['sources'] {
  const { session, installations, slackApps, configurationTokens, checkAll, authorizing } = parts
  const readers = [installations, slackApps, authorizing.heldAnswers, configurationTokens]
  return {
    vault: () => withUnreadable(session.view, readers),
    slackApps: () => slackApps.views(),
    installations: () => installations.views(),
    authorizations: authorizing.views,
    configurationTokens: () => configurationTokens.views(),
    checking: () => checkAll.view(),
    security: parts.securityView,
  }
}

interface Ends {
  readonly quietly: Quietly
  readonly close: () => Promise<void>
}

function handlersOf(parts: Parts, outside: Outside, { quietly, close }: Ends): Rooms['handlers'] {
  const { authorizing, session, rotation, backup, userCheck, changes } = parts
  const { clipboard, clock, practice, showFile, settings } = outside
  const deleting = createDeleting(parts, outside, close)
  const handlers: Rooms['handlers'] = {
    ...vaultHandlers({
      ...{ session, quietly, showFile },
      requireUser: () => userCheck.require(),
      onPassphraseRemoved: parts.passphraseRemoved,
    }),
    ...securityHandlers({
      ...{ settings, userCheck, chosen: () => parts.securityView().settings },
      deleteEverything: deleting.run,
      onChange: () => changes.tell('security'),
    }),
    ...backupHandlers(backup, () => userCheck.require()),
    ...activityHandlers({ ...outside, requireUnlocked: () => void session.vault() }),
    ...rotationHandlers(rotation),
    ...workspaceHandlers({ ...parts, ...authorizing, practice, clipboard }),
    ...manifestHandlers({ ...parts, clipboard }),
    ...installLinkHandlers({ ...parts, clipboard }),
    ...certificateHandlers(authorizing.trust),
    ...healthHandlers(parts),
    ...sharingHandlers({ ...parts, clipboard, clock }),
  }
  const { record } = outside.activity
  // Outermost: of what was deleted nothing is looked up for Activity either.
  return untilDeleted(recordActs(handlers, { ...parts, record, clock }), deleting.isBegun)
}

type Quietly = (run: () => Promise<void>) => Promise<void>

/**
 * How long what Slack is just giving may hold a lock up, milliseconds: longer than one call lasts, so
 * that only a chain of calls is cut off, before its next call.
 */
const LOCK_LIMIT_MS = 12_000

/**
 * Runs what locks or closes the vault, once all that needs it has ended or is forgotten, and after
 * LOCK_LIMIT_MS in any case. Where nothing is under way it runs before control returns to the system,
 * which may be about to sleep: until then nothing here waits for more than a resolved promise.
 */
async function runQuietly(parts: Parts, clock: Clock, run: () => Promise<void>): Promise<void> {
  const { manifests, configurationTokens, rotation, credentialChanges, guard } = parts
  const settling = [manifests, configurationTokens, rotation, credentialChanges]
  let running: Promise<void> | null = null
  const runOnce = () => {
    running ??= forgetAndRun(parts, run)
    return running
  }
  // Whoever waits for the lock hears of a failure below.
  const cancelLimit = clock.after(LOCK_LIMIT_MS, () => void runOnce().catch(() => {}))
  forget(parts)
  const clearing = guard.clearOurs()
  try {
    await parts.authorizing.authorize.holdExchanges(async () => {
      // What they get from Slack must be sealed first. While the one is waited for, another may begin
      // anew: all are looked at again, until none had anything to do.
      while ((await Promise.all(settling.map((one) => one.settle()))).includes(true)) {}
      await runOnce()
    })
  } finally {
    cancelLimit()
    await clearing
    // What waited for Slack may have been copied or shown since.
    parts.shown.end()
    await guard.clearOurs()
  }
}

/** Forgets once more: what ended last may have shown something again. */
async function forgetAndRun(parts: Parts, run: () => Promise<void>): Promise<void> {
  forget(parts)
  parts.configurationTokens.forget()
  parts.manifests.forget()
  await run()
}

function forget(parts: Parts): void {
  const { checkAll, imports, writeEnv, authorizing, installations, backup } = parts
  const { userCheck, rotation } = parts
  backup.forget()
  userCheck.forget()
  checkAll.cancel()
  imports.forget()
  writeEnv.forget()
  authorizing.pastedAddresses.forgetAll()
  installations.forgetViews()
  rotation.stop()
  parts.shown.end()
}

type Lock = (by: 'idle' | 'screen-lock' | 'suspend') => void

/** A second reason to lock while the first is acted on adds nothing. */
function onceAtATime(lock: (by: Parameters<Lock>[0]) => Promise<void>, log: Log): Lock {
  let isLocking = false
  return (by) => {
    if (isLocking) return
    isLocking = true
    lock(by)
      .catch((thrown: unknown) => log.error('not locked', { by, thrown }))
      .finally(() => {
        isLocking = false
      })
  }
}

/** Adds what the rooms cannot read to what the vault does not hand out. */
function withUnreadable(
  view: VaultView,
  rooms: readonly { unreadableCount(): number }[],
): VaultView {
  if (view.state !== 'ready') return view
  try {
    const count = rooms.reduce((sum, room) => sum + room.unreadableCount(), view.unreadableCount)
    return { ...view, unreadableCount: count }
  } catch (thrown) {
    // Closed for good: the view stays as it was, and there is nothing to count any more.
    if (thrown instanceof VaultLocked) return view
    throw thrown
  }
}
