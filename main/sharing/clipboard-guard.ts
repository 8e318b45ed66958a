/**
 * Puts secrets on the clipboard and takes them off again: after a while, on lock and at quit, but only
 * if what lies there is still ours. A newer copy replaces the older one's timer.
 */
import type { Clipboard } from '../platform/clipboard.ts'
import type { Clock } from '../platform/clock.ts'
import type { Secret } from '../platform/secret.ts'

/** Pause before a busy clipboard is asked again, milliseconds. */
const TRY_AGAIN_AFTER_MS = 1000

export interface ClipboardGuardOptions {
  readonly clipboard: Clipboard
  readonly clock: Clock
  /** Seconds until a copied secret is cleared, as the user has it now; asked at each copy. */
  readonly seconds: () => number
}

export interface ClipboardGuard {
  /**
   * Asks clipboard managers not to keep it, where the runtime can.
   *
   * @returns seconds after which it is cleared
   * @throws ClipboardFailed
   */
  copy(text: Secret): Promise<number>
  /** Clears at once what is still ours. Never rejects: at quit there is nobody left to tell. */
  clearOurs(): Promise<void>
}

/** The caller calls `clearOurs` before the app ends. */
export function createClipboardGuard(options: ClipboardGuardOptions): ClipboardGuard {
  return new Guard(options)
}

class Guard implements ClipboardGuard {
  readonly #options: ClipboardGuardOptions
  #ours: Secret | null = null
  #cancelTimer: () => void = () => {}
  /** The copies under way: a lock or the end of the app may come in the middle of it. */
  #writing: Promise<unknown> = Promise.resolve()

  constructor(options: ClipboardGuardOptions) {
    this.#options = options
  }

  copy(text: Secret): Promise<number> {
    const writing = this.#write(text)
    this.#writing = Promise.allSettled([this.#writing, writing])
    return writing
  }

  async #write(text: Secret): Promise<number> {
    const { clipboard, clock, seconds } = this.#options
    const clearAfterSeconds = seconds()
    await clipboard.writeSecret(text.expose())
    this.#cancelTimer()
    this.#ours = text
    this.#cancelTimer = clock.after(clearAfterSeconds * 1000, () => void this.clearOurs())
    return clearAfterSeconds
  }

  async clearOurs(): Promise<void> {
    await this.#writing
    const ours = this.#ours
    this.#cancelTimer()
    if (ours === null) return
    const { clipboard, clock } = this.#options
    try {
      if (isSameText(await clipboard.readText(), ours)) await clipboard.clear()
      if (this.#ours === ours) this.#ours = null
    } catch {
      // Another program holds the clipboard just now. A newer copy has a timer of its own.
      if (this.#ours !== ours) return
      this.#cancelTimer = clock.after(TRY_AGAIN_AFTER_MS, () => void this.clearOurs())
    }
  }
}

/** Several lines may come back with other line ends: Windows and its clipboard managers have their own. */
function isSameText(text: string, ours: Secret): boolean {
  const bare = (lines: string) => lines.replaceAll('\r\n', '\n')
  return bare(text) === bare(ours.expose())
}
