/** What Token Desk and a practice Slack say to each other beside Slack's own protocol. */
import * as z from 'zod'

/** Answers who is there. */
export const DESCRIPTION_PATH = '/token-desk-practice'
/** POST registers an app; GET with a client ID behind it tells whether that app is known. */
export const APPS_PATH = '/practice/apps'

export const practiceDescription = z.object({
  product: z.literal('Token Desk practice Slack'),
  /** Goes up when an older Token Desk could not use what answers here. */
  protocol: z.literal(1),
  url: z.string(),
})
export type PracticeDescription = z.infer<typeof practiceDescription>

/** What `POST` answers. */
export const appRegistered = z.object({
  appId: z.string().min(1),
  clientId: z.string().min(1),
  clientSecret: z.string().min(1).nullable(),
})
/** What `GET` with a client ID answers. */
export const appKnown = z.object({ isKnown: z.boolean() })
