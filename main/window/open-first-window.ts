import { join } from 'node:path'
import { type BrowserWindow, nativeTheme, session } from 'electron'
import { type PageStart, serveApp } from './app-protocol.ts'
import { denyPermissions } from './guards.ts'
import { loadPage, openMainWindow } from './main-window.ts'

/** In memory only: no cookies, no cache, no storage of the page outlive it. */
const PARTITION = 'token-desk-page'

/**
 * The window with its own guarded session. Its page begins to load at once, while main still reads the
 * rest of its code; the page's scripts come when `callsAnswered` settles.
 */
export function openFirstWindow(start: PageStart): BrowserWindow {
  const pageSession = session.fromPartition(PARTITION, { cache: false })
  denyPermissions(pageSession)
  denyPermissions(session.defaultSession)
  serveApp(pageSession.protocol, join(import.meta.dirname, '../renderer'), start)
  const window = openMainWindow({
    preload: join(import.meta.dirname, '../preload/index.cjs'),
    session: pageSession,
    isDark: nativeTheme.shouldUseDarkColors,
    devTools: __BUILD_VARIANT__ === 'development',
  })
  loadPage(window)
  return window
}
