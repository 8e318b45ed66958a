import * as z from 'zod'
import { environmentView } from './environment-views.ts'

/** A backup was written. */
export const backupReport = z.object({
  displayPath: z.string(),
  installationCount: z.number(),
  slackAppCount: z.number(),
  configurationTokenCount: z.number(),
})
export type BackupReport = z.infer<typeof backupReport>

/** A file that was chosen; nothing of it is opened before its passphrase is given. */
export const backupFile = z.object({ backupId: z.string(), fileName: z.string() })
export type BackupFile = z.infer<typeof backupFile>

/**
 * What a restore does with one entry. `new`: it is not here. `update`: it is here, and the backup has
 * credentials that are missing here or newer. `keep`: all of it is here already, as new or newer.
 */
export const restoreRow = z.object({
  id: z.string(),
  of: z.enum(['installation', 'slack-app', 'configuration-token']),
  name: z.string(),
  /** Team ID or client ID: tells two of one name apart. */
  detail: z.string(),
  environment: environmentView,
  action: z.enum(['new', 'update', 'keep']),
  /** Credentials that the backup has of it, and how many of them would be stored. */
  credentialCount: z.number(),
  storedCount: z.number(),
  /** Among those stored: they rotated after the backup was made, or may have; Slack decides. */
  staleCount: z.number(),
})
export type RestoreRow = z.infer<typeof restoreRow>

export const restorePreview = z.object({
  backupId: z.string(),
  fileName: z.string(),
  /** Epoch milliseconds. */
  createdAtMs: z.number(),
  rows: z.array(restoreRow),
  /** Nothing can be compared and stored before the vault is open: it is set aside and a new one made. */
  needsNewVault: z.boolean(),
})
export type RestorePreview = z.infer<typeof restorePreview>

export const restoreReport = z.object({
  added: z.number(),
  updated: z.number(),
  kept: z.number(),
})
export type RestoreReport = z.infer<typeof restoreReport>
