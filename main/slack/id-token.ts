/**
 * ID tokens of Sign in with Slack, verified as OpenID Connect Core 3.1.3.7 asks: signature, issuer,
 * audience, expiry, nonce, and that they belong to the access token beside them.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { JWTPayload, JWTVerifyOptions } from 'jose'
import * as z from 'zod'
import type { Clock } from '../platform/clock.ts'
import type { Secret } from '../platform/secret.ts'
import type { SlackEndpoints } from './environment.ts'
import { type IdTokenCheck, IdTokenInvalid } from './errors.ts'
import { epochSeconds, parseAnswer, text } from './wire.ts'

export interface IdTokenToVerify {
  readonly endpoints: SlackEndpoints
  /** What `keysUrl` answered. */
  readonly keys: unknown
  readonly idToken: Secret
  /** The access token that came with it. */
  readonly accessToken: Secret
  readonly clientId: string
  /** As it was sent to the authorize page. */
  readonly nonce: Secret
  readonly clock: Clock
}

/** What a verified ID token says; null where it does not. */
export interface IdTokenClaims {
  readonly userId: string
  readonly userName: string | null
  readonly email: string | null
  readonly team: { readonly id: string; readonly name: string | null } | null
  readonly enterprise: { readonly id: string; readonly name: string | null } | null
  /** Epoch milliseconds. */
  readonly expiresAtMs: number
}

/** Seconds that the clocks of this computer and of Slack may differ. */
const CLOCK_TOLERANCE = 60
/** Seconds since it was made: it came a moment ago, and Slack's live five minutes. */
const MAX_AGE = 3600

/** @throws IdTokenInvalid for the first check that fails; SlackGarbage for keys that are no key set */
export async function verifyIdToken(given: IdTokenToVerify): Promise<IdTokenClaims> {
  const payload = await verifiedPayload(given)
  checkAuthorizedParty(payload, given.clientId)
  if (!sameText(payload.nonce, given.nonce.expose())) throw new IdTokenInvalid('nonce')
  const { at_hash: hash } = payload
  if (hash !== undefined && !sameText(hash, accessTokenHash(given.accessToken))) {
    throw new IdTokenInvalid('access-token')
  }
  return claimsOf(payload, given.endpoints)
}

/** The library is loaded by the first sign-in: the start of the app does not wait for it. */
async function verifiedPayload(given: IdTokenToVerify): Promise<JWTPayload> {
  const { createLocalJWKSet, errors, jwtVerify } = await import('jose')
  const keys = parseAnswer(keySet, given.keys)
  const options: JWTVerifyOptions = {
    algorithms: ['RS256'],
    issuer: given.endpoints.issuer,
    audience: given.clientId,
    clockTolerance: CLOCK_TOLERANCE,
    maxTokenAge: MAX_AGE,
    requiredClaims: ['exp', 'iat', 'nonce'],
    currentDate: new Date(given.clock.now()),
  }
  try {
    const { payload } = await jwtVerify(given.idToken.expose(), createLocalJWKSet(keys), options)
    return payload
  } catch (thrown) {
    // Anything else comes of a published key that cannot be used.
    const check = thrown instanceof errors.JOSEError ? failedCheck(thrown) : 'signature'
    throw new IdTokenInvalid(check)
  }
}

const keySet = z.object({
  keys: z
    .array(z.looseObject({ kty: z.string() }))
    .min(1)
    .max(100),
})

const CLAIM_CHECKS: Readonly<Record<string, IdTokenCheck>> = {
  iss: 'issuer',
  aud: 'audience',
  exp: 'expiry',
  nonce: 'nonce',
  iat: 'age',
}
const CODE_CHECKS: Readonly<Record<string, IdTokenCheck>> = {
  ERR_JOSE_ALG_NOT_ALLOWED: 'algorithm',
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: 'signature',
  ERR_JWKS_NO_MATCHING_KEY: 'signature',
  ERR_JWKS_MULTIPLE_MATCHING_KEYS: 'signature',
}

/** By the library's stable codes. A failed claim names itself, also where the code is of the expiry. */
function failedCheck(failure: { readonly code: string; readonly claim?: unknown }): IdTokenCheck {
  const byClaim = typeof failure.claim === 'string' ? CLAIM_CHECKS[failure.claim] : undefined
  return byClaim ?? CODE_CHECKS[failure.code] ?? 'shape'
}

/** Made for several apps, it has to say that it was given to this one. */
function checkAuthorizedParty({ aud, azp }: JWTPayload, clientId: string): void {
  const isShared = Array.isArray(aud) && aud.length > 1
  if ((isShared || azp !== undefined) && azp !== clientId) throw new IdTokenInvalid('audience')
}

/** The left half of the hash, as RS256 has it. Source: OpenID Connect Core 3.1.3.6. */
function accessTokenHash(accessToken: Secret): string {
  const hash = createHash('sha256').update(accessToken.expose(), 'ascii').digest()
  return hash.subarray(0, hash.length / 2).toString('base64url')
}

/** In constant time: hashes are compared, which are of one length. */
function sameText(given: unknown, wanted: string): boolean {
  if (typeof given !== 'string') return false
  const digest = (value: string) => createHash('sha256').update(value).digest()
  return timingSafeEqual(digest(given), digest(wanted))
}

const claims = z.object({ exp: epochSeconds, sub: text, name: text, email: text })

/** Source of the names: slack-auth section 6 (docs: sign in with Slack). */
function claimsOf(payload: JWTPayload, { issuer }: SlackEndpoints): IdTokenClaims {
  const parsed = claims.safeParse(payload)
  if (!parsed.success) throw new IdTokenInvalid('shape')
  const own = (name: string) => slackClaim(payload, issuer, name)
  const place = (kind: 'team' | 'enterprise') => {
    const id = own(`${kind}_id`)
    return id === null ? null : { id, name: own(`${kind}_name`) }
  }
  const userId = own('user_id') ?? parsed.data.sub
  const [team, enterprise] = [place('team'), place('enterprise')]
  if (userId === null || (team === null && enterprise === null)) throw new IdTokenInvalid('shape')
  const { name: userName, email, exp } = parsed.data
  return { userId, userName, email, team, enterprise, expiresAtMs: exp * 1000 }
}

/** Claims of Slack's own are named by an address; other environments may keep Slack's. */
function slackClaim(payload: JWTPayload, issuer: string, name: string): string | null {
  const value = payload[`${issuer}/${name}`] ?? payload[`https://slack.com/${name}`]
  return typeof value === 'string' && value !== '' ? value : null
}
