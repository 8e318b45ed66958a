import { type RedirectStrategy, redirectUrl } from '../contract/redirect.ts'
import { type AppError, InputError } from '../errors.ts'
import { authorizeUrl } from './authorize-url.ts'
import type { Scheme } from './listeners.ts'
import { type Answer, createState, digestOf, type Pending } from './pending.ts'
import { createPkce } from './pkce.ts'

/** What begins an authorization. */
export interface BeginOptions {
  /** Such as `https://slack.com/oauth/v2/authorize`. */
  readonly authorizeEndpoint: string
  readonly clientId: string
  readonly strategy: RedirectStrategy
  /** The user's own registered URL: needed for `paste`, unused otherwise. */
  readonly pastedRedirectUrl: string | null
  readonly botScopes: readonly string[]
  readonly userScopes: readonly string[]
  /** The workspace to offer first. */
  readonly teamId: string | null
  /** False opens no listener where the strategy has one: all ports are busy and the user will paste. */
  readonly isListening?: boolean
  /** Exchanges and stores. A rejection is shown in the browser; `onFailure` is not called for it. */
  readonly onAnswer: (answer: Answer) => Promise<void>
  /** It ended without a code: denied, expired or cancelled. */
  readonly onFailure: (error: AppError) => void
}

/** What is settled before anything waits. */
export type BeginPlan = Pick<
  Pending,
  'authorizeUrl' | 'redirectUri' | 'codeVerifier' | 'stateDigest'
>

/**
 * State, verifier and authorize URL of a new authorization. PKCE for `pkce` alone: a verifier beside
 * a client secret makes Slack's exchange fail (slack-auth 2).
 *
 * @throws InputError on `baseUrl` or `redirectUrl`
 */
export function planOf(options: BeginOptions, port: number): BeginPlan {
  const state = createState()
  const pkce = options.strategy === 'pkce' ? createPkce() : null
  const redirectUri = redirectUriOf(options, port)
  const url = authorizeUrl({
    ...options,
    redirectUri,
    state,
    codeChallenge: pkce?.challenge ?? null,
  })
  return {
    authorizeUrl: url,
    redirectUri,
    codeVerifier: pkce?.verifier ?? null,
    stateDigest: digestOf(state),
  }
}

/** The listener that a strategy needs; null for none. */
export function schemeOf(options: BeginOptions): Scheme | null {
  if (options.strategy === 'paste' || options.isListening === false) return null
  return options.strategy === 'https' ? 'https' : 'http'
}

function redirectUriOf(options: BeginOptions, port: number): string {
  if (options.strategy === 'https' || options.strategy === 'pkce')
    return redirectUrl(options.strategy, port)
  const registered = options.pastedRedirectUrl ?? ''
  // No fragment: RFC 6749 section 3.1.2, and slack-auth 2.
  const url = URL.canParse(registered) ? new URL(registered) : null
  if (url !== null && /^https?:$/.test(url.protocol) && !registered.includes('#')) return registered
  throw new InputError(
    'redirectUrl',
    'The redirect URL cannot be used',
    'Enter one that the Slack app has registered, such as https://example.com/callback.',
  )
}
