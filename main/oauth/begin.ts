import type { OAuthFlow, RedirectStrategy } from '../contract/redirect.ts'
import type { AppError } from '../errors.ts'
import { authorizeUrl } from './authorize-url.ts'
import type { ListenerKind } from './listeners.ts'
import { type Answer, createNonce, createState, digestOf, type Pending } from './pending.ts'
import { createPkce, type Pkce } from './pkce.ts'
import { returnUrlsOf } from './return-urls.ts'

/** What begins an authorization. */
export interface BeginOptions {
  /** The flow's own, such as `https://slack.com/oauth/v2/authorize`. */
  readonly authorizeEndpoint: string
  readonly flow: OAuthFlow
  readonly clientId: string
  readonly strategy: RedirectStrategy
  /** The URL that the Slack app has registered: needed for `paste` and `relay`, unused otherwise. */
  readonly registeredRedirectUrl: string | null
  /** The path of this environment's answers: `callbackPath` of the contract. */
  readonly callbackPath: string
  /** Sent by the flow `v2` alone. */
  readonly botScopes: readonly string[]
  /** User scopes of `v2`; the one list of every other flow. */
  readonly userScopes: readonly string[]
  /** The workspace to offer first. */
  readonly teamId: string | null
  /** False opens no listener where the strategy has one: its ports are busy and the user will paste. */
  readonly isListening?: boolean
  /** Exchanges and stores. A rejection is shown in the browser; `onFailure` is not called for it. */
  readonly onAnswer: (answer: Answer) => Promise<void>
  /** It ended without a code: denied, expired or cancelled. */
  readonly onFailure: (error: AppError) => void
}

/** What is settled before anything waits. */
export type BeginPlan = Pick<
  Pending,
  'authorizeUrl' | 'redirectUri' | 'returnUrls' | 'codeVerifier' | 'nonce' | 'stateDigest'
>

/**
 * State, nonce, verifier and authorize URL of a new authorization.
 *
 * @param port the one that listens, or that is to be named where none does
 * @throws InputError on `baseUrl` or `redirectUrl`
 */
export function planOf(options: BeginOptions, port: number): BeginPlan {
  const state = createState()
  const nonce = options.flow === 'openid' ? createNonce() : null
  const pkce = pkceOf(options)
  const { redirectUri, returnUrls } = returnUrlsOf(options, port)
  const url = authorizeUrl({
    ...options,
    ...{ redirectUri, state },
    nonce: nonce?.expose() ?? null,
    codeChallenge: pkce?.challenge ?? null,
  })
  return {
    ...{ authorizeUrl: url, redirectUri, returnUrls, nonce },
    codeVerifier: pkce?.verifier ?? null,
    stateDigest: digestOf(state),
  }
}

/** The listener that a strategy needs; null for none. */
export function listenerOf(options: BeginOptions): ListenerKind | null {
  if (options.strategy === 'paste' || options.isListening === false) return null
  return options.strategy === 'pkce' ? 'http' : options.strategy
}

/**
 * For `pkce` alone: a verifier beside a client secret makes Slack's exchange fail (slack-auth 2).
 * Never for v1, whose exchange takes none (slack-auth 5).
 */
function pkceOf({ strategy, flow }: BeginOptions): Pkce | null {
  return strategy === 'pkce' && flow !== 'v1' ? createPkce() : null
}
