/** Work that must come to its end before the vault is locked: what it gets has nowhere else to go. */
export interface InFlight {
  /** Answers what the work answers. */
  run<T>(work: () => Promise<T>): Promise<T>
  /** Resolves when nothing runs any more, however it ended. False where nothing ran. */
  settle(): Promise<boolean>
}

/** Holds only what runs, so there is nothing to close. */
export function createInFlight(): InFlight {
  const running = new Set<Promise<unknown>>()
  return {
    run(work) {
      const promise = work()
      running.add(promise)
      const end = () => running.delete(promise)
      promise.then(end, end)
      return promise
    },
    async settle() {
      const hadWork = running.size > 0
      while (running.size > 0) await Promise.allSettled([...running])
      return hadWork
    },
  }
}
