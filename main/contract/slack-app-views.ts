import * as z from 'zod'
import { environmentView } from './environment-views.ts'
import { OAUTH_FLOWS, REDIRECT_STRATEGIES } from './redirect.ts'

export const strategy = z.enum(REDIRECT_STRATEGIES)
export const oauthFlow = z.enum(OAUTH_FLOWS)

export const slackAppView = z.object({
  id: z.string(),
  name: z.string(),
  environment: environmentView,
  clientId: z.string(),
  /** Slack's own ID of the app (A…), known after the first authorization. */
  appId: z.string().nullable(),
  /** `…5d2e`; null for a PKCE app. */
  clientSecretMasked: z.string().nullable(),
  signingSecretMasked: z.string().nullable(),
  verificationTokenMasked: z.string().nullable(),
  flow: oauthFlow,
  strategy,
  /** The redirect URLs to register: three for a loopback strategy, the user's own for paste and relay. */
  redirectUrls: z.array(z.string()),
  /** Empty but for `v2`: the other flows have one list, which is `userScopes`. */
  botScopes: z.array(z.string()),
  userScopes: z.array(z.string()),
  /** Those of the two lists that the user may untick on Slack's page, as marked in the app's settings. */
  optionalScopes: z.array(z.string()),
  /** Slack created the app, but did not tell all of its secrets, or a later step failed. */
  isUnfinished: z.boolean(),
  createdAtMs: z.number(),
})
export type SlackAppView = z.infer<typeof slackAppView>
