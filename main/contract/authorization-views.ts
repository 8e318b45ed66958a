import * as z from 'zod'
import { environmentView } from './environment-views.ts'
import { failure } from './errors.ts'
import { oauthFlow, strategy } from './slack-app-views.ts'

/** One authorization that was started and has not been put away. */
export const authorizationView = z.object({
  id: z.string(),
  slackAppId: z.string(),
  slackAppName: z.string(),
  environment: environmentView,
  flow: oauthFlow,
  strategy,
  /** The browser was told to trust Token Desk's certificate, so that it will show no warning. */
  isCertificateTrusted: z.boolean(),
  /** The port the loopback server listens on; null for paste. */
  port: z.number().nullable(),
  redirectUrl: z.string(),
  /** The installation to update, when the user asked to authorize that one again. */
  wantedInstallationId: z.string().nullable(),
  wantedName: z.string().nullable(),
  /** The system opened no browser; the link can be copied. */
  browserFailure: failure.nullable(),
  startedAtMs: z.number(),
  expiresAtMs: z.number(),
  state: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('waiting') }),
    z.object({ kind: z.literal('exchanging') }),
    z.object({ kind: z.literal('other-team'), teamName: z.string(), failure }),
    z.object({ kind: z.literal('failed'), failure }),
    z.object({ kind: z.literal('done'), installationId: z.string() }),
  ]),
})
export type AuthorizationView = z.infer<typeof authorizationView>
