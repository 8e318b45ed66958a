import { BrowserWindow, type Session } from 'electron'
import { APP_URL } from './app-protocol.ts'

export interface MainWindowOptions {
  readonly preload: string
  readonly session: Session
  readonly isDark: boolean
  readonly devTools: boolean
}

/** The ground of the page in each theme (`bg-window`), so that nothing flashes before the first paint. */
const BACKGROUND = { light: '#FFFFFF', dark: '#171A20' }

/**
 * The one window, still empty. It is shown when its first frame is painted; the caller owns closing.
 * The page is sandboxed and isolated; spell checking is off since it would see what is typed.
 */
export function openMainWindow(options: MainWindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    width: 1080,
    height: 720,
    minWidth: 360,
    minHeight: 400,
    show: false,
    title: 'Token Desk for Slack',
    backgroundColor: options.isDark ? BACKGROUND.dark : BACKGROUND.light,
    autoHideMenuBar: true,
    webPreferences: {
      preload: options.preload,
      session: options.session,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      devTools: options.devTools,
    },
  })
  window.once('ready-to-show', () => window.show())
  return window
}

/** Loads the page; whatever answers its calls must be in place before its scripts are served. */
export function loadPage(window: BrowserWindow): void {
  // Rejects when the window is closed while it loads; there is nobody left to tell then.
  window.loadURL(APP_URL).catch(() => {})
}

/** Brings a window to the front, however it was put away. One that closed already stays closed. */
export function bringToFront(window: BrowserWindow): void {
  if (window.isDestroyed()) return
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
