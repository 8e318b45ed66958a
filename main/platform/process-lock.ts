/**
 * Locks between processes that share one data folder: the window and the command line. Each stands on
 * a lock of the operating system that ends with its holder, however that ends. Nothing in a lock file
 * is ever read, and none is ever deleted.
 */
export interface ProcessLocks {
  /**
   * Takes the lock of that name at once, or waits for its holder without letting anything else run:
   * for changes that take milliseconds. A holder in this very process cannot let go meanwhile.
   *
   * @param name letters, digits and dashes
   * @param limitMs 0 does not wait at all
   * @returns the function that gives it back
   * @throws LockBusy when the holder did not let go within `limitMs`
   * @throws LocksUnavailable where the system has no such locks
   */
  takeSync(name: string, limitMs: number): () => void
  /** The same, for work that takes as long as a call to Slack. @throws LockBusy, LocksUnavailable */
  take(name: string, limitMs: number): Promise<() => void>
}
