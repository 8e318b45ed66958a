import type { App } from 'electron'

/**
 * How long closing may take before the app ends all the same, in milliseconds: longer than a call to
 * Slack may last (10 s), since tokens that Slack has just given must be stored first.
 */
const CLOSE_LIMIT_MS = 12_000

/**
 * Closes the parts once before the app quits: from the menu, with the last window, or on a signal.
 * The clipboard is asked asynchronously, so the quit is held back until `close` is done.
 */
export function closeBeforeQuit(app: App, close: () => Promise<void>): void {
  let state: 'running' | 'closing' | 'closed' = 'running'
  const finish = () => {
    if (state === 'closed') return
    state = 'closed'
    app.quit()
  }
  app.on('before-quit', (event) => {
    if (state === 'closed') return
    event.preventDefault()
    if (state === 'closing') return
    state = 'closing'
    setTimeout(finish, CLOSE_LIMIT_MS)
    // Whatever fails while closing, the app ends: there is no window left to say it in.
    close().then(finish, finish)
  })
  app.on('window-all-closed', () => app.quit())
  // Handlers set before `ready` are never called; this runs after it.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.quit())
}
