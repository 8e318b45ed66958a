/** Who asks for tokens: a client secret, or a PKCE verifier. */
import { createHash, timingSafeEqual } from 'node:crypto'
import * as z from 'zod'
import { hashOf } from './fresh-secrets.ts'
import { SlackProblem } from './slack-problem.ts'
import type { PracticeApp, StoredCode } from './state.ts'

/** Fields of the call, form or Basic. Source: slack-auth section 3 (docs: oauth.v2.access). */
export const accessFields = z.object({
  client_id: z.string().default(''),
  client_secret: z.string().nullable().default(null),
  grant_type: z.string().default('authorization_code'),
  code: z.string().default(''),
  code_verifier: z.string().nullable().default(null),
  redirect_uri: z.string().nullable().default(null),
  refresh_token: z.string().default(''),
})
export type AccessFields = z.infer<typeof accessFields>

/**
 * A secret, or a verifier in its place: never both, which Slack answers with `internal_error`, and no
 * verifier for an app without PKCE. Source: slack-auth section 2.
 *
 * @throws SlackProblem `bad_client_secret`, `pkce_not_allowed`, `internal_error`
 */
export function checkClient(app: PracticeApp, asked: AccessFields): void {
  if (asked.code_verifier === null) checkSecret(app, asked.client_secret)
  else if (!app.pkce) throw new SlackProblem('pkce_not_allowed')
  else if (asked.client_secret !== null) throw new SlackProblem('internal_error')
}

/** @throws SlackProblem `bad_client_secret` */
export function checkSecret(app: PracticeApp, secret: string | null): void {
  const isRight =
    secret !== null && app.secretHash !== null && isSame(hashOf(secret), app.secretHash)
  if (!isRight) throw new SlackProblem('bad_client_secret')
}

/** @throws SlackProblem `invalid_code_verifier`. Source: RFC 7636 sections 4.1 and 4.6. */
export function checkVerifier(code: StoredCode, verifier: string | null): void {
  if (verifier === null && code.challengeHash === null) return
  const isRight =
    verifier !== null &&
    code.challengeHash !== null &&
    /^[A-Za-z0-9._~-]{43,128}$/.test(verifier) &&
    isSame(hashOf(createHash('sha256').update(verifier).digest('base64url')), code.challengeHash)
  if (!isRight) throw new SlackProblem('invalid_code_verifier')
}

function isSame(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(a), Buffer.from(b))
}
