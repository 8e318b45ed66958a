/**
 * Boot: arguments → window. Fixes the app's name and folders, registers what must be registered
 * before Electron is ready, opens the window and hands over to the parts. No logic of its own.
 */
import { resolve } from 'node:path'
import { app, dialog, type IpcMainInvokeEvent, ipcMain, protocol } from 'electron'
import { holdFirstCall } from './ipc/first-call.ts'
import { registerAppScheme } from './window/app-protocol.ts'
import { guardContents, isTrustedSender } from './window/guards.ts'
import { openFirstWindow } from './window/open-first-window.ts'
import { parseStartArguments } from './window/start-arguments.ts'

// The keyring's item is found by this name (Electron: safeStorage); it must never change.
app.setName('Token Desk for Slack')

const { profile, logLevel } = parseStartArguments(process.argv.slice(1))
if (profile !== null) app.setPath('userData', resolve(profile))

// In the product nobody may drive the page from outside. It has no effect under `electron PATH`.
if (__BUILD_VARIANT__ === 'production') {
  app.commandLine.removeSwitch('remote-debugging-port')
  app.commandLine.removeSwitch('remote-debugging-pipe')
}

// As root Chromium has no sandbox: it must be started with --no-sandbox, and forcing it would end every
// process of the app. The page stays a sandboxed one for Electron either way (main-window.ts).
if (process.getuid?.() !== 0) app.enableSandbox()
// The page is text in boxes: a GPU process would only make every start slower.
app.disableHardwareAcceleration()
registerAppScheme(protocol)
guardContents(app)

if (app.requestSingleInstanceLock()) {
  // Awaiting `ready` here would wait for ever: it waits for this module.
  app.whenReady().then(run).catch(endUnstarted)
} else {
  app.quit()
}

/** Fixed words: nobody vouches that the failure's own hold no secret. */
function endUnstarted(): void {
  dialog.showErrorBox(
    'Token Desk did not start',
    'It could not read or write its own files. Check the disk and the rights of its folder:\n' +
      app.getPath('userData'),
  )
  app.exit(1)
}

/** The page starts first, in a process of its own; main reads the rest of its code meanwhile. */
async function run(): Promise<void> {
  let pageSent = () => {}
  const sent = new Promise<void>((resolve) => {
    pageSent = resolve
  })
  const window = openFirstWindow(() => pageSent())
  const isTrusted = (event: IpcMainInvokeEvent) =>
    isTrustedSender(event, (contents) => contents === window.webContents)
  const firstCall = holdFirstCall(ipcMain, isTrusted)
  await sent
  const { runDesk } = await import('./run-desk.ts')
  runDesk({ window, isTrusted, firstCall, logLevel })
}
