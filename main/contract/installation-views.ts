import * as z from 'zod'
import { environmentView } from './environment-views.ts'
import { failure } from './errors.ts'

/**
 * `app`: app-level token. `sign-in`: access token of Sign in with Slack, which reads who the user is
 * and no more; `id-token`: what came with it. The last four belong to the Slack app itself and were
 * imported beside its tokens. In the order of every list.
 */
export const credentialKind = z.enum([
  'bot',
  'user',
  'app',
  'webhook',
  'sign-in',
  'id-token',
  'signing-secret',
  'verification-token',
  'client-id',
  'client-secret',
])
export type CredentialKind = z.infer<typeof credentialKind>

/**
 * `working`: Slack said so at the last check. `unchecked`: Slack has no way to check this kind, or it
 * was not asked yet. `suspended`: alive, but an admin or a network rule keeps Slack from accepting it.
 */
export const credentialState = z.enum(['working', 'unchecked', 'expired', 'revoked', 'suspended'])
export type CredentialState = z.infer<typeof credentialState>

/** How refreshing goes; null where the token has no refresh token. */
export const refreshView = z.object({
  isRunning: z.boolean(),
  /** Epoch milliseconds; null before the first. */
  lastRefreshedAtMs: z.number().nullable(),
  /** When Token Desk refreshes by itself; null while the vault is about to, or it never will. */
  nextAtMs: z.number().nullable(),
  /** Why the last try failed; null after one that worked. */
  failure: failure.nullable(),
  /** Failed tries in a row. */
  failedCount: z.number(),
  /** Slack said that the refresh token is dead: only authorizing again helps. */
  isDead: z.boolean(),
})
export type RefreshView = z.infer<typeof refreshView>

export const credentialView = z.object({
  id: z.string(),
  kind: credentialKind,
  /** `xoxb-…k3Zq`: the prefix and the last four characters. */
  masked: z.string(),
  /** Scopes Slack granted (not the requested ones). */
  scopes: z.array(z.string()),
  /** Epoch milliseconds; null where the token does not expire. */
  expiresAtMs: z.number().nullable(),
  /** True where Slack also gave a refresh token. */
  rotates: z.boolean(),
  /** When the refresh token ends by itself: 30 days after it came for a PKCE app, else null. */
  refreshExpiresAtMs: z.number().nullable(),
  /** Came through classic OAuth (v1). */
  isClassic: z.boolean(),
  /** The Slack user that a user token acts as, or who signed in. */
  userId: z.string().nullable(),
  userName: z.string().nullable(),
  /** Of who signed in, where Slack told. */
  userEmail: z.string().nullable(),
  /** `#deploys` for an incoming webhook. */
  channel: z.string().nullable(),
  state: credentialState,
  /** Slack's code of the last failed check. */
  slackCode: z.string().nullable(),
  lastCheckedAtMs: z.number().nullable(),
  refresh: refreshView.nullable(),
  /** It can be turned into a rotating one: a long-lived token of an app whose client secret is here. */
  canExchange: z.boolean(),
  /** Variable name that Copy and Write propose, such as `SLACK_BOT_TOKEN`. */
  variable: z.string(),
})
export type CredentialView = z.infer<typeof credentialView>

const sidedScope = z.object({ side: z.enum(['bot', 'user']), scope: z.string() })
export type SidedScope = z.infer<typeof sidedScope>

/**
 * What the Slack app is configured to ask for against what Slack granted. `missing`: wanted, not
 * granted, and not unticked by the user. `extra`: granted, no longer wanted; only revoking removes it.
 */
export const scopeDrift = z.object({ missing: z.array(sidedScope), extra: z.array(sidedScope) })
export type ScopeDrift = z.infer<typeof scopeDrift>

/** One thing that happened to an installation; no secret. */
export const installationEvent = z.object({
  atMs: z.number(),
  what: z.enum(['authorized', 'reinstalled', 'imported', 'revoked']),
  /** Scopes that were not there before. */
  addedScopes: z.array(z.string()),
})
export type InstallationEvent = z.infer<typeof installationEvent>

/** A workspace that a token of a whole organization covers. */
export const orgTeam = z.object({ id: z.string(), name: z.string() })
export type OrgTeam = z.infer<typeof orgTeam>

/** Why "Uninstall" cannot work for an installation; null where it can be tried. */
export const uninstallBlock = z.enum(['no-slack-app', 'no-client-secret', 'no-token']).nullable()
export type UninstallBlock = z.infer<typeof uninstallBlock>

export const installationView = z.object({
  id: z.string(),
  /** The name shown: the user's own, else the team's. */
  name: z.string(),
  /** Slack's name of the workspace or organization. */
  teamName: z.string(),
  /** The user's own name for it; null when not renamed. */
  localName: z.string().nullable(),
  note: z.string(),
  teamId: z.string().nullable(),
  /** `northwind-test.slack.com`, where Slack told. */
  teamDomain: z.string().nullable(),
  enterpriseId: z.string().nullable(),
  enterpriseName: z.string().nullable(),
  environment: environmentView,
  /** The Slack app entry used to authorize; null for an imported token. */
  slackAppId: z.string().nullable(),
  /** Name of the app, from the entry or from Slack. */
  appName: z.string(),
  /** Slack's own ID of the app (A…). */
  appId: z.string().nullable(),
  botUserId: z.string().nullable(),
  credentials: z.array(credentialView),
  /** Installed on a whole Enterprise organization. */
  isOrgWide: z.boolean(),
  /** The workspaces of an org-wide installation, as of the last check. */
  orgTeams: z.array(orgTeam),
  /** Null where nothing is configured to compare with, or nothing differs. */
  drift: scopeDrift.nullable(),
  uninstallBlock,
  /** Newest last, the last 50. */
  history: z.array(installationEvent),
  source: z.enum(['authorized', 'imported']),
  createdAtMs: z.number(),
  lastCheckedAtMs: z.number().nullable(),
})
export type InstallationView = z.infer<typeof installationView>
