import * as z from 'zod'
import { authorizationView } from './authorization-views.ts'
import { configurationTokenView } from './configuration-token-views.ts'
import { failure } from './errors.ts'
import { installationView } from './installation-views.ts'
import { securityView } from './security-views.ts'
import { slackAppView } from './slack-app-views.ts'

/**
 * What the renderer sees of the desk: names, states and masked values. No schema has room for a
 * secret. Each subject has a file of its own; this is the one to import.
 */
export * from './activity-views.ts'
export * from './authorization-views.ts'
export * from './backup-views.ts'
export * from './certificate-views.ts'
export * from './configuration-token-views.ts'
export * from './env-file-views.ts'
export * from './environment-views.ts'
export * from './import-views.ts'
export * from './installation-views.ts'
export * from './manifest-views.ts'
export * from './security-views.ts'
export * from './slack-app-views.ts'

/**
 * `opening`: the keyring was not asked yet. `choose-passphrase`: first start without a keyring.
 * `blocked`: it cannot be opened; `failure` says why and what to do.
 */
export const vaultView = z.object({
  state: z.enum(['opening', 'ready', 'locked', 'choose-passphrase', 'blocked']),
  protection: z.enum(['keyring', 'passphrase']).nullable(),
  failure: failure.nullable(),
  /** Why it is locked: shown on the locked page. Null while it is not, and after a start. */
  lockedBy: z.enum(['user', 'idle', 'screen-lock', 'suspend']).nullable(),
  /** After wrong passphrases: the next try is refused before then, epoch milliseconds. */
  retryAtMs: z.number().nullable(),
  /**
   * Said once after the vault file was found damaged: what was opened instead, and where the damaged
   * file is kept. `incomplete`: the file is open, but entries were removed or put back by somebody
   * without the key; a copy of it as it was found is kept.
   */
  recovery: z
    .object({ opened: z.enum(['last-good', 'empty', 'incomplete']), damagedFile: z.string() })
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
  security: securityView,
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
