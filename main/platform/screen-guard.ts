/** Keeps the window out of screenshots and screen sharing, where the system can. */
export interface ScreenGuard {
  /** False where the system cannot (Linux). */
  readonly isEffective: boolean
  hide(): void
  show(): void
}
