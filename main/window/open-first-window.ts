import { join } from 'node:path'
import { type BrowserWindow, nativeTheme, session } from 'electron'
import { dropSpellChecker } from '../platform/electron-spelling.ts'
import { serveApp } from './app-protocol.ts'
import { denyPermissions } from './guards.ts'
import { loadPage, openMainWindow } from './main-window.ts'

/** In memory only: no cookies, no cache, no storage of the page outlive it. */
const PARTITION = 'token-desk-page'

/**
 * The window with its own guarded session. Its page begins to load at once, while main still reads the
 * rest of its code.
 *
 * @param onPageSent told once the page has what it needs to run
 */
export function openFirstWindow(onPageSent: () => void): BrowserWindow {
  const pageSession = session.fromPartition(PARTITION, { cache: false })
  denyPermissions(pageSession)
  denyPermissions(session.defaultSession)
  dropSpellChecker(pageSession)
  dropSpellChecker(session.defaultSession)
  serveApp(pageSession.protocol, join(import.meta.dirname, '../renderer'), onPageSent)
  const window = openMainWindow({
    preload: join(import.meta.dirname, '../preload/index.cjs'),
    session: pageSession,
    isDark: nativeTheme.shouldUseDarkColors,
    devTools: __BUILD_VARIANT__ === 'development',
  })
  loadPage(window)
  return window
}
