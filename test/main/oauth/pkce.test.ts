import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { challengeOf, createPkce } from '../../../main/oauth/pkce.ts'
import { Secret } from '../../../main/platform/secret.ts'

it('gives the challenge of RFC 7636 appendix B', () => {
  const verifier = Secret.of('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')
  expect(challengeOf(verifier)).toBe('E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM')
})

it('makes a fresh verifier of 43 unreserved characters, with its own challenge', () => {
  const pairs = Array.from({ length: 50 }, () => createPkce())
  for (const { verifier, challenge } of pairs) {
    expect(verifier.expose()).toMatch(/^[A-Za-z0-9_-]{43}$/)
    const digest = createHash('sha256').update(verifier.expose()).digest('base64url')
    expect(challenge).toBe(digest)
  }
  expect(new Set(pairs.map((pair) => pair.verifier.expose())).size).toBe(50)
})
