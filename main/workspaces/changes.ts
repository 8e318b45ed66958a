/** Which part of the desk changed; listeners read the new state themselves. */
export type Slice =
  | 'info'
  | 'vault'
  | 'slackApps'
  | 'installations'
  | 'authorizations'
  | 'configurationTokens'
  | 'checking'
  | 'security'

export interface Changes {
  /** Tells every listener, at once. */
  tell(slice: Slice): void
  /** Returns the function that ends the subscription. */
  listen(listener: (slice: Slice) => void): () => void
}

/** A list of listeners, owned by whoever builds the parts. */
export function createChanges(): Changes {
  const listeners = new Set<(slice: Slice) => void>()
  return {
    tell(slice) {
      for (const listener of listeners) listener(slice)
    },
    listen(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}
