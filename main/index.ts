/**
 * Boot: arguments → window. Fixes the app's name and folders, registers what must be registered
 * before Electron is ready, opens the window and hands over to the parts. No logic of its own.
 */
import { resolve } from 'node:path'
import { app, protocol } from 'electron'
import { registerAppScheme } from './window/app-protocol.ts'
import { guardContents } from './window/guards.ts'
import { openFirstWindow } from './window/open-first-window.ts'
import { parseStartArguments } from './window/start-arguments.ts'

// The keyring's item is found by this name (Electron: safeStorage); it must never change.
app.setName('Token Desk for Slack')

const { profile } = parseStartArguments(process.argv.slice(1))
if (profile !== null) app.setPath('userData', resolve(profile))

// In the product nobody may drive the page from outside. It has no effect under `electron PATH`.
if (__BUILD_VARIANT__ === 'production') {
  app.commandLine.removeSwitch('remote-debugging-port')
  app.commandLine.removeSwitch('remote-debugging-pipe')
}

// As root Chromium has no sandbox: it must be started with --no-sandbox, and forcing it would end every
// process of the app. The page stays a sandboxed one for Electron either way (main-window.ts).
if (process.getuid?.() !== 0) app.enableSandbox()
registerAppScheme(protocol)
guardContents(app)

if (app.requestSingleInstanceLock()) {
  // The parts are read while Electron starts. Awaiting `ready` here would wait for ever: it waits
  // for this module.
  const parts = import('./run-desk.ts')
  app.whenReady().then(async () => {
    const window = openFirstWindow()
    const { runDesk } = await parts
    runDesk(window)
  })
} else {
  app.quit()
}
