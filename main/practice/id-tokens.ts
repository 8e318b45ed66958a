/** ID tokens of Sign in with Slack: what they say, and the keys that sign them. */
import { createHash } from 'node:crypto'
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose'
import { freshKeyId } from './fresh-secrets.ts'
import type { IdTokenFault } from './id-token-fault.ts'
import { findPlace } from './world.ts'

const ALGORITHM = 'RS256'
/** Source: slack-auth section 6. */
const LIFE_SECONDS = 300

export interface UnsignedIdToken {
  readonly claims: JWTPayload
  /** Signed by a key that is not in the key set. */
  readonly isForged: boolean
}

/** Signs with keys that live in memory alone: made when first needed, new at each start. */
export interface IdTokenSigner {
  sign(token: UnsignedIdToken): Promise<string>
  /** The public keys, as `/openid/connect/keys` serves them. */
  keys(): Promise<{ readonly keys: readonly JWK[] }>
}

export function createIdTokenSigner(): IdTokenSigner {
  let making: ReturnType<typeof makeKeys> | null = null
  const keys = () => {
    making ??= makeKeys()
    return making
  }
  return {
    async sign({ claims, isForged }) {
      const { kid, own, foreign } = await keys()
      const header = { alg: ALGORITHM, typ: 'JWT', kid }
      const { privateKey } = isForged ? await foreign() : own
      return new SignJWT(claims).setProtectedHeader(header).sign(privateKey)
    },
    async keys() {
      const { kid, own } = await keys()
      const jwk = await exportJWK(own.publicKey)
      return { keys: [{ ...jwk, kid, alg: ALGORITHM, use: 'sig' }] }
    },
  }
}

async function makeKeys() {
  const foreign = () => generateKeyPair(ALGORITHM)
  return { kid: freshKeyId(), own: await generateKeyPair(ALGORITHM), foreign }
}

/** Who signed in, by Slack's scopes. Source: slack-auth section 6 (docs: sign-in-with-slack). */
export function identityClaims(
  teamId: string,
  userId: string,
  scopes: readonly string[],
): Record<string, unknown> {
  const place = findPlace(teamId)
  const person = place?.people.find((one) => one.userId === userId)
  return {
    sub: userId,
    'https://slack.com/user_id': userId,
    'https://slack.com/team_id': teamId,
    ...(scopes.includes('email') ? { email: person?.email, email_verified: true } : {}),
    ...(scopes.includes('profile')
      ? {
          name: `${person?.givenName} ${person?.familyName}`,
          given_name: person?.givenName,
          family_name: person?.familyName,
          locale: 'en-US',
          'https://slack.com/team_name': place?.name,
          'https://slack.com/team_domain': place?.domain,
        }
      : {}),
  }
}

/** The ID token of an exchange. Times are whole seconds. */
export function unsignedIdToken(of: {
  readonly issuer: string
  readonly clientId: string
  readonly identity: Record<string, unknown>
  readonly accessToken: string
  readonly nonce: string | null
  readonly authTimeMs: number
  readonly nowMs: number
  readonly fault: IdTokenFault | null
}): UnsignedIdToken {
  const iat = Math.floor(of.nowMs / 1000)
  const claims = {
    iss: of.issuer,
    aud: of.clientId,
    iat,
    exp: iat + LIFE_SECONDS,
    auth_time: Math.floor(of.authTimeMs / 1000),
    ...(of.nonce === null ? {} : { nonce: of.nonce }),
    at_hash: accessTokenHash(of.accessToken),
    ...of.identity,
  }
  return { claims: spoil(claims, of.fault), isForged: of.fault === 'bad-signature' }
}

/** Half of the token's SHA-256. Source: OpenID Connect Core section 3.1.3.6. */
function accessTokenHash(token: string): string {
  return createHash('sha256').update(token).digest().subarray(0, 16).toString('base64url')
}

function spoil<T extends { readonly iat: number; readonly exp: number }>(
  claims: T,
  fault: IdTokenFault | null,
): JWTPayload {
  switch (fault) {
    case 'wrong-nonce':
      return { ...claims, nonce: 'a-nonce-that-nobody-sent' }
    case 'wrong-audience':
      return { ...claims, aud: '1000000000000.1000000000000' }
    case 'wrong-issuer':
      return { ...claims, iss: 'https://slack.example' }
    case 'expired':
      return { ...claims, iat: claims.iat - 3600, exp: claims.exp - 3600 }
    case 'bad-signature':
    case null:
      return { ...claims }
  }
}
