import * as z from 'zod'
import { failure } from './errors.ts'
import { REDIRECT_STRATEGIES } from './redirect.ts'

/** What the renderer sees of the desk: names, states and masked values. No schema here has room for a secret. */

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

export const strategy = z.enum(REDIRECT_STRATEGIES)

export const slackAppView = z.object({
  id: z.string(),
  name: z.string(),
  environment: environmentView,
  clientId: z.string(),
  /** Slack's own ID of the app (A…), known after the first authorization. */
  appId: z.string().nullable(),
  /** `…5d2e`; null for a PKCE app. */
  clientSecretMasked: z.string().nullable(),
  strategy,
  /** The redirect URLs to register: three for a loopback strategy, the user's own for paste. */
  redirectUrls: z.array(z.string()),
  botScopes: z.array(z.string()),
  userScopes: z.array(z.string()),
  createdAtMs: z.number(),
})
export type SlackAppView = z.infer<typeof slackAppView>

export const credentialKind = z.enum(['bot', 'user', 'app', 'webhook'])
export type CredentialKind = z.infer<typeof credentialKind>

/**
 * `working`: Slack said so at the last check. `unchecked`: Slack has no way to check this kind, or it
 * was not asked yet. `suspended`: alive, but an admin or a network rule keeps Slack from accepting it.
 */
export const credentialState = z.enum(['working', 'unchecked', 'expired', 'revoked', 'suspended'])
export type CredentialState = z.infer<typeof credentialState>

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
  /** The Slack user that a user token acts as. */
  userId: z.string().nullable(),
  userName: z.string().nullable(),
  /** `#deploys` for an incoming webhook. */
  channel: z.string().nullable(),
  state: credentialState,
  /** Slack's code of the last failed check. */
  slackCode: z.string().nullable(),
  lastCheckedAtMs: z.number().nullable(),
  /** Variable name that Copy and Write propose, such as `SLACK_BOT_TOKEN`. */
  variable: z.string(),
})
export type CredentialView = z.infer<typeof credentialView>

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
  source: z.enum(['authorized', 'imported']),
  createdAtMs: z.number(),
  updatedAtMs: z.number(),
  lastCheckedAtMs: z.number().nullable(),
})
export type InstallationView = z.infer<typeof installationView>

/** One authorization that was started and has not been put away. */
export const authorizationView = z.object({
  id: z.string(),
  slackAppId: z.string(),
  slackAppName: z.string(),
  environment: environmentView,
  strategy,
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

/**
 * `opening`: the keyring was not asked yet. `choose-passphrase`: first start without a keyring.
 * `blocked`: it cannot be opened; `failure` says why and what to do.
 */
export const vaultView = z.object({
  state: z.enum(['opening', 'ready', 'locked', 'choose-passphrase', 'blocked']),
  protection: z.enum(['keyring', 'passphrase']).nullable(),
  failure: failure.nullable(),
  /** Said once after the vault file was found damaged: what was opened instead, and where the damaged file is. */
  recovery: z
    .object({ opened: z.enum(['last-good', 'empty']), damagedFile: z.string() })
    .nullable(),
  /** Entries of the open vault that are not shown, since another program changed them or they make no sense. */
  unreadableCount: z.number(),
})
export type VaultView = z.infer<typeof vaultView>

export const appInfo = z.object({
  version: z.string(),
  electron: z.string(),
  chrome: z.string(),
  node: z.string(),
  /** True when this build runs on the out-of-support fallback runtime: said in About. */
  isTestRuntime: z.boolean(),
  platform: z.string(),
  dataFolder: z.string(),
  theme: z.enum(['system', 'light', 'dark']),
})
export type AppInfo = z.infer<typeof appInfo>

export const snapshot = z.object({
  info: appInfo,
  vault: vaultView,
  slackApps: z.array(slackAppView),
  installations: z.array(installationView),
  authorizations: z.array(authorizationView),
})
export type Snapshot = z.infer<typeof snapshot>

/** Which secret or value: a credential of an installation, or a field of a Slack app. */
export const secretRef = z.discriminatedUnion('of', [
  z.object({ of: z.literal('credential'), installationId: z.string(), credentialId: z.string() }),
  z.object({
    of: z.literal('slack-app'),
    slackAppId: z.string(),
    field: z.enum(['clientId', 'clientSecret']),
  }),
])
export type SecretRef = z.infer<typeof secretRef>

/** What recognising and checking pasted text found; the text itself stays in main. */
export const importFinding = z.object({
  id: z.string(),
  /** `session`: refused. `config`: not a token of an installation. `unknown`: not recognised. */
  kind: z.enum(['bot', 'user', 'app', 'webhook', 'session', 'unsupported', 'unknown']),
  masked: z.string(),
  variable: z.string(),
  /** Line of the pasted text, from 1. */
  line: z.number(),
  check: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('not-checked') }),
    z.object({ kind: z.literal('cannot-be-checked') }),
    z.object({ kind: z.literal('works'), workspaceName: z.string(), scopes: z.array(z.string()) }),
    z.object({ kind: z.literal('refused'), failure }),
  ]),
})
export type ImportFinding = z.infer<typeof importFinding>

export const importDraft = z.object({
  id: z.string(),
  lineCount: z.number(),
  environment: environmentView,
  findings: z.array(importFinding),
})
export type ImportDraft = z.infer<typeof importDraft>

export const envFileView = z.object({
  id: z.string(),
  /** `~/code/northwind-bot/.env` */
  displayPath: z.string(),
  exists: z.boolean(),
})
export type EnvFileView = z.infer<typeof envFileView>

export const diffLine = z.object({
  sign: z.enum(['same', 'added', 'removed']),
  /** Line number before and after; null on the side where the line does not stand. */
  before: z.number().nullable(),
  after: z.number().nullable(),
  /** Masked: our value as `xoxb-…k3Zq`, every other value as `•••••• hidden`. */
  text: z.string(),
})
export type DiffLine = z.infer<typeof diffLine>

/**
 * What git says of the file. `unknown`: git refused to answer or is not there; never read as safe.
 * `outside`: the folder is in no repository.
 */
export const gitView = z.object({
  state: z.enum(['ignored', 'not-ignored', 'tracked', 'outside', 'unknown']),
  /** The .gitignore that would get the line, and the line; null where there is nothing to add. */
  gitignore: z.object({ displayPath: z.string(), line: z.string() }).nullable(),
  /** `git rm --cached .env`, for a tracked file. */
  untrackCommand: z.string().nullable(),
})
export type GitView = z.infer<typeof gitView>

export const writePreview = z.object({
  id: z.string(),
  file: envFileView,
  /** Where a link leads: the file that is written; null when the chosen one is no link. */
  leadsTo: z.string().nullable(),
  variable: z.string(),
  lines: z.array(diffLine),
  changedCount: z.number(),
  unchangedCount: z.number(),
  /** `LF`, `CRLF` or `mixed`. */
  lineEnding: z.enum(['LF', 'CRLF', 'mixed']),
  /** `0600`; null for a file that does not exist yet (it gets 0600). */
  mode: z.string().nullable(),
  createsFile: z.boolean(),
  /** False when the file already holds this value. */
  changesAnything: z.boolean(),
  git: gitView,
  /** The name begins as frameworks publish to every visitor (VITE_, NEXT_PUBLIC_ …). */
  publicNameWarning: z.boolean(),
})
export type WritePreview = z.infer<typeof writePreview>

export const writeReport = z.object({
  writeId: z.string(),
  displayPath: z.string(),
  changedCount: z.number(),
  createdFile: z.boolean(),
  gitignoreAdded: z.boolean(),
  /** Said when the file was written but the line could not be added to .gitignore. */
  gitignoreFailure: failure.nullable(),
})
export type WriteReport = z.infer<typeof writeReport>
