import * as z from 'zod'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { AuthorizeRequest } from './authorize-request.ts'
import { idTokenFault } from './id-token-fault.ts'
import type { IdTokenSigner } from './id-tokens.ts'
import type { Manifest } from './manifest.ts'
import type { OneTimeForms } from './one-time-forms.ts'
import type { PlannedAnswers } from './planned-answers.ts'
import type { StateFile } from './state-file.ts'

/**
 * How a call goes wrong on purpose. `slow` and `hang-up` do what was asked first: only the answer fails.
 * `idToken` spoils the ID token of a sign-in; other calls pass. `retryAfterSeconds` is what `ratelimited`
 * tells the caller to wait, 30 unless it is named.
 */
export const practiceFault = z.union([
  z.enum(['slow', 'garbage', 'hang-up']),
  z.strictObject({
    error: z.string().regex(/^[a-z0-9_]{1,80}$/),
    retryAfterSeconds: z.number().int().min(1).max(3600).optional(),
  }),
  z.strictObject({ status: z.number().int().min(400).max(599) }),
  z.strictObject({ idToken: idTokenFault }),
])
export type PracticeFault = Readonly<z.infer<typeof practiceFault>>

/** Asked before each Web API call; null lets it pass. */
export interface PracticeFaults {
  next?(method: string): PracticeFault | null
}

/** One Web API call that came: no argument and no token is kept. */
export interface PracticeCall {
  /** Such as `oauth.v2.access`. */
  readonly method: string
  /** `ok`, Slack's code, or the fault that was injected. */
  readonly outcome: string
  readonly atMs: number
}

/** What a form beside the consent page was shown for. */
export type PageForm =
  | { readonly kind: 'generate-token' }
  | { readonly kind: 'create-app'; readonly manifest: Manifest }
  | { readonly kind: 'plan-answer' }

/** What the rooms of one running practice Slack share. */
export interface PracticeParts {
  readonly state: StateFile
  readonly consentForms: OneTimeForms<AuthorizeRequest>
  readonly pageForms: OneTimeForms<PageForm>
  readonly planned: PlannedAnswers
  readonly signer: IdTokenSigner
  readonly clock: Clock
  readonly log: Log
  /** Of access tokens that expire. */
  readonly tokenLifeSeconds: number
  /** Those of the options, then the planned answers. */
  readonly faults: PracticeFaults
  /** Keeps a call for `calls()`. */
  readonly record: (call: PracticeCall) => void
}

/** Longer than anybody waits for an answer. */
const SLOW_MS = 60_000

/** Waits as long as a fault `slow` holds an answer back. */
export function slowDown(clock: Clock): Promise<void> {
  return new Promise((resolve) => void clock.after(SLOW_MS, resolve))
}
