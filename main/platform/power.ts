/** What the computer does while nobody looks at the app. */
export interface Power {
  /** Seconds since the user last touched the keyboard or the mouse, in any program. */
  idleSeconds(): number
  /** Returns the function that ends the subscription. */
  listen(listener: (event: PowerEvent) => void): () => void
  /** False where the system does not tell when its screen is locked (Linux). */
  readonly knowsScreenLock: boolean
}

export type PowerEvent = 'screen-lock' | 'suspend' | 'resume'
