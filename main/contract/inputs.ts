import * as z from 'zod'
import { OAUTH_FLOWS, REDIRECT_STRATEGIES } from './redirect.ts'
import { environmentRef } from './views.ts'

/** What the user fills in, as the page hands it to main. */

/** A secret that the user typed. It crosses once and is never answered. */
export const typedSecret = z.string().max(4096)
const scopes = z.array(z.string().min(1).max(200)).max(300)
export const slackAppInput = z.object({
  name: z.string().max(200),
  environment: environmentRef,
  clientId: z.string().max(200),
  /** Null keeps the stored one on update; empty means none. */
  clientSecret: typedSecret.nullable(),
  /** As `clientSecret`. */
  signingSecret: typedSecret.nullable(),
  verificationToken: typedSecret.nullable(),
  flow: z.enum(OAUTH_FLOWS),
  strategy: z.enum(REDIRECT_STRATEGIES),
  /** The user's own redirect URL, for the paste and relay strategies. */
  redirectUrl: z.string().max(2500).nullable(),
  botScopes: scopes,
  userScopes: scopes,
  optionalScopes: scopes,
})
export type SlackAppInput = z.infer<typeof slackAppInput>

/** What a new manifest is made from. */
export const manifestForm = z.object({
  name: z.string().max(200),
  description: z.string().max(500),
  environment: environmentRef,
  strategy: z.enum(REDIRECT_STRATEGIES),
  redirectUrl: z.string().max(2500).nullable(),
  botScopes: scopes,
  userScopes: scopes,
  optionalScopes: scopes,
  tokenRotation: z.boolean(),
  socketMode: z.boolean(),
  orgDeploy: z.boolean(),
})
export type ManifestForm = z.infer<typeof manifestForm>
