import type { Activity } from '../activity/activity.ts'
import type { Browser } from '../platform/browser.ts'
import type { Clipboard } from '../platform/clipboard.ts'
import type { Clock } from '../platform/clock.ts'
import type { BackupDialogs, ExportDialog, FileDialogs, HostQuestion } from '../platform/dialogs.ts'
import type { Fetch } from '../platform/fetch.ts'
import type { Keyring } from '../platform/keyring.ts'
import type { RemoveKeyringItem } from '../platform/keyring-item.ts'
import type { Log } from '../platform/log.ts'
import type { Notifier } from '../platform/notifier.ts'
import type { Power } from '../platform/power.ts'
import type { ProcessLocks } from '../platform/process-lock.ts'
import type { RunProgram } from '../platform/run-program.ts'
import type { ScreenGuard } from '../platform/screen-guard.ts'
import type { SettingsStore } from '../platform/settings.ts'
import type { OpenStore } from '../platform/store.ts'
import type { SystemUserCheck } from '../platform/user-check.ts'
import type { ScryptCost } from '../vault/passphrase-protector.ts'
import type { PracticeHost } from '../workspaces/practice-workspace.ts'

/** Everything that the rooms reach outside themselves. Who hands it in closes it. */
export interface Outside {
  readonly clock: Clock
  readonly log: Log
  readonly fetch: Fetch
  readonly keyring: Keyring
  readonly clipboard: Clipboard
  readonly browser: Browser
  readonly dialogs: FileDialogs & HostQuestion & BackupDialogs & ExportDialog
  readonly activity: Activity
  /** Between the window and the command line. */
  readonly locks: ProcessLocks
  readonly power: Power
  readonly notifier: Notifier
  readonly systemUserCheck: SystemUserCheck
  readonly screenGuard: ScreenGuard
  readonly removeKeyringItem: RemoveKeyringItem
  /**
   * After all was deleted: ends for good what writes into the data folder from outside the rooms, such
   * as settings, log, Activity and the practice Slack.
   */
  readonly endWriting: () => Promise<void>
  /** Brings the window to the front, at this workspace. */
  readonly showWorkspace: (installationId: string) => void
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
  /** Of new passphrases; lower only in tests, which have no half second to spare. */
  readonly passphraseCost?: ScryptCost
}
