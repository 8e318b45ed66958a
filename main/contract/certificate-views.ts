import * as z from 'zod'
import { failure } from './errors.ts'

/** Where browsers look for certificates that the user trusts. */
export const trustStoreView = z.object({
  id: z.string(),
  /** "Chromium and Chrome", "Firefox", "Login keychain". */
  name: z.string(),
  /** "Your own certificate store, this user only." or the profile's name. */
  detail: z.string(),
  /** `running`: Firefox has this profile open, so it cannot be changed now. `unavailable`: see `failure`. */
  state: z.enum(['trusted', 'untrusted', 'running', 'unavailable']),
})
export type TrustStoreView = z.infer<typeof trustStoreView>

export const certificateView = z.object({
  /** Null until the first https authorization, or trusting, makes it. */
  fingerprint: z.string().nullable(),
  expiresAtMs: z.number().nullable(),
  /** What it is for: `localhost`, `127.0.0.1`, `::1`. */
  names: z.array(z.string()),
  stores: z.array(trustStoreView),
  /** What "Trust Token Desk's certificate" will do on this computer, a sentence each. */
  plan: z.array(z.string()),
  /** Why it cannot be done, such as a tool that is not installed. */
  failure: failure.nullable(),
})
export type CertificateView = z.infer<typeof certificateView>
