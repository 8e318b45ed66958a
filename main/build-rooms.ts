/**
 * Builds the rooms on top of an outside world and joins them: who gets what, and nothing else. The
 * window hands in Electron's world, tests hand in their own. How the rooms of one subject are joined
 * stands in `rooms/`.
 */
import type { Handlers } from './contract/api.ts'
import type { VaultView } from './contract/views.ts'
import { removeLeftovers } from './env/temp-journal.ts'
import { toFailure } from './errors.ts'
import type { DeskSources } from './ipc/desk-state.ts'
import { type Authorizing, buildAuthorize } from './rooms/build-authorize.ts'
import { buildGround, type Ground } from './rooms/build-ground.ts'
import { buildHealth, type Health } from './rooms/build-health.ts'
import { buildImport } from './rooms/build-import.ts'
import { buildRecords, type Records } from './rooms/build-records.ts'
import { buildSharing, type Sharing } from './rooms/build-sharing.ts'
import type { Outside } from './rooms/outside.ts'
import { sharingHandlers } from './sharing/handlers.ts'
import { VaultLocked } from './vault/errors.ts'
import { vaultHandlers } from './vault/handlers.ts'
import type { VaultSession } from './vault/vault-session.ts'
import { certificateHandlers } from './workspaces/certificate-handlers.ts'
import type { Changes } from './workspaces/changes.ts'
import { workspaceHandlers } from './workspaces/handlers.ts'
import { healthHandlers } from './workspaces/health-handlers.ts'
import type { ImportService } from './workspaces/import.ts'
import { installLinkHandlers } from './workspaces/install-link-handlers.ts'
import { manifestHandlers } from './workspaces/manifests/manifest-handlers.ts'

export type { Outside } from './rooms/outside.ts'

export interface Rooms {
  readonly changes: Changes
  readonly vault: VaultSession
  readonly sources: Omit<DeskSources, 'info'>
  readonly handlers: Omit<Handlers, Extract<keyof Handlers, `desk/${string}`>>
  /** Removes what a killed write left behind, then finds and opens the vault. Never rejects. */
  start(): Promise<void>
  /** Ends what waits, clears the clipboard if it is still ours, locks the vault. */
  close(): Promise<void>
}

interface Parts extends Ground, Records, Health, Sharing {
  readonly authorizing: Authorizing
  readonly imports: ImportService
}

/** The caller starts the rooms once and closes them. */
export function buildRooms(outside: Outside): Rooms {
  const ground = buildGround(outside)
  const records = buildRecords(ground, outside)
  const health = buildHealth(ground, records, outside)
  const parts: Parts = {
    ...{ ...ground, ...records, ...health, ...buildSharing(records, outside) },
    authorizing: buildAuthorize(ground, records, health.check, outside),
    imports: buildImport(ground, records, outside),
  }
  const { session, journal, guard } = parts
  const quietly = (run: () => Promise<void>) => runQuietly(parts, run)
  return {
    changes: ground.changes,
    vault: session,
    sources: sourcesOf(parts),
    handlers: handlersOf(parts, outside, quietly),
    async start() {
      await removeLeftovers(journal).catch((thrown: unknown) =>
        outside.log.error('leftovers not removed', { code: toFailure(thrown).code }),
      )
      await session.start()
    },
    async close() {
      await guard.clearOurs()
      await parts.authorizing.authorizations.close()
      await quietly(async () => session.close())
    },
  }
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
  }
}

function handlersOf(parts: Parts, outside: Outside, quietly: Quietly): Rooms['handlers'] {
  const { authorizing, session } = parts
  const { clipboard, practice, showFile } = outside
  return {
    ...vaultHandlers({ session, quietly, showFile }),
    ...workspaceHandlers({ ...parts, ...authorizing, practice, clipboard }),
    ...manifestHandlers({ ...parts, clipboard }),
    ...installLinkHandlers({ ...parts, clipboard }),
    ...certificateHandlers(authorizing.trust),
    ...healthHandlers(parts),
    ...sharingHandlers({ ...parts, clipboard }),
  }
}

type Quietly = (run: () => Promise<void>) => Promise<void>

/** Runs what locks or closes the vault, once all that needs it has ended or is forgotten. */
function runQuietly(parts: Parts, run: () => Promise<void>): Promise<void> {
  const { manifests, configurationTokens } = parts
  return parts.authorizing.authorize.holdExchanges(async () => {
    await forget(parts)
    // What they get from Slack must be sealed first. While the one is waited for, the other may begin
    // anew: both are looked at again, until neither had anything to do.
    while ((await manifests.settle()) || (await configurationTokens.settle())) {}
    configurationTokens.forget()
    manifests.forget()
    await run()
  })
}

async function forget({
  checkAll,
  imports,
  writeEnv,
  authorizing,
  installations,
  guard,
}: Parts): Promise<void> {
  checkAll.cancel()
  imports.forget()
  writeEnv.forget()
  authorizing.pastedAddresses.forgetAll()
  installations.forgetViews()
  await guard.clearOurs()
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
