import { join } from 'node:path'
import { type BrowserWindow, nativeTheme, session } from 'electron'
import { serveApp } from './app-protocol.ts'
import { denyPermissions } from './guards.ts'
import { openMainWindow } from './main-window.ts'

/** In memory only: no cookies, no cache, no storage of the page outlive it. */
const PARTITION = 'token-desk-page'

/**
 * The window with its own guarded session, before anything is loaded into it. Its process starts
 * while main is still reading the rest of its code.
 */
export function openFirstWindow(): BrowserWindow {
  const pageSession = session.fromPartition(PARTITION, { cache: false })
  denyPermissions(pageSession)
  denyPermissions(session.defaultSession)
  serveApp(pageSession.protocol, join(import.meta.dirname, '../renderer'))
  return openMainWindow({
    preload: join(import.meta.dirname, '../preload/index.cjs'),
    session: pageSession,
    isDark: nativeTheme.shouldUseDarkColors,
    devTools: __BUILD_VARIANT__ === 'development',
  })
}
