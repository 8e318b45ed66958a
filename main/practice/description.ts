/** What Token Desk and a practice Slack say to each other beside Slack's own protocol. */
import * as z from 'zod'

/** Answers who is there. */
export const DESCRIPTION_PATH = '/token-desk-practice'
/** POST registers an app; GET with a client ID behind it tells whether that app is known. */
export const APPS_PATH = '/practice/apps'

/** The page of the Slack apps; their settings are below it. */
export const LIST_PATH = '/apps'
/** The page where answers are planned; POST with JSON plans them for a program. */
export const ANSWERS_PATH = '/practice/answers'
/** POST with JSON makes an app configuration token. */
export const CONFIGURATION_TOKENS_PATH = '/practice/configuration-tokens'

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

/** What `POST` of configuration tokens answers; `exp` is in epoch seconds. */
export const configurationTokenMade = z.object({
  token: z.string().min(1),
  refreshToken: z.string().min(1),
  teamId: z.string().min(1),
  userId: z.string().min(1),
  exp: z.number(),
})
/** What `POST` of answers answers. */
export const answersPlanned = z.object({ method: z.string(), planned: z.number() })
