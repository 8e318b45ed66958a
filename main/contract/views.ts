import * as z from 'zod'
import { failure } from './errors.ts'
import { OAUTH_FLOWS, REDIRECT_STRATEGIES } from './redirect.ts'

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

/** "Check all" under way. */
export const checkingView = z.object({
  done: z.number(),
  total: z.number(),
  failed: z.number(),
  /** Slack asked to wait until then, epoch milliseconds; null while nothing waits. */
  waitsUntilMs: z.number().nullable(),
})
export type CheckingView = z.infer<typeof checkingView>

export const snapshot = z.object({
  info: appInfo,
  vault: vaultView,
  slackApps: z.array(slackAppView),
  installations: z.array(installationView),
  authorizations: z.array(authorizationView),
  configurationTokens: z.array(configurationTokenView),
  /** Null while "Check all" does not run. */
  checking: checkingView.nullable(),
})
export type Snapshot = z.infer<typeof snapshot>

/** Which secret or value: a credential of an installation, or a field of a Slack app. */
export const secretRef = z.discriminatedUnion('of', [
  z.object({ of: z.literal('credential'), installationId: z.string(), credentialId: z.string() }),
  z.object({
    of: z.literal('slack-app'),
    slackAppId: z.string(),
    field: z.enum(['clientId', 'clientSecret', 'signingSecret', 'verificationToken']),
  }),
  z.object({
    of: z.literal('configuration-token'),
    configurationTokenId: z.string(),
    field: z.enum(['token', 'refreshToken']),
  }),
])
export type SecretRef = z.infer<typeof secretRef>

/** What recognising and checking pasted text found; the text itself stays in main. */
export const importFinding = z.object({
  id: z.string(),
  /**
   * `config-or-user`: `xoxe.xoxp-1-` can be either, so the user is asked. `configuration`: its variable
   * said so. `refresh`: of a configuration token. `session`: refused. `unsupported`: known, of no use.
   */
  kind: z.enum([
    ...credentialKind.options,
    'config-or-user',
    'configuration',
    'refresh',
    'session',
    'unsupported',
  ]),
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
  /** Name of the chosen file, without its folder; null for the clipboard. */
  fileName: z.string().nullable(),
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

/** Something about one line of a manifest. Warnings do not keep it from being sent. */
export const manifestProblem = z.object({
  severity: z.enum(['problem', 'warning']),
  /** Line of the text that was read, from 1; null where it is about the whole. */
  line: z.number().nullable(),
  message: z.string(),
  advice: z.string(),
  /** A word in that line and what to put in its place: `files:wirte` → `files:write`. */
  replace: z.object({ from: z.string(), to: z.string() }).nullable(),
})
export type ManifestProblem = z.infer<typeof manifestProblem>

/** An app manifest in both spellings. It holds no secret. */
export const manifestView = z.object({
  json: z.string(),
  yaml: z.string(),
  problems: z.array(manifestProblem),
  /** Turning PKCE on and token rotation on cannot be undone at Slack: said before it is sent. */
  turnsOnPkce: z.boolean(),
  turnsOnRotation: z.boolean(),
})
export type ManifestView = z.infer<typeof manifestView>

/** A manifest beside the one that Slack has. */
export const manifestComparison = z.object({
  /** Names what was compared: an update is refused when Slack's has changed since. */
  id: z.string(),
  lines: z.array(diffLine),
  addedCount: z.number(),
  removedCount: z.number(),
  turnsOnPkce: z.boolean(),
  turnsOnRotation: z.boolean(),
})
export type ManifestComparison = z.infer<typeof manifestComparison>

/** Where browsers look for certificates that the user trusts. */
export const trustStoreView = z.object({
  id: z.string(),
  /** "Chromium and Chrome", "Firefox", "Login keychain". */
  name: z.string(),
  /** "Your own certificate store, this user only." or the profile's name. */
  detail: z.string(),
  /** `running`: Firefox has this profile open, so it cannot be changed now. `unavailable`: see `failure`. */
  state: z.enum(['trusted', 'untrusted', 'running', 'unavailable']),
})
export type TrustStoreView = z.infer<typeof trustStoreView>

export const certificateView = z.object({
  /** Null until the first https authorization, or trusting, makes it. */
  fingerprint: z.string().nullable(),
  expiresAtMs: z.number().nullable(),
  /** What it is for: `localhost`, `127.0.0.1`, `::1`. */
  names: z.array(z.string()),
  stores: z.array(trustStoreView),
  /** What "Trust Token Desk's certificate" will do on this computer, a sentence each. */
  plan: z.array(z.string()),
  /** Why it cannot be done, such as a tool that is not installed. */
  failure: failure.nullable(),
})
export type CertificateView = z.infer<typeof certificateView>
