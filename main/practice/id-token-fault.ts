import * as z from 'zod'

/** How an ID token goes wrong on purpose: each is a reason to refuse it (OpenID Connect Core 3.1.3.7). */
export const ID_TOKEN_FAULTS = [
  'wrong-nonce',
  'wrong-audience',
  'wrong-issuer',
  'expired',
  'bad-signature',
] as const

export const idTokenFault = z.enum(ID_TOKEN_FAULTS)
export type IdTokenFault = z.infer<typeof idTokenFault>
