import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { LoopbackCertificate } from './certificate.ts'
import { type LoopbackServer, openLoopbackServer } from './loopback-server.ts'
import type { PageName } from './page-texts.ts'

/** The kinds of listener, each shared by all that wait on it. `relay` is http on a port of its own. */
export type ListenerKind = 'http' | 'https' | 'relay'

/** After its last answer a listener stays so long: for the page after the redirect, and for a reload. */
export const LINGER_MS = 30_000

/** What listeners are made of. */
export interface ListenersOptions {
  /** Of `http` and `https`, tried in this order. */
  readonly ports: readonly number[]
  /** The one that relays forward to. */
  readonly relayPort: number
  /** The addresses that a redirect may arrive at now, on a listener of this kind. */
  readonly returnUrls: (kind: ListenerKind) => readonly string[]
  readonly certificate: () => Promise<LoopbackCertificate>
  readonly clock: Clock
  readonly log: Log
  readonly onCallback: (address: URL) => Promise<PageName>
}

/** At most one listener per kind, up while somebody holds it and for a while after its last answer. */
export interface Listeners {
  /** Opens or shares; answers the port. Give back each by `release`. @throws PortsBusy, CertificateFailed */
  acquire(kind: ListenerKind): Promise<number>
  /** @param isAnswered whether the browser may still be shown a page about it */
  release(kind: ListenerKind, isAnswered: boolean): void
  close(): Promise<void>
}

interface Slot {
  holders: number
  opening: Promise<LoopbackServer> | null
  lastAnswerMs: number
  cancelClosing: () => void
}

/** No listener is open until the first `acquire`. */
export function createListeners(options: ListenersOptions): Listeners {
  return new SharedListeners(options)
}

class SharedListeners implements Listeners {
  readonly #options: ListenersOptions
  readonly #slots: Readonly<Record<ListenerKind, Slot>> = {
    http: emptySlot(),
    https: emptySlot(),
    relay: emptySlot(),
  }
  /** Opens and closes go one after another, or two openings could each take half of a port. */
  #queue: Promise<unknown> = Promise.resolve()

  constructor(options: ListenersOptions) {
    this.#options = options
  }

  async acquire(kind: ListenerKind): Promise<number> {
    const slot = this.#slots[kind]
    slot.holders += 1
    slot.cancelClosing()
    slot.opening ??= this.#enqueue(() => this.#open(kind))
    const { opening } = slot
    try {
      return (await opening).port
    } catch (thrown) {
      slot.holders -= 1
      if (slot.opening === opening) slot.opening = null
      throw thrown
    }
  }

  release(kind: ListenerKind, isAnswered: boolean): void {
    const { clock } = this.#options
    const slot = this.#slots[kind]
    slot.holders -= 1
    if (isAnswered) slot.lastAnswerMs = clock.now()
    if (slot.holders > 0) return
    const leftMs = slot.lastAnswerMs + LINGER_MS - clock.now()
    if (leftMs <= 0) void this.#shut(kind)
    else slot.cancelClosing = clock.after(leftMs, () => void this.#shut(kind))
  }

  async close(): Promise<void> {
    await Promise.all([this.#shut('http'), this.#shut('https'), this.#shut('relay')])
  }

  async #open(kind: ListenerKind): Promise<LoopbackServer> {
    const { certificate, onCallback, log, relayPort } = this.#options
    const ports = kind === 'relay' ? [relayPort] : this.#options.ports
    const base = { ports, onCallback, log, returnUrls: () => this.#options.returnUrls(kind) }
    if (kind !== 'https') return openLoopbackServer({ ...base, scheme: 'http' })
    const { keyPem, certPem } = await certificate()
    return openLoopbackServer({ ...base, scheme: 'https', tls: { key: keyPem, cert: certPem } })
  }

  async #shut(kind: ListenerKind): Promise<void> {
    const slot = this.#slots[kind]
    const { opening } = slot
    slot.cancelClosing()
    slot.opening = null
    if (opening === null) {
      await this.#queue
      return
    }
    await this.#enqueue(async () => {
      // Whoever waits for an opening that failed is told there; here is nothing to close then.
      const server = await opening.catch(() => null)
      await server?.close()
    })
  }

  #enqueue<T>(run: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(run)
    this.#queue = result.catch(() => {
      // The failure goes to whoever asked; the queue itself goes on.
    })
    return result
  }
}

function emptySlot(): Slot {
  return {
    holders: 0,
    opening: null,
    lastAnswerMs: Number.NEGATIVE_INFINITY,
    cancelClosing: () => {},
  }
}
