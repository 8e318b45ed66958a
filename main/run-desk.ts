/**
 * Gives the rooms Electron's outside world, joins them to the window, and closes everything in
 * reverse when the app quits.
 */
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import * as electron from 'electron'
import {
  app,
  type BrowserWindow,
  dialog,
  type IpcMainInvokeEvent,
  ipcMain,
  Menu,
  Notification,
  nativeTheme,
  powerMonitor,
  safeStorage,
  session,
  shell,
  systemPreferences,
} from 'electron'
import { openActivity } from './activity/open-activity.ts'
import { buildRooms, type Outside } from './build-rooms.ts'
import type { AppInfo } from './contract/views.ts'
import { broadcast } from './ipc/broadcast.ts'
import { deskHandlers } from './ipc/desk-handlers.ts'
import { openDeskState } from './ipc/desk-state.ts'
import type { FirstCall } from './ipc/first-call.ts'
import { sendActivity } from './ipc/send-activity.ts'
import { serve } from './ipc/serve.ts'
import { systemClock } from './platform/clock.ts'
import { createElectronBrowser } from './platform/electron-browser.ts'
import { createElectronClipboard } from './platform/electron-clipboard.ts'
import { createElectronDialogs } from './platform/electron-dialogs.ts'
import { createElectronFetch } from './platform/electron-fetch.ts'
import { createElectronKeyring } from './platform/electron-keyring.ts'
import { createElectronNotifier } from './platform/electron-notifier.ts'
import { createElectronPower } from './platform/electron-power.ts'
import { createElectronScreenGuard } from './platform/electron-screen-guard.ts'
import { openElectronStore } from './platform/electron-store.ts'
import { createElectronUserCheck } from './platform/electron-user-check.ts'
import { openFileLog } from './platform/file-log.ts'
import type { LogLevel } from './platform/log.ts'
import { createOsLocks } from './platform/os-locks.ts'
import { createRunProgram } from './platform/run-program.ts'
import { openSettings } from './platform/settings.ts'
import { createRemoveKeyringItem } from './platform/system-keyring-item.ts'
import { openPracticeHost } from './practice/practice-host.ts'
import { bringToFront } from './window/main-window.ts'
import { buildMenu } from './window/menu.ts'
import { closeBeforeQuit } from './window/quit.ts'
import { removeDataFolder } from './workspaces/data-folder.ts'

/** How long the page waits for the keyring before it shows that the vault is still opening. */
const START_LIMIT_MS = 400

export interface DeskStart {
  readonly logLevel: LogLevel
  /** Loading its page already. */
  readonly window: BrowserWindow
  readonly isTrusted: (event: IpcMainInvokeEvent) => boolean
  readonly firstCall: FirstCall
}

/** Runs until the app quits. Called once; when it returns, every call of the page is answered. */
export function runDesk({ window, isTrusted, firstCall, logLevel }: DeskStart): void {
  const dataFolder = app.getPath('userData')
  const log = openFileLog({
    path: join(dataFolder, 'logs', 'token-desk.log'),
    ...{ clock: systemClock, level: logLevel },
  })
  const settings = openSettings(
    () => openElectronStore({ directory: dataFolder, name: 'settings' }),
    log,
  )
  const applyTheme = (theme: AppInfo['theme']) => {
    nativeTheme.themeSource = theme
  }
  applyTheme(settings.get().theme)
  const locks = createOsLocks({ directory: join(dataFolder, 'locks'), platform: process.platform })
  const activity = openActivity({
    path: join(dataFolder, 'activity.jsonl'),
    ...{ by: 'window', locks, clock: systemClock, log },
  })
  const { outside, closePractice } = electronOutside({
    ...{ window, dataFolder, log, settings, activity, locks },
    async endWriting() {
      await closePractice()
      settings.endSaving()
      activity.close()
      log.close()
      // What Chromium has written meanwhile.
      app.once('quit', () => removeDataFolder(dataFolder))
    },
  })
  const rooms = buildRooms(outside)
  const stopActivity = sendActivity({
    activity,
    isOpen: () => rooms.vault.view.state === 'ready',
    send: (entries) => broadcast([window.webContents], 'activity/added', entries),
  })
  const send = (payload: Parameters<typeof broadcast<'desk/changed'>>[2]) =>
    broadcast([window.webContents], 'desk/changed', payload)
  const desk = openDeskState({
    sources: { ...rooms.sources, info: () => info(settings.get().theme) },
    changes: rooms.changes,
    ...{ send, clock: systemClock, log },
  })
  const stopServing = serve({
    ipcMain,
    handlers: {
      ...rooms.handlers,
      ...deskHandlers({
        started: atMost(rooms.start(), START_LIMIT_MS),
        snapshot: desk.snapshot,
        settings,
        clipboard: outside.clipboard,
        applyTheme,
        onInfoChange: () => rooms.changes.tell('info'),
        openFolder: async (path) => void (await shell.openPath(path)),
        quit: () => app.quit(),
      }),
    },
    isTrusted,
    firstCall,
    clock: systemClock,
    log,
  })
  Menu.setApplicationMenu(
    buildMenu(app, process.platform, (command) =>
      broadcast([window.webContents], 'desk/command', { command, installationId: null }),
    ),
  )
  app.on('second-instance', () => bringToFront(window))
  closeBeforeQuit(app, async () => {
    desk.close()
    stopServing()
    await rooms.close()
    await closePractice()
    stopActivity()
    activity.close()
    await log.close()
  })
}

interface ElectronOutsideOptions
  extends Pick<Outside, 'dataFolder' | 'log' | 'settings' | 'activity' | 'locks' | 'endWriting'> {
  /** Dialogs belong to it. */
  readonly window: BrowserWindow
}

/** Electron's world for the rooms. The practice Slack starts when it is asked for; the caller closes it. */
function electronOutside(options: ElectronOutsideOptions): {
  readonly outside: Outside
  readonly closePractice: () => Promise<void>
} {
  const { window, dataFolder, log, settings, activity, locks, endWriting } = options
  const fetch = createElectronFetch(session, 'slack')
  const practice = openPracticeHost({
    dataFolder: join(dataFolder, 'practice'),
    fetch,
    clock: systemClock,
    log,
  })
  const runProgram = createRunProgram()
  const outside: Outside = {
    clock: systemClock,
    log,
    fetch,
    practice,
    settings,
    activity,
    endWriting,
    locks,
    power: createElectronPower(powerMonitor, process.platform),
    notifier: createElectronNotifier(Notification),
    systemUserCheck: createElectronUserCheck(systemPreferences, process.platform),
    screenGuard: createElectronScreenGuard(() => window, process.platform),
    removeKeyringItem: createRemoveKeyringItem({
      ...{ platform: process.platform, appName: app.getName(), run: runProgram },
      // The item belongs to the app, not to the folder: another profile must not take it away.
      isNeededElsewhere: () =>
        isOtherVault(join(app.getPath('appData'), app.getName()), dataFolder),
    }),
    showWorkspace: (installationId) => {
      bringToFront(window)
      broadcast([window.webContents], 'desk/command', {
        command: 'workspaces',
        installationId,
      })
    },
    keyring: createElectronKeyring({
      safeStorage,
      platform: process.platform,
      isReady: () => app.isReady(),
      clock: systemClock,
    }),
    clipboard: createElectronClipboard(electron, process.platform),
    browser: createElectronBrowser(shell),
    dialogs: createElectronDialogs({ dialog, parent: () => window, platform: process.platform }),
    openStore: openElectronStore,
    dataFolder,
    journalFolder: join(dataFolder, 'pending-writes'),
    homeDirectory: homedir(),
    runProgram,
    platform: process.platform,
    systemRoot: process.env.SystemRoot,
    showFile: (path) => shell.showItemInFolder(path),
  }
  return { outside, closePractice: () => practice.close() }
}

/** Whether the folder that is used without `--profile` is another one, and has a vault. */
function isOtherVault(defaultFolder: string, dataFolder: string): boolean {
  return resolve(defaultFolder) !== dataFolder && existsSync(join(defaultFolder, 'vault.json'))
}

function info(theme: AppInfo['theme']): AppInfo {
  return {
    version: app.getVersion(),
    electron: process.versions.electron ?? '',
    chrome: process.versions.chrome ?? '',
    node: process.versions.node,
    isTestRuntime: __TEST_RUNTIME__,
    platform: `${process.platform} ${process.arch}`,
    dataFolder: app.getPath('userData'),
    theme,
  }
}

/** Resolves with the work, or after the limit if that is sooner; the work goes on. */
function atMost(work: Promise<void>, limitMs: number): Promise<void> {
  return Promise.race([work, new Promise<void>((resolve) => systemClock.after(limitMs, resolve))])
}
