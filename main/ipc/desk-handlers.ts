import type { Handlers } from '../contract/api.ts'
import type { Snapshot } from '../contract/views.ts'
import type { Clipboard } from '../platform/clipboard.ts'
import type { SettingsStore } from '../platform/settings.ts'

type DeskHandlers = Pick<Handlers, Extract<keyof Handlers, `desk/${string}`>>

export interface DeskHandlerOptions {
  /** Resolves when the vault was found and, where that needs no user, opened. */
  readonly started: Promise<void>
  readonly snapshot: () => Snapshot
  readonly settings: SettingsStore
  readonly clipboard: Clipboard
  /** Makes the system's colours follow the chosen theme. */
  readonly applyTheme: (theme: Snapshot['info']['theme']) => void
  /** Told after `info` changed. */
  readonly onInfoChange: () => void
  readonly openFolder: (path: string) => Promise<void>
  readonly quit: () => void
}

/** The part of the contract about the app itself. */
export function deskHandlers(options: DeskHandlerOptions): DeskHandlers {
  return {
    async 'desk/load'() {
      await options.started
      return options.snapshot()
    },
    'desk/set-theme'(theme) {
      options.settings.update({ theme })
      options.applyTheme(theme)
      options.onInfoChange()
    },
    'desk/open-data-folder': () => options.openFolder(options.snapshot().info.dataFolder),
    'desk/copy-diagnostics': () => options.clipboard.writeText(diagnostics(options.snapshot())),
    'desk/quit': () => options.quit(),
  }
}

/** For a report: versions and counts, no names, no IDs, no paths beyond the data folder. */
function diagnostics({ info, vault, slackApps, installations }: Snapshot): string {
  return [
    `Token Desk for Slack ${info.version}`,
    `Electron ${info.electron}, Chrome ${info.chrome}, Node ${info.node}`,
    `Platform ${info.platform}${info.isTestRuntime ? ', test runtime' : ''}`,
    `Vault ${vault.state}, protected by ${vault.protection ?? 'nothing yet'}`,
    `Last problem ${vault.failure?.code ?? 'none'}`,
    `Slack apps ${slackApps.length}, workspaces ${installations.length}`,
  ].join('\n')
}
