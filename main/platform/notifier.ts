/** Notifications of the system. Their words never hold a secret. */
export interface Notifier {
  /** Shows one; `onClick` brings the user back. Says nothing where the system has no notifications. */
  show(notification: {
    readonly title: string
    readonly body: string
    readonly onClick: () => void
  }): void
}
