import * as z from 'zod'
import { environmentView } from './environment-views.ts'
import { credentialState } from './installation-views.ts'

/**
 * An app configuration token: creates and changes Slack apps for one user in one workspace. It lives
 * 12 hours; with its refresh token Token Desk renews it by itself. Source: slack-auth section 9.
 */
export const configurationTokenView = z.object({
  id: z.string(),
  environment: environmentView,
  teamId: z.string().nullable(),
  teamName: z.string().nullable(),
  userId: z.string().nullable(),
  masked: z.string(),
  /** Null where Slack has not said yet: it was imported without its refresh token. */
  expiresAtMs: z.number().nullable(),
  canRefresh: z.boolean(),
  state: credentialState,
  slackCode: z.string().nullable(),
})
export type ConfigurationTokenView = z.infer<typeof configurationTokenView>
