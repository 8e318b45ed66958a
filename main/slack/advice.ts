/** What Slack's codes mean, and what the user can do about each. */
import type { CredentialState } from '../contract/views.ts'
import { AUTHORIZE_REFUSALS } from './authorize-refusals.ts'
import { CONFIGURATION_REFUSALS } from './configuration-refusals.ts'
import { SlackRefused } from './errors.ts'
import { REFRESH_REFUSALS } from './refresh-refusals.ts'
import { type Refusal, refusal, type TokenState } from './refusal.ts'
import { SIGN_IN_REFUSALS } from './sign-in-refusals.ts'
import { TOKEN_REFUSALS } from './token-refusals.ts'
import { UNINSTALL_REFUSALS } from './uninstall-refusals.ts'

/**
 * What was asked when Slack refused: some codes mean one thing of a code and another of a token.
 * `configuration`: a call with an app configuration token, or its renewal. `refresh`: a refresh token
 * was sent, or a long-lived token to be exchanged.
 */
export interface RefusalContext {
  readonly during: 'exchange' | 'token-call' | 'uninstall' | 'configuration' | 'refresh'
  /** The redirect URL that was sent, so that it can be shown. */
  readonly redirectUri?: string
}

type Table = Readonly<Record<string, Refusal>>

/** Where a code is looked up, first the table of what was asked. */
const TABLES: Readonly<Record<RefusalContext['during'], readonly Table[]>> = {
  exchange: [AUTHORIZE_REFUSALS, SIGN_IN_REFUSALS, TOKEN_REFUSALS, CONFIGURATION_REFUSALS],
  'token-call': [TOKEN_REFUSALS, AUTHORIZE_REFUSALS, SIGN_IN_REFUSALS, CONFIGURATION_REFUSALS],
  uninstall: [UNINSTALL_REFUSALS, TOKEN_REFUSALS, AUTHORIZE_REFUSALS],
  configuration: [CONFIGURATION_REFUSALS, TOKEN_REFUSALS, AUTHORIZE_REFUSALS],
  refresh: [REFRESH_REFUSALS, TOKEN_REFUSALS, AUTHORIZE_REFUSALS, SIGN_IN_REFUSALS],
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
  for (const table of TABLES[during]) {
    const found = own(table, slackCode)
    if (found !== undefined) return found
  }
  return unlisted(slackCode)
}

/** Slack's text is looked up: a code named `constructor` must not find what every object has. */
function own(table: Table, slackCode: string): Refusal | undefined {
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

/**
 * As `credentialStateFor`, for a refused refresh: `expired` and `revoked` mean that its refresh token
 * is dead. The access token beside it may live on until its own end.
 */
export function refreshStateFor(slackCode: string): CredentialState | null {
  const { tokenState } = refusalFor(slackCode, 'refresh')
  return tokenState === undefined ? null : STATES[tokenState]
}
