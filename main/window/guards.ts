/**
 * Denies what no page of ours ever needs: permissions, devices, navigation, new windows, webviews,
 * downloads (Electron security checklist, items 5 and 12 to 14).
 */
import type { App, IpcMainInvokeEvent, Session, WebContents } from 'electron'
import { APP_HOST, APP_SCHEME } from './app-protocol.ts'

/** True for an address of our own page. `URL.origin` is no help: it is the text `null` for app://. */
export function isAppUrl(address: string): boolean {
  if (!URL.canParse(address)) return false
  const url = new URL(address)
  return url.protocol === `${APP_SCHEME}:` && url.host === APP_HOST
}

/** True when a call comes from the top frame of our own page in a window of ours. */
export function isTrustedSender(
  event: IpcMainInvokeEvent,
  isOurs: (contents: WebContents) => boolean,
): boolean {
  const frame = event.senderFrame
  return frame !== null && frame.parent === null && isAppUrl(frame.url) && isOurs(event.sender)
}

/** Denies every permission of a session. Electron's default is to approve all of them. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, callback) => callback(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', (event) => event.preventDefault())
}

/** Keeps every web contents on our own page, without windows of its own and without webviews. */
export function guardContents(app: App): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.on('will-navigate', (event) => event.preventDefault())
    contents.on('will-frame-navigate', (event) => event.preventDefault())
    contents.on('will-redirect', (event) => event.preventDefault())
  })
}
