import type { Notification } from 'electron'
import type { Notifier } from './notifier.ts'

/** Electron's notifications. One that is shown replaces the one before. */
export function createElectronNotifier(Notification: NotificationClass): Notifier {
  let last: Notification | null = null
  return {
    show({ title, body, onClick }) {
      if (!Notification.isSupported()) return
      last?.close()
      last = new Notification({ title, body })
      last.on('click', onClick)
      last.show()
    },
  }
}

type NotificationClass = typeof Notification
