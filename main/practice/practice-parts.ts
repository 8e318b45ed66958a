import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { ConsentForms } from './consent-forms.ts'
import type { StateFile } from './state-file.ts'

/** How a call goes wrong on purpose. `slow` and `hang-up` do what was asked first: only the answer fails. */
export type PracticeFault =
  | 'slow'
  | 'garbage'
  | 'hang-up'
  | { readonly error: string }
  | { readonly status: number }

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

/** What the rooms of one running practice Slack share. */
export interface PracticeParts {
  readonly state: StateFile
  readonly forms: ConsentForms
  readonly clock: Clock
  readonly log: Log
  readonly faults: PracticeFaults
  /** Keeps a call for `calls()`. */
  readonly record: (call: PracticeCall) => void
}
