import type { EnvironmentRef } from '../contract/views.ts'
import type { Browser } from '../platform/browser.ts'
import { displayPath } from '../platform/display-path.ts'
import type { Fetch } from '../platform/fetch.ts'
import { stopAskingInVain } from '../sharing/user-check.ts'
import type { SlackApi } from '../slack/slack-api.ts'
import { createSlackApi } from '../slack/slack-api.ts'
import type { Vault } from '../vault/vault.ts'
import { createVaultSession, type VaultSession } from '../vault/vault-session.ts'
import { type Changes, createChanges } from '../workspaces/changes.ts'
import { createHostGate, gatedBrowser, gatedSlackApi } from '../workspaces/host-gate.ts'
import { PRACTICE_URL, type PracticeHost } from '../workspaces/practice-workspace.ts'
import type { Outside } from './outside.ts'

/** What every room stands on: the vault, the ways to Slack, and who is told of changes. */
export interface Ground {
  readonly changes: Changes
  readonly session: VaultSession
  /** The open vault; throws VaultLocked while locked. */
  readonly vault: () => Vault
  /** Asks before it opens a host that is not Slack's. */
  readonly browser: Browser
  /** As `browser`, before a secret is sent there. */
  readonly slack: SlackApi
  /** Makes the environment ready to be opened: starts the practice Slack. */
  readonly prepare: (environment: EnvironmentRef) => Promise<void>
}

/** The caller starts and closes the session. */
export function buildGround(outside: Outside): Ground {
  const { clock, log, fetch, practice } = outside
  const changes = createChanges()
  const session = createVaultSession({
    ...outside,
    directory: outside.dataFolder,
    onChange: () => changes.tell('vault'),
    onCreated: () =>
      stopAskingInVain({ session, settings: outside.settings, system: outside.systemUserCheck }),
    onMigrated: (keptFile) =>
      outside.activity.record({
        ...{ what: 'vault-migrated', by: 'itself' },
        file: displayPath(keptFile, outside.homeDirectory),
      }),
  })
  const vault = () => session.vault()
  const gate = createHostGate({ vault, question: outside.dialogs })
  const slack = createSlackApi({ fetch: startingPractice(fetch, practice), clock, log })
  return {
    ...{ changes, session, vault },
    browser: gatedBrowser(outside.browser, gate),
    slack: gatedSlackApi(slack, gate),
    prepare: async ({ kind }) => (kind === 'practice' ? practice.ensureRunning() : undefined),
  }
}

/** After a restart the practice Slack runs again as soon as something asks it. */
function startingPractice(fetch: Fetch, practice: PracticeHost): Fetch {
  return async (input, init) => {
    const url = input instanceof Request ? input.url : String(input)
    if (url.startsWith(`${PRACTICE_URL}/`)) await practice.ensureRunning()
    return fetch(input, init)
  }
}
