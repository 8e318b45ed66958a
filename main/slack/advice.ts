/** What Slack's codes mean, and what the user can do about each. */
import type { CredentialState } from '../contract/views.ts'
import { AUTHORIZE_REFUSALS } from './authorize-refusals.ts'
import { SlackRefused } from './errors.ts'
import { type Refusal, refusal, type TokenState } from './refusal.ts'
import { TOKEN_REFUSALS } from './token-refusals.ts'

/** What was asked when Slack refused: some codes mean one thing of a code and another of a token. */
export interface RefusalContext {
  readonly during: 'exchange' | 'token-call'
  /** The redirect URL that was sent, so that it can be shown. */
  readonly redirectUri?: string
}

/** The failure for one of Slack's codes, in plain words; a code that nobody has listed is shown. */
export function slackRefused(slackCode: string, context: RefusalContext): SlackRefused {
  const found = refusalFor(slackCode, context.during)
  const isAboutRedirect = slackCode === 'bad_redirect_uri' && context.redirectUri !== undefined
  const advice = isAboutRedirect
    ? `Add exactly this address under OAuth & Permissions: ${context.redirectUri}`
    : found.advice
  return new SlackRefused(slackCode, { ...found, advice })
}

function refusalFor(slackCode: string, during: RefusalContext['during']): Refusal {
  const first = during === 'exchange' ? AUTHORIZE_REFUSALS : TOKEN_REFUSALS
  const second = during === 'exchange' ? TOKEN_REFUSALS : AUTHORIZE_REFUSALS
  return own(first, slackCode) ?? own(second, slackCode) ?? unlisted(slackCode)
}

/** Slack's text is looked up: a code named `constructor` must not find what every object has. */
function own(table: Readonly<Record<string, Refusal>>, slackCode: string): Refusal | undefined {
  return Object.hasOwn(table, slackCode) ? table[slackCode] : undefined
}

function unlisted(slackCode: string): Refusal {
  return refusal(
    `Slack said no: ${slackCode}`,
    'Slack’s documentation lists what this code means. Try again, or look at the app’s settings.',
    'retry',
  )
}

const STATES: Readonly<Record<TokenState, CredentialState | null>> = {
  dead: 'revoked',
  expired: 'expired',
  suspended: 'suspended',
  alive: null,
  transient: null,
}

/**
 * The state that a refused call puts its token in; null leaves it as it was. Only Slack's plain word
 * ends a token: `invalid_auth` is also the answer to a network that the app does not allow.
 */
export function credentialStateFor(slackCode: string): CredentialState | null {
  const tokenState = own(TOKEN_REFUSALS, slackCode)?.tokenState
  return tokenState === undefined ? null : STATES[tokenState]
}
