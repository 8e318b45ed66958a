/**
 * The readable half of what the vault keeps: names, scopes, times. Secrets stand beside it in sealed
 * fields, named here. Parsed with zod whenever a record is read.
 */
import * as z from 'zod'
import { errorCode } from '../contract/errors.ts'
import {
  credentialKind,
  credentialState,
  type EnvironmentRef,
  environmentRef,
  installationEvent,
  oauthFlow,
  orgTeam,
  strategy,
} from '../contract/views.ts'
import { AppError } from '../errors.ts'
import { slackEndpoints } from '../slack/environment.ts'

export const SLACK_APP = 'slack-app'
export const INSTALLATION = 'installation'
export const HELD_ANSWER = 'held-answer'

/** Sealed fields of a Slack app. */
export const CLIENT_SECRET = 'clientSecret'
export const SIGNING_SECRET = 'signingSecret'
export const VERIFICATION_TOKEN = 'verificationToken'
export type SlackAppSecret =
  | typeof CLIENT_SECRET
  | typeof SIGNING_SECRET
  | typeof VERIFICATION_TOKEN

/** Sealed field of a credential's refresh token, beside the field named after the credential itself. */
export function refreshField(credentialId: string): string {
  return `${credentialId}#refresh`
}

/** Sealed fields of the pair before the last refresh, kept until the new one was seen working. */
export function previousField(credentialId: string): string {
  return `${credentialId}#previous`
}
export function previousRefreshField(credentialId: string): string {
  return `${credentialId}#previous-refresh`
}

/** A base URL that is refused when it is typed is refused in a record, too. */
export const storedEnvironment = environmentRef.refine(hasEndpoints, 'not the address of a Slack')

function hasEndpoints(ref: EnvironmentRef): boolean {
  try {
    return slackEndpoints(ref).apiUrl !== ''
  } catch (thrown) {
    if (thrown instanceof AppError) return false
    throw thrown
  }
}

// What has a default came after the first version: records of before do not have it.
export const slackAppMeta = z.object({
  name: z.string(),
  environment: storedEnvironment,
  clientId: z.string(),
  appId: z.string().nullable(),
  flow: oauthFlow.default('v2'),
  strategy,
  redirectUrl: z.string().nullable(),
  botScopes: z.array(z.string()),
  userScopes: z.array(z.string()),
  optionalScopes: z.array(z.string()).default([]),
  isUnfinished: z.boolean().default(false),
  createdAtMs: z.number(),
})
export type SlackAppMeta = z.infer<typeof slackAppMeta>

/** How refreshing a credential goes. */
export const refreshMeta = z.object({
  /** Made durable before Slack is asked, and taken away with its answer: a crash leaves it. */
  inFlightSinceMs: z.number().nullable(),
  lastRefreshedAtMs: z.number().nullable(),
  /** The pair before is kept beside it. */
  hasPrevious: z.boolean(),
  failedCount: z.number(),
  failure: z
    .object({ code: errorCode, slackCode: z.string().nullable(), atMs: z.number() })
    .nullable(),
  /** Nothing is sent before then: backing off, or Slack's Retry-After. */
  nextTryAtMs: z.number().nullable(),
  /** Slack said that the refresh token is dead. */
  isDead: z.boolean(),
})
export type RefreshMeta = z.infer<typeof refreshMeta>

/** A credential's metadata; its token is sealed in the field named by `id`. */
export const credentialMeta = z.object({
  id: z.string(),
  kind: credentialKind,
  scopes: z.array(z.string()),
  expiresAtMs: z.number().nullable(),
  rotates: z.boolean(),
  refreshExpiresAtMs: z.number().nullable().default(null),
  isClassic: z.boolean().default(false),
  /** When Slack handed it over; null for an imported one. */
  grantedAtMs: z.number().nullable().default(null),
  userId: z.string().nullable(),
  userName: z.string().nullable(),
  userEmail: z.string().nullable().default(null),
  channel: z.string().nullable(),
  state: credentialState,
  slackCode: z.string().nullable(),
  lastCheckedAtMs: z.number().nullable(),
  /** Grows by one whenever its secret becomes another: subscribers confirm the one they followed. */
  generation: z.number().default(0),
  refresh: refreshMeta.nullable().default(null),
})
export type CredentialMeta = z.infer<typeof credentialMeta>

export const installationMeta = z.object({
  teamName: z.string(),
  localName: z.string().nullable(),
  note: z.string(),
  teamId: z.string().nullable(),
  teamDomain: z.string().nullable(),
  enterpriseId: z.string().nullable(),
  enterpriseName: z.string().nullable(),
  environment: storedEnvironment,
  slackAppId: z.string().nullable(),
  appName: z.string(),
  appId: z.string().nullable(),
  botUserId: z.string().nullable(),
  credentials: z.array(credentialMeta),
  isOrgWide: z.boolean().default(false),
  orgTeams: z.array(orgTeam).default([]),
  history: z.array(installationEvent).default([]),
  source: z.enum(['authorized', 'imported']),
  createdAtMs: z.number(),
  updatedAtMs: z.number(),
  lastCheckedAtMs: z.number().nullable(),
})
export type InstallationMeta = z.infer<typeof installationMeta>

/** An answer of Slack for another team than the wanted one, kept until the user chooses. */
export const heldAnswerMeta = z.object({
  slackAppId: z.string(),
  wantedInstallationId: z.string(),
  installation: installationMeta,
  startedAtMs: z.number(),
})
export type HeldAnswerMeta = z.infer<typeof heldAnswerMeta>
