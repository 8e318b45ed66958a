import * as z from 'zod'
import { errorCode } from './errors.ts'
import { credentialKind } from './installation-views.ts'

/** What happened. The page has the words. */
export const ACTIVITY_KINDS = [
  // installations and their credentials
  'authorized',
  'reinstalled',
  'imported',
  'checked',
  'refreshed',
  'exchanged',
  'copied',
  'revealed',
  'written',
  'write-undone',
  'revoked',
  'uninstalled',
  'removed',
  // Slack apps and configuration tokens
  'slack-app-added',
  'slack-app-changed',
  'slack-app-removed',
  'app-created',
  'manifest-updated',
  'configuration-token-stored',
  'configuration-token-refreshed',
  'configuration-token-removed',
  // the vault
  'locked',
  'unlocked',
  'unlock-refused',
  'passphrase-set',
  'passphrase-changed',
  'passphrase-removed',
  'vault-recovered',
  'vault-migrated',
  'started-afresh',
  'backed-up',
  'restored',
  'settings-changed',
  // the certificate
  'certificate-trusted',
  'certificate-untrusted',
] as const
export const activityKind = z.enum(ACTIVITY_KINDS)
export type ActivityKind = z.infer<typeof activityKind>

/** One line of Activity. No field has room for a secret; every text passed the redactor. */
export const activityEntry = z.object({
  id: z.string(),
  /** Epoch milliseconds. */
  atMs: z.number(),
  what: activityKind,
  /** `warning`: it worked, with something to look at, or it is tried again. */
  outcome: z.enum(['done', 'warning', 'failed']),
  /** Who asked: the window, the command line, or Token Desk by itself. */
  by: z.enum(['window', 'command-line', 'itself']),
  installationId: z.string().nullable(),
  /** Names as they were then. */
  workspace: z.string().nullable(),
  slackApp: z.string().nullable(),
  credentials: z.array(credentialKind),
  /** Where a line was written or a file saved, as it is shown: `~/code/bot/.env`. */
  file: z.string().nullable(),
  variable: z.string().nullable(),
  /** Why it failed or needs a look. */
  code: errorCode.nullable(),
  slackCode: z.string().nullable(),
  /** One more word where the sentence needs one: why it locked, which setting; never free text of a user. */
  detail: z.string().nullable(),
})
export type ActivityEntry = z.infer<typeof activityEntry>
