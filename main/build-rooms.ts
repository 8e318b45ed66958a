/**
 * Builds the rooms on top of an outside world and joins them: who gets what, and nothing else. The
 * window hands in Electron's world, tests hand in their own.
 */
import type { Handlers } from './contract/api.ts'
import { REDIRECT_PORTS, RELAY_PORT } from './contract/redirect.ts'
import type { AuthorizationView, EnvironmentRef, VaultView } from './contract/views.ts'
import { openTempJournal, removeLeftovers } from './env/temp-journal.ts'
import { toFailure } from './errors.ts'
import type { DeskSources } from './ipc/desk-state.ts'
import { createAuthorizations } from './oauth/authorizations.ts'
import { openCertificate } from './oauth/certificate.ts'
import { createTrustStores } from './oauth/trust/trust-stores.ts'
import type { Browser } from './platform/browser.ts'
import type { Clipboard } from './platform/clipboard.ts'
import type { Clock } from './platform/clock.ts'
import type { FileDialogs, HostQuestion } from './platform/dialogs.ts'
import type { Fetch } from './platform/fetch.ts'
import type { Keyring } from './platform/keyring.ts'
import type { Log } from './platform/log.ts'
import type { RunProgram } from './platform/run-program.ts'
import type { SettingsStore } from './platform/settings.ts'
import type { OpenStore } from './platform/store.ts'
import { createClipboardGuard } from './sharing/clipboard-guard.ts'
import { createEnvFiles } from './sharing/env-files.ts'
import { sharingHandlers } from './sharing/handlers.ts'
import { findSharedValue } from './sharing/shared-value.ts'
import { createWriteEnvService } from './sharing/write-env.ts'
import { createSlackApi } from './slack/slack-api.ts'
import { VaultLocked } from './vault/errors.ts'
import { vaultHandlers } from './vault/handlers.ts'
import { createVaultSession, type VaultSession } from './vault/vault-session.ts'
import { createAuthorizeService } from './workspaces/authorize.ts'
import { certificateHandlers } from './workspaces/certificate-handlers.ts'
import { createCertificateStore } from './workspaces/certificate-store.ts'
import { type Changes, createChanges } from './workspaces/changes.ts'
import { createCheckService } from './workspaces/check.ts'
import { createCheckAllService } from './workspaces/check-all.ts'
import { createConfigurationTokens } from './workspaces/configuration-tokens.ts'
import { workspaceHandlers } from './workspaces/handlers.ts'
import { healthHandlers } from './workspaces/health-handlers.ts'
import { createHeldAnswers } from './workspaces/held-answers.ts'
import { createHostGate, gatedBrowser, gatedSlackApi } from './workspaces/host-gate.ts'
import { createImportService } from './workspaces/import.ts'
import { installLinkHandlers } from './workspaces/install-link-handlers.ts'
import { createInstallations } from './workspaces/installations.ts'
import { manifestHandlers } from './workspaces/manifests/manifest-handlers.ts'
import { createManifests } from './workspaces/manifests/manifests.ts'
import { learnOrgTeams } from './workspaces/org-teams.ts'
import { createPastedAddresses } from './workspaces/pasted-addresses.ts'
import { PRACTICE_URL, type PracticeHost } from './workspaces/practice-workspace.ts'
import { createRevokeService } from './workspaces/revoke.ts'
import { createSlackApps, type SlackApps } from './workspaces/slack-apps.ts'
import {
  createTrustCertificateService,
  moveTrust,
  type TrustCertificateService,
} from './workspaces/trust-certificate.ts'
import { createUninstallService } from './workspaces/uninstall.ts'

/** Everything that the rooms reach outside themselves. Who hands it in closes it. */
export interface Outside {
  readonly clock: Clock
  readonly log: Log
  readonly fetch: Fetch
  readonly keyring: Keyring
  readonly clipboard: Clipboard
  readonly browser: Browser
  readonly dialogs: FileDialogs & HostQuestion
  readonly practice: PracticeHost
  readonly openStore: OpenStore
  readonly settings: SettingsStore
  /** Holds the vault; Electron's userData. */
  readonly dataFolder: string
  /** Absolute path of the folder that records temporary files of writes. */
  readonly journalFolder: string
  readonly homeDirectory: string
  /** Changes the browsers' certificate stores. */
  readonly runProgram: RunProgram
  /** Where those stores are, and what changes them. */
  readonly platform: NodeJS.Platform
  /** The folder of Windows: its variable `SystemRoot`. */
  readonly systemRoot?: string | undefined
  /** Shows a file in the system's file manager. */
  readonly showFile: (path: string) => void
  /** The registered ports unless a test says otherwise. */
  readonly redirectPorts?: readonly number[]
  /** The port that relays forward to, unless a test says otherwise. */
  readonly relayPort?: number
}

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

/** The caller starts the rooms once and closes them. */
export function buildRooms(outside: Outside): Rooms {
  const { clock, log, fetch, clipboard } = outside
  const changes = createChanges()
  const session = createVaultSession({
    ...outside,
    directory: outside.dataFolder,
    onChange: () => changes.tell('vault'),
  })
  const vault = () => session.vault()
  const gate = createHostGate({ vault, question: outside.dialogs })
  const browser = gatedBrowser(outside.browser, gate)
  const practiceFetch = startingPractice(fetch, outside.practice)
  const slack = gatedSlackApi(createSlackApi({ fetch: practiceFetch, clock, log }), gate)
  const installations = createInstallations({
    vault,
    clock,
    slackApps: () => slackApps.facts(),
    onChange: () => changes.tell('installations'),
  })
  const slackApps: SlackApps = createSlackApps({
    vault,
    clock,
    workspacesOf: (slackAppId) =>
      installations
        .all()
        .filter((one) => one.slackAppId === slackAppId)
        .map((one) => one.localName ?? one.teamName),
    onChange: () => {
      changes.tell('slackApps')
      // They are shown with what their app is configured to ask for.
      changes.tell('installations')
    },
  })
  const configurationTokens = createConfigurationTokens({
    ...{ vault, slack, clock, log },
    onChange: () => changes.tell('configurationTokens'),
  })
  const prepare = async ({ kind }: EnvironmentRef) =>
    kind === 'practice' ? outside.practice.ensureRunning() : undefined
  const manifests = createManifests({
    ...{ vault, slack, slackApps, installations, configurationTokens },
    ...{ browser, prepare, changes, clock },
  })
  const onChange = () => changes.tell('authorizations')
  const heldAnswers = createHeldAnswers({ vault, installations, slackApps, slack, log, onChange })
  const learnTeams = (installationId: string) =>
    learnOrgTeams({ installations, slack }, installationId)
  const check = createCheckService({ installations, slack, clock, learnOrgTeams: learnTeams })
  const checkAll = createCheckAllService({
    ...{ installations, check, clock },
    onChange: () => changes.tell('checking'),
  })
  const uninstall = createUninstallService({ installations, slackApps, slack, clock })
  const onStored = (installationId: string) => {
    // Learns names and domain; what it finds wrong is kept with the credential and shown there.
    check
      .check(installationId)
      .catch((thrown: unknown) => log.info('first check failed', { code: toFailure(thrown).code }))
  }
  const certificateParts = {
    store: createCertificateStore(vault),
    stores: createTrustStores({ ...outside, run: outside.runProgram }),
    log,
    onChange: () => changes.tell('authorizations'),
  }
  const certificate = openCertificate({
    ...{ store: certificateParts.store, clock },
    onRenewed: moveTrust(certificateParts),
  })
  const trust = createTrustCertificateService({ ...certificateParts, certificate })
  const authorizations = createAuthorizations({
    ...{ clock, browser, certificate, log },
    ports: outside.redirectPorts ?? REDIRECT_PORTS,
    relayPort: outside.relayPort ?? RELAY_PORT,
  })
  const authorize = createAuthorizeService({
    authorizations,
    slack,
    slackApps,
    installations,
    heldAnswers,
    prepare,
    clock,
    log,
    onChange,
    onStored,
  })
  const pastedAddresses = createPastedAddresses({ clipboard, authorize })
  const imports = createImportService({
    clipboard,
    dialogs: outside.dialogs,
    slack,
    installations,
    configurationTokens,
    requireUnlocked: () => void vault(),
    clock,
    onStored: (installationId) =>
      void learnTeams(installationId).catch((thrown: unknown) =>
        log.info('workspaces of the organization not learned', { code: toFailure(thrown).code }),
      ),
  })
  const guard = createClipboardGuard({ clipboard, clock })
  const find = (ref: Parameters<typeof findSharedValue>[1]) =>
    findSharedValue({ installations, slackApps, configurationTokens }, ref)
  const journal = openTempJournal(outside.journalFolder)
  const writeEnv = createWriteEnvService({
    find,
    journal,
    envFiles: createEnvFiles(outside),
    dialogs: outside.dialogs,
    homeDirectory: outside.homeDirectory,
  })
  const forget = async () => {
    checkAll.cancel()
    imports.forget()
    writeEnv.forget()
    pastedAddresses.forgetAll()
    installations.forgetViews()
    await guard.clearOurs()
  }
  /** What they get from Slack must be sealed first. While the one is waited for, the other may begin anew. */
  const settled = async () => {
    while ((await manifests.settle()) || (await configurationTokens.settle())) {
      // Both are looked at again, until neither had anything to do.
    }
  }
  const quietly = (run: () => Promise<void>) =>
    authorize.holdExchanges(async () => {
      await forget()
      await settled()
      configurationTokens.forget()
      manifests.forget()
      await run()
    })
  return {
    changes,
    vault: session,
    sources: {
      vault: () =>
        withUnreadable(session.view, [installations, slackApps, heldAnswers, configurationTokens]),
      slackApps: () => slackApps.views(),
      installations: () => installations.views(),
      authorizations: () => withTrust(authorize.views(), trust),
      configurationTokens: () => configurationTokens.views(),
      checking: () => checkAll.view(),
    },
    handlers: {
      ...vaultHandlers({ session, quietly, showFile: outside.showFile }),
      ...workspaceHandlers({
        slackApps,
        installations,
        authorize,
        pastedAddresses,
        check,
        revoke: createRevokeService({ installations, slack, clock }),
        imports,
        practice: outside.practice,
        browser,
        clipboard,
      }),
      ...manifestHandlers({ manifests, configurationTokens, clipboard }),
      ...installLinkHandlers({ slackApps, clipboard }),
      ...certificateHandlers(trust),
      ...healthHandlers({ checkAll, uninstall }),
      ...sharingHandlers({ find, slackApps, guard, clipboard, writeEnv }),
    },
    async start() {
      await removeLeftovers(journal).catch((thrown: unknown) =>
        log.error('leftovers not removed', { code: toFailure(thrown).code }),
      )
      await session.start()
    },
    async close() {
      await guard.clearOurs()
      await authorizations.close()
      await quietly(async () => session.close())
    },
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

/** Tells the waiting page whether the browser will warn. */
function withTrust(
  views: readonly AuthorizationView[],
  trust: TrustCertificateService,
): AuthorizationView[] {
  if (views.length === 0) return []
  const isCertificateTrusted = trust.isTrusted()
  return views.map((view) => ({ ...view, isCertificateTrusted }))
}

/** After a restart the practice Slack runs again as soon as something asks it. */
function startingPractice(fetch: Fetch, practice: PracticeHost): Fetch {
  return async (input, init) => {
    const url = input instanceof Request ? input.url : String(input)
    if (url.startsWith(`${PRACTICE_URL}/`)) await practice.ensureRunning()
    return fetch(input, init)
  }
}
