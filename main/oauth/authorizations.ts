/**
 * Authorizations that wait for Slack: from the opened browser to the code, and no further. The
 * exchange and the storing are `onAnswer`'s. Every one ends once: in `onAnswer`, or in `onFailure`.
 */
import { REDIRECT_PORTS, RELAY_PORT } from '../contract/redirect.ts'
import type { AppError } from '../errors.ts'
import type { Browser } from '../platform/browser.ts'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { Secret } from '../platform/secret.ts'
import { answerOnce, pageInTime, tellFailure } from './answer-once.ts'
import { type BeginOptions, type BeginPlan, listenerOf, planOf } from './begin.ts'
import type { LoopbackCertificate } from './certificate.ts'
import { CallbackInvalid, OAuthCancelled, OAuthExpired, StateUnknown } from './errors.ts'
import { createListeners, type ListenerKind, type Listeners } from './listeners.ts'
import { openBrowser } from './open-browser.ts'
import type { PageName } from './page-texts.ts'
import { type CallbackAnswer, parseCallback, parsePastedAddress } from './parse-callback.ts'
import {
  arrivedAt,
  belongsTo,
  createPendingId,
  findByState,
  isStateOf,
  type Outcome,
  type Pending,
} from './pending.ts'

export type { BeginOptions } from './begin.ts'
export type { Answer } from './pending.ts'

/** As long as Slack's code lives. Source: slack-auth 1. */
export const AUTHORIZATION_LIFE_MS = 10 * 60 * 1000

/** What authorizations are made of. */
export interface AuthorizationsOptions {
  readonly clock: Clock
  readonly browser: Browser
  readonly certificate: () => Promise<LoopbackCertificate>
  readonly log: Log
  /** Those of the contract unless a test says otherwise. */
  readonly ports?: readonly number[]
  readonly relayPort?: number
}

/** An authorization that waits. */
export interface PendingAuthorization {
  readonly id: string
  /** Holds the state: for the browser and the user's clipboard, never for a log. */
  readonly authorizeUrl: string
  readonly redirectUri: string
  /** The addresses that its answer may come back to, for `belongsTo`: several for a relay. */
  readonly returnUrls: readonly string[]
  /** The port that listens; null where none does. */
  readonly port: number | null
  readonly startedAtMs: number
  readonly expiresAtMs: number
  /** Set when the browser did not open: the link can still be copied. */
  readonly browserFailure: AppError | null
}

/** The authorizations of one run of the app. */
export interface Authorizations {
  /**
   * Listens (where the strategy does), then opens the browser.
   * @throws PortsBusy, CertificateFailed, InputError (`baseUrl`, `redirectUrl`), OAuthCancelled once closed
   */
  begin(options: BeginOptions): Promise<PendingAuthorization>
  /** @throws StateUnknown when it is over, BrowserFailed */
  openAgain(id: string): Promise<void>
  /**
   * Takes the address that the browser ended on, with the checks of the loopback server. Resolves
   * when `onAnswer` did; rejects as it did. An address that is refused leaves the wait as it was.
   * @throws StateUnknown, CallbackInvalid, OAuthExpired, OAuthDenied
   */
  usePastedAddress(id: string, text: Secret): Promise<void>
  /** Ends the wait (OAuthCancelled). One that is over, or whose code is being exchanged, goes its way. */
  cancel(id: string): void
  /** Cancels all and frees the ports. May be called again. */
  close(): Promise<void>
}

/** Nothing listens until the first `begin`. The caller closes it. */
export function createAuthorizations(options: AuthorizationsOptions): Authorizations {
  return new WaitingAuthorizations(options)
}

class WaitingAuthorizations implements Authorizations {
  readonly #options: AuthorizationsOptions
  readonly #listeners: Listeners
  /** Those that wait, and the answered ones for as long as a repeated callback may come. */
  readonly #all = new Map<string, Pending>()
  #isClosed = false

  constructor(options: AuthorizationsOptions) {
    this.#options = options
    const { ports = REDIRECT_PORTS, relayPort = RELAY_PORT } = options
    const onCallback = (address: URL) => this.#receive(address)
    const returnUrls = (kind: ListenerKind) => this.#returnUrls(kind)
    this.#listeners = createListeners({ ...options, ports, relayPort, returnUrls, onCallback })
  }

  async begin(options: BeginOptions): Promise<PendingAuthorization> {
    if (this.#isClosed) throw new OAuthCancelled()
    const listener = listenerOf(options)
    const port = listener === null ? null : await this.#listeners.acquire(listener)
    const pending = this.#start(options, listener, port)
    const { id, authorizeUrl, redirectUri, returnUrls, startedAtMs, expiresAtMs } = pending
    this.#options.log.info('authorization began', { id, port, strategy: options.strategy })
    const browserFailure = await openBrowser(this.#options, authorizeUrl)
    const addresses = { authorizeUrl, redirectUri, returnUrls, port }
    return { id, ...addresses, startedAtMs, expiresAtMs, browserFailure }
  }

  async openAgain(id: string): Promise<void> {
    const failure = await openBrowser(this.#options, this.#waiting(id).authorizeUrl)
    if (failure !== null) throw failure
  }

  async usePastedAddress(id: string, text: Secret): Promise<void> {
    const pending = this.#waiting(id)
    const address = parsePastedAddress(text.expose())
    if (!belongsTo(address, pending.returnUrls)) throw new CallbackInvalid()
    const answer = parseCallback(address)
    if (!isStateOf(pending, answer.state)) throw new StateUnknown()
    if (this.#expireIfDue(pending)) throw new OAuthExpired()
    const { failure } = await this.#settle(pending, answer)
    if (failure !== null) throw failure.thrown
  }

  cancel(id: string): void {
    const pending = this.#all.get(id)
    if (pending?.outcome === null) this.#abandon(pending, new OAuthCancelled())
  }

  async close(): Promise<void> {
    this.#isClosed = true
    for (const id of [...this.#all.keys()]) this.cancel(id)
    for (const pending of this.#all.values()) pending.cancelTimer()
    await this.#listeners.close()
  }

  /** Makes one that waits; a listener that was got for it is given back if that fails. */
  #start(options: BeginOptions, listener: ListenerKind | null, port: number | null): Pending {
    try {
      if (this.#isClosed) throw new OAuthCancelled()
      return this.#add(options, planOf(options, port ?? this.#portToName(options)), listener)
    } catch (thrown) {
      if (listener !== null) this.#listeners.release(listener, false)
      throw thrown
    }
  }

  /** The port of the redirect URL when none listens. */
  #portToName({ strategy }: BeginOptions): number {
    const { ports, relayPort = RELAY_PORT } = this.#options
    return strategy === 'relay' ? relayPort : (ports?.[0] ?? REDIRECT_PORTS[0])
  }

  #add(options: BeginOptions, plan: BeginPlan, listener: ListenerKind | null): Pending {
    const { clock } = this.#options
    const startedAtMs = clock.now()
    const { onAnswer, onFailure } = options
    const pending: Pending = {
      ...plan,
      ...{ id: createPendingId(), listener, onAnswer, onFailure, outcome: null, startedAtMs },
      expiresAtMs: startedAtMs + AUTHORIZATION_LIFE_MS,
      cancelTimer: clock.after(AUTHORIZATION_LIFE_MS, () => {
        this.#abandon(pending, new OAuthExpired())
      }),
    }
    this.#all.set(pending.id, pending)
    return pending
  }

  #waiting(id: string): Pending {
    const pending = this.#all.get(id)
    if (pending?.outcome !== null) throw new StateUnknown()
    return pending
  }

  /** A redirect arrived. A repeated one gets the page of the first and does nothing. */
  async #receive(address: URL): Promise<PageName> {
    const answer = this.#parse(address)
    const pending = answer === null ? null : findByState(this.#all.values(), answer.state)
    if (answer === null || pending === null || !arrivedAt(address, pending.returnUrls)) {
      this.#options.log.info('callback belongs to nothing that waits')
      return 'nothing-to-do'
    }
    if (pending.outcome === null && this.#expireIfDue(pending)) return 'nothing-to-do'
    return pageInTime(this.#options, pending.outcome ?? this.#settle(pending, answer))
  }

  /** Of those that wait, and of the answered ones while a repeated callback may come. */
  #returnUrls(kind: ListenerKind): string[] {
    return [...this.#all.values()]
      .filter((pending) => pending.listener === kind)
      .flatMap((pending) => pending.returnUrls)
  }

  #parse(address: URL): CallbackAnswer | null {
    try {
      return parseCallback(address)
    } catch (thrown) {
      // A malformed callback is a stranger's; it gets the page that every stranger gets.
      if (thrown instanceof CallbackInvalid) return null
      throw thrown
    }
  }

  #settle(pending: Pending, answer: CallbackAnswer): Promise<Outcome> {
    pending.cancelTimer()
    const outcome = answerOnce(this.#options, pending, answer)
    void outcome.then(() => this.#letGo(pending))
    return outcome
  }

  #expireIfDue(pending: Pending): boolean {
    if (this.#options.clock.now() < pending.expiresAtMs) return false
    this.#abandon(pending, new OAuthExpired())
    return true
  }

  /** Ends one that got no answer. */
  #abandon(pending: Pending, error: AppError): void {
    pending.cancelTimer()
    this.#all.delete(pending.id)
    if (pending.listener !== null) this.#listeners.release(pending.listener, false)
    tellFailure(this.#options, pending, error)
  }

  /** Gives the listener back, and forgets an answered one when nobody will ask about it again. */
  #letGo(pending: Pending): void {
    if (pending.listener !== null) this.#listeners.release(pending.listener, true)
    if (this.#isClosed) return
    pending.cancelTimer = this.#options.clock.after(AUTHORIZATION_LIFE_MS, () => {
      this.#all.delete(pending.id)
    })
  }
}
