import * as z from 'zod'

/** Which Slack: slack.com, GovSlack, the built-in practice Slack, or a custom base URL. */
export const environmentRef = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('slack') }),
  z.object({ kind: z.literal('govslack') }),
  z.object({ kind: z.literal('practice') }),
  z.object({ kind: z.literal('custom'), baseUrl: z.string().min(1).max(2000) }),
])
export type EnvironmentRef = z.infer<typeof environmentRef>

export const environmentView = z.object({
  ref: environmentRef,
  /** "slack.com", "GovSlack", "Practice" or the custom host. */
  label: z.string(),
  /** Host that tokens are sent to, such as `slack.com` or `localhost:17870`. */
  host: z.string(),
})
export type EnvironmentView = z.infer<typeof environmentView>
