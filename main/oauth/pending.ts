import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto'
import type { AppError } from '../errors.ts'
import { Secret } from '../platform/secret.ts'
import type { ListenerKind } from './listeners.ts'
import type { PageName } from './page-texts.ts'

/** How an answered authorization ended: what the browser is shown, and the failure if it is one. */
export interface Outcome {
  readonly page: PageName
  /** Boxed, since anything may be thrown; null when all went well. */
  readonly failure: { readonly thrown: unknown } | null
}

/** One authorization between its begin and the last moment a browser may ask about it. */
export interface Pending {
  readonly id: string
  /** SHA-256 of the state. */
  readonly stateDigest: Buffer
  readonly authorizeUrl: string
  readonly redirectUri: string
  /** Every address that its answer may come back to. */
  readonly returnUrls: readonly string[]
  readonly listener: ListenerKind | null
  readonly codeVerifier: Secret | null
  readonly nonce: Secret | null
  readonly startedAtMs: number
  readonly expiresAtMs: number
  readonly onAnswer: (answer: Answer) => Promise<void>
  readonly onFailure: (error: AppError) => void
  /** Of the expiry while it waits, of the forgetting once it is answered. */
  cancelTimer: () => void
  /** Null while it waits; set once, before the code is handed on, so that an answer counts once. */
  outcome: Promise<Outcome> | null
}

/** What comes of a redirect: all that the exchange needs. */
export interface Answer {
  readonly code: Secret
  /** To be sent again, identical. Source: RFC 6749 section 4.1.3. */
  readonly redirectUri: string
  /** Null where no challenge was sent; with one the client secret stays out of the exchange. */
  readonly codeVerifier: Secret | null
  /** What the ID token has to repeat; null for every flow but `openid`. Source: slack-auth 6. */
  readonly nonce: Secret | null
}

/** A fresh state: 256 random bits, base64url. Source: RFC 6749 section 10.10 (at least 128 of them). */
export function createState(): string {
  return randomBytes(32).toString('base64url')
}

/** A fresh nonce, as hard to guess as a state. Source: OpenID Connect Core 1.0 section 3.1.2.1. */
export function createNonce(): Secret {
  return Secret.of(randomBytes(32).toString('base64url'))
}

/** Names an authorization inside the app; it says nothing about its state. */
export function createPendingId(): string {
  return randomUUID()
}

/** Hashing first makes the compare below one of equal lengths. */
export function digestOf(state: string): Buffer {
  return createHash('sha256').update(state).digest()
}

/** Compares in constant time. Source: design, Authorize 4. */
export function isStateOf(pending: Pending, state: string): boolean {
  return timingSafeEqual(pending.stateDigest, digestOf(state))
}

/** The one with this state. Looks at every one, so that time tells nothing about a near miss. */
export function findByState(all: Iterable<Pending>, state: string): Pending | null {
  let found: Pending | null = null
  for (const pending of all) if (isStateOf(pending, state)) found = pending
  return found
}

/**
 * True when a pasted address is one of the return URLs, or a path below one as Slack allows
 * (slack-auth 2), with any query. Origins must be the same.
 */
export function belongsTo(address: URL, returnUrls: readonly string[]): boolean {
  return returnUrls.some((returnUrl) => {
    const { origin, pathname } = new URL(returnUrl)
    if (address.origin !== origin) return false
    return address.pathname === pathname || address.pathname.startsWith(`${trimmed(pathname)}/`)
  })
}

/**
 * True when a redirect arrived at one of the return URLs itself. Narrower than a pasted address, since
 * each environment's path is the proof that the answer is its own (RFC 9700 section 4.4.2.2).
 */
export function arrivedAt(address: URL, returnUrls: readonly string[]): boolean {
  return returnUrls.some((returnUrl) => {
    const { origin, pathname } = new URL(returnUrl)
    return address.origin === origin && address.pathname === pathname
  })
}

function trimmed(pathname: string): string {
  return pathname.replace(/\/$/, '')
}
