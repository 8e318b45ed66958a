import type { IdTokenFault } from './id-token-fault.ts'
import type { UnsignedIdToken } from './id-tokens.ts'
import type { PracticeState } from './state.ts'

/** One call of a Web API method. */
export interface MethodCall {
  readonly fields: Readonly<Record<string, string>>
  /** From the bearer header or the body; null when there is none. */
  readonly token: string | null
  /** Client ID and secret of an HTTP Basic header, which then count alone; null without one. */
  readonly basic: { readonly id: string; readonly secret: string } | null
  readonly nowMs: number
  readonly port: number
  /** Of the access tokens that it gives out and that expire. */
  readonly tokenLifeSeconds: number
  /** What is to be wrong with an ID token, as a test asked for; null for nothing. */
  readonly idTokenFault: IdTokenFault | null
}

export interface MethodAnswer {
  readonly body: Record<string, unknown>
  /** What the token may do: the header `x-oauth-scopes`. */
  readonly scopes: readonly string[]
  /** What the method asks for: the header `x-accepted-oauth-scopes`. */
  readonly accepted: readonly string[]
  /** To be signed and put into the body as `id_token` once the change is kept. */
  readonly idToken?: UnsignedIdToken
}

/** Changes the draft as Slack would change its books. @throws SlackProblem with nothing to be kept */
export type Method = (draft: PracticeState, call: MethodCall) => MethodAnswer

/** An answer without scopes in its headers. */
export function plainAnswer(body: Record<string, unknown>): MethodAnswer {
  return { body, scopes: [], accepted: [] }
}
