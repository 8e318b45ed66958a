import { createHash, randomBytes } from 'node:crypto'
import { Secret } from '../platform/secret.ts'

/** A verifier that stays here and the challenge that goes into the authorize URL. */
export interface Pkce {
  readonly verifier: Secret
  readonly challenge: string
}

/** A fresh pair: 256 random bits as 43 base64url characters. Source: RFC 7636 section 4.1. */
export function createPkce(): Pkce {
  const verifier = Secret.of(randomBytes(32).toString('base64url'))
  return { verifier, challenge: challengeOf(verifier) }
}

/** The S256 challenge: base64url without padding of SHA-256. Source: RFC 7636 section 4.2. */
export function challengeOf(verifier: Secret): string {
  return createHash('sha256').update(verifier.expose(), 'ascii').digest('base64url')
}
