/** One token as the answers of every exchange carry it. */
import * as z from 'zod'
import { Secret } from '../platform/secret.ts'
import { expiresIn, expiryMs, scopeList, text } from './wire.ts'

/** One token that Slack granted. */
export interface Granted {
  readonly token: Secret
  /** What Slack granted, which may be less than was asked for. */
  readonly scopes: string[]
  /** Epoch milliseconds; null where the token does not expire. */
  readonly expiresAtMs: number | null
  /** With token rotation alone; single use. */
  readonly refreshToken: Secret | null
}

/** The fields that make a token; all but the token itself may be missing. */
export const tokenFields = {
  access_token: text,
  token_type: text,
  scope: text,
  expires_in: expiresIn,
  refresh_token: text,
}
const tokenAnswer = z.object(tokenFields)
type TokenAnswer = z.infer<typeof tokenAnswer>

/**
 * The token of these fields; null where they hold none.
 *
 * @param nowMs when the call was sent, epoch milliseconds
 */
export function granted(fields: TokenAnswer, nowMs: number): Granted | null {
  if (fields.access_token === null) return null
  return {
    token: Secret.of(fields.access_token),
    scopes: scopeList(fields.scope),
    expiresAtMs: expiryMs(fields.expires_in, nowMs),
    refreshToken: fields.refresh_token === null ? null : Secret.of(fields.refresh_token),
  }
}
